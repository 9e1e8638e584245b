import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/**
 * Kills, by their environment, all processes of an engine whose home is in a folder: CLI, language host, program and
 * plugins each lead a process group of their own and outlive a CLI that is killed. `ps` shows the environment of one's
 * own processes, on Linux and macOS.
 */
const killEngine = [
    "kill_engine() {",
    '  ps axeww -o pid= -o command= | grep -F "PULUMI_HOME=$0/" | while read -r pid _; do',
    '    kill -9 "$pid" 2>/dev/null',
    "  done",
    "}",
].join("\n");

/** Waits for the end of whoever started it. What is found may have started another in the meantime: once more. */
const afterwards = [killEngine, "read -r _", "kill_engine", "sleep 1", "kill_engine", 'rm -rf "$1"'].join(
    "\n",
);

/**
 * Ends the engine's processes and removes the folder where this process was killed before it could do so itself: SIGKILL
 * and a crash of Node.js leave no other way.
 */
export class WorkspaceGuard {
    readonly #process: ChildProcess;

    /** `toRemove` is absent where the folder is to be kept. */
    constructor(folder: string, toRemove: string | undefined) {
        this.#process = spawn("sh", ["-c", afterwards, folder, toRemove ?? ""], {
            stdio: ["pipe", "ignore", "ignore"],
            // Ctrl-C in a terminal goes to the whole process group.
            detached: true,
        });
        this.#process.on("error", () => undefined);
        this.#process.stdin?.on("error", () => undefined);
        this.#process.unref();
    }

    /** For an end in good order: nothing is left to be done. */
    dismiss(): void {
        this.#process.kill("SIGKILL");
    }
}
