import { complain } from "../terminal/complain";
import { exitCode } from "../terminal/exitCode";
import { textOptions } from "../terminal/textOptions";
import { checkSomebodyIsThere, typed } from "./consent";
import type { DriverContext } from "./context";
import type { Violation } from "./guards";
import { defaultLockWaitInMinutes, whenFree } from "./locking";
import type { Listener, LockHolder, Outcome, StackOperations, State } from "./operations";
import { warnOfPending } from "./pending";
import { withProgress } from "./progress";
import { changesText, violationsText } from "./render/changesText";
import type { Tense } from "./render/describe";
import { operationDocument } from "./render/documents";
import { jsonText } from "../terminal/files";
import type { OperationDocument } from "./render/documents";
import { isHeld, lockWait, openStack } from "./session";
import { reportFailure } from "./summary";

/** Options that all commands have that change a stack. */
export interface UndertakingFlags {
    json?: boolean;
    /** Minutes. */
    waitForLock?: number;
}

/** One operation of an undertaking: the preview, or the change. */
interface Part {
    /** What the progress calls it: `preview of dev`. */
    name: string;
    /** What stands above its changes. */
    heading: string;
    /** How its changes are spoken of. */
    tense: Tense;
    /** What failed if it fails: `the update of dev`. */
    blame: string;
}

/** What an operation came to that changed the stack. */
export interface Changed extends Outcome {
    /** What went wrong although the engine may call it a success. */
    faults?: readonly string[];
}

/** A command that changes a stack: everything that is its own. */
export interface Undertaking {
    /** The command's name. */
    command: string;
    /** True where what is inside the cluster is left alone. Defaults to false. */
    azureOnly?: boolean;
    /** Refuses before anything is previewed. Defaults to refusing nothing. */
    refuseUnseen?: (state: State) => Violation[];
    preview: Part & { run: (operations: StackOperations, listener: Listener) => Promise<Outcome> };
    /** Refuses what was previewed. Defaults to refusing nothing. */
    refusePreviewed?: (previewed: Outcome) => Violation[];
    /** What a person is asked; absent where an option has answered. */
    consent?: {
        question: string;
        /** What has to be typed. */
        expected: string;
        /** What to do where nobody can be asked. */
        otherwise: string;
    };
    /** What the refusal is where the person does not agree. Defaults to one line, and nothing in the document. */
    notConfirmed?: Violation;
    change: Part & {
        run: (operations: StackOperations, listener: Listener, previewed: Outcome) => Promise<Changed>;
    };
}

/** What became of one try. */
interface Attempt extends Pick<OperationDocument, "result" | "applied" | "refusals"> {
    outcome: Changed;
}

/**
 * Previews, refuses or asks, and then changes the stack; tells what became of it, and returns the exit code. A locked stack
 * is waited for, and previewed again.
 */
export async function undertake(
    stack: string,
    undertaking: Undertaking,
    flags: UndertakingFlags,
    context: DriverContext,
): Promise<number> {
    if (undertaking.consent) {
        // Before a preview that takes a minute and leads to nothing.
        checkSomebodyIsThere(context, undertaking.consent.otherwise);
    }
    const operations = await openStack(stack, context);
    const wait = lockWait(stack, flags.waitForLock ?? defaultLockWaitInMinutes, context);
    const attempt = await whenFree(() => tryOnce(operations, undertaking, flags, context), wait);
    if (flags.json) {
        const { outcome, ...about } = attempt;
        const { command, azureOnly } = undertaking;
        context.stdout.write(jsonText(operationDocument({ command, stack, azureOnly, ...about }, outcome)));
    }
    return reported(attempt, undertaking, flags, context);
}

async function tryOnce(
    operations: StackOperations,
    undertaking: Undertaking,
    flags: UndertakingFlags,
    context: DriverContext,
): Promise<{ result: Attempt } | { locked: LockHolder }> {
    const { preview, change, consent, notConfirmed } = undertaking;
    const lock = await operations.whoHoldsLock();
    if (isHeld(lock)) {
        return { locked: lock };
    }
    const state = await operations.export();
    await warnOfPending(state.pending, operations, context);
    const unseen = undertaking.refuseUnseen?.(state) ?? [];
    if (unseen.length > 0) {
        return refused(nothingDone, unseen);
    }
    const previewed = await withProgress(preview.name, context, (listener) =>
        preview.run(operations, listener),
    );
    if (previewed.locked) {
        return { locked: previewed.locked };
    }
    if (previewed.error !== undefined || context.interruption.gentle.aborted) {
        return { result: { outcome: previewed, result: "failed", applied: false, refusals: [] } };
    }
    const refusals = undertaking.refusePreviewed?.(previewed) ?? [];
    if (refusals.length > 0) {
        showPreview(previewed, preview, flags, context);
        return refused(previewed, refusals);
    }
    if (consent) {
        showPreview(previewed, preview, flags, context);
        if (!(await typed(consent.question, consent.expected, context, consent.otherwise))) {
            return refused(previewed, notConfirmed ? [notConfirmed] : []);
        }
    }
    context.interruption.begin();
    const outcome = await withProgress(change.name, context, (listener) =>
        change.run(operations, listener, previewed),
    );
    if (outcome.locked) {
        return { locked: outcome.locked };
    }
    const isDone = outcome.error === undefined && (outcome.faults ?? []).length === 0;
    return { result: { outcome, result: isDone ? "done" : "failed", applied: true, refusals: [] } };
}

const nothingDone: Outcome = { changes: [], unchanged: 0, durationInMilliseconds: 0 };

function refused(outcome: Outcome, refusals: Violation[]): { result: Attempt } {
    return { result: { outcome, result: "refused", applied: false, refusals } };
}

function showPreview(
    previewed: Outcome,
    { heading, tense }: Part,
    flags: UndertakingFlags,
    { stdout, stderr, environment }: DriverContext,
): void {
    // Standard output belongs to the document.
    const stream = flags.json ? stderr : stdout;
    stream.write(changesText(heading, previewed, textOptions(stream, environment), tense));
}

/** Tells people what became of it. */
function reported(
    { outcome, result, applied, refusals }: Attempt,
    { preview, change }: Undertaking,
    flags: UndertakingFlags,
    context: DriverContext,
): number {
    const { stdout, stderr, environment } = context;
    const { faults = [] } = outcome;
    if (result === "refused") {
        stderr.write(
            refusals.length > 0
                ? violationsText(refusals, textOptions(stderr, environment))
                : "refused: it was not confirmed\n",
        );
        return exitCode.refused;
    }
    if (faults.length > 0) {
        faults.forEach((fault) => complain(fault, context));
        return exitCode.failed;
    }
    if (result === "failed") {
        return reportFailure((applied ? change : preview).blame, outcome, context);
    }
    if (!flags.json) {
        const options = textOptions(stdout, environment);
        stdout.write(changesText(change.heading, outcome, options, change.tense));
    }
    return exitCode.good;
}
