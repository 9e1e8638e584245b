import type * as resources from "@pulumi/azure-native/resources";
import type { AzureResourceType } from "../../resourceType";
import { define } from "./define";

/** Microsoft.Resources and Microsoft.Authorization locks and groups. */
export const resourcesTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:resources:ResourceGroup": define<resources.ResourceGroupArgs>({
        armType: "Microsoft.Resources/resourceGroups",
        nameInputs: ["resourceGroupName"],
        scope: "subscription",
        compute: () => ({ properties: { provisioningState: "Succeeded" } }),
    }),
};
