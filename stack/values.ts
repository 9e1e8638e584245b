import { isRecord } from "../simulator/records";

/** A JSON object. */
export type JsonRecord = Record<string, unknown>;

/** The value at a path of property names; undefined where any of them is missing. */
export function at(value: unknown, ...path: string[]): unknown {
    return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** The text at a path; undefined where there is none or an empty one. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
    const found = at(value, ...path);
    return typeof found === "string" && found !== "" ? found : undefined;
}

/** The number at a path. */
export function numberAt(value: unknown, ...path: string[]): number | undefined {
    const found = at(value, ...path);
    return typeof found === "number" ? found : undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
    const found = at(value, ...path);
    return Array.isArray(found) ? found : [];
}

/** The texts of the list at a path. */
export function textsAt(value: unknown, ...path: string[]): string[] {
    return listAt(value, ...path).filter((item) => typeof item === "string");
}

/** The objects of the list at a path. */
export function recordsAt(value: unknown, ...path: string[]): JsonRecord[] {
    return listAt(value, ...path).filter(isRecord);
}

/** The object at a path; empty where there is none. */
export function recordAt(value: unknown, ...path: string[]): JsonRecord {
    const found = at(value, ...path);
    return isRecord(found) ? found : {};
}

/** True when two Azure resource ids name the same resource: Azure does not tell capitals apart in ids. */
export function sameId(one: string | undefined, other: string | undefined): boolean {
    return one !== undefined && other !== undefined && one.toLowerCase() === other.toLowerCase();
}

/** Groups items by a key, in the order in which the keys first appear. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
    const groups = new Map<string, Item[]>();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        if (group) {
            group.push(item);
        } else {
            groups.set(key, [item]);
        }
    }
    return groups;
}
