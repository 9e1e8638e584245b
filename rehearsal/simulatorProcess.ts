import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readEntities } from "../simulator/provider/entityStore";
import type { Entity } from "../simulator/provider/entityStore";
import type { ProviderSettings } from "../simulator/provider/settings";
import { RehearsalError } from "./rehearsalError";

/** The simulated Azure as a process of its own, which the engine talks to as to any provider. */
export class SimulatorProcess {
    readonly #child: ChildProcess;
    readonly #stateFile: string;

    private constructor(
        child: ChildProcess,
        /** Port of its provider protocol. */
        readonly port: number,
        stateFile: string,
    ) {
        this.#child = child;
        this.#stateFile = stateFile;
    }

    /** Starts it with its state and log below `directory`; resolves when it listens. */
    static async start(
        projectDirectory: string,
        directory: string,
        settings: Omit<ProviderSettings, "stateFile">,
    ): Promise<SimulatorProcess> {
        const stateFile = join(directory, "azure.json");
        const settingsFile = join(directory, "simulator.json");
        const whole: ProviderSettings = { ...settings, stateFile };
        writeFileSync(settingsFile, JSON.stringify(whole), { mode: 0o600 });
        const log = openSync(join(directory, "simulator.log"), "a", 0o600);
        // Its standard input stays open as long as this process lives: its end is the simulator's end.
        const child = spawn(
            process.execPath,
            [
                "--require",
                "esbuild-register",
                join(projectDirectory, "simulator", "provider", "main.ts"),
                settingsFile,
            ],
            { cwd: projectDirectory, detached: true, stdio: ["pipe", "pipe", log] },
        );
        closeSync(log);
        return new SimulatorProcess(child, await portOf(child), stateFile);
    }

    /** What exists in the simulated Azure now. */
    entities(): Entity[] {
        return readEntities(this.#stateFile);
    }

    async stop(): Promise<void> {
        if (this.#child.exitCode === null && this.#child.signalCode === null) {
            const gone = new Promise((resolve) => this.#child.once("exit", resolve));
            this.#child.kill("SIGKILL");
            await gone;
        }
    }
}

/** The first line that a provider writes is the port that it listens on. */
function portOf(child: ChildProcess): Promise<number> {
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) => {
            reject(new RehearsalError(`the simulator ended too early, with exit code ${String(code)}`));
        });
        if (child.stdout) {
            createInterface({ input: child.stdout }).once("line", (line) => resolve(Number(line)));
        }
    });
}
