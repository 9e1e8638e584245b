import { readFileSync } from "node:fs";
import { z } from "zod";
import { schemaVersion } from "../document";
import { PlanError } from "../planError";
import { messageOf } from "../../terminal/userError";
import { costDifference } from "./difference";
import type { CostComparison } from "./difference";
import type { CostEstimate } from "./estimate";

const spread = z.object({ minimum: z.number(), expected: z.number(), maximum: z.number() });
const anyForm = z.object({ schemaVersion: z.number() });
const form = z.object({
    stacks: z.array(
        z.object({
            stack: z.string(),
            cost: z.object({
                monthly: spread,
                unknown: z.array(z.string()),
                lines: z.array(z.object({ component: z.string(), monthly: spread.optional() })),
            }),
        }),
    ),
    failures: z.array(z.object({ stack: z.string(), message: z.string() })),
});

/** Compares the cost of stacks with that in a plan's document, made elsewhere or earlier. */
export type CompareCost = (stack: string, cost: CostEstimate) => CostComparison;

/**
 * Reads the document that costs are compared with. A stack that it does not have, or a form that is not that of now, is an
 * answer: the comparison says so.
 *
 * @throws PlanError when the file is no document of `plan --json`.
 */
export function readBase(file: string): CompareCost {
    const document = contentOf(file);
    const { schemaVersion: version } = parsed(anyForm, document, file);
    if (version !== schemaVersion) {
        const problem = `its document has form ${version}, and this one form ${schemaVersion}`;
        return () => ({ file, problem });
    }
    const { stacks, failures } = parsed(form, document, file);
    return (stack, cost) => {
        const before = stacks.find((other) => other.stack === stack);
        if (before) {
            return { file, difference: costDifference(cost, before.cost) };
        }
        const failure = failures.find((other) => other.stack === stack);
        return {
            file,
            problem: failure ? `it could not be planned: ${failure.message}` : `it has no stack ${stack}`,
        };
    };
}

function contentOf(file: string): unknown {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as unknown;
    } catch (error) {
        throw notADocument(file, messageOf(error));
    }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, file: string): T {
    const { success, data, error } = schema.safeParse(value);
    if (!success) {
        const [issue] = error.issues;
        throw notADocument(file, `${issue?.path.join(".") || "it"}: ${issue?.message}`);
    }
    return data;
}

function notADocument(file: string, reason: string): PlanError {
    return new PlanError(
        `--compare takes a document of \`plan --json\`, which ${file} is not: ${reason}`,
        "write one with `npm run --silent plan -- <stack> --json > FILE` in a checkout of what to compare with",
    );
}
