import type * as pulumi from "@pulumi/pulumi";
import type { RebootWindow } from "./rebootWindow";

/** What kured's Helm values are made of. */
export interface KuredSettings {
    window: RebootWindow;
    concurrency: number;
    checkIntervalInMinutes: number;
    drainTimeoutInMinutes: number;
    /** 0: a lock never expires. */
    lockTtlInMinutes: number;
    lockReleaseDelayInMinutes: number;
    priorityClassName?: pulumi.Input<string>;
    /** Image repository without tag; absent: the chart's own. */
    imageRepository?: pulumi.Input<string>;
    /** Secret and its key that hold the notification URL. */
    notifyUrlSecret?: { name: pulumi.Input<string>; key: string };
}

/** Labels of kured's pods, by the chart's own template for a release called `kured`. */
export const kuredPodLabels = { "app.kubernetes.io/name": "kured", "app.kubernetes.io/instance": "kured" };

/** Values for chart kured 6.1.0. */
export function kuredValues(settings: KuredSettings): Record<string, unknown> {
    const { window, notifyUrlSecret } = settings;
    return {
        configuration: {
            rebootDays: [...window.days],
            startTime: window.startTime,
            endTime: window.endTime,
            timeZone: window.timeZone,
            period: minutes(settings.checkIntervalInMinutes),
            concurrency: settings.concurrency,
            drainTimeout: minutes(settings.drainTimeoutInMinutes),
            lockTtl: minutes(settings.lockTtlInMinutes),
            lockReleaseDelay: minutes(settings.lockReleaseDelayInMinutes),
            // A drain that fails leaves the node as it was; it is tried again at the next check.
            forceReboot: false,
            annotateNodes: true,
            logFormat: "json",
        },
        // Taints of Spot, GPU, system and tenant pools included: a pool that kured does not run on is never patched.
        tolerations: [{ operator: "Exists" }],
        nodeSelector: { "kubernetes.io/os": "linux" },
        // The chart's ServiceMonitor is of an API group that managed Prometheus does not read.
        metrics: { create: false },
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { cpu: "200m", memory: "128Mi" } },
        ...(settings.priorityClassName === undefined
            ? {}
            : { priorityClassName: settings.priorityClassName }),
        ...(settings.imageRepository === undefined
            ? {}
            : { image: { repository: settings.imageRepository } }),
        ...(notifyUrlSecret === undefined
            ? {}
            : {
                  extraEnvVars: [
                      {
                          name: "KURED_NOTIFY_URL",
                          valueFrom: {
                              secretKeyRef: { name: notifyUrlSecret.name, key: notifyUrlSecret.key },
                          },
                      },
                  ],
              }),
    };
}

/** A duration as Go writes it; the chart leaves out an option whose value is 0. */
function minutes(count: number): string | number {
    return count === 0 ? 0 : `${count}m`;
}
