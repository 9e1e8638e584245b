import type { Capture, Phase } from "../simulator/capture";
import type { RulesByTopic } from "../policy/rule";
import type { Waiver } from "../policy/waiver";
import { collectingConsole } from "./programConsole";
import type { ProgramMessage } from "./programConsole";
import { withStackTraces } from "../speed/stackTraces";
import { loadedConfig, realProgram, runProgram } from "./runProgram";
import type { PlannedConfig, ProgramModules } from "./runProgram";
import { readStackFile } from "./stackFile";
import type { StackFile } from "./stackFile";

/** Which stack's program to run, and how. */
export interface RunOptions {
    /** Where Pulumi.yaml and the stack files are. */
    directory: string;
    stack: string;
    /** Keeps stack traces whole, which costs about half as much time again. Defaults to false. */
    debug?: boolean;
    /** Called before each step with a few words about it. */
    onProgress?: (step: string) => void;
    /** Loads the program. Defaults to config.ts and program.ts. */
    loadProgram?: () => ProgramModules;
}

/** What a stack's program declared, in both phases. Secrets are in it in plain: nothing of it may be shown unmasked. */
export interface StackRun {
    file: StackFile;
    config: PlannedConfig;
    /** Rules that it is judged by; the landing zone's own where absent. */
    rules?: RulesByTopic;
    /** What is put up with. */
    waivers?: readonly Waiver[];
    preview: Capture;
    update: Capture;
    messages: ProgramMessage[];
}

/** Runs the program for a stack in both phases. */
export async function runStack(options: RunOptions): Promise<StackRun> {
    const { stack, debug = false, onProgress = () => undefined } = options;
    onProgress("reading the configuration");
    const file = readStackFile(options.directory, stack);
    const { result, messages } = await collectingConsole(async () => {
        const { loadConfig, program, rules, waivers } = (options.loadProgram ?? realProgram)();
        const config = await loadedConfig(file, loadConfig);
        const run = async (phase: Phase) => {
            onProgress(`running the program, ${phase}`);
            return withStackTraces(debug, () => runProgram(file, config, phase, program));
        };
        return { config, rules, waivers, preview: await run("preview"), update: await run("update") };
    });
    return { file, ...result, messages };
}
