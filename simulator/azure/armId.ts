import { deterministicGuid } from "./deterministicGuid";
import type { AzureResourceType, ResourceRequest } from "../resourceType";

/** The id and name that Resource Manager gives a resource. */
export interface ArmIdentity {
    id: string;
    name: string;
}

/** Builds a resource's ARM id from its table row and inputs. Throws when an input the id needs is missing. */
export function armIdentity(row: AzureResourceType, request: ResourceRequest): ArmIdentity {
    const [namespace, ...typeSegments] = row.armType.split("/");
    const names = row.nameInputs.map((input, index) => {
        const isLast = index === row.nameInputs.length - 1;
        return (
            stringInput(request, input) ?? (isLast ? automaticName(row, request) : missing(request, input))
        );
    });
    const front = scopePrefix(row, request);
    if (row.armType === "Microsoft.Resources/resourceGroups") {
        const name = names[0] ?? missing(request, "resourceGroupName");
        return { id: `${front}/resourceGroups/${name}`, name };
    }
    const remaining = [...names];
    const path = typeSegments
        .map((segment) => `${segment}/${row.fixedNames?.[segment] ?? remaining.shift() ?? ""}`)
        .join("/");
    return { id: `${front}/providers/${namespace}/${path}`, name: names[names.length - 1] ?? "" };
}

function scopePrefix(row: AzureResourceType, request: ResourceRequest): string {
    const subscription = `/subscriptions/${request.environment.subscriptionId}`;
    if (row.scope === "subscription") {
        return subscription;
    }
    if (row.scope === "resourceGroup") {
        const group = stringInput(request, "resourceGroupName") ?? missing(request, "resourceGroupName");
        return `${subscription}/resourceGroups/${group}`;
    }
    const { extensionOf } = row.scope;
    return stringInput(request, extensionOf) ?? missing(request, extensionOf);
}

/** The provider's auto-naming, made repeatable: logical name and eight hexadecimal digits, or a GUID. */
function automaticName(row: AzureResourceType, request: ResourceRequest): string {
    const guid = deterministicGuid(`${request.type}/${request.logicalName}`);
    return row.guidName ? guid : `${request.logicalName}${guid.slice(0, 8)}`;
}

function stringInput(request: ResourceRequest, key: string): string | undefined {
    const value = request.inputs[key];
    return typeof value === "string" && value !== "" ? value : undefined;
}

function missing(request: ResourceRequest, key: string): never {
    throw new Error(
        `${request.type} "${request.logicalName}" has no "${key}", which its Resource Manager id is made of`,
    );
}
