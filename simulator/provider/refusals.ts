import { azureResourceType } from "../azure";
import { azureResourceTypes } from "../azure/types";
import type { AzureResourceType } from "../resourceType";
import { AzureError } from "./azureError";
import type { Entity, EntityStore } from "./entityStore";

const lockType = "azure-native:authorization:ManagementLockByScope";
const roleAssignmentType = "azure-native:authorization:RoleAssignment";

/** Throws what Azure, or the provider that asks it, says to the creation of a resource that cannot be. */
export function refuseCreation(store: EntityStore, entity: Entity): void {
    if (store.find(entity.id)) {
        // The provider's own words: it asks whether the id is free before it writes.
        throw new Error(`cannot create already existing resource '${entity.id}'`);
    }
    if (!entity.type.startsWith("azure-native:")) {
        return;
    }
    const row = azureResourceType(entity.type);
    if (row.scope === "resourceGroup") {
        refuseWithoutGroup(store, entity.id);
    } else if (row.scope !== "subscription") {
        refuseWithoutScope(store, entity, row.scope.extensionOf);
    }
    refuseWithoutParent(store, entity, row);
    if (entity.type === roleAssignmentType) {
        refuseSecondAssignment(store, entity);
    }
}

/** Throws where a lock on the resource, or on something above it, forbids to delete it. */
export function refuseDeletion(store: EntityStore, id: string): void {
    const below = id.toLowerCase();
    const locks = store
        .all()
        .filter(({ type, id: lock }) => type === lockType && lock.toLowerCase() !== below);
    const lock = locks.find(({ id: lockId }) => {
        const scope = extensionScope(lockId).toLowerCase();
        return below === scope || below.startsWith(`${scope}/`);
    });
    if (lock) {
        throw new AzureError(
            "ScopeLocked",
            `The scope '${id}' cannot perform delete operation because following scope(s) are locked: ` +
                `'${extensionScope(lock.id)}'. Please remove the lock and try again.`,
        );
    }
}

/** Throws where the resource that is written or read is not there. */
export function existing(store: EntityStore, id: string): Entity {
    const entity = store.find(id);
    if (!entity) {
        throw notFound(id);
    }
    return entity;
}

function refuseWithoutGroup(store: EntityStore, id: string): void {
    const group = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(id);
    if (group && !store.find(group[0])) {
        throw new AzureError("ResourceGroupNotFound", `Resource group '${group[1]}' could not be found.`);
    }
}

/** What the simulator does not hold (a subscription, a hub of others, what AKS makes itself) is taken as it is. */
function refuseWithoutScope(store: EntityStore, { inputs }: Entity, property: string): void {
    const scope = String(inputs[property]);
    const group = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(scope)?.[0];
    if (group === scope) {
        refuseWithoutGroup(store, scope);
        return;
    }
    const resource = knownResource(scope);
    if (group !== undefined && resource !== undefined && store.find(group) && !store.find(resource)) {
        throw notFound(resource);
    }
}

const knownTypes = new Set(Object.values(azureResourceTypes).map(({ armType }) => armType.toLowerCase()));

/**
 * The resource of a type in the tables that a scope is, or is within: `.../managedClusters/<name>/namespaces/<name>` names
 * a place inside a cluster that is no resource itself.
 */
function knownResource(scope: string): string | undefined {
    const start = scope.lastIndexOf("/providers/");
    const [namespace = "", ...path] = scope.slice(start + "/providers/".length).split("/");
    for (let length = path.length; start >= 0 && length > 0; length -= 2) {
        const types = path.slice(0, length).filter((_, index) => index % 2 === 0);
        if (knownTypes.has([namespace, ...types].join("/").toLowerCase())) {
            return `${scope.slice(0, start)}/providers/${[namespace, ...path.slice(0, length)].join("/")}`;
        }
    }
    return undefined;
}

function refuseWithoutParent(store: EntityStore, { id }: Entity, row: AzureResourceType): void {
    const [, ...segments] = row.armType.split("/");
    const parent = id.split("/").slice(0, -2).join("/");
    if (segments.length > 1 && !store.find(parent)) {
        throw new AzureError(
            "ParentResourceNotFound",
            `Failed to perform 'write' on resource(s) of type '${segments.join("/")}', because the parent ` +
                `resource '${parent}' could not be found.`,
        );
    }
}

/** One principal has a role in one place once, whatever the assignment is called. */
function refuseSecondAssignment(store: EntityStore, { inputs }: Entity): void {
    const what = ({ inputs: given }: Pick<Entity, "inputs">) =>
        ["scope", "principalId", "roleDefinitionId"].map((property) => String(given[property]).toLowerCase());
    const wanted = what({ inputs }).join(" ");
    if (
        store.all().some((entity) => entity.type === roleAssignmentType && what(entity).join(" ") === wanted)
    ) {
        throw new AzureError("RoleAssignmentExists", "The role assignment already exists.");
    }
}

function extensionScope(id: string): string {
    return id.slice(0, id.lastIndexOf("/providers/"));
}

function notFound(id: string): AzureError {
    const [path = id, type = ""] = id.split("/providers/").reverse();
    const group = /\/resourceGroups\/([^/]+)/i.exec(type === "" ? path : id)?.[1] ?? "";
    return new AzureError(
        "ResourceNotFound",
        `The Resource '${path}' under resource group '${group}' was not found.`,
    );
}
