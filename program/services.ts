import type * as pulumi from "@pulumi/pulumi";
import {
    ApiServerExposure,
    DiskEncryption,
    Governance,
    Grafana,
    IngressExposure,
    KeyVault,
    Monitoring,
    Network,
    PrincipalType,
    Registry,
    RegistrySku,
} from "../components";
import type { Cluster, PrivateEndpointArgs } from "../components";
import { contains, parseCidr } from "../components/internal/cidr";
import type { LandingZoneConfig } from "../config";
import type { Foundation } from "./foundation";
import { kuredNamespace, usesKured } from "./nodePatching";

/** Keys that the vault makes when the configuration asks for encryption with keys of one's own. */
export const vaultKeys = { kubernetesSecrets: "kubernetes-secrets", disks: "disks" };

/** Sinks for logs and metrics, and the alerts that reach people. */
export function createMonitoring({ config, groups, placedIn, stateful }: Foundation): Monitoring {
    const { logAnalytics, prometheus, privateLinkOnly, alertEmails } = config.monitoring;
    return new Monitoring(
        "monitoring",
        {
            ...placedIn(groups.shared),
            subscriptionId: config.subscriptionId,
            logAnalytics,
            prometheus,
            privateLinkOnly,
            alertEmails,
        },
        stateful,
    );
}

/** The network, sized and opened as the cluster needs it. */
export function createNetwork(
    { config, groups, placedIn, stateful }: Foundation,
    monitoring: Monitoring,
): Network {
    return new Network(
        "network",
        {
            ...placedIn(groups.network),
            ...config.network,
            hub: config.network.hub && { ...config.network.hub, tenantId: config.tenantId },
            podCidr: config.cluster.podCidr,
            trustedSources: trustedSources(config),
            apiServerSubnet: config.cluster.apiServer.vnetIntegration,
            publicIngress: config.kubernetes.ingress.exposure === IngressExposure.Public,
            privateDns: { ...config.network.privateDns, apiServerZoneName: config.apiServerZoneName },
            logAnalyticsWorkspaceId: monitoring.logAnalyticsWorkspaceId,
        },
        stateful,
    );
}

/** Grafana over the stack's metrics; undefined where the configuration wants none. */
export function createGrafana(
    { config, groups, placedIn, groupOf, azure }: Foundation,
    monitoring: Monitoring,
    network: Network,
): Grafana | undefined {
    const { grafana } = config.monitoring;
    return (
        grafana &&
        new Grafana(
            "grafana",
            {
                ...placedIn(groups.shared),
                subscriptionId: config.subscriptionId,
                azureMonitorWorkspaceId: monitoring.azureMonitorWorkspaceId,
                settings: {
                    ...grafana,
                    name: config.names.grafana,
                    privateEndpoint: privateEndpoint(network, grafana.privateDnsZoneId),
                    adminGroups: grafana.adminGroups.map(groupOf),
                    viewerGroups: grafana.viewerGroups.map(groupOf),
                    readScopes: Object.entries(groups).map(([key, group]) => ({ key, scopeId: group.id })),
                },
            },
            azure,
        )
    );
}

/** The vault, with the keys that the cluster's encryption needs. */
export function createKeyVault(
    { config, groups, placedIn, objectIdOf, stateful }: Foundation,
    monitoring: Monitoring,
    network: Network,
): KeyVault {
    const { kms, customerManagedDisks } = config.cluster.encryption;
    return new KeyVault(
        "vault",
        {
            ...placedIn(groups.shared),
            ...config.keyVault,
            vaultName: config.names.keyVault,
            subscriptionId: config.subscriptionId,
            tenantId: config.tenantId,
            privateEndpoint: privateEndpoint(
                network,
                config.keyVault.privateDnsZoneId ?? network.keyVaultZoneId,
            ),
            // Disk encryption sets reach the vault as one of Microsoft's trusted services, not through the network.
            trustedServicesBypass: customerManagedDisks,
            keys: [
                ...(kms ? [vaultKeys.kubernetesSecrets] : []),
                ...(customerManagedDisks ? [vaultKeys.disks] : []),
            ],
            roleAssignments: config.keyVault.roleAssignments.map(({ group, role }) => ({
                key: group,
                principalId: objectIdOf(group),
                principalType: PrincipalType.Group,
                role,
            })),
            logAnalyticsWorkspaceId: monitoring.logAnalyticsWorkspaceId,
        },
        stateful,
    );
}

