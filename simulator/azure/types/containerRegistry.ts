import type * as containerregistry from "@pulumi/azure-native/containerregistry";
import type { AzureResourceType } from "../../resourceType";
import { define } from "./define";

/** Microsoft.ContainerRegistry: the registry, its replicas and its pull-through cache rules. */
export const containerRegistryTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:containerregistry:Registry": define<containerregistry.RegistryArgs>({
        armType: "Microsoft.ContainerRegistry/registries",
        nameInputs: ["registryName"],
        scope: "resourceGroup",
        compute: ({ inputs, name }) => {
            const host = name.toLowerCase();
            return {
                sku: { ...inputs.sku, tier: inputs.sku.name },
                loginServer: `${host}.azurecr.io`,
                dataEndpointHostNames: inputs.dataEndpointEnabled
                    ? [`${host}.${inputs.location ?? ""}.data.azurecr.io`]
                    : [],
                privateEndpointConnections: [],
                provisioningState: "Succeeded",
            };
        },
    }),
    "azure-native:containerregistry:Replication": define<containerregistry.ReplicationArgs>({
        armType: "Microsoft.ContainerRegistry/registries/replications",
        nameInputs: ["registryName", "replicationName"],
        scope: "resourceGroup",
        compute: () => ({ provisioningState: "Succeeded" }),
    }),
    "azure-native:containerregistry:CacheRule": define<containerregistry.CacheRuleArgs>({
        armType: "Microsoft.ContainerRegistry/registries/cacheRules",
        nameInputs: ["registryName", "cacheRuleName"],
        scope: "resourceGroup",
        compute: () => ({ provisioningState: "Succeeded" }),
    }),
};
