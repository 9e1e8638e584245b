import { join } from "node:path";
import { readStackFile } from "../plan/stackFile";
import { speedupsOff } from "../speed/switches";
import type { Subject, Usage } from "./child";
import { ratioOf } from "./measurement";
import type { Group, Measurement, Setting } from "./measurement";
import { declaredBy, mockedProgram } from "./mockedProgram";
import { inTurn } from "./pairs";
import { stacks } from "./stacks";
import { withStackValues } from "./stackValues";
import { wallTimeOf } from "./wallTime";

/** The measure of all starts: the SDK that no program can do without, loaded by nothing but Node. */
const sdk: Subject = {
    name: 'require("@pulumi/pulumi")',
    command: [process.execPath, "--eval", 'require("@pulumi/pulumi")'],
};

/** A start of a program of so many resources at its best, in starts of the SDK; a prototype of 120 resources took 0.55. */
export function bestStart(resources: number): number {
    return 0.35 + (0.3 * resources) / 100;
}

/** The most that is to be left of the time of the usual set-up. */
const goalAgainstDefaults = 0.1;

/** Type-checking the whole of azure-native takes a quarter of a minute. */
const mostPairsOfDefaults = 3;

export const start: Group = {
    name: "start",
    title: "Start of the program, one phase under mocks",
    measure: (setting) =>
        withStackValues(
            Object.fromEntries(stacks.map((stack) => [stack, readStackFile(setting.directory, stack)])),
            async (fileOf) => {
                const own = stacks.map((stack) => mockedProgram(`program of ${stack}`, fileOf(stack)));
                return [
                    ...(await againstSdk(own, setting)),
                    ...(await againstDefaults(own, fileOf, setting)),
                ];
            },
        ),
};

async function againstSdk(own: readonly Subject[], setting: Setting): Promise<Measurement[]> {
    const [base = [], ...programs] = await inTurn([sdk, ...own], setting);
    return programs.map((usages, index) => {
        const { resources } = declaredBy(usages[0] ?? missing());
        return compared(own[index], sdk.name, usages, base, bestStart(resources), { resources });
    });
}

/**
 * The usual set-up keeps what it compiled, as this one does, and checks the types of what has changed. What a pipeline sees
 * after a checkout is the first start, so the goal is for that.
 */
async function againstDefaults(
    own: readonly Subject[],
    fileOf: (stack: string) => string,
    setting: Setting,
): Promise<Measurement[]> {
    const usual = stacks.map((stack) => byDefaults(stack, fileOf(stack)));
    const few = { ...setting, pairs: Math.min(setting.pairs, mostPairsOfDefaults) };
    const measured = async (
        name: string,
        goal: number | undefined,
        change: (subject: Subject) => Subject,
    ): Promise<Measurement[]> => {
        const subjects = [...own, ...usual].map(change);
        const usages = await inTurn(subjects, few);
        return own.map((_, index) => {
            const [mine = [], theirs = []] = [usages[index], usages[own.length + index]];
            const figures = { resources: sameResources(mine, theirs) };
            return compared(subjects[index], name, mine, theirs, goal, figures);
        });
    };
    return [
        ...(await measured("usual set-up, first start", goalAgainstDefaults, withNothingKept)),
        ...(await measured("usual set-up, later starts", undefined, (subject) => subject)),
    ];
}

/** The same as at the first start after a checkout, or after a change of every file. */
function withNothingKept(subject: Subject): Subject {
    const off = subject.variables?.[speedupsOff] ?? "transpile-cache,compile-cache";
    return {
        ...subject,
        name: `${subject.name}, first start`,
        variables: { ...subject.variables, [speedupsOff]: off, TS_NODE_CACHE: "false" },
    };
}

function compared(
    subject: Subject | undefined,
    against: string,
    usages: readonly Usage[],
    base: readonly Usage[],
    goal: number | undefined,
    figures: Measurement["figures"],
): Measurement {
    const wallTime = wallTimeOf(usages, base);
    const cpu = (list: readonly Usage[]) => list.map(({ cpuSeconds }) => cpuSeconds);
    const peak = (list: readonly Usage[]) => list.map(({ peakMebibytes }) => peakMebibytes);
    return {
        name: subject?.name ?? "",
        against,
        ratio: wallTime.ratio,
        pairs: wallTime.pairs,
        goal,
        figures: {
            ...figures,
            ...wallTime.figures,
            processorTimeRatio: ratioOf(cpu(usages), cpu(base)).median,
            peakMemoryRatio: ratioOf(peak(usages), peak(base)).median,
        },
    };
}

/** The program in the set-up of `pulumi new azure-typescript`: ts-node that checks types, all indexes, no speed-ups. */
function byDefaults(stack: string, file: string): Subject {
    const preload = join(__dirname, "programs", "defaults.cjs");
    return {
        name: `program of ${stack} in the usual set-up`,
        command: [process.execPath, "--require", preload, "bench/programs/mockedByDefaults.ts", file],
        variables: { [speedupsOff]: "all" },
    };
}

/** How many resources both declare: a program that does less is no measure. */
function sameResources(...lists: readonly (readonly Usage[])[]): number {
    const counts = new Set(lists.flat().map((usage) => declaredBy(usage).resources));
    const [count = 0] = counts;
    if (counts.size !== 1) {
        throw new Error(
            `what is compared declares different numbers of resources: ${[...counts].join(", ")}`,
        );
    }
    return count;
}

function missing(): never {
    throw new Error("nothing was measured");
}
