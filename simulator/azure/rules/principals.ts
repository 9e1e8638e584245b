import { AzureError } from "../azureError";
import type { Rule } from "../subscription";
import { roleAssignmentType } from "../typeTokens";
import { textsAt } from "./ids";

/**
 * How long the directory's replicas do not know an identity that was made, in simulated seconds: 5 are too few and 10
 * enough (https://github.com/Azure/azure-cli/issues/8530).
 */
export const principalKnownAfterSeconds = 10;

/**
 * A role for an identity that was made a moment ago: Azure looks the principal up, unless it is told what kind it is.
 * https://github.com/Azure/avdaccelerator/issues/99
 */
export const principalMustBeKnown: Rule = ({ kind, type, inputs }, azure) => {
    const principalId = inputs["principalId"];
    if (kind !== "create" || type !== roleAssignmentType || inputs["principalType"] !== undefined) {
        return undefined;
    }
    const isNew = azure
        .all()
        .some(
            ({ type: holder, state, createdAt }) =>
                holder !== roleAssignmentType &&
                azure.now - createdAt < principalKnownAfterSeconds &&
                ["principalId", "identity.principalId"].some((path) =>
                    textsAt(state, path).some((known) => known === principalId),
                ),
        );
    return isNew
        ? new AzureError(
              "PrincipalNotFound",
              `Principal ${String(principalId).replaceAll("-", "")} does not exist in the directory ` +
                  `${azure.environment.tenantId}. Check that you have the correct principal ID. If you are creating this ` +
                  "principal and then immediately assigning a role, this error might be related to a replication delay. " +
                  "In this case, set the role assignment principalType property to a value, such as ServicePrincipal, " +
                  "User, or Group.  See https://aka.ms/docs-principaltype",
          )
        : undefined;
};
