import { shortType } from "../../engine/names";
import { counted } from "../../terminal/words";
import { changeOperations } from "../changes";
import type { Change, ChangeOperation } from "../changes";
import type { PropertyDifference } from "../propertyDifferences";

/** How many resources have each change; components are left out. */
export type Counts = Readonly<Record<ChangeOperation, number>>;

/** Counts the changes by what happens. */
export function countsOf(changes: readonly Change[]): Counts {
    const real = changes.filter(({ isComponent }) => !isComponent);
    return Object.fromEntries(
        changeOperations.map((operation) => [
            operation,
            real.filter((change) => change.operation === operation).length,
        ]),
    ) as Record<ChangeOperation, number>;
}

/** How changes are spoken of: those to come, those that were made, those that a refresh found. */
export type Tense = "planned" | "done" | "found";

const words: Readonly<Record<Tense, Readonly<Record<ChangeOperation, string>>>> = {
    planned: {
        replace: "to replace",
        delete: "to delete",
        update: "to update",
        create: "to create",
        import: "to import",
    },
    done: {
        replace: "replaced",
        delete: "deleted",
        update: "updated",
        create: "created",
        import: "imported",
    },
    found: { replace: "replaced", delete: "gone", update: "changed", create: "new", import: "new" },
};

/** `1 to replace, 3 to create, 200 unchanged`; `no changes, 203 unchanged` where there is none. */
export function countsText(changes: readonly Change[], unchanged: number, tense: Tense = "planned"): string {
    const counts = countsOf(changes);
    const parts = changeOperations.flatMap((operation) =>
        counts[operation] > 0 ? [`${counts[operation]} ${words[tense][operation]}`] : [],
    );
    return [parts.length > 0 ? parts.join(", ") : "no changes", `${unchanged} unchanged`].join(", ");
}

/** Headings of the lists of changes, losses first. */
export const changeHeadings: Readonly<Record<ChangeOperation, string>> = {
    replace: "Replacements",
    delete: "Deletions",
    update: "Updates",
    create: "Creations",
    import: "Imports",
};

/** `ManagedCluster cluster`. */
export function resourceText({ type, name }: Pick<Change, "type" | "name">): string {
    return `${shortType(type)} ${name}`;
}

const longestValue = 60;
const shownDifferences = 8;

/** Why a resource changes: what forces the replacement, or which properties differ and how. */
export function reasonsOf(change: Change): string[] {
    const { operation, replaceKeys, isProtected } = change;
    const forced = replaceKeys.map((key) => `cannot be changed in place: ${key}`);
    const known = new Set(change.differences.map(({ path }) => path));
    const differences = [
        ...change.differences.map(differenceText),
        ...change.paths.filter((path) => !known.has(path)),
    ];
    const more = differences.length - shownDifferences;
    return [
        ...(isProtected && (operation === "replace" || operation === "delete") ? ["protected"] : []),
        ...forced,
        ...(operation === "create" ? [] : differences.slice(0, shownDifferences)),
        ...(more > 0 && operation !== "create"
            ? [`and ${counted(more, "more property", "more properties")}`]
            : []),
    ];
}

function differenceText({ path, before, after }: PropertyDifference): string {
    return `${path}: ${valueText(before)} -> ${valueText(after)}`;
}

// What the engine puts in the place of a value that is known only after the update.
const unknown = /^(?:04da6b54-80e4-46f7-96ec-b56ff0331ba9|output<[a-z]+>)$/;

function valueText(value: unknown): string {
    if (value === undefined) {
        return "(none)";
    }
    if (typeof value === "string" && unknown.test(value)) {
        return "(known after the update)";
    }
    const text = JSON.stringify(value);
    return text.length > longestValue ? `${text.slice(0, longestValue - 3)}...` : text;
}

/** Creations by type, the most frequent first: nobody reads two hundred lines. */
export function byType(changes: readonly Change[]): { type: string; count: number }[] {
    const counts = new Map<string, number>();
    for (const { type } of changes) {
        counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    return [...counts.entries()]
        .map(([type, count]) => ({ type: shortType(type), count }))
        .sort((one, other) => other.count - one.count || (one.type < other.type ? -1 : 1));
}
