import { textOptions } from "../../terminal/textOptions";
import type { DriverContext } from "../context";
import { driftIn } from "../drift";
import type { IgnoredDifference } from "../drift";
import { exitCode } from "../../terminal/exitCode";
import { checkWritable, jsonText, writeFile } from "../../terminal/files";
import { counted } from "../../terminal/words";
import { pendingText, warnOfPending } from "../pending";
import { withProgress } from "../progress";
import { markdownReport } from "../render/changesMarkdown";
import { changesText } from "../render/changesText";
import { changeDocument } from "../render/documents";
import type { ChangeDocument } from "../render/documents";
import { recoveryRunbook } from "../runbooks";
import { openStack } from "../session";
import { reportFailure } from "../summary";

/** Options of `drift`. */
export interface DriftFlags {
    json?: boolean;
    /** File. */
    markdown?: string;
}

/** What `drift` writes with `--json`. */
export interface DriftDocument {
    schemaVersion: 1;
    command: "drift";
    stack: string;
    /** False where it could not be found out, too: see `error`. */
    drift: boolean;
    error?: string;
    changes: ChangeDocument[];
    ignored: IgnoredDifference[];
    durationInMilliseconds: number;
}

/** Compares the state with what Azure and the cluster say. Changes nothing, not even the state. */
export async function drift(stack: string, flags: DriftFlags, context: DriverContext): Promise<number> {
    const { stdout, environment } = context;
    if (flags.markdown !== undefined) {
        checkWritable(flags.markdown);
    }
    const operations = await openStack(stack, context);
    const pending = await warnOfPending((await operations.export()).pending, operations, context);
    const outcome = await withProgress(`drift check of ${stack}`, context, (listener) =>
        operations.previewRefresh(listener),
    );
    const { error, durationInMilliseconds, unchanged } = outcome;
    const failed = error !== undefined;
    const { changes, ignored } = failed ? { changes: [], ignored: [] } : driftIn(outcome.changes);
    const title = `Drift of ${stack}`;
    if (flags.markdown !== undefined) {
        const notes = [
            ...pending.map((one) => `Interrupted, its end unknown: ${pendingText(one)} (${recoveryRunbook})`),
            ...ignored.map(ignoredText),
        ];
        writeFile(
            flags.markdown,
            markdownReport({
                command: "drift",
                stack,
                title,
                changes,
                unchanged,
                tense: "found",
                error,
                notes,
            }),
        );
    }
    if (flags.json) {
        const document: DriftDocument = {
            schemaVersion: 1,
            command: "drift",
            stack,
            drift: changes.length > 0,
            ...(failed ? { error } : {}),
            changes: changes.map(changeDocument),
            ignored,
            durationInMilliseconds,
        };
        stdout.write(jsonText(document));
    }
    if (failed || context.interruption.gentle.aborted) {
        return reportFailure(`the drift check of ${stack}`, outcome, context);
    }
    if (!flags.json) {
        stdout.write(changesText(title, { changes, unchanged }, textOptions(stdout, environment), "found"));
        if (ignored.length > 0) {
            stdout.write(`Left out: ${counted(ignored.length, "property", "properties")}\n`);
            ignored.forEach((one) => stdout.write(`  ${ignoredText(one)}\n`));
        }
    }
    return changes.length > 0 ? exitCode.refused : exitCode.good;
}

function ignoredText({ name, path, owner, why }: IgnoredDifference): string {
    return `${name} ${path} (${owner}): ${why}`;
}
