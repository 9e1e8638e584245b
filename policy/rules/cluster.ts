import { chartName } from "../../components/internal/charts";
import { maintenanceConfigNames } from "../../components/internal/maintenance";
import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../plan/resourceTypes";
import { isKubernetes } from "../../plan/stackView";
import type { StackView } from "../../plan/stackView";
import { at, listAt, numberAt, recordAt, recordsAt, textAt, textsAt } from "../../plan/values";
import { each, everyOne, finding, listed } from "../rule";
import type { Rule, JudgedStack, Finding } from "../rule";
import { nodePools } from "../nodePools";

/** Rules about clusters and their node pools. */
export const clusterRules: readonly Rule[] = [
    {
        id: "cluster-without-local-accounts",
        title: "Local accounts of the cluster are off",
        severity: "error",
        why: "The local administrator certificate bypasses Entra ID, belongs to nobody and cannot be withdrawn from one person.",
        mend: "Set `disableLocalAccounts: true`.",
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", ({ inputs }) =>
                inputs["disableLocalAccounts"] === true
                    ? undefined
                    : "`disableLocalAccounts` is not set to true",
            ),
    },
    {
        id: "cluster-uses-entra-and-azure-rbac",
        title: "Entra ID authenticates and Azure RBAC authorises",
        severity: "error",
        why: "Access is then granted, reviewed and withdrawn in one place, for people and pipelines alike.",
        mend: "Set `aadProfile.managed` and `aadProfile.enableAzureRBAC` to true.",
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", ({ inputs }) =>
                ["managed", "enableAzureRBAC"]
                    .filter((setting) => at(inputs, "aadProfile", setting) !== true)
                    .map((setting) => `\`aadProfile.${setting}\` is not set to true`),
            ),
    },
    {
        id: "api-server-is-not-open",
        title: "The API server is private or limited to named ranges",
        severity: "error",
        why: "An API server that the whole Internet reaches is one stolen token or one unpatched fault away from everything.",
        mend: "Choose the private API server, or name the ranges that may reach the public one.",
        evaluate: (stack) => everyOne(stack, types.cluster, "cluster", apiServerProblem),
    },
    {
        id: "cluster-issues-workload-identities",
        title: "OIDC issuer and workload identity are on",
        severity: "error",
        why: "Workloads then sign in to Azure without a stored secret.",
        mend: "Set `oidcIssuerProfile.enabled` and `securityProfile.workloadIdentity.enabled` to true.",
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", ({ inputs }) =>
                [["oidcIssuerProfile"], ["securityProfile", "workloadIdentity"]]
                    .filter((path) => at(inputs, ...path, "enabled") !== true)
                    .map((path) => `\`${path.join(".")}.enabled\` is not set to true`),
            ),
    },
    {
        id: "cluster-uses-own-identities",
        title: "Control plane and kubelet use identities of their own",
        severity: "error",
        why: "Rights can be given before the cluster exists and to each of the two alone.",
        mend: "Give the cluster a user-assigned identity and an `identityProfile.kubeletidentity`.",
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", ({ inputs }) => [
                ...(textAt(inputs, "identity", "type") === "UserAssigned"
                    ? []
                    : ["`identity.type` is not UserAssigned"]),
                ...(textAt(inputs, "identityProfile", "kubeletidentity", "resourceId")
                    ? []
                    : ["`identityProfile.kubeletidentity` names no identity"]),
            ]),
    },
    {
        id: "cluster-enforces-network-policies",
        title: "The cluster enforces network policies",
        severity: "error",
        why: "Without an engine the default-deny policies of tenants are accepted and do nothing.",
        mend: "Set `networkProfile.networkPolicy`.",
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", ({ inputs }) => {
                const engine = textAt(inputs, "networkProfile", "networkPolicy");
                return engine && engine !== "none"
                    ? undefined
                    : "`networkProfile.networkPolicy` names no engine";
            }),
    },
    {
        id: "nodes-are-patched-by-one",
        title: "Either AKS or kured patches and restarts the nodes, not both and not neither",
        severity: "error",
        why: "kured acts on a file that only unmanaged nodes write. With another channel it does nothing; unmanaged without it, nodes never restart into their patches.",
        mend: "Use the one setting `nodePatching`, which drives both the node OS channel and whether kured is installed.",
        evaluate: nodePatchingFindings,
    },
    {
        id: "cluster-has-maintenance-windows",
        title: "Every cluster has a maintenance window for Kubernetes and one for its nodes",
        severity: "error",
        why: "Without windows AKS upgrades at any hour. It refuses windows of less than four hours.",
        mend: "Set `upgrades.clusterWindow` and `upgrades.nodeWindow` to four hours or more.",
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", (cluster) => {
                const needed = [maintenanceConfigNames.clusterUpgrades, maintenanceConfigNames.nodeUpgrades];
                return needed.flatMap((name) => maintenanceProblem(stack, cluster, name) ?? []);
            }),
    },
    {
        id: "cluster-has-one-inline-pool",
        title: "Every cluster has exactly one inline pool, and it is a system pool",
        severity: "error",
        why: "Changing an inline pool touches all pools, and most of its properties can never be changed.",
        mend: "Declare every pool but the first as an `AgentPool`.",
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", ({ inputs }) => {
                const pools = recordsAt(inputs, "agentPoolProfiles");
                if (pools.length !== 1) {
                    return `has ${pools.length} inline pools`;
                }
                return pools[0]?.["mode"] === "System" ? undefined : "its inline pool is not a system pool";
            }),
    },
    {
        id: "node-pool-limits-are-consistent",
        title: "Autoscaled pools have limits that fit each other",
        severity: "error",
        why: "Azure refuses a pool whose count is outside its limits, and a system pool of none.",
        mend: "Give the pool 0 <= `minCount` <= `count` <= `maxCount`, and at least 1 in a system pool.",
        evaluate: (stack) =>
            nodePools(stack).flatMap(({ resource, name, settings }) => {
                const problem = limitsProblem(settings);
                return problem ? [finding(resource, `pool ${name}: ${problem}`)] : [];
            }),
    },
    {
        id: "node-pools-span-zones",
        title: "Every node pool spans at least two zones",
        severity: "warning",
        why: "A pool without zones may end up in one data centre, and its zones cannot be changed later.",
        mend: "Set `zones` of the pool, where the region has them.",
        evaluate: (stack) =>
            nodePools(stack)
                .filter(({ settings }) => listAt(settings, "availabilityZones").length < 2)
                .map(({ resource, name, settings }) => {
                    const zones = textsAt(settings, "availabilityZones");
                    return finding(
                        resource,
                        `pool ${name} ${zones.length === 0 ? "has no zones" : `is in zone ${listed(zones)} only`}`,
                    );
                }),
    },
    {
        id: "nodes-have-no-public-address",
        title: "No node has a public address",
        severity: "error",
        why: "A node with a public address is reachable beside every load balancer and firewall.",
        mend: "Set `enableNodePublicIP: false`, or leave it out.",
        evaluate: (stack) =>
            nodePools(stack)
                .filter(({ settings }) => settings["enableNodePublicIP"] === true)
                .map(({ resource, name }) =>
                    finding(resource, `pool ${name} gives its nodes public addresses`),
                ),
    },
    {
        id: "cluster-has-an-uptime-promise",
        title: "The cluster's tier comes with an uptime promise",
        severity: "info",
        why: "Microsoft promises nothing for the API server of the Free tier and limits its size.",
        mend: "Set `tier` to Standard where people depend on the cluster.",
        evaluate: (stack) =>
            each(stack, types.cluster, ({ inputs }) =>
                textAt(inputs, "sku", "tier") === "Free" ? "is of the Free tier" : undefined,
            ),
    },
    {
        id: "cluster-enforces-azure-policy",
        title: "The Azure Policy add-on is on",
        severity: "warning",
        why: "Policies that are assigned to a cluster without the add-on report nothing and stop nothing.",
        mend: "Set `addonProfiles.azurepolicy.enabled` to true.",
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", ({ inputs }) =>
                at(inputs, "addonProfiles", "azurepolicy", "enabled") === true
                    ? undefined
                    : "the Azure Policy add-on is off",
            ),
    },
];

