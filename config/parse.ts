import type * as z from "zod";
import { ConfigurationError, pathText, problemsOf, wrongValue } from "./errors";
import type { Problem } from "./errors";
import { replacePlaceholders } from "./placeholders";
import type { StandIn } from "./placeholders";
import { repair } from "./repair";
import type { Repaired } from "./repair";
import { allowedText, core, schemaAt } from "./schemaTree";

const shortestSecret = 6;

/** How a configuration is read. */
export interface LoadOptions {
    /** What to do with `<placeholders>`: refuse them (a deployment), or use stand-ins (a plan). Defaults to "refuse". */
    placeholders?: "refuse" | "standIn";
    /** Keys that are, or contain, a secret, in full: what is wrong with them is told without their values. */
    secretKeys?: readonly string[];
}

/** What the configuration of a program may be. */
export interface ConfigurationRules<S extends z.ZodType> {
    /** Name of the Pulumi project, and so of the namespace of its keys. */
    project: string;
    /** One key of the stack file per property. */
    schema: S;
    /** The rules between settings. */
    check: (settings: Repaired<z.output<S>>) => Problem[];
}

/** A configuration that keeps all rules, and the stand-ins in it. */
export interface ParsedConfiguration<S extends z.ZodType> {
    settings: z.output<S>;
    standIns: StandIn[];
}

/**
 * Checks and completes a configuration as Pulumi hands it over: full keys, scalars as text, everything else as JSON.
 * Throws one `ConfigurationError` with all problems. Keys of other namespaces are ignored.
 */
export function parseSettings<S extends z.ZodType>(
    { project, schema, check }: ConfigurationRules<S>,
    raw: Readonly<Record<string, string>>,
    options: LoadOptions = {},
): ParsedConfiguration<S> {
    const refuse = (options.placeholders ?? "refuse") === "refuse";
    const { value, standIns } = replacePlaceholders(schema, decode(project, schema, raw));
    const withoutStandIn = standIns.filter(({ standIn }) => standIn === undefined).map(({ path }) => path);
    const unset = standIns
        .filter((standIn) => refuse || standIn.standIn === undefined)
        .map((standIn) => unsetProblem(schema, standIn));

    // Compiling the schemas costs more than it saves a program that reads one configuration.
    const result = schema.safeParse(value, { jitless: true });
    const repaired = result.success
        ? { values: [result.data], varied: [], wrong: [] }
        : repair(schema, value);
    const problems = [
        ...unset,
        // A placeholder where none is taken is reported as such, once.
        ...(result.error?.issues ?? [])
            .flatMap((issue) => problemsOf(schema, value, issue))
            .filter((problem) => !unset.some(({ path }) => pathText(path) === pathText(problem.path))),
        ...(repaired ? check({ ...repaired, wrong: [...repaired.wrong, ...withoutStandIn] }) : []),
    ];
    if (problems.length > 0 || !result.success) {
        const secrets = secretTexts(project, schema, raw, options.secretKeys ?? []);
        throw new ConfigurationError(withoutValuesOf(secrets, problems), project);
    }
    return { settings: result.data, standIns };
}

/** The texts inside the given keys. Short ones are left out: they are words and numbers that appear everywhere. */
function secretTexts(
    project: string,
    schema: z.ZodType,
    raw: Readonly<Record<string, string>>,
    keys: readonly string[],
): string[] {
    const textsIn = (value: unknown): string[] => {
        if (typeof value === "string") {
            return value.length >= shortestSecret ? [value] : [];
        }
        return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
    };
    return keys.flatMap((key) => textsIn(decodeValue(schema, key.slice(project.length + 1), raw[key] ?? "")));
}

function withoutValuesOf(secrets: readonly string[], problems: readonly Problem[]): Problem[] {
    return problems.map(({ path, text }) => ({
        path,
        text: secrets.reduce((shown, secret) => shown.split(secret).join("[secret]"), text),
    }));
}

/** The project's settings, by key without the project's name, with JSON values parsed. */
function decode(
    project: string,
    schema: z.ZodType,
    raw: Readonly<Record<string, string>>,
): Record<string, unknown> {
    const prefix = `${project}:`;
    return Object.fromEntries(
        Object.entries(raw)
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, text]) => [key.slice(prefix.length), text] as const)
            .map(([key, text]) => [key, decodeValue(schema, key, text)]),
    );
}

function decodeValue(settings: z.ZodType, key: string, text: string): unknown {
    const schema = schemaAt(settings, [key]);
    if (schema === undefined || ["string", "enum"].includes(core(schema).type)) {
        return text;
    }
    try {
        return JSON.parse(text) as unknown;
    } catch {
        // Left as it is: the schema says that it is a text where something else is allowed.
        return text;
    }
}

function unsetProblem(settings: z.ZodType, { path, placeholder, find }: StandIn): Problem {
    const schema = schemaAt(settings, path);
    const allowed = schema === undefined ? "a value" : allowedText(schema);
    return wrongValue(path, placeholder, allowed, `Replace the placeholder. ${find}`);
}

/** Makes plain objects and lists read-only, all the way down. */
export function deepFreeze<T>(value: T): T {
    const plain =
        Array.isArray(value) ||
        (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);
    if (plain) {
        Object.values(value).forEach(deepFreeze);
        Object.freeze(value);
    }
    return value;
}
