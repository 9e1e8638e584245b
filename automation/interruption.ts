/** How often the driver was told to end: once means gracefully, twice at once. */
export class Interruption {
    readonly #gentle = new AbortController();
    readonly #hard = new AbortController();
    #byPerson = false;

    /** True where somebody outside ended it, not the driver itself. */
    get byPerson(): boolean {
        return this.#byPerson;
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
