import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as core from "@pulumi/kubernetes/core/v1";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";
import { chartLocation, charts, mergeValues, releaseDefaults } from "./internal/charts";
import { kuredPodLabels, kuredValues } from "./internal/kuredValues";
import { after } from "./internal/ordering";
import { podMonitorSpec, scrapeApiVersion } from "./internal/podMonitor";
import { podSecurityLabels } from "./internal/podSecurity";
import { retryUntilKindExists } from "./internal/scrapeRetry";
import { rebootProblems } from "./internal/rules";
import { PodSecurityLevel } from "./podSecurityLevel";

/** When nodes may reboot. */
export interface RebootWindowArgs {
    /** Days on which a reboot may start, in `timeZone`: `mo`, `tu`, `we`, `th`, `fr`, `sa`, `su`. */
    days: string[];
    /** Time of day from which a reboot may start, `HH:MM`. */
    startTime: string;
    /** Time of day after which no reboot starts, `HH:MM`; one that has begun goes on. Later than `startTime`: a window does not cross midnight. */
    endTime: string;
    /** IANA time zone that days and times are in, for example `Europe/Amsterdam`. */
    timeZone: string;
}

/** Inputs of the Kured component. */
export interface KuredArgs {
    /** Namespace that is created for kured. It must be excluded from pod-security policies. Changing this replaces the namespace and kured. Defaults to `kured`. */
    namespace?: string;
    /** Where the chart is taken from instead of its makers: a registry path (`oci://...`), a chart repository (`https://...`) or a local folder with the packaged chart (`kured-<version>.tgz`). Absent: the makers' own place. */
    chartMirror?: string;
    /** Registry host, with a path if need be, that serves the image `kubereboot/kured`. Absent: ghcr.io. */
    imageRegistry?: pulumi.Input<string>;
    /** Days and hours in which a reboot may start. Keep it apart from the cluster's maintenance windows. */
    window: RebootWindowArgs;
    /** Number of nodes that may be drained and rebooted at the same time. Defaults to 1. */
    concurrency?: number;
    /** How often each node looks whether it must reboot, in minutes; the window must be at least as long. Defaults to 15. */
    checkIntervalInMinutes?: number;
    /** How long draining a node may take, in minutes; after that the node stays in service and is tried again. Defaults to 15. */
    drainTimeoutInMinutes?: number;
    /** After how many minutes a node loses the reboot lock that it has not given back, so that one that was deleted or never came back does not stop the others for ever. Longer than the drain; 0 keeps the lock until somebody removes it. Defaults to 60. */
    lockTtlInMinutes?: number;
    /** How many minutes a node keeps the lock after its reboot, so that its pods are ready before the next node goes. Defaults to 2. */
    lockReleaseDelayInMinutes?: number;
    /** Where reboots are reported, in shoutrrr's notation (`slack://...`, `teams://...`, `logger://`); kept as a secret. Absent: nowhere. */
    notifyUrl?: pulumi.Input<string>;
    /** Whether managed Prometheus scrapes `kured_reboot_required`, by a PodMonitor of azmonitoring.coreos.com; needs the metrics add-on of the cluster. Defaults to true. */
    scrape?: boolean;
    /** Name of the priority class of kured's pods. Absent: the cluster's default priority. */
    priorityClassName?: pulumi.Input<string>;
    /** Helm values laid over the ones that this component sets, for what no argument covers. */
    // Helm values have no type that all charts share, and the schema of the package knows `any` only.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    values?: { [key: string]: any };
    /** Values of whatever must exist before the namespace, for example ids of policy assignments; only their order counts. */
    waitFor?: pulumi.Input<string>[];
}

const defaults = {
    namespace: "kured",
    concurrency: 1,
    checkIntervalInMinutes: 15,
    drainTimeoutInMinutes: 15,
    lockTtlInMinutes: 60,
    lockReleaseDelayInMinutes: 2,
    scrape: true,
};

const notifyUrlKey = "notify-url";

/**
 * kured: reboots Linux nodes that patched themselves and ask for it, one after the other, inside a window. It has work
 * only where the cluster's node OS channel is Unmanaged.
 */
export class Kured extends pulumi.ComponentResource {
    /** Name of the namespace, which pod-security policies must exclude. */
    public readonly namespace: pulumi.Output<string>;