function apiServerProblem({ inputs }: CapturedResource): string | undefined {
    const profile = recordAt(inputs, "apiServerAccessProfile");
    if (profile["enablePrivateCluster"] === true) {
        return undefined;
    }
    const ranges = textsAt(profile, "authorizedIPRanges");
    if (ranges.length === 0) {
        return "is public and names no authorised ranges";
    }
    const open = ranges.find((range) => range.endsWith("/0"));
    return open ? `is public and authorises ${open}` : undefined;
}

function hasKured(stack: StackView): boolean {
    return (
        stack.ofType(types.kuredComponent).length > 0 ||
        stack
            .ofType(types.helmRelease)
            .some(({ inputs }) => chartName(textAt(inputs, "chart") ?? "") === "kured")
    );
}

function nodeChannel({ inputs }: CapturedResource): string {
    return textAt(inputs, "autoUpgradeProfile", "nodeOSUpgradeChannel") ?? "unset";
}

function nodePatchingFindings(stack: JudgedStack): Finding[] {
    // With the in-cluster half switched off there is nothing to compare with.
    if (!stack.resources.some(isKubernetes)) {
        return [];
    }
    return each(stack, types.cluster, (cluster) => {
        const channel = nodeChannel(cluster);
        if (channel === "Unmanaged") {
            return hasKured(stack)
                ? undefined
                : "leaves patches to the nodes, but nothing restarts them: kured is not installed";
        }
        return hasKured(stack)
            ? `its node OS channel is ${channel}, with which kured does nothing`
            : undefined;
    });
}

function maintenanceProblem(
    stack: JudgedStack,
    cluster: CapturedResource,
    configName: string,
): string | undefined {
    const clusterName = textAt(cluster.state, "name");
    const found = stack
        .ofType(types.maintenance)
        .find(
            ({ inputs }) =>
                textAt(inputs, "resourceName") === clusterName && textAt(inputs, "configName") === configName,
        );
    if (!found) {
        return `has no ${configName}`;
    }
    const hours = numberAt(found.inputs, "maintenanceWindow", "durationHours") ?? 0;
    return hours >= 4 ? undefined : `${configName} lasts ${hours} hours; AKS needs 4`;
}

function limitsProblem(settings: Record<string, unknown>): string | undefined {
    if (settings["enableAutoScaling"] !== true) {
        return undefined;
    }
    const least = settings["mode"] === "System" ? 1 : 0;
    const minimum = numberAt(settings, "minCount");
    const maximum = numberAt(settings, "maxCount");
    const count = numberAt(settings, "count");
    if (minimum === undefined || maximum === undefined) {
        return "autoscales without `minCount` and `maxCount`";
    }
    if (minimum < least || minimum > maximum) {
        return `cannot scale from ${minimum} to ${maximum} nodes`;
    }
    return count === undefined || (count >= minimum && count <= maximum)
        ? undefined
        : `starts with ${count} nodes, outside ${minimum} to ${maximum}`;
}
