import { isEnforced } from "./job";
import type { Job, Wait, WaitKind } from "./job";
import { criticalPath, makespan, schedule } from "./schedule";

/** An order that is there because the program is written so, and that makes the whole take longer. */
export interface Ordering {
    /** The job that waits. */
    from: string;
    /** The job that it waits for. */
    on: string;
    kind: WaitKind;
    /** What leaving it out saves, with those before it in the list left out. */
    savesSeconds: number;
}

/** An order on the way out, with the job as it was. */
interface Removed {
    from: string;
    wait: Wait;
}

/**
 * The orders of the program that make the whole take longer, with any number of operations at a time: as long as one lies
 * on the critical path it is taken out and the rest played again; then each that turns out to do no harm is put back.
 * Where several hold up the same thing, the first may save nothing by itself.
 */
export function lengtheningOrderings(jobs: readonly Job[]): Ordering[] {
    const removed: Removed[] = [];
    for (let next = onPath(jobs); next; next = onPath(without(jobs, removed))) {
        removed.push(next);
    }
    const best = timeOf(without(jobs, removed));
    const harmful = removed.reduce((kept, one) => {
        const others = kept.filter((other) => other !== one);
        return timeOf(without(jobs, others)) <= best ? others : kept;
    }, removed);
    return harmful.map(({ from, wait }, index) => ({
        from,
        on: wait.on,
        kind: wait.kind,
        savesSeconds:
            timeOf(without(jobs, harmful.slice(0, index))) -
            timeOf(without(jobs, harmful.slice(0, index + 1))),
    }));
}

/** The first order of the program on the critical path. */
function onPath(jobs: readonly Job[]): Removed | undefined {
    const byId = new Map(jobs.map((job) => [job.id, job]));
    for (const { job, after } of criticalPath(schedule(jobs, Infinity))) {
        const wait = byId.get(job.id)?.waits.find(({ on, kind }) => on === after?.id && kind === after.cause);
        if (wait && !isEnforced(wait)) {
            return { from: job.id, wait };
        }
    }
    return undefined;
}

function without(jobs: readonly Job[], removed: readonly Removed[]): Job[] {
    return jobs.map((job) => {
        const waits = job.waits.filter(
            (wait) => !removed.some((one) => one.from === job.id && one.wait === wait),
        );
        return { ...job, waits };
    });
}

function timeOf(jobs: readonly Job[]): number {
    return makespan(schedule(jobs, Infinity));
}
