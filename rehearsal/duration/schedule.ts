import type { Job, WaitKind } from "./job";

/** Why an operation began when it did. */
export type Cause =
    | WaitKind
    /** Azure was changing the same thing in another way. */
    | "serialised"
    /** The engine had as many operations running as it may. */
    | "parallelism";

/** When one job ran. */
export interface Run {
    job: Job;
    /** Seconds since the beginning until Azure accepts the operation. */
    start: number;
    end: number;
    /** The job without which it would have started earlier; absent for what starts at once. */
    after?: { id: string; cause: Cause };
}

interface Begun {
    job: Job;
    /** When Azure accepts it, if nothing holds a lock. */
    acceptedAt: number;
    after?: Run["after"];
}

/**
 * Plays an operation of the engine: each job begins as soon as everything it waits for is ready and one of the engine's
 * `parallelOperations` is free; first come, first served, and at the same moment in the order of the list.
 *
 * - A job that needs a role is tried before the role takes effect where the program tries again: a refused try takes no
 *   time here, the pause between tries does. Where the program does not try again, it begins when the role works.
 * - A job whose lock is taken holds its place in the engine until the lock is free. Locks are given in the order of asking.
 */
export function schedule(jobs: readonly Job[], parallelOperations: number): Run[] {
    const player = new Player(jobs, parallelOperations);
    return player.play();
}

/** Seconds from the beginning to the last end. */
export function makespan(runs: readonly Run[]): number {
    return Math.max(0, ...runs.map(({ end }) => end));
}

/** The runs that decide how long all takes, first to last: each ends where the next one's wait begins. */
export function criticalPath(runs: readonly Run[]): Run[] {
    const byId = new Map(runs.map((run) => [run.job.id, run]));
    const total = makespan(runs);
    const path: Run[] = [];
    let run = runs.find(({ end }) => end === total);
    while (run) {
        path.unshift(run);
        run = run.after && byId.get(run.after.id);
    }
    return path;
}

class Player {
    readonly #jobs: readonly Job[];
    readonly #unmet: Map<Job, number>;
    readonly #dependents = new Map<string, Job[]>();
    readonly #done = new Map<string, Run>();
    readonly #lockReleasedBy = new Map<string, string>();
    readonly #locksHeld = new Set<string>();
    /** All that they wait for is done; a role among that may not be in effect yet. */
    #met: Job[];
    #queued: { job: Job; readyAt: number; after?: Run["after"] }[] = [];
    #begun: Begun[] = [];
    #running: Run[] = [];
    #free: number;
    #placeFreedBy = "";
    #now = 0;

    constructor(jobs: readonly Job[], parallelOperations: number) {
        this.#jobs = jobs;
        this.#unmet = new Map(jobs.map((job) => [job, job.waits.length]));
        this.#met = jobs.filter(({ waits }) => waits.length === 0);
        for (const job of jobs) {
            for (const { on } of job.waits) {
                this.#dependents.set(on, [...(this.#dependents.get(on) ?? []), job]);
            }
        }
        this.#free = parallelOperations;
    }

