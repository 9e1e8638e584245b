import { AzureError } from "../azureError";
import type { Rule } from "../subscription";
import { clusterType } from "../typeTokens";
import { resourceGroupOf, textsAt } from "./ids";

/**
 * Azure lets the identity of a cluster go before the cluster; what it refuses then is to delete the cluster, for AKS
 * cleans up as that identity, in that zone: https://github.com/Azure/AKS/issues/2121, which has the sentence but not the
 * code. The code is AKS' own for an identity that it cannot read.
 */
export const clusterNeedsItsIdentity: Rule = ({ kind, type, inputs }, azure) => {
    if (kind !== "delete" || type !== clusterType) {
        return undefined;
    }
    const needed = [
        ...textsAt(inputs, "identity.userAssignedIdentities[*]"),
        ...textsAt(inputs, "apiServerAccessProfile.privateDNSZone"),
    ];
    const gone = needed.find((id) => {
        const group = resourceGroupOf(id);
        return group !== undefined && azure.find(group) && !azure.find(id);
    });
    return gone === undefined
        ? undefined
        : new AzureError(
              "GetUserAssignedIdentityResourceError",
              "privateDNSVNetLinkReconciler retry failed: azure.BearerAuthorizer#WithAuthorization: Failed to refresh the " +
                  `Token for request to https://management.azure.com${gone}`,
          );
};
