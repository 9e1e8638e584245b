import * as pulumi from "@pulumi/pulumi";
import { closest, distance } from "fastest-levenshtein";
import type * as z from "zod";
import { projectName } from "./project";
import { allowedText, core, fixText, keysOf, metaOf, schemaAt } from "./schemaTree";
import type { Path } from "./schemaTree";

/** One thing that is wrong with the configuration. */
export interface Problem {
    path: Path;
    /** The value found, what is allowed and how to mend it, in sentences. */
    text: string;
}

/** Everything that is wrong with a configuration, in one message. Pulumi prints a RunError without its stack trace. */
export class ConfigurationError extends pulumi.RunError {
    override readonly name = "ConfigurationError";
    /** One line for each problem, by key. */
    readonly problems: readonly string[];

    /** @param project Name of the Pulumi project, which the keys begin with. Defaults to that of the landing zone. */
    constructor(problems: readonly Problem[], project = projectName) {
        const lines = [...new Set(problems.map((problem) => problemLine(problem, project)))].sort(
            byCodeUnits,
        );
        const count = lines.length === 1 ? "a problem" : `${lines.length} problems`;
        super(`The configuration has ${count}:\n${lines.map((line) => `- ${line}`).join("\n")}`);
        this.problems = lines;
    }
}

// Not localeCompare: the order must not depend on the machine's language.
function byCodeUnits(one: string, other: string): number {
    return one < other ? -1 : Number(one > other);
}

/** The problem as one line that starts with the full key. */
export function problemLine({ path, text }: Problem, project = projectName): string {
    return `${project}:${pathText(path)}: ${text}`;
}

/** A path as `pulumi config set --path` takes it. */
export function pathText(path: Path): string {
    return path.reduce<string>((text, key) => {
        if (typeof key === "number") {
            return `${text}[${key}]`;
        }
        if (!/^[A-Za-z0-9_-]+$/.test(key)) {
            return `${text}["${key}"]`;
        }
        return text === "" ? key : `${text}.${key}`;
    }, "");
}

/** The usual wording of a problem with one value. */
export function wrongValue(path: Path, found: unknown, allowed: string, fix: string): Problem {
    return { path, text: `found ${valueText(found)}, allowed is ${allowed}. ${fix}` };
}

const longestValue = 80;

/** A value for a message: short, and as it would be written. */
export function valueText(value: unknown): string {
    if (value === undefined) {
        return "nothing";
    }
    const text = JSON.stringify(value);
    return text.length > longestValue ? `${text.slice(0, longestValue)}...` : text;
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
    return path.reduce<unknown>(
        (value, key) =>
            typeof value === "object" && value !== null && Object.hasOwn(value, key)
                ? (value as Record<string | number, unknown>)[key]
                : undefined,
        root,
    );
}

/** The key that an unknown one was probably meant to be. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
    const nearest = known.length > 0 ? closest(key, [...known]) : undefined;
    // Half of the letters may differ; beyond that a suggestion misleads.
    const near =
        nearest !== undefined && distance(key.toLowerCase(), nearest.toLowerCase()) <= key.length / 2;
    return near ? nearest : undefined;
}

function unknownKey(schema: z.core.$ZodType, path: Path, key: string): Problem {
    const known = keysOf(schemaAt(schema, path) ?? schema) ?? [];
    const nearest = nearestKey(key, known);
    // The value is left out: it may be a secret under a misspelt key.
    const text =
        nearest === undefined
            ? `found a key that does not exist, allowed are ${known.join(", ")}. Remove it.`
            : `found a key that does not exist. Did you mean ${nearest}?`;
    return { path: [...path, key], text };
}

/** What zod found wrong, in the words of the schema. */
export function problemsOf(schema: z.core.$ZodType, root: unknown, issue: z.core.$ZodIssue): Problem[] {
    const path = issue.path as Path;
    if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => unknownKey(schema, path, key));
    }
    if (issue.code === "invalid_key") {
        const record = core(schemaAt(schema, path.slice(0, -1)) ?? schema);
        if (record.type === "record") {
            const text = `found the name ${valueText(path.at(-1))}, allowed is ${allowedText(record.keyType)}. ${fixText(record.keyType)}`;
            return [{ path, text }];
        }
    }
    const node = schemaAt(schema, path) ?? schema;
    const value = valueAt(root, path);
    const { secret, standIn, fix, explain } = metaOf(node);
    if (value === undefined) {
        const find = standIn !== undefined && fix !== undefined ? ` ${fix}` : "";
        return [wrongValue(path, value, allowedText(node), `Add it to the stack file.${find}`)];
    }
    if (secret) {
        return [
            {
                path,
                text: `found a secret that is not shown here, allowed is ${allowedText(node)}. ${fixText(node)}`,
            },
        ];
    }
    const explanation = typeof value === "string" ? explain?.(value) : undefined;
    return [wrongValue(path, value, allowedText(node), explanation ?? fixText(node))];
}
