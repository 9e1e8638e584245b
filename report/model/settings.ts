import { pathText } from "../../config/errors";
import type { Path } from "../../config/schemaTree";
import { isRecord } from "../../simulator/records";
import type { StackPlan } from "../../plan/stackPlan";

/** One setting with its value in each of several stacks. */
export interface SettingRow {
    /** Key path as in the stack file. */
    path: string;
    /** In the order of the stacks; undefined where a stack does not have it. */
    values: (string | undefined)[];
    differs: boolean;
}

/** Settings of stacks side by side, by section of the stack file. */
export interface SettingSection {
    title: string;
    rows: SettingRow[];
}

/** Puts the settings of stacks side by side, defaults included. */
export function settingSections(plans: readonly StackPlan[]): SettingSection[] {
    const settings = plans.map(settingsOf);
    const paths = inOrder(settings.map((map) => [...map.keys()]));
    const rows = paths.map((path): SettingRow => {
        const values = settings.map((map) => map.get(path));
        return { path, values, differs: new Set(values).size > 1 };
    });
    const titles = [...new Set(rows.map(({ path }) => sectionOf(path)))];
    return titles.map((title) => ({ title, rows: rows.filter(({ path }) => sectionOf(path) === title) }));
}

function sectionOf(path: string): string {
    return /^[^.[]*/.exec(path)?.[0] ?? path;
}

/** Settings of one stack by path, as text; a placeholder stands as it is written in the stack file. */
function settingsOf({ settings, unset }: StackPlan): Map<string, string> {
    const placeholders = new Map(unset.map(({ path, placeholder }) => [path, placeholder]));
    const found = new Map<string, string>();
    const text = (value: unknown, path: Path) => placeholders.get(pathText(path)) ?? scalarText(value);
    const visit = (value: unknown, path: Path): void => {
        if (value === undefined) {
            return;
        }
        if (Array.isArray(value) && !value.some((item) => typeof item === "object" && item !== null)) {
            const items = value.map((item, index) => text(item, [...path, index]));
            found.set(pathText(path), items.join(", ") || "none");
        } else if (Array.isArray(value)) {
            value.forEach((item, index) => visit(item, [...path, index]));
        } else if (isRecord(value)) {
            const entries = Object.entries(value);
            if (entries.length === 0 && path.length > 0) {
                found.set(pathText(path), "none");
            }
            entries.forEach(([key, inner]) => visit(inner, [...path, key]));
        } else {
            found.set(pathText(path), text(value, path));
        }
    };
    visit(settings, []);
    return found;
}

function scalarText(value: unknown): string {
    if (value === null || value === "") {
        return "none";
    }
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** All keys of several lists, each list's own order kept: what only a later list has stands after what precedes it there. */
function inOrder(lists: readonly (readonly string[])[]): string[] {
    const merged: string[] = [];
    for (const list of lists) {
        let position = 0;
        for (const key of list) {
            const known = merged.indexOf(key);
            if (known === -1) {
                merged.splice(position, 0, key);
                position += 1;
            } else {
                position = Math.max(position, known + 1);
            }
        }
    }
    return merged;
}
