import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Watcher } from "../../engine/events";
import { passOn } from "../../engine/events";
import { killTree } from "./processTree";

/** Where and how the CLI is run by itself, without the Automation API: only so it can be killed. */
export interface CommandLine {
    /** Folder of the project. */
    directory: string;
    stack: string;
    /** The whole environment of the CLI. */
    environment: Readonly<Record<string, string | undefined>>;
    /** Takes everything that the CLI and the engine say. */
    log: (text: string) => void;
    /** Is told what the engine begins and ends with. */
    watcher?: Watcher;
    signal?: AbortSignal;
}

/** What became of a run of the CLI. */
export interface CliResult {
    /** Exit code; absent where it was killed. */
    code?: number;
    /** What it wrote to standard output. */
    output: string;
    /** What it wrote to standard error. */
    errors: string;
    /** What the engine told, in order. */
    events: EngineEvent[];
    durationInMilliseconds: number;
}

/** Is asked again and again, with the events that came since the last time: whether the CLI is to be killed now. */
export type KillWhen = (events: readonly EngineEvent[]) => boolean | Promise<boolean>;

// Often enough to hit an operation of some hundred milliseconds.
const pollInMilliseconds = 10;

const millisecondsToFlush = 5000;

let runs = 0;

/** Runs one command of the CLI to its end, or to the event at which it is killed with all that it started. */
export async function runCli(
    commandLine: CommandLine,
    args: readonly string[],
    killWhen?: KillWhen,
): Promise<CliResult> {
    const { directory, stack, environment, log, watcher, signal } = commandLine;
    signal?.throwIfAborted();
    const start = performance.now();
    runs += 1;
    const eventFile = join(directory, `events-${String(runs)}.jsonl`);
    const operations = ["up", "refresh", "destroy"];
    const withEvents = operations.includes(args[0] ?? "") ? ["--event-log", eventFile] : [];
    log(`\n# pulumi ${args.join(" ")}\n`);
    const child = spawn("pulumi", [...args, "--stack", stack, "--non-interactive", ...withEvents], {
        cwd: directory,
        // The switch that makes the CLI know `--event-log`; the Automation API sets it too.
        env: { ...environment, PULUMI_DEBUG_COMMANDS: "true" },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
    });
    const pid = child.pid;
    const kill = () => {
        if (pid !== undefined && child.exitCode === null && child.signalCode === null) {
            killTree(pid);
        }
    };
    const output = collect(child.stdout, log);
    const errors = collect(child.stderr, log);
    const events = new EventFile(eventFile);
    signal?.addEventListener("abort", kill, { once: true });
    process.once("exit", kill);
    const watch = async (): Promise<number | undefined> => {
        while (child.exitCode === null && child.signalCode === null) {
            const latest = events.readOn();
            if (watcher) {
                latest.forEach((event) => passOn(event, watcher));
            }
            if (killWhen && (await killWhen(latest))) {
                kill();
            }
            await sleep(pollInMilliseconds);
        }
        return ended;
    };
    const ended = new Promise<number | undefined>((resolve, reject) => {
        child.once("error", reject);
        // All that it said has arrived then. A plugin that outlives the CLI may hold on to its output: not for ever.
        child.once("close", (exitCode) => resolve(exitCode ?? undefined));
        child.once("exit", (exitCode) => {
            setTimeout(() => resolve(exitCode ?? undefined), millisecondsToFlush).unref();
        });
    });
    try {
        const code = await Promise.race([ended, watch()]);
        signal?.throwIfAborted();
        events.readOn();
        const durationInMilliseconds = Math.round(performance.now() - start);
        log(`\n# ended: exit code ${child.exitCode}, signal ${child.signalCode}\n`);
        return {
            ...(code === undefined ? {} : { code }),
            output: output.text,
            errors: errors.text,
            events: events.all,
            durationInMilliseconds,
        };
    } finally {
        kill();
        signal?.removeEventListener("abort", kill);
        process.off("exit", kill);
        rmSync(eventFile, { force: true });
    }
}

/** The engine's events as they come, one JSON document a line. */
class EventFile {
    readonly all: EngineEvent[] = [];
    readonly #path: string;
    #read = 0;

    constructor(path: string) {
        this.#path = path;
    }

    /** The events that came since the last time. A line that is still being written waits for the next. */
    readOn(): EngineEvent[] {
        const text = textOf(this.#path);
        const end = text.lastIndexOf("\n") + 1;
        const lines = text.slice(this.#read, end).split("\n");
        this.#read = Math.max(end, this.#read);
        const events = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as EngineEvent);
        this.all.push(...events);
        return events;
    }
}

function textOf(path: string): string {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return "";
    }
}

function collect(stream: NodeJS.ReadableStream, log: (text: string) => void): { text: string } {
    const collected = { text: "" };
    stream.on("data", (chunk: Buffer) => {
        collected.text += chunk.toString("utf8");
        log(chunk.toString("utf8"));
    });
    return collected;
}
