import { typed } from "../consent";
import { textOptions } from "../../terminal/textOptions";
import type { DriverContext } from "../context";
import { DriverError } from "../driverError";
import { exitCode } from "../../terminal/exitCode";
import { defaultLockWaitInMinutes, whenFree } from "../locking";
import type { LockHolder, Outcome, StackOperations, StateEntry } from "../operations";
import { withProgress } from "../progress";
import { changesText, violationsText } from "../render/changesText";
import { jsonText, operationDocument } from "../render/documents";
import type { Violation } from "../guards";
import { isHeld, lockWait, openStack } from "../session";
import { reportFailure } from "../summary";
import { shortName } from "../../engine/names";

/** Options of `destroy`. */
export interface DestroyFlags {
    /** The stack's name, again. */
    confirm?: string;
    json?: boolean;
    waitForLock?: number;
}

interface Attempt {
    outcome: Outcome;
    result: "done" | "refused" | "failed";
    applied: boolean;
    refusals: Violation[];
}

/** Deletes everything of a stack, after its name was given a second time. A protected stack is refused before anything is deleted. */
export async function destroy(stack: string, flags: DestroyFlags, context: DriverContext): Promise<number> {
    const { stdout, stderr, environment } = context;
    if (flags.confirm !== undefined && flags.confirm !== stack) {
        throw new DriverError(
            `--confirm ${flags.confirm} is not the name of the stack to destroy, ${stack}`,
            "nothing was done",
        );
    }
    const operations = await openStack(stack, context);
    const wait = lockWait(stack, flags.waitForLock ?? defaultLockWaitInMinutes, context);
    const { outcome, result, applied, refusals } = await whenFree(
        () => tryOnce(operations, flags, context),
        wait,
    );
    if (flags.json) {
        stdout.write(
            jsonText(operationDocument({ command: "destroy", stack, result, applied, refusals }, outcome)),
        );
    }
    if (result === "refused") {
        stderr.write(violationsText(refusals, textOptions(stderr, environment)));
        return exitCode.refused;
    }
    if (result === "failed") {
        return reportFailure(`the destruction of ${stack}`, outcome, context);
    }
    if (!flags.json) {
        stdout.write(changesText(`Destroyed: ${stack}`, outcome, textOptions(stdout, environment), "done"));
    }
    return exitCode.good;
}

async function tryOnce(
    operations: StackOperations,
    flags: DestroyFlags,
    context: DriverContext,
): Promise<{ result: Attempt } | { locked: LockHolder }> {
    const { stack } = operations;
    const ended = (outcome: Outcome, more: Partial<Attempt>) => ({
        result: { outcome, result: "failed" as const, applied: false, refusals: [], ...more },
    });
    const lock = await operations.whoHoldsLock();
    if (isHeld(lock)) {
        return { locked: lock };
    }
    const refusals = protection(stack, await operations.export());
    if (refusals.length > 0) {
        return ended(nothingDone, { result: "refused", refusals });
    }
    // Always: without it the engine deletes what is not protected before it comes to refuse what is.
    const previewed = await withProgress(`preview of destroying ${stack}`, context, (listener) =>
        operations.previewDestroy(listener),
    );
    if (previewed.locked) {
        return { locked: previewed.locked };
    }
    if (previewed.error !== undefined || context.interruption.gentle.aborted) {
        return ended(previewed, {});
    }
    if (flags.confirm === undefined) {
        const stream = flags.json ? context.stderr : context.stdout;
        const options = textOptions(stream, context.environment);
        stream.write(changesText(`What destroying ${stack} deletes`, previewed, options));
        if (!(await typed(`Delete all of it?`, stack, context, `give --confirm ${stack}`))) {
            return ended(previewed, { result: "refused", refusals: [notConfirmed] });
        }
    }
    const outcome = await withProgress(`destruction of ${stack}`, context, (listener) =>
        operations.destroy(listener),
    );
    return outcome.locked
        ? { locked: outcome.locked }
        : ended(outcome, { result: outcome.error === undefined ? "done" : "failed", applied: true });
}

const nothingDone: Outcome = { changes: [], unchanged: 0, durationInMilliseconds: 0 };

const notConfirmed: Violation = {
    guard: "not-confirmed",
    message: "the name of the stack was not typed",
    mend: "Type it, or give it with --confirm",
};

const namedResources = 5;

function protection(stack: string, state: readonly StateEntry[]): Violation[] {
    const names = state.filter(({ protect }) => protect).map(({ urn }) => shortName(urn));
    if (names.length === 0) {
        return [];
    }
    const more = names.length > namedResources ? ` and ${names.length - namedResources} more` : "";
    return [
        {
            guard: "protection",
            message: `stack ${stack} is protected: ${names.slice(0, namedResources).join(", ")}${more}`,
            mend:
                `If it is meant: 1. set protection.protect and protection.locks to false in Pulumi.${stack}.yaml; ` +
                `2. npm run lz -- up ${stack}. Then destroy it`,
        },
    ];
}
