/** How often the driver was told to end: once means gracefully, twice at once. */
export class Interruption {
    readonly #gentle = new AbortController();
    readonly #hard = new AbortController();
    #byPerson = false;
    #hasBegun = false;

    /** True where somebody outside ended it, not the driver itself. */
    get byPerson(): boolean {
        return this.#byPerson;
    }

    /** True once a change of the stack was begun; what is interrupted before has changed nothing. */
    get hasBegun(): boolean {
        return this.#hasBegun;
    }

    /** Notes that from now on the stack is changed. */
    begin(): void {
        this.#hasBegun = true;
    }

    /** Aborted by the first signal: what runs is cancelled, and the engine writes its state and releases its lock. */
    get gentle(): AbortSignal {
        return this.#gentle.signal;
    }

    /** Aborted by the second signal: what runs is killed. The lock and operations in the air stay behind. */
    get hard(): AbortSignal {
        return this.#hard.signal;
    }

    /** Notes one signal. */
    interrupt(): void {
        this.#byPerson = true;
        (this.#gentle.signal.aborted ? this.#hard : this.#gentle).abort();
    }

    /** Cancels what runs because the driver itself finds that it must not go on. */
    cancel(): void {
        this.#gentle.abort();
    }
}

/** The signals that people, terminals and pipelines end a command with. */
export const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What is said to whoever has just interrupted. */
export function interruptionText({ hard, hasBegun }: Interruption): string {
    if (hard.aborted) {
        return "killing what runs";
    }
    return hasBegun
        ? "ending: what has begun is finished. Once more kills it, and leaves the lock behind"
        : "ending: nothing was changed yet";
}
