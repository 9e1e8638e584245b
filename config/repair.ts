import type * as z from "zod";
import { nearestKey, valueAt } from "./errors";
import { isScalar, keysOf, sampleOf, schemaAt } from "./schemaTree";
import type { Path, SampleVariant } from "./schemaTree";

/** Configurations that the schema accepts, made from one that it does not. */
export interface Repaired<T> {
    /** They differ in the single values that were wrong or missing, and in nothing else. */
    values: T[];
    /** Where a single value was wrong or missing. */
    varied: Path[];
    /** Where a list or mapping was wrong or missing, and what stands there now means nothing. */
    wrong: Path[];
}

const mostRounds = 20;

/**
 * Fills what is wrong or missing with values that the schema accepts, in two ways, so that the cross-field rules can
 * look at the rest and all problems appear in one message: what is wrong in both ways is wrong whatever is put there.
 */
export function repair<S extends z.ZodType>(schema: S, raw: unknown): Repaired<z.output<S>> | undefined {
    const [one, other] = [repairOnce(schema, raw, 0), repairOnce(schema, raw, 1)];
    return one && other && { ...one, values: [...one.values, ...other.values] };
}

function repairOnce<S extends z.ZodType>(
    schema: S,
    raw: unknown,
    variant: SampleVariant,
): Repaired<z.output<S>> | undefined {
    const value = structuredClone(raw);
    const touched: Path[] = [];
    for (let round = 0; round < mostRounds; round++) {
        const result = schema.safeParse(value);
        if (result.success) {
            const isSingle = (path: Path) => {
                const node = schemaAt(schema, path);
                return node !== undefined && isScalar(node);
            };
            return {
                values: [result.data],
                varied: touched.filter(isSingle),
                wrong: touched.filter((path) => !isSingle(path)),
            };
        }
        for (const issue of result.error.issues) {
            const path = issue.path as Path;
            if (issue.code === "unrecognized_keys") {
                touched.push(
                    ...issue.keys.flatMap((key) => dropUnknownKey(schema, value, path, key, variant)),
                );
            } else {
                touched.push(path);
                replace(schema, value, path, issue.code === "invalid_key" ? undefined : variant);
            }
        }
    }
    // Not met so far: a value that no sample of the schema can mend. The schema's own problems are reported alone then.
    return undefined;
}

/** Removes the key; where it was probably meant to be another one, that one's value is not known. */
function dropUnknownKey(
    schema: z.ZodType,
    root: unknown,
    path: Path,
    key: string,
    variant: SampleVariant,
): Path[] {
    const holder = valueAt(root, path) as Record<string, unknown>;
    delete holder[key];
    const nearest = nearestKey(key, keysOf(schemaAt(schema, path) ?? schema) ?? []);
    if (nearest === undefined || Object.hasOwn(holder, nearest)) {
        return [];
    }
    const meant = [...path, nearest];
    replace(schema, root, meant, variant);
    return [meant];
}

/** Puts a sample in the place; without a variant, and where nothing is allowed, removes what is there. */
function replace(schema: z.ZodType, root: unknown, path: Path, variant: SampleVariant | undefined): void {
    const key = path.at(-1);
    const holder = valueAt(root, path.slice(0, -1));
    const node = schemaAt(schema, path);
    if (key === undefined || typeof holder !== "object" || holder === null) {
        return;
    }
    if (variant === undefined || node === undefined) {
        Reflect.deleteProperty(holder, key);
    } else {
        Reflect.set(holder, key, sampleOf(node, variant));
    }
}
