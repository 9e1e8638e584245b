import * as core from "@pulumi/kubernetes/core/v1";
import * as networking from "@pulumi/kubernetes/networking/v1";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import { duplicates } from "./internal/duplicates";
import { isNamespaceName, isServiceAccountName } from "./internal/kubernetesNames";
import { egressRangeProblems, namespaceNetworkPolicies } from "./internal/networkPolicies";
import { after } from "./internal/ordering";
import { podSecurityLabels } from "./internal/podSecurity";
import { recreatable } from "./internal/protection";
import {
    limitRangeSpec,
    priorityQuotaSpec,
    quotaHard,
    quotaProblems,
    tenantLabels,
} from "./internal/tenantObjects";
import { PodSecurityLevel } from "./podSecurityLevel";
import type { ContainerDefaultsArgs, TenantArgs, TenantNetworkArgs, TenantQuotaArgs } from "./tenantArgs";

export { PodSecurityLevel } from "./podSecurityLevel";
export type {
    ContainerDefaultsArgs,
    EgressRuleArgs,
    TenantArgs,
    TenantNetworkArgs,
    TenantQuotaArgs,
} from "./tenantArgs";

const defaults = {
    podSecurityLevel: PodSecurityLevel.Restricted,
    quota: { persistentVolumeClaims: 10, storage: "100Gi", loadBalancers: 0, nodePorts: 0 },
    containers: { requestCpu: "100m", requestMemory: "128Mi", limitCpu: "500m", limitMemory: "512Mi" },
    network: { allowSameNamespace: true, allowMetricsScraping: true },
    priorityClassName: "tenant-default",
};

/** Namespaces of Kubernetes and AKS: a tenant there would be among the cluster's own components. */
const reservedNamespaces = [
    "default",
    "gatekeeper-system",
    "flux-system",
    "dataprotection-microsoft",
    "app-routing-system",
    "calico-system",
    "tigera-operator",
];
const reservedPrefix = /^(kube|aks|azure)-/;

/**
 * One namespace of one tenant: what its pods may be (pod security standard), use (quota, limits), talk to (network
 * policies) and who may work in it (role bindings), with the service accounts of its workloads.
 */
export class Tenant extends pulumi.ComponentResource {
    /** Name of the namespace. */
    public readonly namespace: pulumi.Output<string>;

    constructor(name: string, args: TenantArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Tenant", name, {}, opts);
        const quota = filledQuota(args.quota);
        const containers = filledContainerDefaults(args.containerDefaults ?? {}, quota);
        const problems = [
            ...nameProblems(args),
            ...quotaProblems(quota, containers),
            ...egressRangeProblems(args.network?.egressCidrs ?? []).map((problem) =>
                problem.replace("`", "`network."),
            ),
        ];
        if (problems.length > 0) {
            throw new pulumi.ResourceError(
                `Tenant namespace "${args.namespace}" cannot be set up: ${problems.join("; ")}.`,
                this,
            );
        }

        // Children do not inherit this option: without it, deleting a cluster would first call into the cluster that goes away.
        const deletedWith = opts?.deletedWith;
        const labels = {
            ...args.labels,
            [tenantLabels.tenant]: args.tenant,
            [tenantLabels.environment]: args.environment,
            ...podSecurityLabels(args.podSecurityLevel ?? defaults.podSecurityLevel),
        };
        const namespace = new core.Namespace(
            `${name}-namespace`,
            { metadata: { name: args.namespace, labels } },
            // What must be there first is not an input of the namespace.
            { parent: this, deletedWith, dependsOn: after(...(args.waitFor ?? [])) },
        );
        // Only the namespace holds what cannot be made again. A protected role binding or policy could not be taken back.
        const child: pulumi.CustomResourceOptions = { parent: this, deletedWith, ...recreatable };
        const named = (objectName: string) => ({ name: objectName, namespace: namespace.metadata.name });

        new core.ResourceQuota(
            `${name}-quota`,
            { metadata: named("quota"), spec: { hard: quotaHard(quota) } },
            child,
        );
        new core.ResourceQuota(
            `${name}-priority-quota`,
            {
                metadata: named("priority"),
                spec: priorityQuotaSpec(args.priorityClassName ?? defaults.priorityClassName),
            },
            child,
        );
        new core.LimitRange(
            `${name}-limits`,
            { metadata: named("limits"), spec: limitRangeSpec(containers) },
            child,
        );
        for (const policy of namespaceNetworkPolicies(traffic(args.network ?? {}))) {
            new networking.NetworkPolicy(
                `${name}-${policy.name}`,
                { metadata: named(policy.name), spec: policy.spec },
                child,
            );
        }
        bindGroups(
            `${name}-developers`,
            named("developers"),
            "edit",
            args.developerGroupObjectIds ?? [],
            child,
        );
        bindGroups(`${name}-readers`, named("readers"), "view", args.readerGroupObjectIds ?? [], child);

        const pullSecrets =
            args.imagePullSecretName === undefined ? undefined : [{ name: args.imagePullSecretName }];
        // Kubernetes makes this one itself, in every namespace; pods that name no service account run as it.
        new core.ServiceAccountPatch(
            `${name}-default-service-account`,
            {
                metadata: named("default"),
                automountServiceAccountToken: false,
                imagePullSecrets: pullSecrets,
            },
            child,
        );
        for (const account of args.serviceAccounts ?? []) {
            new core.ServiceAccount(
                `${name}-service-account-${account}`,
                {
                    metadata: named(account),
                    automountServiceAccountToken: false,
                    imagePullSecrets: pullSecrets,
                },
                child,
            );
        }

        this.namespace = namespace.metadata.name;
        this.registerOutputs({ namespace: this.namespace });
    }
}

