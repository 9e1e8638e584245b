import { typed } from "../consent";
import { textOptions } from "../../terminal/textOptions";
import type { DriverContext } from "../context";
import { exitCode } from "../../terminal/exitCode";
import { defaultLockWaitInMinutes, whenFree } from "../locking";
import type { Outcome } from "../operations";
import { withProgress } from "../progress";
import { changesText } from "../render/changesText";
import { jsonText, operationDocument } from "../render/documents";
import { isHeld, lockWait, openStack } from "../session";
import { reportFailure } from "../summary";

/** Options of `refresh`. */
export interface RefreshFlags {
    yes?: boolean;
    json?: boolean;
    waitForLock?: number;
}

/** Writes into the state what Azure and the cluster say. Shows first what that is. */
export async function refresh(stack: string, flags: RefreshFlags, context: DriverContext): Promise<number> {
    const { stdout, stderr, environment } = context;
    const operations = await openStack(stack, context);
    const wait = lockWait(stack, flags.waitForLock ?? defaultLockWaitInMinutes, context);
    const attempt = await whenFree(async () => {
        const lock = await operations.whoHoldsLock();
        if (isHeld(lock)) {
            return { locked: lock };
        }
        const found = await withProgress(`preview of refresh of ${stack}`, context, (listener) =>
            operations.previewRefresh(listener),
        );
        if (found.locked) {
            return { locked: found.locked };
        }
        const ended = (outcome: Outcome, result: "done" | "refused" | "failed", applied: boolean) => ({
            result: { outcome, result, applied },
        });
        if (found.error !== undefined || context.interruption.gentle.aborted) {
            return ended(found, "failed", false);
        }
        if (!flags.yes) {
            const stream = flags.json ? stderr : stdout;
            stream.write(changesText(`Found in ${stack}`, found, textOptions(stream, environment), "found"));
            if (!(await typed(`Write it into the state of ${stack}?`, "yes", context, "give --yes"))) {
                return ended(found, "refused", false);
            }
        }
        const outcome = await withProgress(`refresh of ${stack}`, context, (listener) =>
            operations.refresh(listener),
        );
        return outcome.locked
            ? { locked: outcome.locked }
            : ended(outcome, outcome.error === undefined ? "done" : "failed", true);
    }, wait);
    const { outcome, result, applied } = attempt;
    if (flags.json) {
        stdout.write(jsonText(operationDocument({ command: "refresh", stack, result, applied }, outcome)));
    }
    if (result === "failed") {
        return reportFailure(`the refresh of ${stack}`, outcome, context);
    }
    if (result === "refused") {
        stderr.write("refused: it was not confirmed\n");
        return exitCode.refused;
    }
    if (!flags.json) {
        stdout.write(
            changesText(
                `Written into the state: ${stack}`,
                outcome,
                textOptions(stdout, environment),
                "found",
            ),
        );
    }
    return exitCode.good;
}
