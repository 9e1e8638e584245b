import type { CommandContext } from "./context";
import { textOptions } from "./textOptions";
import { UserError, messageOf } from "./userError";

/** How a fault is reported. */
export interface Complaint {
    /** What it happened to, to stand in front of the message: `stack dev`. */
    place?: string;
    /** Whether the hint of a {@link UserError} is shown. Defaults to true. */
    hint?: boolean;
    /** Whether stack traces are shown. Defaults to false. */
    traces?: boolean;
}

/** Reports a fault to standard error: what it is, what to do about it and, for whoever looks into it, where it comes from. */
export function complain(
    error: unknown,
    { stderr, environment }: Pick<CommandContext, "stderr" | "environment">,
    { place, hint = true, traces = false }: Complaint = {},
): void {
    const { colors } = textOptions(stderr, environment);
    const where = place === undefined ? "" : ` ${place}:`;
    stderr.write(`${colors.red("error:")}${where} ${messageOf(error)}\n`);
    if (hint && error instanceof UserError && error.hint !== undefined) {
        stderr.write(`${colors.dim("hint:")} ${error.hint}\n`);
    }
    if (traces) {
        stderr.write(`${tracesOf(error)}\n`);
    }
}

/** The stack trace of an error and of what caused it. */
function tracesOf(error: unknown): string {
    const traces: string[] = [];
    for (let current: unknown = error; current instanceof Error; current = current.cause) {
        traces.push(current.stack ?? current.message);
    }
    return traces.join("\ncaused by: ");
}
