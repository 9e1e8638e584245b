import * as z from "zod";
import type { SettingMeta } from "./schema/values";

/** A place in the configuration: keys and array indexes from the top. */
export type Path = readonly (string | number)[];

/** The kinds of schema that config/schema is made of. */
type Core =
    | z.ZodObject
    | z.ZodRecord
    | z.ZodArray
    | z.ZodBoolean
    | z.ZodEnum
    | z.ZodNumber
    | z.ZodString
    | z.ZodUnknown;
/** Kinds that make another one optional, give it a default or turn its value into something else. */
type Wrapper = z.ZodOptional | z.ZodDefault | z.ZodPrefault | z.ZodPipe;

type Schema = z.core.$ZodType;

function inner(schema: Schema): Schema | undefined {
    const { def } = (schema as Core | Wrapper)._zod;
    if (def.type === "pipe") {
        return def.in;
    }
    return def.type === "optional" || def.type === "default" || def.type === "prefault"
        ? def.innerType
        : undefined;
}

/** The schema without what is wrapped around it. */
export function core(schema: Schema): Core {
    const wrapped = inner(schema);
    return wrapped ? core(wrapped) : (schema as Core);
}

/** What is known about a setting; outer wrappers add to and override inner ones. */
export function metaOf(schema: Schema): SettingMeta {
    const wrapped = inner(schema);
    return { ...(wrapped ? metaOf(wrapped) : {}), ...z.globalRegistry.get(schema) };
}

/** True when a value may be left out. */
export function isOptional(schema: Schema): boolean {
    return schema._zod.optin === "optional";
}

/** The keys that an object may have; undefined for records and everything else. */
export function keysOf(schema: Schema): string[] | undefined {
    const { def } = core(schema);
    return def.type === "object" ? Object.keys(def.shape) : undefined;
}

/** The schema of one key or array element; undefined where there is none. */
export function child(schema: Schema, key: string | number): Schema | undefined {
    const { def } = core(schema);
    if (def.type === "object") {
        return Object.hasOwn(def.shape, key) ? (def.shape as Record<string, Schema>)[key] : undefined;
    }
    return elementOf(schema);
}

/** The schema of every entry of a record or list; undefined for everything else. */
export function elementOf(schema: Schema): Schema | undefined {
    const { def } = core(schema);
    if (def.type === "record") {
        return def.valueType;
    }
    return def.type === "array" ? def.element : undefined;
}

/** The schema at a path below `schema`; undefined where there is none. */
export function schemaAt(schema: Schema, path: Path): Schema | undefined {
    return path.reduce<Schema | undefined>((node, key) => node && child(node, key), schema);
}

/** The fewest entries of a list. */
function leastLength({ def }: z.ZodArray): number {
    const lengths = (def.checks ?? []).map((check) =>
        check._zod.def.check === "min_length" ? (check._zod.def as z.core.$ZodCheckMinLengthDef).minimum : 0,
    );
    return Math.max(0, ...lengths);
}

/** What may be written, in words. */
export function allowedText(schema: Schema): string {
    const { allowed } = metaOf(schema);
    if (allowed !== undefined) {
        return allowed;
    }
    const node = core(schema);
    switch (node.type) {
        case "boolean":
            return "true or false";
        case "enum":
            return `one of ${node.options.join(", ")}`;
        case "number":
            return `a ${node.isInt ? "whole " : ""}number from ${node.minValue} to ${node.maxValue}`;
        case "string":
            return "a text";
        case "array": {
            const least = leastLength(node);
            return `a list${least > 0 ? ` of at least ${least}` : ""}, each ${allowedText(node.element)}`;
        }
        case "record":
            return "a mapping of names to values";
        case "object":
            return `a mapping with the keys ${Object.keys(node.shape).join(", ")}`;
        case "unknown":
            return "any value";
    }
}

/** How to mend a value of the wrong kind. */
export function fixText(schema: Schema): string {
    const { fix } = metaOf(schema);
    if (fix !== undefined) {
        return fix;
    }
    switch (core(schema).type) {
        case "boolean":
            return "Write it without quotes.";
        case "enum":
            return "Choose one of them, spelt exactly so.";
        case "number":
            return "Write a number in that range, without quotes.";
        case "array":
            return "Write one entry a line, each after a hyphen.";
        case "record":
        case "object":
            return "Write one `key: value` a line, indented.";
        case "string":
        case "unknown":
            return "Put it in quotes.";
    }
}

/** Which of the valid values a sample is. */
export type SampleVariant = 0 | 1;

/**
 * A valid value: lets other checks run while the real one is missing or wrong. The two variants differ wherever the
 * schema allows it; lists and mappings have as few entries as they may.
 */
export function sampleOf(schema: Schema, variant: SampleVariant = 0): unknown {
    const node = core(schema);
    switch (node.type) {
        case "object": {
            const required = Object.entries<Schema>(node.shape).filter(([, value]) => !isOptional(value));
            return Object.fromEntries(required.map(([key, value]) => [key, sampleOf(value, variant)]));
        }
        case "record":
            return {};
        case "array":
            return Array.from({ length: leastLength(node) }, () => sampleOf(node.element, variant));
        case "boolean":
            return variant === 1;
        case "number":
            return variant === 0 ? node.minValue : node.maxValue;
        case "enum":
            return node.options.at(variant === 0 ? 0 : -1);
        case "string":
        case "unknown": {
            const { example = "" } = metaOf(schema);
            return variant === 0 ? example : (unlike(example).find((text) => accepts(node, text)) ?? example);
        }
    }
}

/** Texts that differ from the example, the most different first: in one of its digits, or by letters before or after it. */
function unlike(example: string): string[] {
    const otherDigits = [...example.matchAll(/\d/g)].map(
        ({ index, 0: digit }) =>
            example.slice(0, index) + String((Number(digit) + 1) % 10) + example.slice(index + 1),
    );
    return [...otherDigits, `${example}2`, `other-${example}`];
}

function accepts(schema: Schema, value: unknown): boolean {
    return z.safeParse(schema, value).success;
}

/** True for a single value: neither a list nor a mapping. */
export function isScalar(schema: Schema): boolean {
    return !["array", "object", "record"].includes(core(schema).type);
}
