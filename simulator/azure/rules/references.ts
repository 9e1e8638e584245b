import { AzureError } from "../azureError";
import type { Rule } from "../subscription";
import { azureResourceType } from "..";
import { notFound } from "./existence";
import { armIds, isWithin, resourceGroupOf } from "./ids";
import { knownResource } from "./knownResource";

/**
 * What a resource names must be there. Ids in a resource group that is not simulated (a hub of others, the group that
 * AKS makes for its nodes) are taken as they are. Microsoft.Network has words of its own for it, e.g.
 * https://github.com/microsoft/MCW-Building-a-resilient-IaaS-architecture/issues/35; elsewhere it is Resource Manager's
 * ordinary answer, e.g. https://github.com/Azure/AKS-Construction/pull/330.
 */
export const referencesMustExist: Rule = ({ kind, id, type, inputs }, azure) => {
    if (kind === "delete" || !type.startsWith("azure-native:")) {
        return undefined;
    }
    const missing = armIds(inputs).find((named) => {
        const group = resourceGroupOf(named);
        const resource = knownResource(named);
        return (
            group !== undefined &&
            resource !== undefined &&
            !isWithin(resource, id) &&
            azure.find(group) !== undefined &&
            azure.find(resource) === undefined
        );
    });
    if (missing === undefined) {
        return undefined;
    }
    return azureResourceType(type).armType.startsWith("Microsoft.Network/")
        ? new AzureError(
              "InvalidResourceReference",
              `Resource ${missing} referenced by resource ${id} was not found. Please make sure that the referenced ` +
                  "resource exists, and that both resources are in the same region.",
          )
        : notFound(missing);
};
