import { azureResourceType } from "..";
import type { AzureResourceType } from "../../resourceType";
import { AzureError } from "../azureError";
import type { Operation, Rule, Subscription } from "../subscription";
import { lockType, roleAssignmentType } from "../typeTokens";
import { extensionScope, isWithin, resourceGroupOf, sameId } from "./ids";
import { knownResource } from "./knownResource";

/** Refuses to create what is there: the provider's own words, which asks whether the id is free before it writes. */
export const alreadyExists: Rule = ({ kind, id }, azure) =>
    kind === "create" && azure.find(id)
        ? new Error(`cannot create already existing resource '${id}'`)
        : undefined;

/** Refuses to change what is not there. */
export const mustExist: Rule = ({ kind, id }, azure) =>
    kind === "update" && !azure.find(id) ? notFound(id) : undefined;

/** Refuses to create something in a resource group, or at a scope, that is not there. */
export const placeMustExist: Rule = (operation, azure) => {
    if (operation.kind !== "create" || !operation.type.startsWith("azure-native:")) {
        return undefined;
    }
    const { scope } = azureResourceType(operation.type);
    if (scope === "resourceGroup") {
        return withoutGroup(azure, operation.id);
    }
    return scope === "subscription" ? undefined : withoutScope(azure, operation, scope.extensionOf);
};

/** Refuses to create a part of something that is not there. */
export const parentMustExist: Rule = ({ kind, id, type }, azure) => {
    if (kind !== "create" || !type.startsWith("azure-native:")) {
        return undefined;
    }
    return withoutParent(azure, id, azureResourceType(type));
};

/** One principal has a role in one place once, whatever the assignment is called. */
export const assignmentMustBeNew: Rule = ({ kind, type, inputs }, azure) => {
    if (kind !== "create" || type !== roleAssignmentType) {
        return undefined;
    }
    const what = (given: Readonly<Record<string, unknown>>) =>
        ["scope", "principalId", "roleDefinitionId"]
            .map((property) => String(given[property]).toLowerCase())
            .join(" ");
    const isThere = azure
        .all()
        .some((other) => other.type === roleAssignmentType && what(other.inputs) === what(inputs));
    return isThere
        ? new AzureError("RoleAssignmentExists", "The role assignment already exists.")
        : undefined;
};

/** A lock on the resource, on something above it, or on something that it would take along forbids to delete it. */
export const lockForbidsDeletion: Rule = ({ kind, id }, azure) => {
    if (kind !== "delete") {
        return undefined;
    }
    const locks = azure.all().filter(({ type, id: lock }) => type === lockType && !sameId(lock, id));
    const lock = locks.find(({ id: lockId }) => {
        const scope = extensionScope(lockId);
        return isWithin(id, scope) || isWithin(scope, id);
    });
    return lock
        ? new AzureError(
              "ScopeLocked",
              `The scope '${id}' cannot perform delete operation because following scope(s) are locked: ` +
                  `'${extensionScope(lock.id)}'. Please remove the lock and try again.`,
          )
        : undefined;
};

function withoutGroup(azure: Subscription, id: string): AzureError | undefined {
    const group = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(id);
    return group && !azure.find(group[0])
        ? new AzureError("ResourceGroupNotFound", `Resource group '${group[1]}' could not be found.`)
        : undefined;
}

/** What the simulator does not hold (a subscription, a hub of others, what AKS makes itself) is taken as it is. */
function withoutScope(azure: Subscription, { inputs }: Operation, property: string): AzureError | undefined {
    const scope = String(inputs[property]);
    const group = resourceGroupOf(scope);
    if (group === scope) {
        return withoutGroup(azure, scope);
    }
    const resource = knownResource(scope);
    const isMissing =
        group !== undefined && resource !== undefined && azure.find(group) && !azure.find(resource);
    return isMissing ? notFound(resource) : undefined;
}

function withoutParent(azure: Subscription, id: string, row: AzureResourceType): AzureError | undefined {
    const [, ...segments] = row.armType.split("/");
    // What is always there comes with its own parent.
    const levels = 1 + segments.slice(0, -1).filter((segment) => row.fixedNames?.[segment]).length;
    const parent = id
        .split("/")
        .slice(0, -2 * levels)
        .join("/");
    return segments.length > levels && !azure.find(parent)
        ? new AzureError(
              "ParentResourceNotFound",
              `Failed to perform 'write' on resource(s) of type '${segments.join("/")}', because the parent ` +
                  `resource '${parent}' could not be found.`,
          )
        : undefined;
}

/** Azure's answer to a question about what is not there. */
export function notFound(id: string): AzureError {
    const [path = id, type = ""] = id.split("/providers/").reverse();
    const group = /\/resourceGroups\/([^/]+)/i.exec(type === "" ? path : id)?.[1] ?? "";
    return new AzureError(
        "ResourceNotFound",
        `The Resource '${path}' under resource group '${group}' was not found.`,
    );
}
