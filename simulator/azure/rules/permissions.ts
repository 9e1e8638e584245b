import { AzureError } from "../azureError";
import type { Operation, Rule, Subscription } from "../subscription";
import { clusterType } from "../typeTokens";
import type { Action } from "./builtInRoles";
import { clusterIdOf, clusterInputsOf, controlPlaneIdentity, subnetsOf } from "./clusters";
import { textsAt } from "./ids";
import { mayDo } from "./rights";

/** Something that the control plane's identity must be allowed to do before AKS begins with a cluster or a pool. */
interface Need {
    action: Action;
    resourceId: string;
    refusal(principalId: string, operation: Operation): AzureError;
}

/**
 * AKS tries the rights of the cluster's identity before it creates or changes a cluster or a pool: on the subnets, on the
 * private DNS zone, on the kubelet's identity. An assignment that was made a moment ago does not count yet. What the
 * simulator does not hold is taken as allowed.
 */
export const clusterIdentityMustBeAllowed: Rule = (operation, azure) => {
    const cluster = operation.kind === "delete" ? undefined : clusterInputsOf(operation, azure);
    const principalId = cluster && controlPlaneIdentity(cluster, azure)?.state["principalId"];
    if (typeof principalId !== "string") {
        return undefined;
    }
    return needsOf(operation)
        .find((need) => azure.find(need.resourceId) && !isAllowed(principalId, need, azure))
        ?.refusal(principalId, operation);
};

function isAllowed(principalId: string, { action, resourceId }: Need, azure: Subscription): boolean {
    return mayDo(principalId, action, resourceId, azure);
}

function needsOf({ type, inputs }: Operation): Need[] {
    const own = type === clusterType ? [...zoneNeeds(inputs), ...kubeletNeeds(inputs)] : [];
    return [
        ...own,
        ...subnetsOf(type, inputs).map((subnet) =>
            linked("Microsoft.Network/virtualNetworks/subnets/join/action", subnet),
        ),
    ];
}

// https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/customprivatednszonemissingpermissions-error
function zoneNeeds(inputs: Operation["inputs"]): Need[] {
    const action = "Microsoft.Network/privateDnsZones/write";
    const zones = textsAt(inputs, "apiServerAccessProfile.privateDNSZone").filter((zone) =>
        zone.startsWith("/"),
    );
    return zones.map((zone) => ({
        action,
        resourceId: zone,
        refusal: () =>
            new AzureError(
                "CustomPrivateDNSZoneMissingPermissionError",
                "Service principal or user-assigned identity must be given permission to read and write to custom " +
                    `private dns zone ${zone}. Check access result not allowed for action ${action}.`,
            ),
    }));
}

// The code is that of https://github.com/pulumi/pulumi-azure-native/issues/2020.
function kubeletNeeds(inputs: Operation["inputs"]): Need[] {
    return textsAt(inputs, "identityProfile.kubeletidentity.resourceId").map((identity) => ({
        action: "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
        resourceId: identity,
        refusal: () =>
            new AzureError(
                "CustomKubeletIdentityMissingPermissionError",
                "The cluster using user-assigned managed identity must be granted 'Managed Identity Operator' role to " +
                    "assign kubelet identity. You can run 'az role assignment create --assignee " +
                    "<control-plane-identity-principal-id> --role 'Managed Identity Operator' --scope " +
                    "<kubelet-identity-resource-id>' to grant the permission. See " +
                    "https://learn.microsoft.com/en-us/azure/aks/use-managed-identity#add-role-assignment",
            ),
    }));
}

/** The words of https://github.com/Azure/aad-pod-identity/pull/550, with the cluster as what is written. */
function linked(action: Action, resourceId: string): Need {
    return {
        action,
        resourceId,
        refusal: (principalId, operation) =>
            new AzureError(
                "LinkedAuthorizationFailed",
                `The client '${principalId}' with object id '${principalId}' has permission to perform action ` +
                    `'Microsoft.ContainerService/managedClusters/write' on scope '${clusterIdOf(operation)}'; however, ` +
                    `it does not have permission to perform action '${action}' on the linked scope(s) '${resourceId}' ` +
                    "or the linked scope(s) are invalid.",
            ),
    };
}