/** Gives Entra groups a ClusterRole of Kubernetes within the namespace; with no group there is no binding. */
function bindGroups(
    name: string,
    metadata: { name: string; namespace: pulumi.Input<string> },
    clusterRole: string,
    objectIds: pulumi.Input<string>[],
    options: pulumi.CustomResourceOptions,
): void {
    if (objectIds.length === 0) {
        return;
    }
    new rbac.RoleBinding(
        name,
        {
            metadata,
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: clusterRole },
            // AKS knows Entra groups by their object ids.
            subjects: objectIds.map((id) => ({
                apiGroup: "rbac.authorization.k8s.io",
                kind: "Group",
                name: id,
            })),
        },
        options,
    );
}

function filledQuota(quota: TenantQuotaArgs) {
    return {
        ...quota,
        persistentVolumeClaims: quota.persistentVolumeClaims ?? defaults.quota.persistentVolumeClaims,
        storage: quota.storage ?? defaults.quota.storage,
        loadBalancers: quota.loadBalancers ?? defaults.quota.loadBalancers,
        nodePorts: quota.nodePorts ?? defaults.quota.nodePorts,
    };
}

function filledContainerDefaults(containers: ContainerDefaultsArgs, quota: TenantQuotaArgs) {
    return {
        requestCpu: containers.requestCpu ?? defaults.containers.requestCpu,
        requestMemory: containers.requestMemory ?? defaults.containers.requestMemory,
        limitCpu: containers.limitCpu ?? defaults.containers.limitCpu,
        limitMemory: containers.limitMemory ?? defaults.containers.limitMemory,
        maxCpu: containers.maxCpu ?? quota.limitsCpu,
        maxMemory: containers.maxMemory ?? quota.limitsMemory,
    };
}

function traffic(network: TenantNetworkArgs) {
    return {
        ingressNamespace: network.ingressNamespace,
        sameNamespace: network.allowSameNamespace ?? defaults.network.allowSameNamespace,
        metricsScraping: network.allowMetricsScraping ?? defaults.network.allowMetricsScraping,
        egressRanges: network.egressCidrs ?? [],
        egressNamespaces: network.egressNamespaces ?? [],
    };
}

/** What is wrong with the names, one sentence each. */
function nameProblems(args: TenantArgs): string[] {
    const problems: string[] = [];
    if (!isNamespaceName(args.namespace)) {
        problems.push(
            "`namespace` must be a DNS label: up to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit",
        );
    } else if (reservedPrefix.test(args.namespace) || reservedNamespaces.includes(args.namespace)) {
        problems.push("`namespace` belongs to the cluster's own components: choose another name");
    }
    const accounts = args.serviceAccounts ?? [];
    for (const account of accounts.filter(
        (candidate) => !isServiceAccountName(candidate) || candidate === "default",
    )) {
        problems.push(
            `\`serviceAccounts\` holds "${account}": a DNS name of lower-case letters, digits, hyphens and periods other than "default" is allowed`,
        );
    }
    for (const account of duplicates(accounts)) {
        problems.push(`\`serviceAccounts\` holds "${account}" more than once: name it once`);
    }
    return problems;
}
