import { borrowedReservations, ensureLendable } from "./borrowing";
import { readStackFile } from "../plan/stackFile";
import { rehearsedSettings } from "./stackSettings";
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
import { estimateUp } from "./duration/estimate";
import type { Progress } from "./progress/liveProgress";
import { durationOf, rolePropagation } from "../simulator/azure/durations";
import type { Report } from "./report";
import { onStage } from "./stage";
import type { Stage, StageOptions } from "./stage";

/** Which stack to rehearse, and how. */
export interface RehearsalOptions extends StageOptions {
    /** Is told what is being done. */
    progress?: Progress;
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
    options.progress?.chapter("starting Kubernetes and the simulated Azure");
    const { borrowed, directory, stack, toolchain } = options;
    if (borrowed) {
        await ensureLendable(
            borrowed,
            rehearsedSettings(readStackFile(directory, stack), toolchain.charts).checked,
        );
    }
    return onStage(options, async (stage) => {
        const notes = new Notes({
            config: beginning(stage.settings.config, stage.settings.checked),
            isProtected: stage.settings.checked.protection.protect,
            progress: options.progress,
            ...(stage.isBorrowed ? { reservations: borrowedReservations } : {}),
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
            ...estimateOf(stage, notes),
            ...(options.keep ? { keptIn: stage.workspace.root } : {}),
        };
    });
}

/** What the first `up` would take in Azure; nothing to estimate where it failed. */
function estimateOf({ settings }: Stage, { resources }: Notes): Pick<Report, "estimate"> {
    if (resources.length === 0) {
        return {};
    }
    const deployerObjectId = settings.checked.access.deployer.objectId;
    return { estimate: estimateUp(resources, { durationOf, rolePropagation, deployerObjectId }) };
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
