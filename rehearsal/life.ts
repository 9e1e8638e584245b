import { beginning } from "./changes/version";
import { chapterNames } from "./lifeChecks";
import type { ChapterName } from "./lifeChecks";
import { changes } from "./life/changes";
import { creation } from "./life/creation";
import { destruction } from "./life/destruction";
import { drift } from "./life/drift";
import { noChange } from "./life/noChange";
import { Notes } from "./life/notes";
import { people } from "./life/people";
import { protection } from "./life/protection";
import { secrets } from "./life/secrets";
import type { Progress } from "./progress";
import type { Report } from "./report";
import { onStage } from "./stage";
import type { Stage, StageOptions } from "./stage";

/** Which stack to rehearse, and how. */
export interface RehearsalOptions extends StageOptions {
    /** Called with what is being done. */
    onProgress?: (progress: Progress) => void;
}

/** A part of a life: records the checks that `lifeChecks` gives it. */
export type Chapter = (stage: Stage, notes: Notes) => Promise<void>;

const chapters: Readonly<Record<ChapterName, Chapter>> = {
    creation,
    noChange,
    people,
    drift,
    changes,
    protection,
    destruction,
    secrets,
};

/** Takes a stack through its life, from nothing to nothing, and reports what held. */
export async function rehearse(options: RehearsalOptions): Promise<Report> {
    const start = performance.now();
    options.onProgress?.({ step: "starting Kubernetes and the simulated Azure" });
    return onStage(options, async (stage) => {
        const notes = new Notes({
            config: beginning(stage.settings.config, stage.settings.checked),
            isProtected: stage.settings.checked.protection.protect,
            onProgress: options.onProgress,
        });
        notes.timed("control plane and simulator", performance.now() - start);
        stage.workspace.writeStackFile(options.stack, notes.config);
        for (const name of chapterNames) {
            if (!(await readChapter(name, stage, notes, options.signal))) {
                break;
            }
        }
        return {
            stack: options.stack,
            checks: notes.checks(),
            steps: notes.steps,
            resources: notes.resources.length,
            durationInMilliseconds: Math.round(performance.now() - start),
            ...(options.keep ? { keptIn: stage.workspace.root } : {}),
        };
    });
}

/** Resolves to whether the life goes on; what it leaves out is reported as skipped. */
async function readChapter(
    name: ChapterName,
    stage: Stage,
    notes: Notes,
    signal: AbortSignal | undefined,
): Promise<boolean> {
    notes.begin(name);
    try {
        await chapters[name](stage, notes);
        return !notes.isOver;
    } catch (error) {
        signal?.throwIfAborted();
        notes.broken(name, error instanceof Error ? error : new Error(String(error)));
        return false;
    }
}
