import { isRecord } from "../records";

/** How a property differs; `-replace` where the difference makes another resource of it. */
export type DiffKind = "add" | "delete" | "update" | "add-replace" | "delete-replace" | "update-replace";

/** Differences by property path, as the engine writes paths: `tags.team`, `rules[0].name`. */
export type DetailedDiff = Record<string, DiffKind>;

/**
 * Compares plain values, property by property. A difference in one of `replacing`, or within it, forces a replacement;
 * these are paths without list indices, such as `vmSize` or `networkProfile.networkPlugin`.
 */
export function detailedDiff(
    olds: Record<string, unknown>,
    news: Record<string, unknown>,
    replacing: readonly string[],
): DetailedDiff {
    const found: DetailedDiff = {};
    for (const property of keysOf(olds, news)) {
        compare(olds[property], news[property], pathOf("", property), (path, kind) => {
            found[path] = isReplacing(path, replacing) ? `${kind}-replace` : kind;
        });
    }
    return found;
}

/** Top-level properties that differ. */
export function differingProperties(diff: DetailedDiff): string[] {
    return topLevel(Object.keys(diff));
}

/** Top-level properties that force a replacement. */
export function replacingProperties(diff: DetailedDiff): string[] {
    const paths = Object.entries(diff).filter(([, kind]) => kind.endsWith("-replace"));
    return topLevel(paths.map(([path]) => path));
}

type Report = (path: string, kind: "add" | "delete" | "update") => void;

function compare(old: unknown, now: unknown, path: string, report: Report): void {
    if (old === undefined && now === undefined) {
        return;
    }
    if (old === undefined || now === undefined) {
        report(path, old === undefined ? "add" : "delete");
    } else if (Array.isArray(old) && Array.isArray(now)) {
        for (let index = 0; index < Math.max(old.length, now.length); index += 1) {
            compare(old[index], now[index], `${path}[${index}]`, report);
        }
    } else if (isRecord(old) && isRecord(now)) {
        for (const property of keysOf(old, now)) {
            compare(old[property], now[property], pathOf(path, property), report);
        }
    } else if (old !== now) {
        report(path, "update");
    }
}

function isReplacing(path: string, replacing: readonly string[]): boolean {
    const plain = path.replaceAll(/\[\d+\]/g, "");
    return replacing.some((property) => plain === property || /^[.[]/.test(within(plain, property)));
}

/** What a path has beyond another; nothing where it is not below it. */
function within(path: string, parent: string): string {
    return path.startsWith(parent) ? path.slice(parent.length) : "";
}

function topLevel(paths: readonly string[]): string[] {
    return [...new Set(paths.map((path) => path.split(/[.[]/)[0] ?? path))];
}

function keysOf(...values: Record<string, unknown>[]): string[] {
    return [...new Set(values.flatMap((value) => Object.keys(value)))].sort();
}

function pathOf(parent: string, property: string): string {
    if (!/^[A-Za-z_]\w*$/.test(property)) {
        return `${parent}[${JSON.stringify(property)}]`;
    }
    return parent === "" ? property : `${parent}.${property}`;
}
