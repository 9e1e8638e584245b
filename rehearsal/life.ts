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
import type { FaultSetName } from "./faults/faultSets";
import { rehearseFaults } from "./faults/rehearseFaults";
import type { FaultOptions } from "./faults/rehearseFaults";
import type { Progress } from "../terminal/progress/liveProgress";
import { durationOf, rolePropagation } from "../simulator/azure/durations";
import type { Report } from "./report";
import { onStage } from "./stage";
import type { Stage, StageOptions } from "./stage";

/** Which stack to rehearse, and how. */
export interface RehearsalOptions extends StageOptions {
    /** Is told what is being done. */
    progress?: Progress;
    /** The faults that are tried after the life; none where it is absent. */
    faults?: FaultSetName;
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

/** Takes a stack through its life, from nothing to nothing, then through the faults, and reports what held. */
export async function rehearse(options: RehearsalOptions): Promise<Report> {
    const { report, ...undisturbed } = await live(options);
    const set = options.faults;
    if (set === undefined) {
        return report;
    }
    const { checks, steps, durationInMilliseconds, keptIn } = await rehearseFaults({
        ...options,
        // What was asked for by itself was for the life.
        injected: [],
        ...undisturbed,
        set,
    });
    return {
        ...report,
        checks: [...report.checks, ...checks],
        steps: [...report.steps, ...steps],
        durationInMilliseconds: report.durationInMilliseconds + durationInMilliseconds,
        ...(report.keptIn ? { keptIn: [...report.keptIn, ...keptIn] } : {}),
    };
}

/** A life, with the state that its first `up` led to and the configuration that it began with. */
type Life = { report: Report } & Pick<FaultOptions, "reference" | "config">;

async function live(options: RehearsalOptions): Promise<Life> {
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
        const config = beginning(stage.settings.config, stage.settings.checked);
        const notes = new Notes({
            config,
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
        const report = {
            stack: options.stack,
            checks: notes.checks(),
            steps: notes.steps,
            resources: notes.resources.length,
            durationInMilliseconds: Math.round(performance.now() - start),
            ...estimateOf(stage, notes),
            ...(options.keep ? { keptIn: [stage.workspace.root] } : {}),
        };
        return { report, reference: notes.resources, config };
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
