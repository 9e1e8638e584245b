import type * as authorization from "@pulumi/azure-native/authorization";
import type { AzureResourceType } from "../../resourceType";
import { define } from "./define";

/** Microsoft.Authorization: who may do what. */
export const authorizationTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:authorization:RoleAssignment": define<authorization.RoleAssignmentArgs>({
        armType: "Microsoft.Authorization/roleAssignments",
        nameInputs: ["roleAssignmentName"],
        scope: { extensionOf: "scope" },
        guidName: true,
    }),
    "azure-native:authorization:RoleDefinition": define<authorization.RoleDefinitionArgs>({
        armType: "Microsoft.Authorization/roleDefinitions",
        nameInputs: ["roleDefinitionId"],
        scope: { extensionOf: "scope" },
        guidName: true,
        compute: () => ({ type: "CustomRole" }),
    }),
};
