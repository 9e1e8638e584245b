import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import type { Change } from "./changes";
import { changeOperations } from "./changes";
import { messageOf } from "../terminal/userError";
import { DriverError } from "./driverError";
import { jsonText, writeFile } from "../terminal/files";

const planned = z.object({
    operation: z.enum(changeOperations),
    urn: z.string(),
    /** Properties that differ. */
    paths: z.array(z.string()),
    /** Hash of the inputs, secrets masked. */
    inputs: z.string(),
});

const savedPlan = z.object({
    schemaVersion: z.literal(1),
    stack: z.string(),
    /** Whether the preview was made with `--azure-only`. */
    azureOnly: z.boolean().default(false),
    /** When the preview was made, as ISO 8601. Nobody decides by it. */
    created: z.string(),
    /** Hash of Pulumi.yaml and the stack file, so that a secret which was changed is noticed too. */
    settings: z.string(),
    changes: z.array(planned),
});

/** What a preview found, without any value: what was approved, for `up --plan`. */
export type SavedPlan = z.output<typeof savedPlan>;

/** The plan of a preview. */
export function planOf(
    stack: string,
    directory: string,
    changes: readonly Change[],
    azureOnly = false,
): SavedPlan {
    return {
        schemaVersion: 1,
        stack,
        azureOnly,
        created: new Date().toISOString(),
        settings: settingsDigest(directory, stack),
        changes: changes
            .map(({ operation, urn, paths, inputsDigest }) => ({
                operation,
                urn,
                paths,
                inputs: inputsDigest,
            }))
            .sort((one, other) => (one.urn < other.urn ? -1 : 1)),
    };
}

/** Writes a plan to a file. */
export function writePlan(file: string, plan: SavedPlan): void {
    writeFile(file, jsonText(plan));
}

/** Reads a plan that `preview --save-plan` wrote. */
export function readPlan(file: string): SavedPlan {
    const hint = "make one with `preview <stack> --save-plan FILE`";
    if (!existsSync(file)) {
        throw new DriverError(`there is no plan ${file}`, hint);
    }
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        throw new DriverError(`the plan ${file} cannot be read: ${messageOf(error)}`, hint, { cause: error });
    }
    let content: unknown;
    try {
        content = JSON.parse(text);
    } catch (error) {
        throw new DriverError(`${file} is not a plan: it is no JSON`, hint, { cause: error });
    }
    const result = savedPlan.safeParse(content);
    if (!result.success) {
        const [issue] = result.error.issues;
        throw new DriverError(
            `${file} is not a plan: ${[...(issue?.path ?? []), issue?.message].join(": ")}`,
            hint,
        );
    }
    return result.data;
}

/** Where what would be done now is not what was planned; empty where the plan still fits. */
export function misfits(plan: SavedPlan, now: SavedPlan): string[] {
    if (plan.stack !== now.stack) {
        return [`the plan is for stack ${plan.stack}, not ${now.stack}`];
    }
    if (plan.azureOnly !== now.azureOnly) {
        return [`it was made with${plan.azureOnly ? "" : "out"} --azure-only`];
    }
    const planned = new Map(plan.changes.map((change) => [change.urn, change]));
    const current = new Map(now.changes.map((change) => [change.urn, change]));
    return [
        ...(plan.settings === now.settings
            ? []
            : [`Pulumi.yaml or Pulumi.${now.stack}.yaml is not what it was`]),
        ...now.changes.flatMap(({ urn, operation, paths, inputs }) => {
            const before = planned.get(urn);
            if (before === undefined) {
                return [`${operation} ${urn} was not planned`];
            }
            if (before.operation !== operation) {
                return [`${operation} ${urn}: planned was ${before.operation}`];
            }
            if (before.paths.join() !== paths.join()) {
                return [
                    `${operation} ${urn}: of ${paths.join(", ")}, planned was ${before.paths.join(", ")}`,
                ];
            }
            return before.inputs === inputs ? [] : [`${operation} ${urn}: with other values than planned`];
        }),
        ...plan.changes
            .filter(({ urn }) => !current.has(urn))
            .map(({ urn, operation }) => `${operation} ${urn} was planned, and is not to be done any more`),
    ];
}

function settingsDigest(directory: string, stack: string): string {
    const hash = createHash("sha256");
    for (const name of ["Pulumi.yaml", `Pulumi.${stack}.yaml`]) {
        const file = join(directory, name);
        hash.update(`${name}\n${existsSync(file) ? readFileSync(file, "utf8") : ""}\n`);
    }
    return hash.digest("hex").slice(0, 32);
}
