import { isEnforced } from "./job";
import type { Job } from "./job";

/**
 * Seconds that no order of the operations can beat: with any number of them at a time, and with no order but what the
 * flow of data, providers and Azure itself ask for.
 *
 * It is the longest path through those waits, where of the jobs with a common lock (which run one after another, in
 * whatever order) the best order is assumed that may be interrupted: Jackson's preemptive rule, for each lock. It may be
 * below what can be reached, never above.
 */
export function lowerBound(jobs: readonly Job[]): number {
    const end: Job = {
        id: "(end)",
        seconds: 0,
        waits: jobs.map(({ id }) => ({ on: id, kind: "data", lagInSeconds: 0 })),
        locks: [],
        isOperation: false,
    };
    const ordered = inOrder([...jobs.map((job) => ({ ...job, waits: job.waits.filter(isEnforced) })), end]);
    const tails = new Map(
        ordered.filter(({ locks }) => locks.length > 0).map((job) => [job, distancesFrom(job, ordered)]),
    );
    const byLock = new Map<string, Job[]>();
    for (const job of tails.keys()) {
        job.locks.forEach((lock) => byLock.set(lock, [...(byLock.get(lock) ?? []), job]));
    }
    const byId = new Map(ordered.map((job) => [job.id, job]));
    const earliest = new Map<string, number>();
    for (const job of ordered) {
        const path = job.waits.map(
            ({ on, lagInSeconds }) => (earliest.get(on) ?? 0) + (byId.get(on)?.seconds ?? 0) + lagInSeconds,
        );
        const serial = [...byLock.values()].map((members) =>
            oneAtATime(
                members.flatMap((member) => {
                    const tail = tails.get(member)?.get(job.id);
                    return tail === undefined
                        ? []
                        : [{ head: earliest.get(member.id) ?? 0, seconds: member.seconds, tail }];
                }),
            ),
        );
        earliest.set(job.id, Math.max(0, ...path, ...serial));
    }
    return earliest.get(end.id) ?? 0;
}

interface Task {
    /** Not before. */
    head: number;
    seconds: number;
    /** What must follow its end. */
    tail: number;
}

/** Earliest moment at which all tasks and their tails are over, on one machine, when tasks may be interrupted: always run the one with the longest tail. */
export function oneAtATime(tasks: readonly Task[]): number {
    const left = tasks.map((task) => ({ ...task }));
    let now = 0;
    let over = 0;
    while (left.some(({ seconds }) => seconds > 0)) {
        const open = left.filter(({ seconds }) => seconds > 0);
        const available = open.filter(({ head }) => head <= now);
        const [first] = available.sort((one, other) => other.tail - one.tail);
        const nextHead = Math.min(...open.map(({ head }) => head).filter((head) => head > now));
        if (!first) {
            now = nextHead;
            continue;
        }
        const ran = Math.min(first.seconds, nextHead - now);
        first.seconds -= ran;
        now += ran;
        if (first.seconds === 0) {
            over = Math.max(over, now + first.tail);
        }
    }
    return over;
}

/** Longest path from the end of a job to the start of each one that needs it. */
function distancesFrom(from: Job, ordered: readonly Job[]): Map<string, number> {
    const distances = new Map<string, number>();
    const seconds = new Map(ordered.map((job) => [job.id, job.seconds]));
    for (const { id, waits } of ordered) {
        const paths = waits.flatMap(({ on, lagInSeconds }) => {
            const before = on === from.id ? 0 : distances.get(on);
            if (before === undefined) {
                return [];
            }
            return [before + (on === from.id ? 0 : (seconds.get(on) ?? 0)) + lagInSeconds];
        });
        if (paths.length > 0) {
            distances.set(id, Math.max(...paths));
        }
    }
    return distances;
}

/** The jobs, each after all that it waits for. */
function inOrder(jobs: readonly Job[]): Job[] {
    const byId = new Map(jobs.map((job) => [job.id, job]));
    const placed = new Set<Job>();
    const place = (job: Job): void => {
        if (!placed.has(job)) {
            job.waits.forEach(({ on }) => {
                const before = byId.get(on);
                if (before) {
                    place(before);
                }
            });
            placed.add(job);
        }
    };
    jobs.forEach(place);
    return [...placed];
}
