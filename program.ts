import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import { Provider as EntraProvider } from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import {
    Access,
    ApiServerExposure,
    Cluster,
    ClusterMonitoring,
    DiskEncryption,
    EntraGroups,
    FileShareEndpoint,
    Governance,
    Grafana,
    IngressExposure,
    KeyVault,
    Monitoring,
    Network,
    NodePool,
    PrincipalType,
    Registry,
    RegistrySku,
} from "./components";
import { azureName } from "./components/internal/naming";
import { landingZoneTags } from "./components/internal/tags";
import type { EntraGroupArgs } from "./components";
import type { LandingZoneConfig } from "./config";
import { insideCluster, kuredNamespace, usesKured } from "./kubernetes";

/** Stack outputs; README.md documents each. Flat, and nothing in them is secret. */
export interface LandingZoneOutputs {
    [name: string]: pulumi.Output<unknown>;
}

// Keys that the vault makes when the configuration asks for encryption with keys of one's own.
const vaultKeys = { kubernetesSecrets: "kubernetes-secrets", disks: "disks" };

/**
 * The landing zone: from a checked configuration to resources. Wiring only: what a resource looks like is decided in
 * components/, what it is called in components/internal/naming.ts, what differs between stacks in the stack files.
 */
export function landingZone(config: LandingZoneConfig): LandingZoneOutputs {
    const { baseName, subscriptionId, tenantId, location } = config;
    const tags = landingZoneTags(config.workload, config.environment, config.tags);
    const azureProvider = new AzureProvider("azure", { subscriptionId, tenantId });
    const azure = { providers: [azureProvider] };
    // What these hold cannot be made again, so Pulumi refuses to delete or replace them while protection is on.
    const stateful = { ...azure, protect: config.protection.protect };

    const resourceGroup = (role: string) =>
        new ResourceGroup(
            `group-${role}`,
            { resourceGroupName: azureName("resourceGroup", baseName, role), location, tags },
            { provider: azureProvider, protect: config.protection.protect },
        );
    const groups = {
        network: resourceGroup("network"),
        cluster: resourceGroup("cluster"),
        shared: resourceGroup("shared"),
    };
    const placedIn = (group: ResourceGroup) => ({ resourceGroupName: group.name, location, baseName, tags });

    const objectIdOf = entraGroups(config);
    const groupOf = (key: string) => ({ key, objectId: objectIdOf(key) });

    const monitoring = new Monitoring(
        "monitoring",
        {
            ...placedIn(groups.shared),
            subscriptionId,
            logAnalytics: config.monitoring.logAnalytics,
            prometheus: config.monitoring.prometheus,
            privateLinkOnly: config.monitoring.privateLinkOnly,
            alertEmails: config.monitoring.alertEmails,
        },
        stateful,
    );
    const { logAnalyticsWorkspaceId, azureMonitorWorkspaceId } = monitoring;

    const network = new Network(
        "network",
        {
            ...placedIn(groups.network),
            ...config.network,
            hub: config.network.hub && { ...config.network.hub, tenantId },
            podCidr: config.cluster.podCidr,
            trustedSources: trustedSources(config),
            apiServerSubnet: config.cluster.apiServer.vnetIntegration,
            publicIngress: config.kubernetes.ingress.exposure === IngressExposure.Public,
            privateDns: { ...config.network.privateDns, apiServerZoneName: config.apiServerZoneName },
            logAnalyticsWorkspaceId,
        },
        stateful,
    );
    /** An endpoint in the stack's network; none where neither the stack nor its configuration has a DNS zone for it. */
    const privateEndpoint = (privateDnsZoneId: pulumi.Input<string> | undefined) =>
        privateDnsZoneId === undefined
            ? undefined
            : { subnetId: network.privateEndpointsSubnetId, privateDnsZoneId };

    const grafana = config.monitoring.grafana
        ? new Grafana(
              "grafana",
              {
                  ...placedIn(groups.shared),
                  subscriptionId,
                  azureMonitorWorkspaceId,
                  settings: {
                      ...config.monitoring.grafana,
                      name: config.names.grafana,
                      privateEndpoint: privateEndpoint(config.monitoring.grafana.privateDnsZoneId),
                      adminGroups: config.monitoring.grafana.adminGroups.map(groupOf),
                      viewerGroups: config.monitoring.grafana.viewerGroups.map(groupOf),
                      readScopes: Object.entries(groups).map(([key, group]) => ({ key, scopeId: group.id })),
                  },
              },
              azure,
          )
        : undefined;

    const { kms, customerManagedDisks } = config.cluster.encryption;
    const keyVault = new KeyVault(
        "vault",
        {
            ...placedIn(groups.shared),
            ...config.keyVault,
            vaultName: config.names.keyVault,
            subscriptionId,
            tenantId,
            privateEndpoint: privateEndpoint(config.keyVault.privateDnsZoneId ?? network.keyVaultZoneId),
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
            logAnalyticsWorkspaceId,
        },
        stateful,
    );
    const keyUri = (key: string) => keyVault.keyUris.apply((uris) => uris[key] ?? "");

    const diskEncryptionSetId = customerManagedDisks
        ? new DiskEncryption(
              "disk-encryption",
              {
                  ...placedIn(groups.cluster),
                  subscriptionId,
                  keyVaultId: keyVault.id,
                  keyUri: keyUri(vaultKeys.disks),
              },
              stateful,
          ).id
        : undefined;

    const adminGroupKeys = config.access.adminGroups;
    const { systemPool, apiServer, ...clusterSettings } = config.cluster;
    const cluster = new Cluster(
        "cluster",
        {
            ...placedIn(groups.cluster),
            ...clusterSettings,
            clusterName: config.names.cluster,
            subscriptionId,
            tenantId,
            apiServer: {
                ...apiServer,
                subnetId: network.apiServerSubnetId,
                privateDnsZoneId: network.apiServerZoneId,
            },
            network: {
                ...clusterSettings,
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
                adminGroupObjectIds: adminGroupKeys.map(objectIdOf),
                deployerObjectId: config.access.deployer.objectId,
                deployerPrincipalType: config.access.deployer.principalType,
            },
            monitoring: {
                logAnalyticsWorkspaceId,
                containerInsights: config.monitoring.containerInsights.enabled,
                prometheus: config.monitoring.prometheus,
                defender: config.cluster.defender,
            },
            storage: {
                ...config.cluster.storage,
                fileShareResourceGroupId:
                    config.kubernetes.platform.fileShareEndpoint === FileShareEndpoint.Private
                        ? groups.network.id
                        : undefined,
            },
            encryption: {
                diskEncryptionSetId,
                ...(kms
                    ? {
                          kmsKeyId: keyUri(vaultKeys.kubernetesSecrets),
                          kmsKeyVaultId: keyVault.id,
                          kmsPrivateVault: !config.keyVault.publicNetworkAccess,
                      }
                    : {}),
            },
        },
        stateful,
    );

    const registry = new Registry(
        "registry",
        {
            ...placedIn(groups.shared),
            ...config.registry,
            registryName: config.names.registry,
            subscriptionId,
            privateEndpoint:
                config.registry.sku === RegistrySku.Premium
                    ? privateEndpoint(config.registry.privateDnsZoneId ?? network.registryZoneId)
                    : undefined,
            pullPrincipals: [{ key: "kubelet", principalId: cluster.kubeletIdentityPrincipalId }],
            logAnalyticsWorkspaceId,
        },
        stateful,
    );

    // One operation on a cluster at a time: the first pool waits for the maintenance windows, each other for its predecessor.
    let previous: pulumi.Input<string> = cluster.readyId;
    const pools = Object.entries(config.nodePools).map(([poolName, pool]) => {
        const nodePool = new NodePool(
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

    const access = new Access(
        "access",
        {
            subscriptionId,
            clusterId: cluster.id,
            adminGroups: adminGroupKeys.map(groupOf),
            namespaces: config.namespaces.map(({ namespace, settings }) => ({
                namespace,
                developers: settings.developers.map(groupOf),
                readers: settings.readers.map(groupOf),
            })),
        },
        azure,
    );

    new ClusterMonitoring(
        "cluster-monitoring",
        {
            ...placedIn(groups.cluster),
            clusterName: config.names.cluster,
            clusterId: cluster.id,
            logAnalyticsWorkspaceId,
            azureMonitorWorkspaceId,
            actionGroupId: monitoring.actionGroupId,
            containerInsights: config.monitoring.containerInsights.enabled
                ? config.monitoring.containerInsights
                : undefined,
            diagnosticCategories: config.monitoring.diagnosticCategories,
            privateLinkOnly: config.monitoring.privateLinkOnly,
        },
        azure,
    );

    const governance = new Governance(
        "governance",
        {
            baseName,
            // Policies apply to the cluster from its resource group, so that they are there whatever becomes of it.
            scopeId: groups.cluster.id,
            policies: {
                ...config.governance.policies,
                // kured's pods are privileged: its namespace is the one exception, and gone where kured is not installed.
                excludedNamespaces: [
                    ...config.governance.policies.excludedNamespaces,
                    ...(usesKured(config) ? [kuredNamespace] : []),
                ],
                internalLoadBalancersOnly: config.kubernetes.ingress.exposure !== IngressExposure.Public,
            },
            // The nodes are in a resource group that AKS owns; only the subscription sees all that is spent.
            budget: config.governance.budget && {
                ...config.governance.budget,
                scopeId: `/subscriptions/${subscriptionId}`,
            },
            locks: config.protection.locks
                ? [
                      { key: "vault", resourceId: keyVault.id, reason: "Holds secrets and keys." },
                      {
                          key: "registry",
                          resourceId: registry.id,
                          reason: "Holds the images that nodes start from.",
                      },
                      { key: "logs", resourceId: logAnalyticsWorkspaceId, reason: "Holds the audit trail." },
                  ]
                : [],
        },
        azure,
    );

    const { workloadClientIds, ingress } = insideCluster({
        config,
        azureProvider,
        cluster,
        keyVault,
        ingressSubnetName: network.ingressSubnetName,
        diskEncryptionSetId,
        objectIdOf,
        clusterGroupName: groups.cluster.name,
        tags,
        // Policies judge workloads from the start, images can be pulled, and nodes are there to run them.
        ready: [
            governance.policyAssignmentIds,
            registry.pullAssignmentIds,
            access.assignmentIds,
            ...pools.map(({ id }) => id),
        ],
    });

    const outputs: Record<string, pulumi.Output<unknown> | undefined> = {
        clusterId: cluster.id,
        clusterName: cluster.name,
        clusterResourceGroupName: groups.cluster.name,
        clusterFqdn: cluster.fqdn,
        clusterPrivateFqdn: cluster.privateFqdn,
        oidcIssuerUrl: cluster.oidcIssuerUrl,
        nodeResourceGroupName: cluster.nodeResourceGroupName,
        nodePoolNames: pulumi.all(pools.map(({ name }) => name)),
        controlPlanePrincipalId: cluster.controlPlanePrincipalId,
        kubeletIdentityClientId: cluster.kubeletIdentityClientId,
        virtualNetworkId: network.virtualNetworkId,
        egressPublicIpAddresses: network.egressPublicIpAddresses,
        keyVaultId: keyVault.id,
        keyVaultName: keyVault.name,
        keyVaultUri: keyVault.uri,
        registryId: registry.id,
        registryName: registry.name,
        registryLoginServer: registry.loginServer,
        logAnalyticsWorkspaceId,
        azureMonitorWorkspaceId,
        actionGroupId: monitoring.actionGroupId,
        grafanaEndpoint: grafana?.endpoint,
        ingressClassName: ingress.ingressClassName,
        tenantNamespaces: pulumi.output(config.namespaces.map(({ namespace }) => namespace)),
        workloadClientIds,
    };
    // What a stack does not have is left out; an empty value would look like a fault.
    return Object.fromEntries(
        Object.entries(outputs).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
}

/** Ranges that the network lets through to the API server's subnet: those of the stack file, and a public API server's own. */
function trustedSources({ network, cluster: { apiServer } }: LandingZoneConfig): string[] {
    const opened = apiServer.exposure === ApiServerExposure.PublicRestricted && apiServer.vnetIntegration;
    return [...new Set([...network.trustedSources, ...(opened ? apiServer.authorizedIpRanges : [])])];
}

/** Object ids of the groups that the configuration names: existing ones, and those that this stack creates. */
function entraGroups({ access, tenantId }: LandingZoneConfig): (key: string) => pulumi.Input<string> {
    const created = Object.entries(access.createGroups).map(([key, group]) => ({ key, ...group }));
    // Without groups to create there is no Entra provider: it would ask for directory rights that nothing needs.
    const objectIds = created.length > 0 ? newEntraGroups(created, tenantId) : undefined;
    return (key) => {
        const existing = access.groups[key];
        if (existing !== undefined) {
            return existing;
        }
        if (objectIds === undefined) {
            throw new Error(
                `the configuration names the group "${key}", which access.groups and access.createGroups do not have`,
            );
        }
        return objectIds.apply((ids) => ids[key] ?? "");
    };
}

function newEntraGroups(
    groups: EntraGroupArgs[],
    tenantId: string,
): pulumi.Output<{ [key: string]: string }> {
    const provider = new EntraProvider("entra", { tenantId });
    return new EntraGroups("groups", { groups }, { providers: [provider] }).objectIds;
}