/** Encryption of disks with the vault's key; undefined where Microsoft's keys do. */
export function createDiskEncryption(
    { config, groups, placedIn, stateful }: Foundation,
    keyVault: KeyVault,
): DiskEncryption | undefined {
    return config.cluster.encryption.customerManagedDisks
        ? new DiskEncryption(
              "disk-encryption",
              {
                  ...placedIn(groups.cluster),
                  subscriptionId: config.subscriptionId,
                  keyVaultId: keyVault.id,
                  keyUri: keyUri(keyVault, vaultKeys.disks),
              },
              stateful,
          )
        : undefined;
}

/** The registry, from which the cluster's nodes may pull. */
export function createRegistry(
    { config, groups, placedIn, stateful }: Foundation,
    monitoring: Monitoring,
    network: Network,
    cluster: Cluster,
): Registry {
    const { registry } = config;
    return new Registry(
        "registry",
        {
            ...placedIn(groups.shared),
            ...registry,
            registryName: config.names.registry,
            subscriptionId: config.subscriptionId,
            privateEndpoint:
                registry.sku === RegistrySku.Premium
                    ? privateEndpoint(network, registry.privateDnsZoneId ?? network.registryZoneId)
                    : undefined,
            pullPrincipals: [{ key: "kubelet", principalId: cluster.kubeletIdentityPrincipalId }],
            logAnalyticsWorkspaceId: monitoring.logAnalyticsWorkspaceId,
        },
        stateful,
    );
}

/** Policies, budget and locks. */
export function createGovernance(
    { config, groups, azure }: Foundation,
    monitoring: Monitoring,
    keyVault: KeyVault,
    registry: Registry,
): Governance {
    const { policies, budget } = config.governance;
    return new Governance(
        "governance",
        {
            baseName: config.baseName,
            // Policies apply to the cluster from its resource group, so that they are there whatever becomes of it.
            scopeId: groups.cluster.id,
            policies: {
                ...policies,
                // kured's pods are privileged: its namespace is the one exception, and gone where kured is not installed.
                excludedNamespaces: [
                    ...policies.excludedNamespaces,
                    ...(usesKured(config) ? [kuredNamespace] : []),
                ],
            },
            // The nodes are in a resource group that AKS owns; only the subscription sees all that is spent.
            budget: budget && { ...budget, scopeId: `/subscriptions/${config.subscriptionId}` },
            locks: config.protection.locks
                ? [
                      { key: "vault", resourceId: keyVault.id, reason: "Holds secrets and keys." },
                      {
                          key: "registry",
                          resourceId: registry.id,
                          reason: "Holds the images that nodes start from.",
                      },
                      {
                          key: "logs",
                          resourceId: monitoring.logAnalyticsWorkspaceId,
                          reason: "Holds the audit trail.",
                      },
                  ]
                : [],
        },
        azure,
    );
}

/** Versioned address of one of the vault's keys. */
export function keyUri(keyVault: KeyVault, key: string): pulumi.Output<string> {
    return keyVault.keyUris.apply((uris) => uris[key] ?? "");
}

/** An endpoint in the stack's network; none where neither the stack nor its configuration has a DNS zone for it. */
function privateEndpoint(
    network: Network,
    privateDnsZoneId: pulumi.Input<string> | undefined,
): PrivateEndpointArgs | undefined {
    return privateDnsZoneId === undefined
        ? undefined
        : { subnetId: network.privateEndpointsSubnetId, privateDnsZoneId };
}

/**
 * Ranges that the network lets through to the API server's subnet: those of the stack file, and a public API server's
 * own. Azure refuses overlapping ranges in a rule, so one that lies in another is left out.
 */
export function trustedSources({ network, cluster: { apiServer } }: LandingZoneConfig): string[] {
    const opened = apiServer.exposure === ApiServerExposure.PublicRestricted && apiServer.vnetIntegration;
    const all = [...new Set([...network.trustedSources, ...(opened ? apiServer.authorizedIpRanges : [])])];
    return all.filter(
        (range) => !all.some((other) => other !== range && contains(parseCidr(other), parseCidr(range))),
    );
}
