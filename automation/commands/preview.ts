import { textOptions } from "../../terminal/textOptions";
import type { DriverContext } from "../context";
import { exitCode } from "../../terminal/exitCode";
import { checkWritable, jsonText, readText, writeFile } from "../../terminal/files";
import { defaultGuards, violations } from "../guards";
import { azureOnlyViolations, partText } from "../azureOnly";
import { pendingViolations, warnOfPending } from "../pending";
import { withProgress } from "../progress";
import { markdownReport } from "../render/changesMarkdown";
import { changesText, violationsText } from "../render/changesText";
import { operationDocument } from "../render/documents";
import { planOf, writePlan } from "../savedPlan";
import { openStack } from "../session";
import { reportFailure } from "../summary";

/** Options of `preview`. */
export interface PreviewFlags {
    json?: boolean;
    azureOnly?: boolean;
    /** File. */
    markdown?: string;
    /** File. */
    cost?: string;
    /** File. */
    savePlan?: string;
}

/** Shows what `up` would change, and which guards would refuse it. Changes nothing. */
export async function preview(stack: string, flags: PreviewFlags, context: DriverContext): Promise<number> {
    const { stdout, stderr, environment, directory } = context;
    [flags.markdown, flags.savePlan].forEach((file) => file !== undefined && checkWritable(file));
    const notes = flags.cost === undefined ? [] : [readText(flags.cost).trim()];
    const operations = await openStack(stack, context);
    const pending = await warnOfPending((await operations.export()).pending, operations, context);
    const { azureOnly } = flags;
    const title = `Preview of ${stack}${partText(azureOnly)}`;
    const outcome = await withProgress(`preview of ${stack}${partText(azureOnly)}`, context, (listener) =>
        operations.preview(listener, { azureOnly }),
    );
    const failed = outcome.error !== undefined;
    const guards = failed
        ? []
        : [
              ...pendingViolations(pending, []),
              ...azureOnlyViolations(outcome.changes, azureOnly),
              ...violations(outcome.changes, defaultGuards),
          ];
    if (flags.markdown !== undefined) {
        writeFile(
            flags.markdown,
            markdownReport({ command: "preview", stack, title, guards, notes, ...outcome }),
        );
    }
    if (flags.savePlan !== undefined && !failed) {
        writePlan(flags.savePlan, planOf(stack, directory, outcome.changes, azureOnly));
    }
    if (flags.json) {
        const result = failed ? "failed" : "done";
        stdout.write(
            jsonText(
                operationDocument(
                    { command: "preview", stack, result, applied: false, azureOnly, refusals: guards },
                    outcome,
                ),
            ),
        );
    } else if (!failed) {
        stdout.write(changesText(title, outcome, textOptions(stdout, environment)));
        stdout.write(violationsText(guards, textOptions(stdout, environment)));
    }
    if (failed) {
        return reportFailure(`the preview of ${stack}`, outcome, context);
    }
    if (flags.savePlan !== undefined) {
        stderr.write(
            `plan: ${flags.savePlan}, for \`up ${stack}${azureOnly ? " --azure-only" : ""} --plan ${flags.savePlan}\`\n`,
        );
    }
    return exitCode.good;
}
