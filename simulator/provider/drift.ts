import { z } from "zod";
import { isRecord } from "../records";

/** A property that somebody changes in Azure, past the program. */
export interface Drift {
    id: string;
    /** From the resource's inputs to the property: `["tags", "team"]`, `["securityRules", 0, "access"]`. */
    path: (string | number)[];
    /** Removed where it is not given. */
    value?: unknown;
}

/** The JSON of a drift, as the control server takes it. */
export const driftSchema: z.ZodType<Drift> = z.strictObject({
    id: z.string(),
    path: z.array(z.union([z.string(), z.int().min(0)])).min(1),
    value: z.unknown().optional(),
});

/** A copy with the property set, or removed where the value is undefined. Objects on the way there come into being. */
export function withProperty(
    values: Record<string, unknown>,
    path: Drift["path"],
    value: unknown,
): Record<string, unknown> {
    return changed(values, path, value) as Record<string, unknown>;
}

function changed(at: unknown, [step, ...rest]: Drift["path"], value: unknown): unknown {
    if (step === undefined) {
        return value;
    }
    if (typeof step === "number") {
        if (!Array.isArray(at)) {
            throw new Error(`there is no list where the path has the index ${step}`);
        }
        return Object.assign([...(at as unknown[])], { [step]: changed(at[step], rest, value) });
    }
    if (at !== undefined && !isRecord(at)) {
        throw new Error(`there is no object where the path has the property "${step}"`);
    }
    const { [step]: before, ...others } = at ?? {};
    const after = changed(before, rest, value);
    return after === undefined ? others : { ...at, [step]: after };
}
