import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/** How to start a process that is to end with this one. */
export interface ProcessOptions {
    /** File that takes what it says. */
    log: string;
    environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * A process that never outlives this one. `stop` kills it; so does the end of this process, be it by an exception, a
 * signal or SIGKILL: a guard that waits for its standard input to be closed then kills it in its stead.
 */
export class OwnedProcess {
    readonly #child: ChildProcess;
    readonly #guard: ChildProcess;
    readonly #log: string;
    readonly #program: string;

    constructor(program: string, args: readonly string[], options: ProcessOptions) {
        const log = openSync(options.log, "a", 0o600);
        this.#program = program;
        this.#log = options.log;
        this.#child = spawn(program, args, {
            // Ctrl-C in a terminal goes to the whole process group: what is being taken down needs these until the end.
            detached: true,
            stdio: ["ignore", log, log],
            env: options.environment,
        });
        closeSync(log);
        this.#child.on("error", () => undefined);

        this.#guard = spawn("sh", ["-c", 'read -r _; kill -9 "$0"', String(this.#child.pid ?? 0)], {
            stdio: ["pipe", "ignore", "ignore"],
            detached: true,
        });
        this.#guard.stdin?.on("error", () => undefined);
        this.#guard.unref();
    }

    get isRunning(): boolean {
        return (
            this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
        );
    }

    /** The end of what it said, for an error. */
    get lastWords(): string {
        return readFileSync(this.#log, "utf8").trimEnd().split("\n").slice(-5).join("\n");
    }

    get name(): string {
        return this.#program.split("/").at(-1) ?? this.#program;
    }

    /** Kills it at once, and resolves when it is gone: nothing in a rehearsal is worth a graceful end. */
    async stop(): Promise<void> {
        const child = this.#child;
        const gone = this.isRunning
            ? new Promise<void>((resolve) => child.once("exit", () => resolve()))
            : undefined;
        this.#guard.kill("SIGKILL");
        child.kill("SIGKILL");
        await gone;
    }
}
