import { shortName } from "../../engine/names";
import type { StateResource } from "../engine";
import type { WaitKind } from "./job";
import { lowerBound } from "./lowerBound";
import { lengtheningOrderings } from "./orderings";
import { criticalPath, makespan, schedule } from "./schedule";
import type { Cause, Run } from "./schedule";
import { upJobs } from "./upJobs";
import type { DurationSources } from "./upJobs";

/**
 * How long an `up` from nothing typically takes in Azure, all in seconds. An estimate from typical durations; the time of
 * the program itself and of the engine is not in it.
 */
export interface DurationEstimate {
    /** From the first operation to the end of the last one. */
    seconds: number;
    /** What no order of the same operations can beat. */
    lowerBound: number;
    /** Operations that the engine runs at a time (`--parallel`). */
    parallelOperations: number;
    /** What decides how long it takes, first to last; waits and durations add up to `seconds`. */
    criticalPath: PathStep[];
    /** What it would take with any number of operations at a time. */
    secondsWithoutLimit: number;
    /** Orders that only the program asks for and that make `secondsWithoutLimit` longer. */
    orderings: OrderingFound[];
    /** All operations by start; components and providers, which take no time, are left out. */
    timeline: TimelineEntry[];
}

/** An operation and when it runs. */
export interface TimelineEntry {
    urn: string;
    type: string;
    /** Logical name. */
    name: string;
    start: number;
    duration: number;
}

/** A link of the critical path. */
export interface PathStep extends TimelineEntry {
    /** Seconds after the end of the step before; not 0 only where a role had to take effect. */
    wait: number;
    /** Why it did not begin before the end of the step before; absent for the first one. */
    because?: Cause;
}

/** An order that the program asks for and neither data nor Azure does, with what it costs. */
export interface OrderingFound {
    /** URN of what waits. */
    from: string;
    /** URN of what it waits for. */
    on: string;
    /** `dependsOn`, `argument` of a component, or `parent`. */
    kind: WaitKind;
    /** What leaving it out saves, with those before it in the list left out. */
    savesSeconds: number;
    /** `components/cluster.ts:138`, the line that declares what waits; absent where the state does not say. */
    declaredAt?: string;
}

/** The CLI's default of `--parallel` is four for each processor; here for the four of a usual build agent. */
const defaultParallelOperations = 16;

/** Estimates the duration of an `up` from nothing from the engine's state after it. */
export function estimateUp(
    resources: readonly StateResource[],
    sources: DurationSources,
    parallelOperations = defaultParallelOperations,
): DurationEstimate {
    const jobs = upJobs(resources, sources);
    const runs = schedule(jobs, parallelOperations);
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const path = criticalPath(runs);
    return {
        seconds: rounded(makespan(runs)),
        lowerBound: rounded(lowerBound(jobs)),
        secondsWithoutLimit: rounded(makespan(schedule(jobs, Infinity))),
        parallelOperations,
        criticalPath: path.map((run, index) => ({
            ...entry(run, byUrn),
            wait: rounded(run.start - (path[index - 1]?.end ?? 0)),
            ...(run.after && { because: run.after.cause }),
        })),
        orderings: lengtheningOrderings(jobs).map(({ from, on, kind, savesSeconds }) => {
            const declaredAt = declaration(byUrn.get(from));
            return { from, on, kind, savesSeconds: rounded(savesSeconds), ...(declaredAt && { declaredAt }) };
        }),
        timeline: runs
            .filter(({ job }) => job.isOperation)
            .map((run) => entry(run, byUrn))
            .sort((one, other) => one.start - other.start),
    };
}

function entry({ job, start, end }: Run, byUrn: ReadonlyMap<string, StateResource>): TimelineEntry {
    return {
        urn: job.id,
        type: byUrn.get(job.id)?.type ?? "",
        name: shortName(job.id),
        start: rounded(start),
        duration: rounded(end - start),
    };
}

/** The innermost line of this repository; the path in front of it depends on the machine. */
function declaration(resource: StateResource | undefined): string | undefined {
    const own = /\/((?:components|program)\/[^/#]*\.ts|(?:components|program)\/internal\/[^/#]*\.ts)#(\d+)/;
    for (const { sourcePosition = "" } of resource?.stackTrace ?? []) {
        const found = sourcePosition.includes("node_modules") ? undefined : own.exec(sourcePosition);
        if (found) {
            return `${found[1] ?? ""}:${found[2] ?? ""}`;
        }
    }
    return undefined;
}

/** Milliseconds; sums of tenths are not exact. */
function rounded(seconds: number): number {
    return Math.round(seconds * 1000) / 1000;
}
