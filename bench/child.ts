import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Setting } from "./measurement";
import { inTemporaryFolder } from "./temporaryFolder";

/** A command to be measured. */
export interface Subject {
    /** What messages call it. */
    name: string;
    /** Program and arguments; `process.execPath` for Node. */
    command: readonly string[];
    /** Where it runs; the repository where it is absent. */
    directory?: string;
    /** Added to the environment; undefined takes a variable away. */
    variables?: Readonly<Record<string, string | undefined>>;
    /** The code that it ends with, 0 by default. */
    endsWith?: number;
}

/** What a Node process used. */
export interface Usage {
    /** Its arguments. */
    argv: string[];
    /** From its start to its end. */
    wallSeconds: number;
    /** Processor time of all its threads, in user and system mode. */
    cpuSeconds: number;
    /** The most memory that it had at a time. */
    peakMebibytes: number;
    /** What it wrote on standard output. */
    stdout: string;
}

/** Writes what each Node process used into a folder, see `usage.cjs`. */
const usageFolder = "LANDING_ZONE_BENCH_USAGE";
const reporter = join(__dirname, "usage.cjs");

/**
 * Runs a command to its end and returns what its Node processes used, the one that was started first at the beginning.
 *
 * @throws Error where it ends with another code than it should, with the end of what it said; and where no Node process
 * of it came to an end of its own.
 */
export async function usageOf(subject: Subject, setting: Setting): Promise<Usage[]> {
    setting.signal?.throwIfAborted();
    return inTemporaryFolder(async (folder) => {
        const stdout = await output(subject, setting, {
            ...setting.environment,
            ...withReporter(folder, setting.environment["NODE_OPTIONS"]),
            ...subject.variables,
        });
        const usages = readUsage(folder);
        if (usages.length === 0) {
            throw new Error(`${subject.name} is not measured: it had no Node process that said what it used`);
        }
        return usages.map((usage, index) => ({ ...usage, stdout: index === 0 ? stdout : "" }));
    });
}

/** Environment variables with which every Node process below reports what it used to the folder. */
export function withReporter(folder: string, nodeOptions = ""): Record<string, string> {
    return { [usageFolder]: folder, NODE_OPTIONS: `${nodeOptions} --require "${reporter}"`.trim() };
}

/** What the Node processes reported to a folder, by their start. */
export function readUsage(folder: string): Usage[] {
    return readdirSync(folder)
        .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Usage & { started: number })
        .sort((one, other) => one.started - other.started);
}

function output(
    { name, command: [program = "", ...args], directory, endsWith = 0 }: Subject,
    setting: Setting,
    environment: Record<string, string | undefined>,
): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, {
            cwd: directory ?? setting.directory,
            env: environment,
            stdio: ["ignore", "pipe", "pipe"],
            signal: setting.signal,
        });
        let stdout = "";
        let stderr = "";
        child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        child.on("error", reject);
        child.on("close", (code) => {
            const said = `${stdout}${stderr}`.trim().slice(-2000);
            if (code === endsWith) {
                resolve(stdout);
            } else {
                reject(new Error(`${name} ended with ${code ?? "a signal"} and is not measured:\n${said}`));
            }
        });
    });
}
