import type { EngineEvent } from "@pulumi/pulumi/automation";
import { withLiveProgress } from "../terminal/progress/withLiveProgress";
import { passOn } from "../engine/events";
import { shortName, shortType } from "../engine/names";
import { usualCreation } from "../simulator/azure/durations";
import type { DriverContext } from "./context";
import type { Listener } from "./operations";

/** Shows what is being done while `action` runs: on a terminal a display that is gone afterwards, elsewhere plain lines. */
export async function withProgress<Result>(
    chapter: string,
    context: Pick<DriverContext, "stderr" | "environment">,
    action: (listener: Listener) => Promise<Result>,
): Promise<Result> {
    const { stderr } = context;
    if (!stderr.isTTY) {
        stderr.write(`${chapter} ...\n`);
        return action(plainLines((line) => void stderr.write(`${line}\n`)));
    }
    return withLiveProgress(context, usualCreation, (progress) => {
        progress.chapter(chapter);
        return action((event) => passOn(event, progress));
    });
}

const past: Readonly<Record<string, string>> = {
    create: "created",
    update: "updated",
    delete: "deleted",
    "create-replacement": "created anew",
    "delete-replaced": "deleted what was replaced:",
    import: "imported",
};

/** One line for each resource that was changed, or could not be; a preview changes none and has no lines. */
export function plainLines(write: (line: string) => void): Listener {
    const began = new Map<string, number>();
    const seconds = (urn: string) =>
        ((performance.now() - (began.get(urn) ?? performance.now())) / 1000).toFixed(1);
    return ({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent }: EngineEvent) => {
        if (resourcePreEvent) {
            began.set(resourcePreEvent.metadata.urn, performance.now());
        }
        if (resOutputsEvent && !resOutputsEvent.planning) {
            const { op, urn, type, new: next, old } = resOutputsEvent.metadata;
            const word = past[op];
            if (word !== undefined && (next ?? old)?.custom) {
                write(`  ${word} ${shortType(type)} ${shortName(urn)} (${seconds(urn)} s)`);
            }
        }
        if (resOpFailedEvent) {
            const { urn, type } = resOpFailedEvent.metadata;
            write(`  failed ${shortType(type)} ${shortName(urn)} (${seconds(urn)} s)`);
        }
        if (diagnosticEvent?.severity === "warning") {
            write(`  warning: ${diagnosticEvent.message.trim()}`);
        }
    };
}
