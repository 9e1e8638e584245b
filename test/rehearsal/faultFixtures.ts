import type { RecordedResource } from "../../rehearsal/faults/recovery";
import type { Entity } from "../../simulator/provider/entityStore";

/** Subscription, tenant and deployer of the resources below. */
export const environment = {
    subscriptionId: "00000000-0000-4000-8000-000000000001",
    tenantId: "00000000-0000-4000-8000-000000000002",
    deployerObjectId: "00000000-0000-4000-8000-000000000003",
};
export const scope = `/subscriptions/${environment.subscriptionId}/resourceGroups/rg`;
export const groupType = "azure-native:resources:ResourceGroup";
export const roleType = "azure-native:authorization:RoleAssignment";

export const urnOf = (type: string, name: string) => `urn:pulumi:dev::project::${type}::${name}`;
export const group: RecordedResource = {
    urn: urnOf(groupType, "group"),
    type: groupType,
    custom: true,
    id: scope,
    inputs: { resourceGroupName: "rg", location: "westeurope", tags: { team: "platform" } },
};
export const entityOf = (
    { id = "", type, inputs = {} }: RecordedResource,
    changes: Partial<Entity> = {},
): Entity => ({ id, type, inputs, state: {}, ...changes }) as Entity;

/** Its name is made up by the provider. */
export const role = (guid: string): RecordedResource => ({
    urn: urnOf(roleType, "role"),
    type: roleType,
    custom: true,
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${guid}`,
    inputs: { roleAssignmentName: guid, scope },
});
/** Its name is made up by the provider. */
export const credential = (name: string): RecordedResource => ({
    urn: urnOf("kubernetes:core/v1:Secret", "credential"),
    type: "kubernetes:core/v1:Secret",
    custom: true,
    id: `kured/${name}`,
    inputs: {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name, namespace: "kured", annotations: { "pulumi.com/autonamed": "true" } },
    },
});
/** A Helm release whose values hold a name. */
export const user = (name: string): RecordedResource => ({
    urn: urnOf("kubernetes:helm.sh/v3:Release", "release"),
    type: "kubernetes:helm.sh/v3:Release",
    custom: true,
    id: "kured/kured",
    inputs: { name: "kured", namespace: "kured", values: { from: name } },
});
