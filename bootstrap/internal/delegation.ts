import { roles } from "../../components/internal/roles";
import { PrincipalType } from "../../components/shared";

/**
 * Ids of the roles that a deployment may assign: those that the landing zone assigns with some setting or other, which are
 * the ones in its own table. A test compares the table with what the program assigns.
 */
export const delegatedRoleIds: readonly string[] = Object.values(roles).map(({ id }) => id);

/** Kinds of principals that a deployment may assign roles to: identities and groups, never single people. */
export const delegatedPrincipalTypes: readonly PrincipalType[] = [
    PrincipalType.ServicePrincipal,
    PrincipalType.Group,
];

/** Version of the language that {@link delegationCondition} is written in; Azure takes no other. */
export const conditionVersion = "2.0";

/**
 * The condition that lets a deployment create and delete assignments of exactly these roles for these kinds of principals.
 * Form: "Constrain roles and principal types", https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples.
 */
export function delegationCondition(
    roleIds: readonly string[],
    principalTypes: readonly PrincipalType[],
): string {
    const within = (source: "Request" | "Resource") =>
        `(@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roleIds.join(", ")}} ` +
        `AND @${source}[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {${principalTypes
            .map((type) => `'${type}'`)
            .join(", ")}})`;
    // A new assignment is judged by what is asked for, one that goes by what it is.
    const guard = (action: "write" | "delete", source: "Request" | "Resource") =>
        `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR ${within(source)})`;
    return `${guard("write", "Request")} AND ${guard("delete", "Resource")}`;
}
