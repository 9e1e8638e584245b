import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { runCli } from "../../rehearsal/faults/cliRun";
import type { Stage } from "../../rehearsal/stage";
import { speedupsOff } from "../../speed/switches";
import type { Speedup } from "../../speed/switches";
import { readUsage, withReporter } from "../child";
import type { Usage } from "../child";
import { ratioOf, spreadOf } from "../measurement";
import type { Measurement, Setting } from "../measurement";
import { onBenchStage, upFromNothing } from "./stage";

/** A way to run the program of this repository on the stack. */
interface SetUp {
    /** What progress and messages call it. */
    name: string;
    /** Folder of its project. */
    directory: string;
    /** Added to the engine's environment. */
    variables: Readonly<Record<string, string>>;
}

/** A round takes minutes: ts-node checks the types of every file, and of the providers. */
const mostRounds = 3;

/** What the default set-up may take at most, in parts of it. */
const goal = 0.15;

/** What a program imports that follows the examples of the providers' own documentation. */
const rootImports = [
    'import * as azureNative from "@pulumi/azure-native";',
    'import * as azuread from "@pulumi/azuread";',
    'import * as kubernetes from "@pulumi/kubernetes";',
    "// As values: TypeScript leaves out what is not used.",
    "void [azureNative, azuread, kubernetes];",
].join("\n");

/** What the program's process used, a usage a round: without what an earlier run has left behind, and with it. */
export interface NodeHalf {
    first: Usage[];
    later: Usage[];
}

/** The speed-ups that keep something for the next run. */
const ownCaches: readonly Speedup[] = ["transpile-cache", "compile-cache"];

/**
 * What the program's process takes in an `up` that has nothing to do: as this repository sets it up, and as
 * `pulumi new azure-typescript` does, on the same stack in turn. ts-node, too, keeps what it has made of a file, and then
 * does not check its types again: first runs are compared with first ones, as on a build agent, and later with later ones.
 */
export function measureNodeHalf(stack: string, setting: Setting): Promise<Measurement[]> {
    const rounds = Math.min(mostRounds, setting.pairs);
    return onBenchStage(setting, stack, async (stage) => {
        // It fills this repository's caches.
        setting.onProgress(`${stack}, node half, up from nothing`);
        await upFromNothing(stage, "measure");
        const { project, root } = stage.workspace;
        const directory = join(root, "default");
        writeDefaultProject(project, directory);
        const own: NodeHalf = { first: [], later: [] };
        const byDefault: NodeHalf = { first: [], later: [] };
        for (let round = 1; round <= rounds; round += 1) {
            const used = (name: string, setUp: Omit<SetUp, "name">) => {
                setting.onProgress(`${stack}, node half, ${name}, ${round} of ${rounds}`);
                return unchangedUp(stage, { name, ...setUp }, setting);
            };
            const variables = {
                [speedupsOff]: "all",
                TS_NODE_CACHE_DIRECTORY: mkdtempSync(join(root, "ts-node-")),
            };
            const withoutCaches = { [speedupsOff]: ownCaches.join(",") };
            own.first.push(
                await used("own set-up, first run", { directory: project, variables: withoutCaches }),
            );
            byDefault.first.push(await used("default set-up, first run", { directory, variables }));
            own.later.push(await used("own set-up, later run", { directory: project, variables: {} }));
            byDefault.later.push(await used("default set-up, later run", { directory, variables }));
        }
        return nodeHalfRows(stack, own, byDefault);
    });
}

/**
 * Processor and wall time of the program's process against that in the default set-up. The goal is for first runs: in
 * later ones the default set-up checks no types.
 */
export function nodeHalfRows(stack: string, own: NodeHalf, byDefault: NodeHalf): Measurement[] {
    const row = (run: keyof NodeHalf, name: string, of: (usage: Usage) => number): Measurement => {
        const median = (usages: readonly Usage[], value: (usage: Usage) => number) =>
            spreadOf(usages.map(value)).median;
        const peak = ({ peakMebibytes }: Usage) => peakMebibytes;
        return {
            name: `${stack}, node half of up, ${run} run, ${name}`,
            against: run === "first" ? "set-up of `pulumi new`" : "the same, types not checked",
            ratio: ratioOf(own[run].map(of), byDefault[run].map(of)),
            pairs: own[run].length,
            ...(run === "first" && { goal }),
            figures: {
                seconds: median(own[run], of),
                defaultSeconds: median(byDefault[run], of),
                peakMebibytes: median(own[run], peak),
                defaultPeakMebibytes: median(byDefault[run], peak),
            },
        };
    };
    return (["first", "later"] as const).flatMap((run) => [
        row(run, "processor time", ({ cpuSeconds }) => cpuSeconds),
        row(run, "wall time", ({ wallSeconds }) => wallSeconds),
    ]);
}

/**
 * Copies a project and sets it up as `pulumi new azure-typescript` does: no options for the language host, which then
 * runs ts-node with type-checking, and the providers imported as a whole.
 */
export function writeDefaultProject(project: string, target: string): void {
    cpSync(project, target, { recursive: true });
    const settings = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
    writeFileSync(join(target, "Pulumi.yaml"), stringify({ ...settings, runtime: "nodejs" }));
    const program = readFileSync(join(project, "index.ts"), "utf8");
    // A link to the repository's own.
    rmSync(join(target, "index.ts"));
    writeFileSync(join(target, "index.ts"), `${rootImports}\n${program}`);
}

/** What the program's process used in an `up` that changes nothing. */
async function unchangedUp({ engine, workspace }: Stage, setUp: SetUp, setting: Setting): Promise<Usage> {
    const { name, directory, variables } = setUp;
    const { commandLine } = engine;
    const folder = mkdtempSync(join(workspace.root, "usage-"));
    const { code, output, errors } = await runCli(
        {
            ...commandLine,
            directory,
            environment: {
                ...commandLine.environment,
                ...withReporter(folder, commandLine.environment["NODE_OPTIONS"]),
                ...variables,
            },
            log: (text) => workspace.log(text),
            signal: setting.signal,
        },
        // Aliases, say, that one of them declares and the other one does not must be no change to the stack.
        ["up", "--yes", "--skip-preview", "--expect-no-changes"],
    );
    if (code !== 0) {
        const said = `${output}${errors}`.trim().slice(-2000);
        throw new Error(`up in ${name} fails or has something to change, and is not measured:\n${said}`);
    }
    return programOf(readUsage(folder), name);
}

/** The process, of all Node processes of an `up`, that ran the program. */
export function programOf(usages: readonly Usage[], setUp: string): Usage {
    const [program, ...others] = usages.filter(({ argv }) =>
        /[\\/]cmd[\\/]run[\\/]index\.js$/.test(argv[1] ?? ""),
    );
    if (!program || others.length > 0) {
        const seen = usages.map(({ argv }) => argv.slice(0, 2).join(" ")).join("\n");
        throw new Error(`up in ${setUp} was to run the program once; the Node processes were:\n${seen}`);
    }
    return program;
}
