import type * as compute from "@pulumi/azure-native/compute";
import type * as keyvault from "@pulumi/azure-native/keyvault";
import type { AzureResourceType } from "../../resourceType";
import { deterministicGuid } from "../deterministicGuid";
import { ownIdentity } from "../identityIds";
import { define } from "./define";

/** Microsoft.KeyVault, and the disk encryption sets that use its keys. */
export const keyVaultTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:keyvault:Vault": define<keyvault.VaultArgs>({
        armType: "Microsoft.KeyVault/vaults",
        nameInputs: ["vaultName"],
        scope: "resourceGroup",
        compute: ({ inputs, name }) => ({
            properties: {
                ...inputs.properties,
                vaultUri: `${vaultAddress(name)}/`,
                privateEndpointConnections: [],
                provisioningState: "Succeeded",
            },
        }),
    }),
    "azure-native:keyvault:Key": define<keyvault.KeyArgs>({
        armType: "Microsoft.KeyVault/vaults/keys",
        nameInputs: ["vaultName", "keyName"],
        scope: "resourceGroup",
        compute: ({ inputs, id, name }) => {
            const keyUri = `${vaultAddress(inputs.vaultName)}/keys/${name}`;
            const version = deterministicGuid(`key version ${id}`).replaceAll("-", "");
            return { ...inputs.properties, keyUri, keyUriWithVersion: `${keyUri}/${version}` };
        },
    }),
    "azure-native:compute:DiskEncryptionSet": define<compute.DiskEncryptionSetArgs>({
        armType: "Microsoft.Compute/diskEncryptionSets",
        nameInputs: ["diskEncryptionSetName"],
        scope: "resourceGroup",
        compute: (context) => ({
            identity: ownIdentity(context),
            previousKeys: [],
            provisioningState: "Succeeded",
        }),
    }),
};

function vaultAddress(vaultName: string): string {
    return `https://${vaultName.toLowerCase()}.vault.azure.net`;
}
