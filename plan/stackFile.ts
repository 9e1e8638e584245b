import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, isMap, isScalar, parseDocument } from "yaml";
import type { Document, ScalarTag } from "yaml";
import { secretStandIn } from "../config/placeholders";
import { PlanError } from "./planError";
import { isRecord } from "../simulator/records";

/** What the engine would pass to the program for one stack. */
export interface StackFile {
    project: string;
    stack: string;
    /** `namespace:key` to the raw string that `pulumi.Config` sees. */
    values: Record<string, string>;
    /** Keys of `values` that are, or contain, a secret. */
    secretKeys: string[];
    /** What stands for each secret: only its ciphertext is in the file, and only the deployment can read it. */
    secretStandIns: string[];
}

const projectFile = "Pulumi.yaml";
const stackFilePattern = /^Pulumi\.(.+)\.yaml$/;

/** The stacks that have a file `Pulumi.<stack>.yaml` in the directory, in alphabetical order. */
export function knownStacks(directory: string): string[] {
    return readdirSync(directory)
        .flatMap((name) => stackFilePattern.exec(name)?.[1] ?? [])
        .sort();
}

/** What to say of a stack that has no file. */
export function noSuchStack(stack: string, known: readonly string[]): string {
    return `there is no stack "${stack}": the known ones are ${known.join(", ") || "none"}`;
}

/**
 * Reads Pulumi.yaml and `Pulumi.<stack>.yaml` as the engine does: defaults of the project, values of the stack over
 * them, scalars as text, lists and objects as JSON. Throws a {@link PlanError} that names the file and line.
 */
export function readStackFile(directory: string, stack: string): StackFile {
    const project = readYaml(directory, projectFile);
    const projectName = project.content["name"];
    if (typeof projectName !== "string") {
        throw project.error("has no `name`", ["name"]);
    }
    const settings = readYaml(directory, `Pulumi.${stack}.yaml`);
    const found: StackFile = { project: projectName, stack, values: {}, secretKeys: [], secretStandIns: [] };
    const set = (key: string, value: unknown, secret = false) => {
        const { plain, standIns } = withoutSecrets(value, key);
        found.values[key] = asRawString(plain);
        found.secretStandIns.push(...standIns);
        if (secret || standIns.length > 0) {
            found.secretKeys.push(key);
        }
    };

    const declarations = readDeclarations(project, projectName);
    const assigned = new Map(
        Object.entries(settings.section("config")).map(([key, value]) => [
            qualified(key, projectName),
            { key, value },
        ]),
    );
    for (const [key, declaration] of declarations) {
        const override = assigned.get(key);
        if (override) {
            checkType(settings, override.key, override.value, declaration.type);
        } else if (declaration.default === undefined) {
            throw settings.error(
                `gives no value for \`${key}\`, which ${projectFile} declares without a default`,
                ["config"],
            );
        } else {
            set(key, declaration.default, declaration.secret);
        }
    }
    for (const [key, { value }] of assigned) {
        set(key, value, declarations.get(key)?.secret);
    }
    return found;
}

/** A key of the project's `config:` section. */
interface Declaration {
    type?: string;
    default: unknown;
    secret: boolean;
}

const declarationKeys = ["type", "default", "description", "items", "properties", "secret", "value"];

function readDeclarations(project: YamlFile, projectName: string): Map<string, Declaration> {
    return new Map(
        Object.entries(project.section("config")).map(([key, value]) => {
            const isDeclared =
                isRecord(value) && Object.keys(value).every((name) => declarationKeys.includes(name));
            const declaration: Declaration = isDeclared
                ? {
                      ...(typeof value["type"] === "string" ? { type: value["type"] } : {}),
                      default: value["default"] ?? value["value"],
                      secret: value["secret"] === true,
                  }
                : { default: value, secret: false };
            return [qualified(key, projectName), declaration];
        }),
    );
}

const typeTests: Readonly<Record<string, (value: unknown) => boolean>> = {
    array: Array.isArray,
    boolean: (value) => typeof value === "boolean" || value === "true" || value === "false",
    integer: (value) => /^-?\d+$/.test(String(value)),
    object: isRecord,
    string: (value) => typeof value !== "object",
};

function checkType(file: YamlFile, key: string, value: unknown, type: string | undefined): void {
    const fits = type === undefined ? undefined : typeTests[type];
    const isSecret = isRecord(value) && "secure" in value;
    if (fits && !isSecret && !fits(value)) {
        throw file.error(`\`${key}\` must be of type ${type}, as ${projectFile} declares`, ["config", key]);
    }
}

