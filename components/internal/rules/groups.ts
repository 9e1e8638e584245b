import { duplicates } from "../duplicates";

/** A place that names a group. */
export interface GroupReference {
    /** Argument that holds the key, such as `adminGroups[0]`. */
    argument: string;
    key: string;
}

/** Whether every group that is named exists, a sentence for each that does not. */
export function groupReferenceProblems(
    known: readonly string[],
    references: readonly GroupReference[],
): string[] {
    return references
        .filter(({ key }) => !known.includes(key))
        .map(
            ({ argument, key }) =>
                `\`${argument}\` is "${key}", but there is no group of that key: ${known.length === 0 ? "none is defined" : `there are ${known.join(", ")}`}. ` +
                "Add it to access.groups or access.createGroups, or correct the key.",
        );
}

/** Whether existing and new groups have keys of their own, a sentence for each key that both have. */
export function groupKeyProblems(existing: readonly string[], created: readonly string[]): string[] {
    return duplicates([...existing, ...created]).map(
        (key) =>
            `\`createGroups.${key}\` has the key of an existing group in access.groups. Rename one of them.`,
    );
}

/** Whether a list names each group once, a sentence for each that it repeats. */
export function repeatedGroupProblems(argument: string, keys: readonly string[]): string[] {
    return duplicates(keys).map(
        (key) => `\`${argument}\` names the group "${key}" twice. Remove one of them.`,
    );
}
