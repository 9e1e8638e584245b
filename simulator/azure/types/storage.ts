import type * as storage from "@pulumi/azure-native/storage";
import type { AzureResourceType } from "../../resourceType";
import { define } from "./define";

/** Microsoft.Storage: accounts, and the blobs in them. */
export const storageTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:storage:StorageAccount": define<storage.StorageAccountArgs>({
        armType: "Microsoft.Storage/storageAccounts",
        nameInputs: ["accountName"],
        scope: "resourceGroup",
        compute: ({ name }) => ({
            primaryEndpoints: { blob: `https://${name}.blob.core.windows.net/` },
            provisioningState: "Succeeded",
        }),
    }),
    "azure-native:storage:BlobServiceProperties": define<storage.BlobServicePropertiesArgs>({
        armType: "Microsoft.Storage/storageAccounts/blobServices",
        nameInputs: ["accountName", "blobServicesName"],
        scope: "resourceGroup",
    }),
    "azure-native:storage:BlobContainer": define<storage.BlobContainerArgs>({
        armType: "Microsoft.Storage/storageAccounts/blobServices/containers",
        nameInputs: ["accountName", "containerName"],
        fixedNames: { blobServices: "default" },
        scope: "resourceGroup",
    }),
    "azure-native:storage:ManagementPolicy": define<storage.ManagementPolicyArgs>({
        armType: "Microsoft.Storage/storageAccounts/managementPolicies",
        nameInputs: ["accountName", "managementPolicyName"],
        scope: "resourceGroup",
    }),
};
