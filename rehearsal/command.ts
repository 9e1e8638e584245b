import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../terminal/context";
import { jsonText } from "../terminal/files";
import { exitCode } from "../terminal/exitCode";
import { answeringOn, codeAfter, parse } from "../terminal/program";
import { textOptions } from "../terminal/textOptions";
import { messageOf } from "../terminal/userError";
import { knownStacks, noSuchStack } from "../plan/stackFile";
import { faultSetNames } from "./faults/faultSets";
import type { FaultSetName } from "./faults/faultSets";
import { withLiveProgress } from "../terminal/progress/withLiveProgress";
import type { Progress } from "../terminal/progress/liveProgress";
import { usualCreation } from "../simulator/azure/durations";
import type { SubscriptionLimits } from "../simulator/azure/subscription";
import type { Fault } from "../simulator/provider/faults";
import { faultForm, parseFault } from "./conditions/fault";
import { parseQuota, parseZones } from "./conditions/limits";
import { readKubeconfig } from "../simulator/cluster/kubeconfig";
import type { BorrowedKubeconfig } from "./borrowing";
import { RehearsalError } from "./rehearsalError";
import { reportText } from "./render";
import { isBad } from "./report";
import type { Report } from "./report";
import { defaultTimeScale } from "./timeScale";
import { findToolchain } from "./toolchain";

/** Where the command reads from and writes to; a test gives its own. */
export interface RehearsalContext extends CommandContext {
    /** Ends the rehearsal early, with everything taken down. */
    signal?: AbortSignal;
}

interface Flags {
    json?: boolean;
    keep?: boolean;
    timeScale: number;
    inject?: Fault[];
    quota?: SubscriptionLimits["vcpuQuota"];
    zones?: SubscriptionLimits["zonesOfVmSize"];
    kubeconfig?: string;
    context?: string;
    faults?: FaultSetName;
}

/** Runs the command with the given arguments and returns its exit code. Reports every fault itself. */
export async function run(args: readonly string[], context: RehearsalContext): Promise<number> {
    const command = answeringOn(new Command("rehearse"), context)
        .description(
            "Takes a stack through its life on this machine: the real engine, a real Kubernetes, a simulated Azure.",
        )
        .argument("<stack>", "stack to rehearse")
        .option("--json", "write one JSON document to standard output instead of text")
        .option("--keep", "leave logs and state in their temporary directory, and say where")
        .option(
            "--kubeconfig <file>",
            "let a cluster of your own (kind, minikube, ...) play the managed one; what is made in it is deleted in the end",
        )
        .option("--context <name>", "the context of the kubeconfig that leads there")
        .option(
            "--time-scale <n>",
            "seconds of Azure's time that pass in a second",
            timeScale,
            defaultTimeScale,
        )
        .option(
            "--inject <fault>",
            `lets an operation of Azure's fail, can be given again: ${faultForm}`,
            (text, before: Fault[] = []) => [...before, argument(() => parseFault(text))],
        )
        .option(
            "--quota <family=vCPUs>",
            "vCPUs that the subscription may have, as in standardDDSv5Family=100; can be given again",
            (text, before?: SubscriptionLimits["vcpuQuota"]) => argument(() => parseQuota(text, before)),
        )
        .option(
            "--zones <size=zones>",
            "zones in which a size of machines is offered, as in Standard_D4ds_v5=1,2; can be given again",
            (text, before?: SubscriptionLimits["zonesOfVmSize"]) => argument(() => parseZones(text, before)),
        )
        .option(
            "--faults <set>",
            "let creations fail and kill the engine afterwards: quick (a sample) or all",
            faultSet,
        );
    try {
        await parse(command, args);
        const [stack = ""] = command.args;
        return await rehearseStack(stack, command.opts<Flags>(), context);
    } catch (error) {
        const interrupted = "interrupted; everything that was started is gone";
        return codeAfter(context.signal?.aborted ? interrupted : error, context);
    }
}

const timeScales = { least: 1, most: 100_000 };

function timeScale(text: string): number {
    const value = Number(text);
    if (text.trim() === "" || !(value >= timeScales.least && value <= timeScales.most)) {
        throw new InvalidArgumentError(
            `It takes a number from ${timeScales.least} (as slow as Azure) to ${timeScales.most}; the default is ${defaultTimeScale}.`,
        );
    }
    return value;
}

/** An argument that cannot be read is reported beside the option that it was given to. */
function argument<Value>(parse: () => Value): Value {
    try {
        return parse();
    } catch (error) {
        throw new InvalidArgumentError(messageOf(error));
    }
}

function faultSet(text: string): FaultSetName {
    const found = faultSetNames.find((name) => name === text);
    if (found === undefined) {
        throw new InvalidArgumentError(`It takes one of ${faultSetNames.join(", ")}.`);
    }
    return found;
}

async function rehearseStack(stack: string, flags: Flags, context: RehearsalContext): Promise<number> {
    const { directory, environment, stdout } = context;
    const known = knownStacks(directory);
    if (!known.includes(stack)) {
        throw new RehearsalError(noSuchStack(stack, known));
    }
    const borrowed = borrowedCluster(flags);
    const toolchain = findToolchain(environment, directory, borrowed !== undefined);
    const report = await withProgress(flags.timeScale, context, (progress) =>
        lazyRehearse()({
            directory,
            stack,
            toolchain,
            borrowed,
            keep: flags.keep ?? false,
            timeScale: flags.timeScale,
            injected: flags.inject ?? [],
            limits: { vcpuQuota: flags.quota ?? {}, zonesOfVmSize: flags.zones ?? {} },
            faults: flags.faults,
            inheritedPath: environment["PATH"],
            signal: context.signal,
            progress,
        }),
    );
    stdout.write(flags.json ? jsonText(report) : text(report, context));
    return isBad(report) ? exitCode.refused : exitCode.good;
}

/** The cluster that the user lends, with the context chosen; complains of a file that leads to none. */
function borrowedCluster({ kubeconfig, context, faults }: Flags): BorrowedKubeconfig | undefined {
    if (kubeconfig === undefined) {
        if (context !== undefined) {
            throw new RehearsalError(
                "--context is for --kubeconfig only: name the file that the context is in",
            );
        }
        return undefined;
    }
    // They kill what installs things there, and refuse its creations by a policy: not in a cluster that is the user's.
    if (faults !== undefined) {
        throw new RehearsalError(
            "--faults is not for a cluster of your own: leave out --kubeconfig, or rehearse without --faults",
        );
    }
    const path = resolve(kubeconfig);
    return { kubeconfig: path, context: readKubeconfig(path, context).context };
}

/** Loads Pulumi and what builds on it only now: help and refusals answer at once. */
function lazyRehearse(): (typeof import("./life.js"))["rehearse"] {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    return (require("./life") as typeof import("./life.js")).rehearse;
}

function text(report: Report, { stdout, environment }: RehearsalContext): string {
    return reportText(report, textOptions(stdout, environment).colors);
}

/** Shows on a terminal what is being done, in lines that are gone afterwards. */
async function withProgress<Result>(
    scale: number,
    context: RehearsalContext,
    action: (progress: Progress | undefined) => Promise<Result>,
): Promise<Result> {
    // What is not a terminal is a log, which has the report and needs no more.
    if (!context.stderr.isTTY) {
        return action(undefined);
    }
    const usual = (type: string) => {
        const seconds = usualCreation(type);
        return seconds === undefined ? undefined : seconds / scale;
    };
    return withLiveProgress(context, usual, action);
}
