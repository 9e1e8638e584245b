import * as z from "zod";
import type { SettingMeta } from "./schema/values";

/** A place in the configuration: keys and array indexes from the top. */
export type Path = readonly (string | number)[];

type Schema = z.core.$ZodTypes;

/** The schema without the wrappers that make it optional, give it a default or turn it into something else. */
export function core(schema: z.core.$ZodType): Schema {
    const { def } = (schema as Schema)._zod;
    switch (def.type) {
        case "optional":
        case "default":
        case "prefault":
            return core(def.innerType);
        case "pipe":
            return core(def.in);
        default:
            return schema as Schema;
    }
}

/** What is known about a setting; outer wrappers add to and override inner ones. */
export function metaOf(schema: z.core.$ZodType): SettingMeta {
    const { def } = (schema as Schema)._zod;
    const inner =
        def.type === "optional" || def.type === "default" || def.type === "prefault"
            ? metaOf(def.innerType)
            : def.type === "pipe"
              ? metaOf(def.in)
              : {};
    return { ...inner, ...z.globalRegistry.get(schema) };
}

/** True when a value may be left out. */
export function isOptional(schema: z.core.$ZodType): boolean {
    return schema._zod.optin === "optional";
}

/** The keys that an object may have; undefined for records and everything else. */
export function keysOf(schema: z.core.$ZodType): string[] | undefined {
    const { def } = core(schema)._zod;
    return def.type === "object" ? Object.keys(def.shape) : undefined;
}

/** The schema of one key or array element; undefined where there is none. */
export function child(schema: z.core.$ZodType, key: string | number): z.core.$ZodType | undefined {
    const { def } = core(schema)._zod;
    switch (def.type) {
        case "object":
            return Object.hasOwn(def.shape, key) ? def.shape[key] : undefined;
        case "record":
            return def.valueType;
        case "array":
            return def.element;
        default:
            return undefined;
    }
}

/** The schema at a path below `schema`; undefined where there is none. */
export function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
    return path.reduce<z.core.$ZodType | undefined>((node, key) => node && child(node, key), schema);
}

/** The fewest entries of a list. */
function leastLength(list: z.core.$ZodType): number {
    const lengths = ((list as Schema)._zod.def.checks ?? []).map(({ _zod: { def } }) =>
        def.check === "min_length" ? (def as z.core.$ZodCheckMinLengthDef).minimum : 0,
    );
    return Math.max(0, ...lengths);
}

/** What may be written, in words. */
export function allowedText(schema: z.core.$ZodType): string {
    const meta = metaOf(schema);
    if (meta.allowed !== undefined) {
        return meta.allowed;
    }
    const node = core(schema);
    const { def } = node._zod;
    switch (def.type) {
        case "boolean":
            return "true or false";
        case "enum":
            return `one of ${Object.values(def.entries).join(", ")}`;
        case "number": {
            const { isInt, minValue, maxValue } = node as z.ZodNumber;
            return `a ${isInt ? "whole " : ""}number from ${minValue} to ${maxValue}`;
        }
        case "string":
            return "a text";
        case "array": {
            const least = leastLength(node);
            return `a list${least > 0 ? ` of at least ${least}` : ""}, each ${allowedText(def.element)}`;
        }
        case "record":
            return "a mapping of names to values";
        case "object":
            return `a mapping with the keys ${Object.keys(def.shape).join(", ")}`;
        default:
            return "a value of another kind";
    }
}

/** How to mend a value of the wrong kind. */
export function fixText(schema: z.core.$ZodType): string {
    const { fix } = metaOf(schema);
    if (fix !== undefined) {
        return fix;
    }
    switch (core(schema)._zod.def.type) {
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
        default:
            return "Put it in quotes.";
    }
}

/** A valid value: lets other checks run while the real one is missing or wrong. */
export function sampleOf(schema: z.core.$ZodType): unknown {
    const node = core(schema);
    const { def } = node._zod;
    switch (def.type) {
        case "object":
            return Object.fromEntries(
                Object.entries(def.shape)
                    .filter(([, value]) => !isOptional(value))
                    .map(([key, value]) => [key, sampleOf(value)]),
            );
        case "record":
            return {};
        case "array":
            return Array.from({ length: leastLength(node) }, () => sampleOf(def.element));
        case "boolean":
            return false;
        case "number":
            return (node as z.ZodNumber).minValue;
        case "enum":
            return Object.values(def.entries)[0];
        default:
            return metaOf(schema).example ?? "";
    }
}
