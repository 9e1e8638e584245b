import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as core from "@pulumi/kubernetes/core/v1";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import * as pulumi from "@pulumi/pulumi";
import { IngressController, IngressExposure } from "./ingressArgs";
import type { CustomChartArgs, IngressArgs } from "./ingressArgs";
import { chartLocation, chartName, charts, mergeValues, releaseDefaults } from "./internal/charts";
import type { ChartLocation } from "./internal/charts";
import { after } from "./internal/ordering";
import { podMonitorSpec, scrapeApiVersion } from "./internal/podMonitor";
import { podSecurityLabels } from "./internal/podSecurity";
import { ingressProblems } from "./internal/rules";
import { retryUntilKindExists } from "./internal/scrapeRetry";
import { traefikName, traefikPodLabels, traefikValues } from "./internal/traefikValues";
import { PodSecurityLevel } from "./podSecurityLevel";

export { IngressController, IngressExposure } from "./ingressArgs";
export type { CustomChartArgs, IngressArgs, IngressTolerationArgs } from "./ingressArgs";

const defaults = {
    controller: IngressController.Traefik,
    namespace: "ingress",
    exposure: IngressExposure.Internal,
    replicas: 3,
    defaultIngressClass: true,
    scrape: true,
};

/**
 * The way into the cluster: a namespace that enforces the restricted pod security standard and, in it, Traefik with
 * production settings or another Helm chart.
 */
export class Ingress extends pulumi.ComponentResource {
    /** Name of the controller's namespace, for network policies; absent without a controller. */
    public readonly namespace?: pulumi.Output<string>;
    /** Name of the IngressClass that Ingress objects refer to; absent without a controller or where a custom chart's is not known. */
    public readonly ingressClassName?: pulumi.Output<string>;
    /** Name of the Helm release, known when the controller is ready; absent without a controller. */
    public readonly releaseName?: pulumi.Output<string>;

    constructor(name: string, args: IngressArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Ingress", name, {}, opts);
        const controller = args.controller ?? defaults.controller;
        const problems = findProblems(controller, args);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join(" "), this);
        }
        if (controller === IngressController.None) {
            this.registerOutputs({});
            return;
        }

        const namespaceName = args.namespace ?? defaults.namespace;
        // Children do not inherit this option: without it, deleting a cluster would first call into the cluster that goes away.
        const deletedWith = opts?.deletedWith;
        const namespace = new core.Namespace(
            `${name}-namespace`,
            { metadata: { name: namespaceName, labels: podSecurityLabels(PodSecurityLevel.Restricted) } },
            // What must be there first is not an input of the namespace.
            { parent: this, deletedWith, dependsOn: after(...(args.waitFor ?? [])) },
        );
        const planned =
            controller === IngressController.Custom && args.custom
                ? customRelease(args.custom, args.chartMirror)
                : traefikRelease(namespaceName, args);
        const release = new Release(
            `${name}-release`,
            {
                ...releaseDefaults,
                ...planned.location,
                name: planned.name,
                namespace: namespace.metadata.name,
                values: planned.values,
            },
            { parent: this, deletedWith },
        );
        if (controller === IngressController.Traefik && (args.scrape ?? defaults.scrape)) {
            new CustomResource(
                `${name}-pod-monitor`,
                {
                    apiVersion: scrapeApiVersion,
                    kind: "PodMonitor",
                    metadata: { name: traefikName, namespace: namespace.metadata.name },
                    spec: podMonitorSpec(namespaceName, traefikPodLabels(namespaceName)),
                },
                // The add-on that brings the kind may still be starting.
                { parent: this, deletedWith, hooks: retryUntilKindExists() },
            );
        }

        this.namespace = namespace.metadata.name;
        this.releaseName = release.name;
        const ingressClassName =
            controller === IngressController.Traefik ? traefikName : args.custom?.ingressClassName;
        if (ingressClassName !== undefined) {
            this.ingressClassName = pulumi.output(ingressClassName);
        }
        this.registerOutputs({
            namespace: this.namespace,
            ingressClassName: this.ingressClassName,
            releaseName: this.releaseName,
        });
    }
}

/** The part of a Helm release that depends on the choice of controller. */
interface PlannedRelease {
    name: string;
    location: ChartLocation;
    values: Record<string, unknown>;
}

function traefikRelease(namespace: string, args: IngressArgs): PlannedRelease {
    const values = traefikValues({
        namespace,
        internal: (args.exposure ?? defaults.exposure) === IngressExposure.Internal,
        internalSubnetName: args.internalSubnetName,
        loadBalancerIp: args.loadBalancerIp,
        allowedSourceRanges: args.allowedSourceRanges ?? [],
        replicas: args.replicas ?? defaults.replicas,
        defaultIngressClass: args.defaultIngressClass ?? defaults.defaultIngressClass,
        priorityClassName: args.priorityClassName,
        imageRegistry: args.imageRegistry,
        nodeSelector: args.nodeSelector ?? {},
        tolerations: args.tolerations ?? [],
    });
    return {
        name: traefikName,
        location: chartLocation(charts.traefik, args.chartMirror),
        values: mergeValues(values, args.values ?? {}),
    };
}

function customRelease(custom: CustomChartArgs, mirror: string | undefined): PlannedRelease {
    const { name, chart, version, repository, values = {} } = custom;
    const source = mirror ?? repository;
    const location =
        source === undefined
            ? { chart, version }
            : chartLocation({ name: chartName(chart), version, source });
    return { name, location, values };
}

/** What is wrong with the arguments, a sentence each; empty when they fit together. */
function findProblems(controller: IngressController, args: IngressArgs): string[] {
    const replicas = args.replicas ?? defaults.replicas;
    return [
        ...ingressProblems({
            controller,
            custom: args.custom,
            chartMirror: args.chartMirror,
            exposure: args.exposure ?? defaults.exposure,
            loadBalancerIp: args.loadBalancerIp,
            allowedSourceRanges: args.allowedSourceRanges ?? [],
        }),
        ...(Number.isInteger(replicas) && replicas >= 1
            ? []
            : [`\`replicas\` is ${replicas}: a whole number of 1 or more is allowed.`]),
    ];
}
