/** A property that is not what it was. */
export interface PropertyDifference {
    /** `agentPoolProfiles[0].count`; keys that are no plain words in quotes: `tags["cost-center"]`. */
    path: string;
    /** Undefined where it was not there. */
    before: unknown;
    /** Undefined where it is gone. */
    after: unknown;
}

/** The innermost properties that differ, in the order of their names. */
export function propertyDifferences(before: unknown, after: unknown, path = ""): PropertyDifference[] {
    if (Array.isArray(before) && Array.isArray(after)) {
        const length = Math.max(before.length, after.length);
        return Array.from({ length }, (_, index) => index).flatMap((index) =>
            propertyDifferences(before[index], after[index], `${path}[${index}]`),
        );
    }
    if (isPlain(before) && isPlain(after)) {
        const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
        return keys.flatMap((key) => propertyDifferences(before[key], after[key], pathTo(path, key)));
    }
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function pathTo(path: string, key: string): string {
    if (!/^[A-Za-z_$][\w$]*$/.test(key)) {
        return `${path}[${JSON.stringify(key)}]`;
    }
    return path === "" ? key : `${path}.${key}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
