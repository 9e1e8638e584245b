import * as pulumi from "@pulumi/pulumi";
import { checkSettings } from "./config/checks";
import { derive } from "./config/derived";
import type { LandingZoneConfig } from "./config/derived";
import { ConfigurationError, pathText, problemsOf, wrongValue } from "./config/errors";
import type { Problem } from "./config/errors";
import { replacePlaceholders } from "./config/placeholders";
import type { StandIn } from "./config/placeholders";
import { projectName } from "./config/project";
import { repair } from "./config/repair";
import { settingsSchema } from "./config/schema";
import { allowedText, core, schemaAt } from "./config/schemaTree";

export type {
    LandingZoneConfig,
    ResolvedNames,
    TenantNamespace,
    TenantWorkload,
    UnsetValue,
} from "./config/derived";
export { ConfigurationError } from "./config/errors";

// Exported by the SDK but marked internal, hence missing from its types.
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean };
const shortestSecret = 6;

/** How the configuration is read. */
export interface LoadOptions {
    /** What to do with `<placeholders>`: refuse them (a deployment), or use stand-ins (a plan). Defaults to "refuse". */
    placeholders?: "refuse" | "standIn";
    /** Keys that are, or contain, a secret, in full: what is wrong with them is told without their values. */
    secretKeys?: readonly string[];
}

/** Reads, checks and completes the configuration of the running stack. */
export function loadConfig(options: LoadOptions = {}): LandingZoneConfig {
    const raw = pulumi.runtime.allConfig();
    return parseConfig(raw, { ...options, secretKeys: Object.keys(raw).filter(isConfigSecret) });
}

/**
 * Checks and completes a configuration as Pulumi hands it over: full keys, scalars as text, everything else as JSON.
 * Throws one `ConfigurationError` with all problems. Keys of other namespaces are ignored.
 */
export function parseConfig(
    raw: Readonly<Record<string, string>>,
    options: LoadOptions = {},
): LandingZoneConfig {
    const refuse = (options.placeholders ?? "refuse") === "refuse";
    const { value, standIns } = replacePlaceholders(settingsSchema, decode(raw));
    const withoutStandIn = standIns.filter(({ standIn }) => standIn === undefined).map(({ path }) => path);
    const unset = standIns.filter((standIn) => refuse || standIn.standIn === undefined).map(unsetProblem);

    const result = settingsSchema.safeParse(value);
    const repaired = result.success
        ? { values: [result.data], varied: [], wrong: [] }
        : repair(settingsSchema, value);
    const problems = [
        ...unset,
        // A placeholder where none is taken is reported as such, once.
        ...(result.error?.issues ?? [])
            .flatMap((issue) => problemsOf(settingsSchema, value, issue))
            .filter((problem) => !unset.some(({ path }) => pathText(path) === pathText(problem.path))),
        ...(repaired ? checkSettings({ ...repaired, wrong: [...repaired.wrong, ...withoutStandIn] }) : []),
    ];
    if (problems.length > 0 || !result.success) {
        throw new ConfigurationError(withoutValuesOf(secretTexts(raw, options.secretKeys ?? []), problems));
    }
    return deepFreeze(derive(result.data, standIns));
}

/** The texts inside the given keys. Short ones are left out: they are words and numbers that appear everywhere. */
function secretTexts(raw: Readonly<Record<string, string>>, keys: readonly string[]): string[] {
    const textsIn = (value: unknown): string[] => {
        if (typeof value === "string") {
            return value.length >= shortestSecret ? [value] : [];
        }
        return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
    };
    return keys.flatMap((key) => textsIn(decodeValue(key.slice(projectName.length + 1), raw[key] ?? "")));
}

function withoutValuesOf(secrets: readonly string[], problems: readonly Problem[]): Problem[] {
    return problems.map(({ path, text }) => ({
        path,
        text: secrets.reduce((shown, secret) => shown.split(secret).join("[secret]"), text),
    }));
}

/** The project's settings, by key without the project's name, with JSON values parsed. */
function decode(raw: Readonly<Record<string, string>>): Record<string, unknown> {
    const prefix = `${projectName}:`;
    return Object.fromEntries(
        Object.entries(raw)
            .filter(([key]) => key.startsWith(prefix))
            .map(([key, text]) => [key.slice(prefix.length), text] as const)
            .map(([key, text]) => [key, decodeValue(key, text)]),
    );
}

function decodeValue(key: string, text: string): unknown {
    const schema = schemaAt(settingsSchema, [key]);
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

function unsetProblem({ path, placeholder, find }: StandIn): Problem {
    const schema = schemaAt(settingsSchema, path);
    const allowed = schema === undefined ? "a value" : allowedText(schema);
    return wrongValue(path, placeholder, allowed, `Replace the placeholder. ${find}`);
}

/** Makes plain objects and lists read-only, all the way down. */
function deepFreeze<T>(value: T): T {
    const plain =
        Array.isArray(value) ||
        (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);
    if (plain) {
        Object.values(value).forEach(deepFreeze);
        Object.freeze(value);
    }
    return value;
}
