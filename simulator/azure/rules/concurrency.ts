import { AzureError } from "../azureError";
import { deterministicGuid } from "../deterministicGuid";
import type { Operation, Rule, Subscription } from "../subscription";
import { agentPoolType, credentialType, peeringType, subnetType, virtualNetworkType } from "../typeTokens";
import { clusterIdOf } from "./clusters";
import { nameOf, sameId } from "./ids";

/**
 * One credential of an identity is written at a time, and azure-native does not wait for the one before:
 * https://github.com/pulumi/pulumi-azure-native/issues/4343, deletions too:
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/29242
 */
export const oneCredentialAtATime: Rule = (operation, azure) => {
    const identity = identityOf(operation);
    return identity !== undefined && isBusy(identity, identityOf, azure)
        ? new AzureError(
              "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
              `Too many Federated Identity Credentials are written concurrently for the managed identity '${identity}'. ` +
                  "Concurrent Federated Identity Credentials writes under the same managed identity are not supported.",
          )
        : undefined;
};

/**
 * AKS does one thing with a cluster, its pools included, at a time: https://aka.ms/aks-pending-operation, in the words of
 * https://github.com/cilium/cilium/issues/25944 and
 * https://github.com/Azure/terraform-azurerm-avm-ptn-aks-production/pull/25
 */
export const oneClusterOperationAtATime: Rule = (operation, azure) => {
    const cluster = clusterIdOf(operation);
    const other = cluster === undefined ? undefined : busyWith(cluster, clusterIdOf, azure);
    if (!other) {
        return undefined;
    }
    const doing = { create: "Creating", update: "Updating", delete: "Deleting" }[other.kind];
    const what =
        other.type === agentPoolType
            ? `Another agentpool operation (${nameOf(other.id)} - ${doing})`
            : `Another operation (${doing})`;
    return new AzureError(
        "OperationNotAllowed",
        `Operation is not allowed: ${what} is in progress, please wait for it to finish before starting a new ` +
            "operation. See https://aka.ms/aks-pending-operation for more details",
    );
};

/**
 * A virtual network is written one change at a time, subnets and peerings included. azure-native tries three times and
 * then gives up: https://github.com/pulumi/pulumi-azure-native/issues/699 and
 * https://github.com/pulumi/pulumi-azure-native/issues/1024
 */
export const oneNetworkWriteAtATime: Rule = (operation, azure) => {
    const network = networkOf(operation);
    const other = network === undefined ? undefined : busyWith(network, networkOf, azure);
    return other
        ? new AzureError(
              "AnotherOperationInProgress",
              "Another operation on this or dependent resource is in progress. To retrieve status of the operation use " +
                  `uri: https://management.azure.com/subscriptions/${azure.environment.subscriptionId}/providers/` +
                  `Microsoft.Network/locations/${locationOf(other, azure)}/operations/` +
                  `${deterministicGuid(`operation ${other.id}`)}?api-version=2024-05-01.`,
          )
        : undefined;
};

type Subject = (operation: Operation) => string | undefined;

function identityOf({ type, id }: Operation): string | undefined {
    return type === credentialType ? id.split("/").slice(0, -2).join("/") : undefined;
}

function networkOf({ type, id }: Operation): string | undefined {
    if (type === virtualNetworkType) {
        return id;
    }
    return type === subnetType || type === peeringType ? id.split("/").slice(0, -2).join("/") : undefined;
}

/** The operation under way on the same subject. */
function busyWith(subject: string, subjectOf: Subject, { running }: Subscription): Operation | undefined {
    return running.find((other) => {
        const otherSubject = subjectOf(other);
        return otherSubject !== undefined && sameId(otherSubject, subject);
    });
}

function isBusy(subject: string, subjectOf: Subject, azure: Subscription): boolean {
    return busyWith(subject, subjectOf, azure) !== undefined;
}

function locationOf(operation: Operation, azure: Subscription): string {
    const network = networkOf(operation);
    return String((network && azure.find(network)?.inputs["location"]) ?? operation.inputs["location"]);
}