    constructor(name: string, args: KuredArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Kured", name, {}, opts);
        const notifyUrl = args.notifyUrl === undefined ? undefined : pulumi.secret(args.notifyUrl);
        const settings = {
            window: args.window,
            concurrency: args.concurrency ?? defaults.concurrency,
            checkIntervalInMinutes: args.checkIntervalInMinutes ?? defaults.checkIntervalInMinutes,
            drainTimeoutInMinutes: args.drainTimeoutInMinutes ?? defaults.drainTimeoutInMinutes,
            lockTtlInMinutes: args.lockTtlInMinutes ?? defaults.lockTtlInMinutes,
            lockReleaseDelayInMinutes: args.lockReleaseDelayInMinutes ?? defaults.lockReleaseDelayInMinutes,
        };
        const problems = findProblems(settings);
        if (problems.length > 0) {
            const sentences = problems.map((problem) => problem.replace(/\.$/, ""));
            throw new pulumi.ResourceError(`kured cannot be set up: ${sentences.join("; ")}.`, this);
        }

        const namespaceName = args.namespace ?? defaults.namespace;
        // Children do not inherit this option: without it, deleting a cluster would first call into the cluster that goes away.
        const deletedWith = opts?.deletedWith;
        const namespace = new core.Namespace(
            `${name}-namespace`,
            // kured enters the host's process namespace to reboot it: no stricter level admits its pods.
            { metadata: { name: namespaceName, labels: podSecurityLabels(PodSecurityLevel.Privileged) } },
            // What must be there first is not an input of the namespace.
            { parent: this, deletedWith, dependsOn: after(...(args.waitFor ?? [])) },
        );
        const notification =
            notifyUrl === undefined
                ? undefined
                : new core.Secret(
                      `${name}-notification`,
                      {
                          // Named by the provider: another URL is another Secret with another name, and kured's pods restart to read it.
                          metadata: { namespace: namespace.metadata.name },
                          stringData: { [notifyUrlKey]: notifyUrl },
                      },
                      { parent: this, deletedWith },
                  );
        const values = kuredValues({
            ...settings,
            priorityClassName: args.priorityClassName,
            imageRepository:
                args.imageRegistry === undefined
                    ? undefined
                    : pulumi.interpolate`${args.imageRegistry}/kubereboot/kured`,
            notifyUrlSecret: notification && { name: notification.metadata.name, key: notifyUrlKey },
        });
        new Release(
            `${name}-release`,
            {
                ...releaseDefaults,
                ...chartLocation(charts.kured, args.chartMirror),
                name: charts.kured.name,
                namespace: namespace.metadata.name,
                values: mergeValues(values, args.values ?? {}),
            },
            { parent: this, deletedWith },
        );
        if (args.scrape ?? defaults.scrape) {
            new CustomResource(
                `${name}-pod-monitor`,
                {
                    apiVersion: scrapeApiVersion,
                    kind: "PodMonitor",
                    metadata: { name: charts.kured.name, namespace: namespace.metadata.name },
                    spec: podMonitorSpec(namespaceName, kuredPodLabels),
                },
                // The add-on that brings the kind may still be starting.
                { parent: this, deletedWith, hooks: retryUntilKindExists() },
            );
        }

        this.namespace = namespace.metadata.name;
        this.registerOutputs({ namespace: this.namespace });
    }
}

/** The settings that are checked together. */
interface CheckedSettings {
    window: RebootWindowArgs;
    concurrency: number;
    checkIntervalInMinutes: number;
    drainTimeoutInMinutes: number;
    lockTtlInMinutes: number;
    lockReleaseDelayInMinutes: number;
}

/** What is wrong with the settings, a sentence each; empty when kured would do what they say. */
function findProblems(settings: CheckedSettings): string[] {
    const atLeast = (minimum: number, keys: readonly (keyof Omit<CheckedSettings, "window">)[]) =>
        keys
            .filter((key) => !Number.isInteger(settings[key]) || settings[key] < minimum)
            .map((key) => `\`${key}\` is ${settings[key]}: a whole number of ${minimum} or more is allowed`);
    const counts = [
        ...atLeast(1, ["concurrency", "checkIntervalInMinutes", "drainTimeoutInMinutes"]),
        ...atLeast(0, ["lockTtlInMinutes", "lockReleaseDelayInMinutes"]),
    ];
    return [...counts, ...rebootProblems(settings)];
}
