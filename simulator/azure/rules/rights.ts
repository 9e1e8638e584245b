import type { ExistingResource, Subscription } from "../subscription";
import { roleAssignmentType } from "../typeTokens";
import { allows } from "./builtInRoles";
import type { Action } from "./builtInRoles";
import { isWithin } from "./ids";

/**
 * How long an assignment exists before it works, in simulated seconds. Microsoft says up to ten minutes
 * (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting); a minute or two is what people wait
 * (https://github.com/MicrosoftDocs/azure-docs/issues/80953).
 */
export const roleTakesEffectAfterSeconds = 60;

/** True when a principal may do something with a resource: by an assignment there or above, which works by now. */
export function mayDo(principalId: string, action: Action, resourceId: string, azure: Subscription): boolean {
    return azure
        .all()
        .some(
            (assignment) =>
                assignment.type === roleAssignmentType &&
                assignment.inputs["principalId"] === principalId &&
                allows(String(assignment.inputs["roleDefinitionId"]), action) &&
                isWithin(resourceId, String(assignment.inputs["scope"])) &&
                isInEffect(assignment, azure),
        );
}

function isInEffect({ createdAt }: ExistingResource, { now }: Subscription): boolean {
    return now - createdAt >= roleTakesEffectAfterSeconds;
}
