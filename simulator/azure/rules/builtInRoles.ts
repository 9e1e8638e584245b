/** Something that a role allows, named as in the definitions of roles. */
export type Action =
    | "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"
    | "Microsoft.Network/privateDnsZones/write"
    | "Microsoft.Network/virtualNetworks/subnets/join/action";

/** A built-in role and the parts of Azure in which it allows everything, as prefixes of actions. */
interface BuiltInRole {
    readonly title: string;
    readonly allows: readonly string[];
}

/**
 * The built-in roles that allow an action which Azure asks a cluster's identity for, by the GUID of their definition. From
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles, whose `actions` these prefixes shorten.
 */
const builtInRoles: Readonly<Record<string, BuiltInRole>> = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": { title: "Owner", allows: ["Microsoft."] },
    "b24988ac-6180-42a0-ab88-20f7382dd24c": { title: "Contributor", allows: ["Microsoft."] },
    "4d97b98b-1d4f-4787-a291-c67834d212e7": {
        title: "Network Contributor",
        allows: ["Microsoft.Network/"],
    },
    "b12aa53e-6015-4669-85d0-8515ebb3ae7f": {
        title: "Private DNS Zone Contributor",
        allows: ["Microsoft.Network/privateDnsZones/"],
    },
    "f1a07417-d97a-45cb-824c-7a7467783830": {
        title: "Managed Identity Operator",
        allows: ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/"],
    },
};

/** True when a role definition, named by its id, allows an action. Roles that no row has allow nothing. */
export function allows(roleDefinitionId: string, action: Action): boolean {
    const guid = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
    return builtInRoles[guid]?.allows.some((prefix) => action.startsWith(prefix)) ?? false;
}
