import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readTokens } from "../simulator/entra/tokenIssuer";
import { readEntities } from "../simulator/provider/entityStore";
import type { Entity } from "../simulator/provider/entityStore";
import type { ListeningPorts, ProviderSettings } from "../simulator/provider/settings";
import { RehearsalError } from "./rehearsalError";
import { SimulatorControl } from "./simulatorControl";

/** What the one who starts a simulator says; the rest is its own affair. */
export type SimulatorSettings = Omit<
    ProviderSettings,
    "stateFile" | "operationsFile" | "tokensFile" | "controlToken" | "port" | "controlPort"
>;

// It ends its clusters first. Whoever takes longer has hung.
const secondsToStop = 20;

/** The simulated Azure as a process of its own, which the engine talks to as to any provider. */
export class SimulatorProcess {
    readonly #projectDirectory: string;
    readonly #directory: string;
    #settings: ProviderSettings;
    #child: ChildProcess | undefined;

    private constructor(projectDirectory: string, directory: string, settings: ProviderSettings) {
        this.#projectDirectory = projectDirectory;
        this.#directory = directory;
        this.#settings = settings;
    }

    /** Starts it with its state and log below `directory`; resolves when it listens. */
    static async start(
        projectDirectory: string,
        directory: string,
        settings: SimulatorSettings,
    ): Promise<SimulatorProcess> {
        const simulator = new SimulatorProcess(projectDirectory, directory, {
            ...settings,
            stateFile: join(directory, "azure.json"),
            operationsFile: join(directory, "operations.jsonl"),
            tokensFile: join(directory, "tokens.json"),
            controlToken: randomBytes(24).toString("hex"),
            port: 0,
            controlPort: 0,
        });
        await simulator.#start();
        return simulator;
    }

    /** Port of its provider protocol; it stays the same over restarts. */
    get port(): number {
        return this.#settings.port;
    }

    /** Port of its control server; it stays the same over restarts. */
    get controlPort(): number {
        return this.#settings.controlPort;
    }

    /** What a request to the control server must bring. */
    get controlToken(): string {
        return this.#settings.controlToken;
    }

    get control(): SimulatorControl {
        return new SimulatorControl(this.controlPort, this.controlToken);
    }

    /** Every token that anybody was given so far. */
    tokens(): string[] {
        return readTokens(this.#settings.tokensFile).map(({ token }) => token);
    }

    /** What exists in the simulated Azure now. */
    entities(): Entity[] {
        return readEntities(this.#settings.stateFile);
    }

    /** Ends it in good order: closing its standard input is how it learns that it is not needed any more. */
    async stop(): Promise<void> {
        await this.#end((child) => {
            child.stdin?.end();
            setTimeout(() => child.kill("SIGKILL"), secondsToStop * 1000).unref();
        });
    }

    /** Kills it in the middle of whatever it does, and starts it anew on the same ports with what it had stored. */
    async restart(): Promise<void> {
        await this.#end((child) => child.kill("SIGKILL"));
        await this.#start();
    }

    async #start(): Promise<void> {
        const settingsFile = join(this.#directory, "simulator.json");
        writeFileSync(settingsFile, JSON.stringify(this.#settings), { mode: 0o600 });
        const log = openSync(join(this.#directory, "simulator.log"), "a", 0o600);
        // Its standard input stays open as long as this process lives: its end is the simulator's end.
        const child = spawn(
            process.execPath,
            [
                "--require",
                join(this.#projectDirectory, "speed", "register.cjs"),
                join(this.#projectDirectory, "simulator", "provider", "main.ts"),
                settingsFile,
            ],
            { cwd: this.#projectDirectory, detached: true, stdio: ["pipe", "pipe", log] },
        );
        closeSync(log);
        this.#child = child;
        this.#settings = { ...this.#settings, ...(await portsOf(child)) };
    }

    async #end(how: (child: ChildProcess) => void): Promise<void> {
        const child = this.#child;
        if (child && child.exitCode === null && child.signalCode === null) {
            const gone = new Promise((resolve) => child.once("exit", resolve));
            how(child);
            await gone;
        }
    }
}

/** The first line that the simulator writes names the ports that it listens on. */
function portsOf(child: ChildProcess): Promise<ListeningPorts> {
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) => {
            reject(new RehearsalError(`the simulator ended too early, with exit code ${String(code)}`));
        });
        if (child.stdout) {
            createInterface({ input: child.stdout }).once("line", (line) => {
                resolve(JSON.parse(line) as ListeningPorts);
            });
        }
    });
}