    play(): Run[] {
        while (this.#now < Infinity) {
            // What takes no time, as a component, may let others begin at this same moment.
            while (this.#finish() || this.#queue() || this.#begin() || this.#start());
            this.#now = this.#nextMoment();
        }
        return this.#jobs.map((job) => {
            const run = this.#done.get(job.id);
            if (!run) {
                throw new Error(
                    `${job.id} can never begin: it waits for itself, or for a resource that is not there`,
                );
            }
            return run;
        });
    }

    #finish(): boolean {
        const ended = this.#running.filter(({ end }) => end <= this.#now);
        this.#running = this.#running.filter(({ end }) => end > this.#now);
        for (const run of ended) {
            const { job } = run;
            this.#done.set(job.id, run);
            this.#meet(this.#dependents.get(job.id) ?? []);
            for (const lock of job.locks) {
                this.#locksHeld.delete(lock);
                this.#lockReleasedBy.set(lock, job.id);
            }
            if (job.isOperation) {
                this.#free++;
                this.#placeFreedBy = job.id;
            }
        }
        return ended.length > 0;
    }

    #meet(dependents: readonly Job[]): void {
        for (const job of dependents) {
            const left = (this.#unmet.get(job) ?? 0) - 1;
            this.#unmet.set(job, left);
            if (left === 0) {
                this.#met.push(job);
            }
        }
    }

    #queue(): boolean {
        const ready = this.#met.filter((job) => this.#readyAt(job) <= this.#now);
        if (ready.length === 0) {
            return false;
        }
        this.#met = this.#met.filter((job) => !ready.includes(job));
        ready.sort((one, other) => this.#jobs.indexOf(one) - this.#jobs.indexOf(other));
        this.#queued.push(
            ...ready.map((job) => {
                const last = latest(job.waits, (wait) => this.#metAt(wait, triesAgain(job)));
                return { job, readyAt: this.#now, after: last && { id: last.on, cause: last.kind } };
            }),
        );
        return true;
    }

    #begin(): boolean {
        const index = this.#queued.findIndex(({ job }) => !job.isOperation || this.#free > 0);
        const [next] = index < 0 ? [] : this.#queued.splice(index, 1);
        if (!next) {
            return false;
        }
        const { job, readyAt } = next;
        if (job.isOperation) {
            this.#free--;
        }
        const delayed = { id: this.#placeFreedBy, cause: "parallelism" as const };
        const after = this.#now > readyAt ? delayed : next.after;
        this.#begun.push({ job, ...this.#acceptance(job, after) });
        return true;
    }

    #start(): boolean {
        const index = this.#begun.findIndex(
            ({ job, acceptedAt }) =>
                acceptedAt <= this.#now && !job.locks.some((lock) => this.#locksHeld.has(lock)),
        );
        const [next] = index < 0 ? [] : this.#begun.splice(index, 1);
        if (!next) {
            return false;
        }
        const { job, acceptedAt } = next;
        const holder =
            this.#now > acceptedAt
                ? latest(
                      job.locks.flatMap((lock) => this.#lockReleasedBy.get(lock) ?? []),
                      (id) => this.#endOf(id),
                  )
                : undefined;
        const after = holder === undefined ? next.after : { id: holder, cause: "serialised" as const };
        job.locks.forEach((lock) => this.#locksHeld.add(lock));
        this.#running.push({
            job,
            start: this.#now,
            end: this.#now + job.seconds,
            ...(after && { after }),
        });
        return true;
    }

    /** When Azure accepts a job that begins now: at the first try after the roles that it needs have taken effect. */
    #acceptance(job: Job, after: Run["after"]): Pick<Begun, "acceptedAt" | "after"> {
        const role = latest(
            job.waits.filter(({ kind }) => kind === "role"),
            (wait) => this.#metAt(wait, false),
        );
        const missing = role ? this.#metAt(role, false) - this.#now : 0;
        const pause = job.retryPauseInSeconds;
        if (!role || missing <= 0 || pause === undefined) {
            return { acceptedAt: this.#now, after };
        }
        const tries = Math.ceil(missing / pause);
        return { acceptedAt: this.#now + tries * pause, after: { id: role.on, cause: "role" } };
    }

    #readyAt(job: Job): number {
        return Math.max(0, ...job.waits.map((wait) => this.#metAt(wait, triesAgain(job))));
    }

    #metAt({ on, lagInSeconds }: Job["waits"][number], isTried: boolean): number {
        return this.#endOf(on) + (isTried ? 0 : lagInSeconds);
    }

    #endOf(id: string): number {
        return this.#done.get(id)?.end ?? Infinity;
    }

    #nextMoment(): number {
        const moments = [
            ...this.#running.map(({ end }) => end),
            ...this.#begun.map(({ acceptedAt }) => acceptedAt),
            ...this.#met.map((job) => this.#readyAt(job)),
        ];
        return Math.min(Infinity, ...moments.filter((moment) => moment > this.#now));
    }
}

function triesAgain({ retryPauseInSeconds }: Job): boolean {
    return retryPauseInSeconds !== undefined;
}

function latest<Item>(items: readonly Item[], timeOf: (item: Item) => number): Item | undefined {
    return items.reduce<Item | undefined>(
        (best, item) => (best !== undefined && timeOf(best) >= timeOf(item) ? best : item),
        undefined,
    );
}
