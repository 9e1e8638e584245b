import type { ClusterArgs } from "../../components/clusterArgs";
import { testEnvironment } from "./harness";

export const { subscriptionId, tenantId, deployerObjectId } = testEnvironment;
export const groupId = `/subscriptions/${subscriptionId}/resourceGroups/rg-lz-test-weu-cluster`;
export const networkGroupId = `/subscriptions/${subscriptionId}/resourceGroups/rg-lz-test-weu-network`;
export const networkId = `${networkGroupId}/providers/Microsoft.Network/virtualNetworks/vnet-lz-test-weu`;
export const zoneId = `${networkGroupId}/providers/Microsoft.Network/privateDnsZones/private.westeurope.azmk8s.io`;
export const routeTableId = `${networkGroupId}/providers/Microsoft.Network/routeTables/rt-lz-test-weu`;
export const workspaceId = `${groupId}/providers/Microsoft.OperationalInsights/workspaces/log-lz-test-weu`;
export const vaultId = `${groupId}/providers/Microsoft.KeyVault/vaults/kv-lz-test-weu`;
export const keyId = "https://kv-lz-test-weu.vault.azure.net/keys/etcd/0123456789abcdef";
export const diskEncryptionSetId = `${groupId}/providers/Microsoft.Compute/diskEncryptionSets/des-lz-test-weu`;
export const identityId = (role: string) =>
    `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-lz-test-weu-${role}`;
export const subnetId = (role: string) => `${networkId}/subnets/snet-lz-test-weu-${role}`;
export const adminGroup = "44444444-4444-4444-8444-444444444444";

/** The least that a cluster needs; every test changes one thing. */
export function baseline(): ClusterArgs {
    return {
        resourceGroupName: "rg-lz-test-weu-cluster",
        location: "westeurope",
        baseName: "lz-test-weu",
        clusterName: "aks-lz-test-weu",
        subscriptionId,
        tenantId,
        kubernetesVersion: "1.36",
        apiServer: { subnetId: subnetId("api-server") },
        network: {
            podCidr: "10.244.0.0/16",
            serviceCidr: "10.245.0.0/16",
            dnsServiceIp: "10.245.0.10",
            outboundType: "userAssignedNATGateway",
            nodeSubnets: [{ key: "system-nodes", subnetId: subnetId("system-nodes") }],
        },
        systemPool: { vmSize: "Standard_D4ds_v5", subnetId: subnetId("system-nodes") },
        access: { adminGroupObjectIds: [adminGroup], deployerObjectId },
        tags: { environment: "test" },
    };
}

export type Change = (args: ClusterArgs) => Partial<ClusterArgs>;

/** A maintenance window. */
export const window = { dayOfWeek: "Sunday", startTime: "02:00", durationInHours: 4 } as const;
