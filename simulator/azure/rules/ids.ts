import { isRecord } from "../../records";

/** Ids are the same whatever their case, as in Azure. */
export function sameId(one: string, other: string): boolean {
    return one.toLowerCase() === other.toLowerCase();
}

/** True when an id is the scope itself or lies below it. */
export function isWithin(id: string, scope: string): boolean {
    return sameId(id, scope) || id.toLowerCase().startsWith(`${scope.toLowerCase()}/`);
}

/** The id of the resource group that an id lies in; absent for a subscription and what is in the directory. */
export function resourceGroupOf(id: string): string | undefined {
    return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(id)?.[0];
}

/** The last segment of an id. */
export function nameOf(id: string): string {
    return id.slice(id.lastIndexOf("/") + 1);
}

/** The id of what something is an extension of: the scope of a lock, a role assignment, a setting. */
export function extensionScope(id: string): string {
    return id.slice(0, id.lastIndexOf("/providers/"));
}

/** Every Resource Manager id that a value holds, at any depth. */
export function armIds(value: unknown): string[] {
    if (typeof value === "string") {
        return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\//i.test(value) ? [value] : [];
    }
    if (Array.isArray(value)) {
        return value.flatMap(armIds);
    }
    return isRecord(value) ? Object.values(value).flatMap(armIds) : [];
}

/** The values at a path such as `agentPoolProfiles[*].vnetSubnetID`; what is absent is left out. */
export function valuesAt(value: unknown, path: string): unknown[] {
    const [segment = "", ...rest] = path.split(".");
    const property = segment.replace("[*]", "");
    const found = isRecord(value) ? value[property] : undefined;
    const values = segment.endsWith("[*]") ? (Array.isArray(found) ? (found as unknown[]) : []) : [found];
    const present = values.filter((item) => item !== undefined && item !== null);
    return rest.length === 0 ? present : present.flatMap((item) => valuesAt(item, rest.join(".")));
}

/** The texts at a path, as `valuesAt`. */
export function textsAt(value: unknown, path: string): string[] {
    return valuesAt(value, path).filter((found) => typeof found === "string");
}
