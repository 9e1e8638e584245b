import { Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../terminal/context";
import { exitCode } from "../terminal/exitCode";
import { jsonText } from "../terminal/files";
import { answeringOn, codeAfter, parse } from "../terminal/program";
import { textOptions } from "../terminal/textOptions";
import { UserError } from "../terminal/userError";
import { groups as allGroups } from "./groups";
import { machineHere } from "./machine";
import { misses } from "./measurement";
import type { Group, Setting } from "./measurement";
import { resultText } from "./render";
import type { GroupResult } from "./render";

/** Where the command reads from and writes to; a test gives its own groups. */
export interface BenchContext extends CommandContext {
    groups?: readonly Group[];
    signal?: AbortSignal;
}

interface Flags {
    json?: boolean;
    pairs: number;
}

/** Few enough for all groups to end within an hour; a median of five holds against one that went wrong. */
const usualPairs = 5;

/** Runs the command with the given arguments and returns its exit code: 2 where a goal is missed. */
export async function run(args: readonly string[], context: BenchContext): Promise<number> {
    const { groups = allGroups, stdout, environment } = context;
    const names = groups.map(({ name }) => name);
    const command = answeringOn(new Command("bench"), context)
        .description("Measures how fast this program is, against something that is measured in turn with it.")
        .argument("[groups...]", `what to measure: ${names.join(", ")}; everything where none is named`)
        .option("--json", "write one JSON document to standard output instead of text")
        .option(
            "--pairs <n>",
            "how often to measure each pair, after one that does not count",
            pairs,
            usualPairs,
        );
    try {
        await parse(command, args);
        const flags = command.opts<Flags>();
        const chosen = chosenGroups(groups, command.args);
        const results = await measured(chosen, flags, context);
        const document = { machine: machineHere(context.directory), results };
        stdout.write(
            flags.json ? jsonText(document) : `${resultText(document, textOptions(stdout, environment))}\n`,
        );
        const isMissed = results.some(({ measurements }) => measurements.some(misses));
        return isMissed ? exitCode.refused : exitCode.good;
    } catch (error) {
        return codeAfter(context.signal?.aborted ? "interrupted" : error, context);
    }
}

async function measured(
    chosen: readonly Group[],
    { pairs }: Flags,
    { directory, environment, stderr, signal }: BenchContext,
): Promise<GroupResult[]> {
    const results: GroupResult[] = [];
    for (const group of chosen) {
        const setting: Setting = {
            directory,
            environment,
            pairs,
            signal,
            onProgress: (step) => void stderr.write(`${group.name}: ${step}\n`),
        };
        const hindrance = group.hindrance?.(setting);
        const { name, title } = group;
        results.push(
            hindrance === undefined
                ? { name, title, measurements: await group.measure(setting) }
                : { name, title, measurements: [], hindrance },
        );
    }
    return results;
}

function chosenGroups(groups: readonly Group[], names: readonly string[]): readonly Group[] {
    const known = groups.map(({ name }) => name);
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
        throw new UserError(
            `there is nothing to measure that is called ${unknown.join(", ")}`,
            `name some of ${known.join(", ")}, or nothing for all of them`,
        );
    }
    return names.length === 0 ? groups : groups.filter(({ name }) => names.includes(name));
}

function pairs(text: string): number {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > 100) {
        throw new InvalidArgumentError("It takes a whole number from 1 to 100.");
    }
    return value;
}
