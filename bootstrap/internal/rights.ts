import type * as pulumi from "@pulumi/pulumi";
import type { builtInRoles } from "./builtInRoles";
import type { CustomRoleKey } from "./customRoles";
import {
    conditionVersion,
    delegatedPrincipalTypes,
    delegatedRoleIds,
    delegationCondition,
} from "./delegation";

/** A role somewhere. */
export interface Right {
    /** Short name of the role among those of its holder. Changing this replaces the assignment. */
    key: string;
    /** Id of what the role is for. Changing this replaces the assignment. */
    scope: pulumi.Input<string>;
    /** Id of the role's definition, with its subscription. Changing this replaces the assignment. */
    roleDefinitionId: pulumi.Input<string>;
    /** What the role is limited to, in Azure's language for conditions. Defaults to no limit. */
    condition?: { expression: string; version: string };
}

/** Where rights are given, and the ids of the roles. */
export interface RightsContext {
    /** Id of the subscription. */
    subscriptionScope: string;
    containerId: pulumi.Input<string>;
    keyId: pulumi.Input<string>;
    definitionOf: (role: keyof typeof builtInRoles) => string;
    ownRoles: Readonly<Record<CustomRoleKey, pulumi.Input<string>>>;
}

/** What reading and writing states takes. */
function stateWriterRoles({ containerId, keyId, definitionOf }: RightsContext): Right[] {
    return [
        { key: "write-state", scope: containerId, roleDefinitionId: definitionOf("blobDataContributor") },
        { key: "use-key", scope: keyId, roleDefinitionId: definitionOf("keyVaultCryptoUser") },
    ];
}

/** What a deployment of the landing zone takes; docs/bootstrap.md says why each is as wide as it is. */
export function deployRoles(context: RightsContext): Right[] {
    const { subscriptionScope: scope, definitionOf, ownRoles } = context;
    return [
        // Resource groups are written at the subscription, and the landing zone makes its own.
        { key: "resources", scope, roleDefinitionId: definitionOf("contributor") },
        {
            key: "assignments",
            scope,
            roleDefinitionId: definitionOf("roleAdministrator"),
            condition: {
                expression: delegationCondition(delegatedRoleIds, delegatedPrincipalTypes),
                version: conditionVersion,
            },
        },
        // Contributor writes nothing of Microsoft.Authorization: neither locks nor policy assignments.
        { key: "locks", scope, roleDefinitionId: definitionOf("locksContributor") },
        { key: "policies", scope, roleDefinitionId: ownRoles.policyAssigner },
        ...stateWriterRoles(context),
    ];
}

/**
 * What a preview of the landing zone takes: it changes nothing, neither in Azure nor in the state. It has no right inside the
 * cluster: pull requests have it, and reading there includes every secret. The Kubernetes provider then previews from the state.
 */
export function previewRoles(context: RightsContext): Right[] {
    const { subscriptionScope: scope, containerId, keyId, definitionOf, ownRoles } = context;
    return [
        { key: "resources", scope, roleDefinitionId: definitionOf("reader") },
        // The program asks for the cluster's address, which comes in a kubeconfig without credentials; Reader may not ask.
        { key: "kubeconfig", scope, roleDefinitionId: definitionOf("aksClusterUser") },
        { key: "read-state", scope: containerId, roleDefinitionId: definitionOf("blobDataReader") },
        { key: "decrypt", scope: keyId, roleDefinitionId: ownRoles.keyDecrypter },
    ];
}

/** What a look for drift takes: it reads everything that a preview only knows from the state, inside the cluster too. */
export function driftRoles(context: RightsContext): Right[] {
    const { subscriptionScope: scope, ownRoles } = context;
    return [
        ...previewRoles(context),
        { key: "inside-cluster", scope, roleDefinitionId: ownRoles.clusterReader },
    ];
}

/** What people need who look after the state. */
export function operatorRoles(context: RightsContext): Right[] {
    return stateWriterRoles(context);
}
