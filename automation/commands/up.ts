import { complain } from "../../terminal/complain";
import { typed } from "../consent";
import { textOptions } from "../../terminal/textOptions";
import type { DriverContext } from "../context";
import type { Change } from "../changes";
import { exitCode } from "../../terminal/exitCode";
import { defaultMaxDeletions, violations } from "../guards";
import type { GuardOptions, Violation } from "../guards";
import { defaultLockWaitInMinutes, whenFree } from "../locking";
import type { LockHolder, Outcome, StackOperations } from "../operations";
import { withProgress } from "../progress";
import { changesText, violationsText } from "../render/changesText";
import { jsonText, operationDocument } from "../render/documents";
import { misfits, planOf, readPlan } from "../savedPlan";
import type { SavedPlan } from "../savedPlan";
import { isHeld, lockWait, openStack } from "../session";
import { Strays } from "../strays";
import { reportFailure } from "../summary";

/** Options of `up`. */
export interface UpFlags {
    yes?: boolean;
    json?: boolean;
    /** File that `preview --save-plan` wrote. */
    plan?: string;
    allowReplace?: string[];
    allowDelete?: string[];
    maxDeletions?: number;
    expectNoChanges?: boolean;
    waitForLock?: number;
}

/** What became of one try. */
interface Attempt {
    outcome: Outcome;
    result: "done" | "refused" | "failed";
    applied: boolean;
    refusals: Violation[];
    /** What the engine began although it was not previewed. */
    strays: readonly string[];
}

/** Previews, lets the guards judge, and then changes the stack. A locked stack is waited for, and previewed again. */
export async function up(stack: string, flags: UpFlags, context: DriverContext): Promise<number> {
    const { stdout, stderr, environment } = context;
    const plan = flags.plan === undefined ? undefined : readPlan(flags.plan);
    const operations = await openStack(stack, context);
    const wait = lockWait(stack, flags.waitForLock ?? defaultLockWaitInMinutes, context);
    const attempt = await whenFree(() => tryOnce(operations, flags, plan, context), wait);
    const { outcome, result, applied, refusals, strays } = attempt;
    if (flags.json) {
        stdout.write(
            jsonText(operationDocument({ command: "up", stack, result, applied, refusals }, outcome)),
        );
    }
    if (result === "refused") {
        stderr.write(violationsText(refusals, textOptions(stderr, environment)));
        return exitCode.refused;
    }
    for (const stray of strays) {
        complain(stray, context);
    }
    if (strays.length > 0) {
        return exitCode.failed;
    }
    if (result === "failed") {
        return reportFailure(
            applied ? `the update of ${stack}` : `the preview of ${stack}`,
            outcome,
            context,
        );
    }
    if (!flags.json) {
        stdout.write(changesText(`Done: ${stack}`, outcome, textOptions(stdout, environment), "done"));
    }
    return exitCode.good;
}

async function tryOnce(
    operations: StackOperations,
    flags: UpFlags,
    plan: SavedPlan | undefined,
    context: DriverContext,
): Promise<{ result: Attempt } | { locked: LockHolder }> {
    const { stack } = operations;
    const lock = await operations.whoHoldsLock();
    if (isHeld(lock)) {
        return { locked: lock };
    }
    const previewed = await withProgress(`preview of ${stack}`, context, (listener) =>
        operations.preview(listener),
    );
    const ended = (outcome: Outcome, more: Partial<Attempt>) => ({
        result: { outcome, result: "failed" as const, applied: false, refusals: [], strays: [], ...more },
    });
    if (previewed.locked) {
        return { locked: previewed.locked };
    }
    if (previewed.error !== undefined || context.interruption.gentle.aborted) {
        return ended(previewed, {});
    }
    const refusals = [
        ...misfitsOf(plan, previewed.changes, stack, context),
        ...violations(previewed.changes, guardOptions(flags)),
    ];
    if (refusals.length > 0) {
        showPreview(previewed, flags, stack, context);
        return ended(previewed, { result: "refused", refusals });
    }
    if (!flags.yes) {
        showPreview(previewed, flags, stack, context);
        const consent = await typed(`Change ${stack}?`, "yes", context, "give --yes");
        if (!consent) {
            return ended(previewed, { result: "refused", refusals: [notConfirmed] });
        }
    }
    const strays = new Strays(previewed.changes, () => context.interruption.cancel());
    const outcome = await withProgress(`update of ${stack}`, context, (listener) =>
        operations.up((event) => {
            strays.watch(event);
            listener(event);
        }),
    );
    if (outcome.locked) {
        return { locked: outcome.locked };
    }
    return ended(outcome, {
        result: outcome.error === undefined && strays.found.length === 0 ? "done" : "failed",
        applied: true,
        strays: strays.found,
    });
}

const shownMisfits = 3;

const notConfirmed: Violation = {
    guard: "not-confirmed",
    message: "it was not confirmed",
    mend: "Type what is asked for, or give --yes",
};

function showPreview(outcome: Outcome, flags: UpFlags, stack: string, context: DriverContext): void {
    // Standard output belongs to the document.
    const stream = flags.json ? context.stderr : context.stdout;
    stream.write(changesText(`Preview of ${stack}`, outcome, textOptions(stream, context.environment)));
}

function guardOptions(flags: UpFlags): GuardOptions {
    return {
        allowReplace: flags.allowReplace ?? [],
        allowDelete: flags.allowDelete ?? [],
        maxDeletions: flags.maxDeletions ?? defaultMaxDeletions,
        expectNoChanges: flags.expectNoChanges ?? false,
    };
}

function misfitsOf(
    plan: SavedPlan | undefined,
    changes: readonly Change[],
    stack: string,
    { directory }: DriverContext,
): Violation[] {
    if (plan === undefined) {
        return [];
    }
    const found = misfits(plan, planOf(stack, directory, changes));
    const more = found.length - shownMisfits;
    const shown = [...found.slice(0, shownMisfits), ...(more > 0 ? [`and ${more} more`] : [])];
    return found.length === 0
        ? []
        : [
              {
                  guard: "plan",
                  message: `the plan does not fit any more: ${shown.join("; ")}`,
                  mend: `Look at a new preview and have it approved: preview ${stack} --save-plan FILE`,
              },
          ];
}
