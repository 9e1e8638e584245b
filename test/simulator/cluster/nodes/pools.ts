import type { ExistingResource } from "../../../../simulator/azure/subscription";
import type { NodePool } from "../../../../simulator/cluster/nodes/nodePools";

export const clusterId =
    "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks";

/** A pool of three nodes in three zones. */
export const basicPool: NodePool = {
    name: "apps",
    clusterId,
    nodeResourceGroup: "MC_rg_aks",
    location: "westeurope",
    vmSize: "Standard_D4ds_v5",
    count: 3,
    mode: "User",
    osType: "Linux",
    zones: ["1", "2", "3"],
    isSpot: false,
    labels: {},
    taints: [],
    maxPods: 110,
    osDiskSizeInGb: 128,
    version: "1.36.3",
};

/** A cluster in Azure, with these inline pools. */
export function existingCluster(
    agentPoolProfiles: object[],
    inputs: object = {},
    id = clusterId,
): ExistingResource {
    return {
        id,
        type: "azure-native:containerservice:ManagedCluster",
        inputs: {
            location: "West Europe",
            aadProfile: { managed: true, enableAzureRBAC: true },
            agentPoolProfiles,
            ...inputs,
        },
        state: { nodeResourceGroup: "MC_rg_aks", currentKubernetesVersion: "1.36.3" },
        createdAt: 0,
    };
}

/** A pool that was added to a cluster. */
export function existingPool(name: string, inputs: object, id = clusterId): ExistingResource {
    return {
        id: `${id}/agentPools/${name}`,
        type: "azure-native:containerservice:AgentPool",
        inputs: inputs as Record<string, unknown>,
        state: {},
        createdAt: 0,
    };
}
