import type * as pulumi from "@pulumi/pulumi";
import { Access, Cluster, ClusterMonitoring, FileShareEndpoint, NodePool } from "../components";
import type { EncryptionArgs, KeyVault, Monitoring, Network } from "../components";
import type { LandingZoneConfig } from "../config";
import type { Foundation } from "./foundation";
import { keyUri, vaultKeys } from "./services";

/** What a cluster stands on. */
export interface ClusterSurroundings {
    monitoring: Monitoring;
    network: Network;
    keyVault: KeyVault;
    diskEncryptionSetId?: pulumi.Input<string>;
}

/** The cluster with its identities and its system pool. */
export function createCluster(
    { config, groups, placedIn, objectIdOf, stateful }: Foundation,
    { monitoring, network, keyVault, diskEncryptionSetId }: ClusterSurroundings,
): Cluster {
    const { systemPool, apiServer, ...settings } = config.cluster;
    return new Cluster(
        "cluster",
        {
            ...placedIn(groups.cluster),
            ...settings,
            clusterName: config.names.cluster,
            subscriptionId: config.subscriptionId,
            tenantId: config.tenantId,
            apiServer: {
                ...apiServer,
                egressIpAddresses: network.egressPublicIpAddresses,
                subnetId: network.apiServerSubnetId,
                privateDnsZoneId: network.apiServerZoneId,
            },
            network: {
                ...settings,
                outboundType: network.outboundType,
                virtualNetworkId: network.virtualNetworkId,
                routeTableId: network.routeTableId,
                nodeSubnets: [
                    { key: "system", subnetId: network.systemNodesSubnetId },
                    { key: "user", subnetId: network.userNodesSubnetId },
                    // The cluster's cloud controller places the ingress load balancer here.
                    { key: "ingress", subnetId: network.ingressSubnetId },
                ],
            },
            systemPool: { ...systemPool, subnetId: network.systemNodesSubnetId },
            access: {
                adminGroupObjectIds: config.access.adminGroups.map(objectIdOf),
                deployerObjectId: config.access.deployer.objectId,
                deployerPrincipalType: config.access.deployer.principalType,
            },
            monitoring: {
                logAnalyticsWorkspaceId: monitoring.logAnalyticsWorkspaceId,
                containerInsights: config.monitoring.containerInsights.enabled,
                prometheus: config.monitoring.prometheus,
                defender: settings.defender,
            },
            storage: {
                ...settings.storage,
                fileShareResourceGroupId:
                    config.kubernetes.platform.fileShareEndpoint === FileShareEndpoint.Private
                        ? groups.network.id
                        : undefined,
            },
            encryption: { diskEncryptionSetId, ...secretsEncryption(config, keyVault) },
        },
        stateful,
    );
}

/** Encryption of Kubernetes secrets with the vault's key, where the configuration wants it. */
function secretsEncryption(
    { cluster, keyVault: { publicNetworkAccess } }: LandingZoneConfig,
    keyVault: KeyVault,
): EncryptionArgs {
    return cluster.encryption.kms
        ? {
              kmsKeyId: keyUri(keyVault, vaultKeys.kubernetesSecrets),
              kmsKeyVaultId: keyVault.id,
              kmsPrivateVault: !publicNetworkAccess,
          }
        : {};
}

/** The node pools of the configuration, one after another: AKS runs one operation on a cluster at a time. */
export function createNodePools(
    { config, groups, tags, azure }: Foundation,
    network: Network,
    cluster: Cluster,
): NodePool[] {
    let previous: pulumi.Input<string> = cluster.readyId;
    return Object.entries(config.nodePools).map(([poolName, pool]) => {
        const nodePool: NodePool = new NodePool(
            `pool-${poolName}`,
            {
                ...pool,
                resourceGroupName: groups.cluster.name,
                tags,
                poolName,
                clusterName: cluster.name,
                clusterId: cluster.id,
                dataplane: config.cluster.dataplane,
                subnetId: network.userNodesSubnetId,
                waitFor: [previous],
            },
            // AKS deletes its pools with the cluster; asking for the last one alone is refused.
            { ...azure, deletedWith: cluster.resource },
        );
        previous = nodePool.id;
        return nodePool;
    });
}

/** The pools, out of those of the configuration, that workloads can count on: Spot nodes come and go as Azure has some to spare. */
export function steadyPools(
    { nodePools }: Pick<LandingZoneConfig, "nodePools">,
    pools: readonly NodePool[],
): NodePool[] {
    const settings = Object.values(nodePools);
    return pools.filter((_, index) => settings[index]?.spot === undefined);
}

/** Who may do what in the cluster, as Azure sees it. */
export function createAccess({ config, groupOf, azure }: Foundation, cluster: Cluster): Access {
    return new Access(
        "access",
        {
            subscriptionId: config.subscriptionId,
            clusterId: cluster.id,
            adminGroups: config.access.adminGroups.map(groupOf),
            namespaces: config.namespaces.map(({ namespace, settings }) => ({
                namespace,
                developers: settings.developers.map(groupOf),
                readers: settings.readers.map(groupOf),
            })),
        },
        azure,
    );
}

/** Logs, metrics and alerts of the cluster. */
export function watchCluster(
    { config, groups, placedIn, azure }: Foundation,
    monitoring: Monitoring,
    cluster: Cluster,
): ClusterMonitoring {
    const { containerInsights, diagnosticCategories, privateLinkOnly } = config.monitoring;
    return new ClusterMonitoring(
        "cluster-monitoring",
        {
            ...placedIn(groups.cluster),
            clusterName: config.names.cluster,
            clusterId: cluster.id,
            logAnalyticsWorkspaceId: monitoring.logAnalyticsWorkspaceId,
            azureMonitorWorkspaceId: monitoring.azureMonitorWorkspaceId,
            actionGroupId: monitoring.actionGroupId,
            containerInsights: containerInsights.enabled ? containerInsights : undefined,
            diagnosticCategories,
            privateLinkOnly,
        },
        { ...azure, deletedWith: cluster.resource },
    );
}
