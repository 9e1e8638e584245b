import { spawn } from "node:child_process";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import * as automation from "@pulumi/pulumi/automation";
import * as errors from "@pulumi/pulumi/automation/errors";
import type { Interruption } from "./interruption";

/** What a run of the CLI ended with. */
export interface CliResult {
    stdout: string;
    stderr: string;
    code: number;
}

/** The CLI, as the Automation API runs it. Its `run` is marked internal, hence missing from the SDK's types. */
export interface Cli {
    command: string;
    version: PulumiCommand["version"];
    run(
        args: readonly string[],
        cwd: string,
        additionalEnvironment: Readonly<Record<string, string>>,
        onOutput?: (text: string) => void,
        onError?: (text: string) => void,
    ): Promise<CliResult>;
}

// Exported by the SDK but marked internal, hence missing from its types. The first tells locks and missing stacks from
// other faults.
const { createCommandError } = errors as unknown as { createCommandError: (result: CliResult) => Error };
const { CommandResult } = automation as unknown as {
    CommandResult: new (stdout: string, stderr: string, code: number, error?: Error) => CliResult;
};

const exitCodeOfKilled = -2;

/**
 * The Pulumi CLI in a process group of its own. In the driver's group a Ctrl-C on a terminal would reach it twice, from
 * the terminal and from the driver, and the CLI takes the second one as the order to end at once, leaving its lock and its
 * operations behind. So the driver alone decides: the first signal cancels, the second kills the group.
 */
export async function detachedCli(
    interruption: Interruption,
    environment: Readonly<Record<string, string | undefined>>,
): Promise<PulumiCommand> {
    const found = await PulumiCommand.get();
    const cli: Cli = {
        command: found.command,
        version: found.version,
        run: (args, cwd, additional, onOutput, onError) =>
            runDetached(
                [...args, "--non-interactive"],
                { cwd, environment: { ...environment, ...additional }, interruption, onOutput, onError },
                found.command,
            ),
    };
    // A class with a private constructor is asked for; only what it can do counts.
    return cli;
}

interface RunOptions {
    cwd: string;
    environment: Readonly<Record<string, string | undefined>>;
    interruption: Interruption;
    onOutput?: (text: string) => void;
    onError?: (text: string) => void;
}

/** Runs one command. Rejects with the error that the Automation API expects of a CLI that failed. */
export function runDetached(
    args: readonly string[],
    options: RunOptions,
    command: string,
): Promise<CliResult> {
    const { cwd, environment, interruption, onOutput, onError } = options;
    const { gentle, hard } = interruption;
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, {
            cwd,
            env: { ...environment, PULUMI_AUTOMATION_API: "true" },
            stdio: ["ignore", "pipe", "pipe"],
            detached: true,
        });
        const cancel = () => void child.kill("SIGINT");
        const kill = () => void killGroup(child.pid);
        gentle.addEventListener("abort", cancel, { once: true });
        hard.addEventListener("abort", kill, { once: true });
        const done = () => {
            gentle.removeEventListener("abort", cancel);
            hard.removeEventListener("abort", kill);
        };
        const stdout = collected(child.stdout, onOutput);
        const stderr = collected(child.stderr, onError);
        child.once("error", (error) => {
            done();
            reject(createCommandError(new CommandResult("", error.message, exitCodeOfKilled, error)));
        });
        child.once("close", (code) => {
            done();
            const result = new CommandResult(stdout(), stderr(), code ?? exitCodeOfKilled);
            if (code === 0) {
                resolve(result);
            } else {
                reject(createCommandError(result));
            }
        });
        if (gentle.aborted) {
            cancel();
        }
    });
}

function collected(stream: NodeJS.ReadableStream, listener?: (text: string) => void): () => string {
    const parts: string[] = [];
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
        parts.push(text);
        listener?.(text);
    });
    return () => parts.join("");
}

function killGroup(pid: number | undefined): void {
    if (pid === undefined) {
        return;
    }
    try {
        process.kill(-pid, "SIGKILL");
    } catch {
        // It has ended by itself a moment ago.
    }
}
