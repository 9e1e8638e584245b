import { types } from "../../stack/resourceTypes";
import { at, recordAt, textAt, textsAt } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { ofEach, ofEveryOne } from "../rule";
import type { Rule } from "../rule";
import { sources } from "../sources";

/** Rules about clusters. */
export const clusterRules: readonly Rule[] = [
    {
        id: "cluster-without-local-accounts",
        title: "Local accounts of the cluster are off",
        severity: "error",
        why: "The local administrator certificate bypasses Entra ID, belongs to nobody and cannot be withdrawn from one person.",
        mend: "Set `disableLocalAccounts: true`.",
        sources: [sources.aksBaseline, sources.wellArchitected],
        ...ofEveryOne(types.cluster, "cluster", ({ inputs }) =>
            inputs["disableLocalAccounts"] === true ? undefined : "`disableLocalAccounts` is not set to true",
        ),
    },
    {
        id: "cluster-uses-entra-and-azure-rbac",
        title: "Entra ID authenticates and Azure RBAC authorises",
        severity: "error",
        why: "Access is then granted, reviewed and withdrawn in one place, for people and pipelines alike.",
        mend: "Set `aadProfile.managed` and `aadProfile.enableAzureRBAC` to true.",
        sources: [sources.aksBaseline, sources.wellArchitected],
        ...ofEveryOne(types.cluster, "cluster", ({ inputs }) =>
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
        sources: [sources.aksBaseline, sources.wellArchitected],
        ...ofEveryOne(types.cluster, "cluster", apiServerProblem),
    },
    {
        id: "cluster-issues-workload-identities",
        title: "OIDC issuer and workload identity are on",
        severity: "error",
        why: "Workloads then sign in to Azure without a stored secret.",
        mend: "Set `oidcIssuerProfile.enabled` and `securityProfile.workloadIdentity.enabled` to true.",
        sources: [sources.workloadIdentity],
        ...ofEveryOne(types.cluster, "cluster", ({ inputs }) =>
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
        sources: [sources.aksBaseline, sources.wellArchitected],
        ...ofEveryOne(types.cluster, "cluster", ({ inputs }) => [
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
        sources: [sources.aksBaseline, sources.networkPolicies],
        ...ofEveryOne(types.cluster, "cluster", ({ inputs }) => {
            const engine = textAt(inputs, "networkProfile", "networkPolicy");
            return engine && engine !== "none" ? undefined : "`networkProfile.networkPolicy` names no engine";
        }),
    },
    {
        id: "cluster-enforces-azure-policy",
        title: "The Azure Policy add-on is on",
        severity: "warning",
        why: "Policies that are assigned to a cluster without the add-on report nothing and stop nothing.",
        mend: "Set `addonProfiles.azurepolicy.enabled` to true.",
        sources: [sources.aksBaseline, sources.azurePolicy],
        ...ofEveryOne(types.cluster, "cluster", ({ inputs }) =>
            at(inputs, "addonProfiles", "azurepolicy", "enabled") === true
                ? undefined
                : "the Azure Policy add-on is off",
        ),
    },
    {
        id: "cluster-has-an-uptime-promise",
        title: "The cluster's tier comes with an uptime promise",
        severity: "info",
        why: "Microsoft promises nothing for the API server of the Free tier and limits its size.",
        mend: "Set `tier` to Standard where people depend on the cluster.",
        sources: [sources.wellArchitected],
        ...ofEach(types.cluster, ({ inputs }) =>
            ["Standard", "Premium"].includes(textAt(inputs, "sku", "tier") ?? "")
                ? undefined
                : "is of the Free tier",
        ),
    },
    {
        id: "cluster-runs-no-commands-from-outside",
        title: "Nobody runs commands in the cluster through Azure's own API",
        severity: "warning",
        why: "`az aks command invoke` starts a pod with cluster rights and passes every network rule of the API server by.",
        mend: "Set `apiServerAccessProfile.disableRunCommand: true`.",
        sources: [sources.aksBaseline],
        ...ofEach(types.cluster, ({ inputs }) =>
            at(inputs, "apiServerAccessProfile", "disableRunCommand") === true
                ? undefined
                : "`apiServerAccessProfile.disableRunCommand` is not set to true",
        ),
    },
    {
        id: "node-resource-group-is-locked",
        title: "Nobody changes what AKS keeps in its own resource group",
        severity: "warning",
        why: "Changes to machines or load balancers there are overwritten, or break the cluster at its next upgrade.",
        mend: "Set `nodeResourceGroupProfile.restrictionLevel: ReadOnly`.",
        sources: [sources.nodeGroupLockdown],
        ...ofEach(types.cluster, ({ inputs }) =>
            textAt(inputs, "nodeResourceGroupProfile", "restrictionLevel") === "ReadOnly"
                ? undefined
                : "`nodeResourceGroupProfile.restrictionLevel` is not ReadOnly",
        ),
    },
    {
        id: "cluster-removes-unused-images",
        title: "Unused images are removed from the nodes",
        severity: "warning",
        why: "Old images stay on nodes with their faults, where a pod can start them without a pull.",
        mend: "Set `securityProfile.imageCleaner.enabled: true`.",
        sources: [sources.imageCleaner],
        ...ofEach(types.cluster, ({ inputs }) =>
            at(inputs, "securityProfile", "imageCleaner", "enabled") === true
                ? undefined
                : "the image cleaner is off",
        ),
    },
    {
        id: "cluster-renews-vault-secrets",
        title: "Secrets that pods mount from a vault follow the vault",
        severity: "warning",
        why: "A secret that was replaced because it leaked would stay in use until the pod restarts.",
        mend: "Switch the add-on `azureKeyvaultSecretsProvider` on with `enableSecretRotation`.",
        sources: [sources.secretsDriver],
        ...ofEach(types.cluster, ({ inputs }) => {
            const addon = recordAt(inputs, "addonProfiles", "azureKeyvaultSecretsProvider");
            if (addon["enabled"] !== true) {
                return "the add-on for vault secrets is off";
            }
            return textAt(addon, "config", "enableSecretRotation") === "true"
                ? undefined
                : "the add-on for vault secrets does not renew them";
        }),
    },
    {
        id: "cluster-networking-is-not-retired",
        title: "The cluster uses a network plugin and a load balancer that Azure goes on with",
        severity: "error",
        why: "Azure retires kubenet and Basic load balancers, and neither can be changed without moving every workload.",
        mend: "Set `networkPlugin: azure`, `networkPluginMode: overlay` and `loadBalancerSku: standard`.",
        sources: [sources.overlay],
        ...ofEach(types.cluster, ({ inputs }) =>
            (
                [
                    ["networkPlugin", "azure"],
                    ["loadBalancerSku", "standard"],
                ] as const
            )
                .filter(([property, value]) => textAt(inputs, "networkProfile", property) !== value)
                .map(([property, value]) => `\`networkProfile.${property}\` is not ${value}`),
        ),
    },
    {
        id: "cluster-is-watched-by-defender",
        title: "Defender for Containers watches the nodes",
        severity: "warning",
        why: "An attack that is under way in a container shows only to somebody who looks at its processes.",
        mend: "Set `cluster.defender: true` in the stack file.",
        sources: [sources.aksBaseline],
        ...ofEach(types.cluster, ({ inputs }) =>
            at(inputs, "securityProfile", "defender", "securityMonitoring", "enabled") === true
                ? undefined
                : "the sensor of Defender is off",
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
