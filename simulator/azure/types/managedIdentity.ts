import type * as managedidentity from "@pulumi/azure-native/managedidentity";
import type { AzureResourceType } from "../../resourceType";
import { clientIdOf, principalIdOf } from "../identityIds";
import { define } from "./define";

/** Microsoft.ManagedIdentity: user-assigned identities and the tokens they accept. */
export const managedIdentityTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:managedidentity:UserAssignedIdentity": define<managedidentity.UserAssignedIdentityArgs>({
        armType: "Microsoft.ManagedIdentity/userAssignedIdentities",
        nameInputs: ["resourceName"],
        scope: "resourceGroup",
        compute: ({ id, environment }) => ({
            principalId: principalIdOf(id),
            clientId: clientIdOf(id),
            tenantId: environment.tenantId,
        }),
    }),
    "azure-native:managedidentity:FederatedIdentityCredential":
        define<managedidentity.FederatedIdentityCredentialArgs>({
            armType: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
            nameInputs: ["resourceName", "federatedIdentityCredentialResourceName"],
            scope: "resourceGroup",
        }),
};
