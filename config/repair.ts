import type * as z from "zod";
import { nearestKey, valueAt } from "./errors";
import { keysOf, sampleOf, schemaAt } from "./schemaTree";
import type { Path } from "./schemaTree";

/** A configuration that the schema accepts, made from one that it does not. */
export interface Repaired<T> {
    value: T;
    /** Where something was wrong or missing, and what stands there now means nothing. */
    wrong: Path[];
}

const mostRounds = 20;

/**
 * Fills what is wrong or missing with values that the schema accepts, so that the cross-field rules can look at the
 * rest and all problems appear in one message.
 */
export function repair<S extends z.ZodType>(schema: S, raw: unknown): Repaired<z.output<S>> | undefined {
    const value = structuredClone(raw);
    const wrong: Path[] = [];
    for (let round = 0; round < mostRounds; round++) {
        const result = schema.safeParse(value);
        if (result.success) {
            return { value: result.data, wrong };
        }
        for (const issue of result.error.issues) {
            const path = issue.path as Path;
            if (issue.code === "unrecognized_keys") {
                wrong.push(...issue.keys.flatMap((key) => dropUnknownKey(schema, value, path, key)));
            } else {
                wrong.push(path);
                replace(schema, value, path, issue.code === "invalid_key");
            }
        }
    }
    // Not met so far: a value that no sample of the schema can mend. The schema's own problems are reported alone then.
    return undefined;
}

/** Removes the key; where it was probably meant to be another one, that one's value is not known. */
function dropUnknownKey(schema: z.ZodType, root: unknown, path: Path, key: string): Path[] {
    const holder = valueAt(root, path) as Record<string, unknown>;
    delete holder[key];
    const nearest = nearestKey(key, keysOf(schemaAt(schema, path) ?? schema) ?? []);
    return nearest === undefined || Object.hasOwn(holder, nearest) ? [] : [[...path, nearest]];
}

function replace(schema: z.ZodType, root: unknown, path: Path, remove: boolean): void {
    const key = path.at(-1);
    const holder = valueAt(root, path.slice(0, -1));
    const node = schemaAt(schema, path);
    if (key === undefined || typeof holder !== "object" || holder === null) {
        return;
    }
    if (remove || node === undefined) {
        Reflect.deleteProperty(holder, key);
    } else {
        Reflect.set(holder, key, sampleOf(node));
    }
}
