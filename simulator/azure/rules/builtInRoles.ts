import { azureRoles } from "../../../components/internal/azureRoles";

/** Something that a role allows, named as in the definitions of roles. */
export type Action =
    | "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"
    | "Microsoft.Network/privateDnsZones/write"
    | "Microsoft.Network/virtualNetworks/subnets/join/action";

/**
 * The built-in roles that allow an action which Azure asks a cluster's identity for, by the GUID of their definition, and
 * the parts of Azure in which they allow everything, as prefixes of actions. From
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles, whose `actions` these prefixes shorten.
 */
const allowances: Readonly<Record<string, readonly string[]>> = {
    [azureRoles.owner.id]: ["Microsoft."],
    [azureRoles.contributor.id]: ["Microsoft."],
    [azureRoles.networkContributor.id]: ["Microsoft.Network/"],
    [azureRoles.privateDnsZoneContributor.id]: ["Microsoft.Network/privateDnsZones/"],
    [azureRoles.managedIdentityOperator.id]: ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/"],
};

/** True when a role definition, named by its id, allows an action. Roles that no row has allow nothing. */
export function allows(roleDefinitionId: string, action: Action): boolean {
    const guid = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
    return allowances[guid]?.some((prefix) => action.startsWith(prefix)) ?? false;
}
