import * as pulumi from "@pulumi/pulumi";
import type { LandingZoneConfig } from "./config";
import { createAccess, createCluster, createNodePools, steadyPools, watchCluster } from "./program/cluster";
import { layFoundation } from "./program/foundation";
import { insideCluster } from "./program/kubernetes";
import {
    createDiskEncryption,
    createGovernance,
    createGrafana,
    createKeyVault,
    createMonitoring,
    createNetwork,
    createRegistry,
} from "./program/services";

/** Stack outputs; README.md documents each. Flat, and nothing in them is secret. */
export interface LandingZoneOutputs {
    [name: string]: pulumi.Output<unknown>;
}

/**
 * The landing zone: from a checked configuration to resources. Wiring only: what a resource looks like is decided in
 * components/, what it is called in components/internal/naming.ts, what differs between stacks in the stack files.
 */
export async function landingZone(config: LandingZoneConfig): Promise<LandingZoneOutputs> {
    const foundation = layFoundation(config);

    const monitoring = createMonitoring(foundation);
    const network = createNetwork(foundation, monitoring);
    const grafana = createGrafana(foundation, monitoring, network);
    const keyVault = createKeyVault(foundation, monitoring, network);
    const diskEncryptionSetId = createDiskEncryption(foundation, keyVault)?.id;
    const cluster = createCluster(foundation, { monitoring, network, keyVault, diskEncryptionSetId });
    const registry = createRegistry(foundation, monitoring, network, cluster);
    const nodePools = createNodePools(foundation, network, cluster);
    const access = createAccess(foundation, cluster);
    watchCluster(foundation, monitoring, cluster);
    const governance = createGovernance(foundation, monitoring, keyVault, registry);

    const { ingress, workloadClientIds } = await insideCluster({
        foundation,
        cluster,
        keyVault,
        ingressSubnetName: network.ingressSubnetName,
        diskEncryptionSetId,
        // Policies judge workloads from the start, images can be pulled, and nodes are there to run them.
        ready: [
            governance.policyAssignmentIds,
            registry.pullAssignmentIds,
            access.assignmentIds,
            ...steadyPools(config, nodePools).map(({ id }) => id),
        ],
    });

    return withoutAbsent({
        clusterId: cluster.id,
        clusterName: cluster.name,
        clusterResourceGroupName: foundation.groups.cluster.name,
        clusterFqdn: cluster.fqdn,
        clusterPrivateFqdn: cluster.privateFqdn,
        oidcIssuerUrl: cluster.oidcIssuerUrl,
        nodeResourceGroupName: cluster.nodeResourceGroupName,
        nodePoolNames: pulumi.all(nodePools.map(({ name }) => name)),
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
        logAnalyticsWorkspaceId: monitoring.logAnalyticsWorkspaceId,
        azureMonitorWorkspaceId: monitoring.azureMonitorWorkspaceId,
        actionGroupId: monitoring.actionGroupId,
        grafanaEndpoint: grafana?.endpoint,
        ingressClassName: ingress.ingressClassName,
        tenantNamespaces: pulumi.output(config.namespaces.map(({ namespace }) => namespace)),
        workloadClientIds,
    });
}

/** Leaves out what a stack does not have; an empty value would look like a fault. */
function withoutAbsent(outputs: Record<string, pulumi.Output<unknown> | undefined>): LandingZoneOutputs {
    return Object.fromEntries(
        Object.entries(outputs).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
}
