import * as authorization from "@pulumi/azure-native/authorization";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { PrincipalType } from "../components";
import { definitionId } from "../components/internal/azureRoles";
import { azureName } from "../components/internal/naming";
import { roleAssignmentOptions } from "../components/internal/roleAssignment";
import { landingZoneTags } from "../components/internal/tags";
import { PipelineIdentity } from "./components/pipelineIdentity";
import { SecretsKey } from "./components/secretsKey";
import { StateStore } from "./components/stateStore";
import type { BootstrapConfig } from "./config";
import { builtInRoles } from "./internal/builtInRoles";
import { customRoleId, customRoles } from "./internal/customRoles";
import type { CustomRoleKey } from "./internal/customRoles";
import type { FederatedSubject } from "./internal/federation";
import { deployRoles, driftRoles, operatorRoles, previewRoles } from "./internal/rights";
import type { Right, RightsContext } from "./internal/rights";
import { deploySubjects, driftSubjects, previewSubjects } from "./internal/trust";

/** Stack outputs; docs/bootstrap.md documents each. None of them is secret. */
export interface BootstrapOutputs {
    [name: string]: pulumi.Output<unknown>;
}

/** What a stack's identities are for: who may use each, and what it may do. */
const uses = {
    deploy: { subjectsOf: deploySubjects, rolesOf: deployRoles },
    preview: { subjectsOf: previewSubjects, rolesOf: previewRoles },
    drift: { subjectsOf: driftSubjects, rolesOf: driftRoles },
} as const satisfies Record<string, Use>;

interface Use {
    subjectsOf: (config: BootstrapConfig, stack: string) => FederatedSubject[];
    rolesOf: (context: RightsContext) => Right[];
}

/** What the pipelines of a subscription's landing zones need before they can run: state, key, identities, rights. */
export function bootstrap(config: BootstrapConfig): BootstrapOutputs {
    const { subscriptionId, tenantId, location, baseName, stateNetwork: network } = config;
    const { protect, locks: lock } = config.protection;
    const tags = landingZoneTags(config.workload, config.environment, config.tags);
    const provider = new AzureProvider("azure", { subscriptionId, tenantId });
    const stateful = { providers: [provider], protect };

    const group = new ResourceGroup(
        "group",
        { resourceGroupName: azureName("resourceGroup", baseName), location, tags },
        { provider, protect },
    );
    const place = { resourceGroupName: group.name, location, baseName, tags };

    const store = new StateStore(
        "state",
        { ...place, accountName: config.names.storageAccount, ...config.state, network, lock },
        stateful,
    );
    const key = new SecretsKey(
        "secrets",
        { ...place, vaultName: config.names.keyVault, tenantId, network, lock },
        stateful,
    );

    const ownRole = (role: CustomRoleKey) => createRole(role, config, provider).id;
    const context: RightsContext = {
        subscriptionScope: `/subscriptions/${subscriptionId}`,
        containerId: store.containerId,
        keyId: key.keyId,
        definitionOf: (role) => definitionId(subscriptionId, builtInRoles[role].id),
        ownRoles: {
            policyAssigner: ownRole("policyAssigner"),
            keyDecrypter: ownRole("keyDecrypter"),
            clusterReader: ownRole("clusterReader"),
        },
    };

    const identityOf = (stack: string, use: keyof typeof uses) =>
        new PipelineIdentity(
            `${stack}-${use}`,
            {
                ...place,
                purpose: `${stack}-${use}`,
                subjects: uses[use].subjectsOf(config, stack),
                roles: uses[use].rolesOf(context),
            },
            stateful,
        );
    const identitiesFor = (use: keyof typeof uses) =>
        Object.keys(config.stacks).map((stack) => [stack, identityOf(stack, use)] as const);
    const deployers = identitiesFor("deploy");
    const previewers = identitiesFor("preview");
    const lookers = identitiesFor("drift");

    for (const { key: role, scope, roleDefinitionId } of operatorRoles(context)) {
        new authorization.RoleAssignment(
            `operators-${role}`,
            {
                scope,
                roleDefinitionId,
                principalId: config.operators.groupObjectId,
                principalType: PrincipalType.Group,
            },
            { ...roleAssignmentOptions(), provider },
        );
    }

    return {
        tenantId: pulumi.output(tenantId),
        subscriptionId: pulumi.output(subscriptionId),
        resourceGroupName: group.name,
        storageAccountName: store.accountName,
        keyVaultName: key.vaultName,
        backendUrl: store.backendUrl,
        secretsProvider: key.providerUrl,
        deployClientIds: byStack(deployers, ({ clientId }) => clientId),
        deployPrincipalIds: byStack(deployers, ({ principalId }) => principalId),
        previewClientIds: byStack(previewers, ({ clientId }) => clientId),
        previewPrincipalIds: byStack(previewers, ({ principalId }) => principalId),
        driftClientIds: byStack(lookers, ({ clientId }) => clientId),
        driftPrincipalIds: byStack(lookers, ({ principalId }) => principalId),
    };
}

/** A role of our own, in the subscription. */
function createRole(key: CustomRoleKey, config: BootstrapConfig, provider: AzureProvider) {
    const { title, description, actions, dataActions } = customRoles[key];
    const scope = `/subscriptions/${config.subscriptionId}`;
    return new authorization.RoleDefinition(
        `role-${key}`,
        {
            scope,
            roleDefinitionId: customRoleId(config.subscriptionId, key),
            // Names of roles are unique in the tenant, and the tenant has several subscriptions.
            roleName: `${title} (${config.baseName})`,
            roleType: "CustomRole",
            description,
            permissions: [
                { actions: [...actions], notActions: [], dataActions: [...dataActions], notDataActions: [] },
            ],
            assignableScopes: [scope],
        },
        { provider },
    );
}

function byStack<Value>(
    entries: readonly (readonly [string, PipelineIdentity])[],
    valueOf: (identity: PipelineIdentity) => pulumi.Output<Value>,
): pulumi.Output<{ [stack: string]: Value }> {
    return pulumi
        .all(entries.map(([, identity]) => valueOf(identity)))
        .apply((values) =>
            Object.fromEntries(entries.map(([stack], index) => [stack, values[index] as Value])),
        );
}