/** Keys without a namespace belong to the project; the older form `namespace:config:key` means the same as `namespace:key`. */
function qualified(key: string, project: string): string {
    const [first = key, ...rest] = key.split(":");
    return rest.length === 0 ? `${project}:${first}` : `${first}:${rest[rest.length - 1]}`;
}

/** Replaces every `{secure: ...}` by a stand-in. */
function withoutSecrets(value: unknown, path: string): { plain: unknown; standIns: string[] } {
    if (Array.isArray(value)) {
        const items = value.map((item, index) => withoutSecrets(item, `${path}/${index}`));
        return { plain: items.map((item) => item.plain), standIns: items.flatMap((item) => item.standIns) };
    }
    if (!isRecord(value)) {
        return { plain: value, standIns: [] };
    }
    const keys = Object.keys(value);
    if (keys.length === 1 && typeof value["secure"] === "string") {
        const standIn = secretStandIn(path);
        return { plain: standIn, standIns: [standIn] };
    }
    // Sorted, as the engine writes JSON.
    const entries = keys.sort().map((key) => [key, withoutSecrets(value[key], `${path}/${key}`)] as const);
    return {
        plain: Object.fromEntries(entries.map(([key, inner]) => [key, inner.plain])),
        standIns: entries.flatMap(([, inner]) => inner.standIns),
    };
}

function asRawString(value: unknown): string {
    if (value === null || value === undefined) {
        return "";
    }
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** A parsed YAML file that can say where in it a fault is. */
interface YamlFile {
    content: Record<string, unknown>;
    section(key: string): Record<string, unknown>;
    error(problem: string, path: string[]): PlanError;
}

function readYaml(directory: string, name: string): YamlFile {
    const path = join(directory, name);
    if (!existsSync(path)) {
        throw new PlanError(
            `${name} is missing in ${directory}`,
            "run the plan in the directory of the Pulumi project",
        );
    }
    const lines = new LineCounter();
    const document = parseDocument(readFileSync(path, "utf8"), {
        lineCounter: lines,
        merge: true,
        customTags: (tags) => [...goTags, ...tags],
    });
    const [fault] = document.errors;
    if (fault) {
        const [firstLine = "cannot be read"] = fault.message.split("\n");
        throw new PlanError(
            `${name}, line ${fault.linePos?.[0].line ?? 1}: ${firstLine.replace(/ at line \d+, column \d+:?$/, "")}`,
        );
    }
    const error = (problem: string, keys: string[]) => {
        return new PlanError(`${name}, line ${lineOf(document, lines, keys)}: ${problem}`);
    };
    const record = (value: unknown, what: string, keys: string[]): Record<string, unknown> => {
        if (value !== null && value !== undefined && !isRecord(value)) {
            throw error(`${what} must be a list of keys with values`, keys);
        }
        return value ?? {};
    };
    const content = record(document.toJS(), "the file", []);
    return { content, section: (key) => record(content[key], `\`${key}\``, [key]), error };
}

/** Line of the innermost key on the path that is in the document. */
function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number {
    let node: unknown = document.contents;
    let offset = 0;
    for (const key of path) {
        const pair = isMap(node)
            ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
            : undefined;
        if (!pair) {
            break;
        }
        offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
        node = pair.value;
    }
    return lines.linePos(offset).line;
}

/**
 * Where the engine's YAML reader differs from YAML 1.2: a leading zero means octal, digits may be grouped by underscores,
 * and a date without quotes becomes a timestamp in text. Found by comparing with what `pulumi preview` passes on.
 */
const goTags: ScalarTag[] = [
    {
        tag: "tag:yaml.org,2002:int",
        default: true,
        test: /^[-+]?0[0-7_]+$/,
        resolve: (text) => parseInt(text.replace(/_/g, ""), 8),
    },
    {
        tag: "tag:yaml.org,2002:float",
        default: true,
        test: /^[-+]?(?:[1-9]\d*_[\d_]*|0)(?:\.[\d_]*)?$/,
        resolve: (text) => Number(text.replace(/_/g, "")),
    },
    {
        tag: "tag:yaml.org,2002:timestamp",
        default: true,
        test: /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}Z?)?$/,
        resolve: (text) =>
            `${text.slice(0, 10)} ${text.length > 10 ? text.slice(11, 19) : "00:00:00"} +0000 UTC`,
    },
];
