import { clusterRoles } from "./azureRoles";
import { dataActionOf } from "./dataAction";
import type { AccessReviewSpec } from "./dataAction";

/** A role assignment of Azure that works by now. */
export interface Grant {
    /** Object id of a person, a service principal or a group. */
    principalId: string;
    /** Id of the role's definition, in any of the forms that Azure knows. */
    roleDefinitionId: string;
    /** ARM id of what it is for; it counts for everything below that. */
    scope: string;
}

/** Whether one of the grants allows, on this cluster, what is asked. */
export function isAllowed(
    review: AccessReviewSpec,
    clusterId: string,
    grants: readonly Grant[],
): Grant | undefined {
    const principals = principalsOf(review).map((id) => id.toLowerCase());
    const place = placeOf(review, clusterId);
    const action = dataActionOf(review);
    return grants.find(
        ({ principalId, roleDefinitionId, scope }) =>
            principals.includes(principalId.toLowerCase()) &&
            isAtOrAbove(scope, place) &&
            allows(roleDefinitionId, action),
    );
}

/** Azure knows people by their object id and that of their groups, never by the name that Kubernetes shows. */
function principalsOf({ extra, groups = [] }: AccessReviewSpec): string[] {
    return [...(extra?.["oid"] ?? []), ...groups.filter((group) => !group.startsWith("system:"))];
}

function placeOf({ resourceAttributes }: AccessReviewSpec, clusterId: string): string {
    const namespace = resourceAttributes?.namespace ?? "";
    return namespace === "" ? clusterId : `${clusterId}/namespaces/${namespace}`;
}

function isAtOrAbove(scope: string, place: string): boolean {
    const upper = scope.toLowerCase().replace(/\/+$/, "");
    const lower = place.toLowerCase();
    return lower === upper || lower.startsWith(`${upper}/`);
}

function allows(roleDefinitionId: string, action: string): boolean {
    const role = clusterRoles[roleDefinitionId.split("/").at(-1)?.toLowerCase() ?? ""];
    return (
        role !== undefined &&
        role.dataActions.some((pattern) => matches(pattern, action)) &&
        !role.notDataActions.some((pattern) => matches(pattern, action))
    );
}

/** `*` at the end of a pattern stands for any rest; elsewhere Microsoft's roles have none. */
function matches(pattern: string, action: string): boolean {
    return pattern.endsWith("*")
        ? action.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase())
        : action.toLowerCase() === pattern.toLowerCase();
}
