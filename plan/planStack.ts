import { rulesByTopic } from "../policy/rules";
import { dayOf } from "../policy/waiver";
import { waivers as ownWaivers } from "../policy/waivers";
import type { Phase } from "../simulator/capture";
import { collectingConsole } from "./programConsole";
import { loadedConfig, realProgram, runProgram, withStackTraces } from "./runProgram";
import type { ProgramModules } from "./runProgram";
import { readStackFile } from "./stackFile";
import { describeStack } from "./stackPlan";
import type { StackPlan } from "./stackPlan";

/** Which stack to plan, and how. */
export interface PlanOptions {
    /** Where Pulumi.yaml and the stack files are. */
    directory: string;
    stack: string;
    /** Keeps stack traces whole, which costs about half as much time again. Defaults to false. */
    debug?: boolean;
    /** Called before each step with a few words about it. */
    onProgress?: (step: string) => void;
    /** The day on which waivers are judged, `YYYY-MM-DD`. Defaults to the computer's, in UTC. */
    today?: string;
    /** Loads the program. Defaults to config.ts and program.ts. */
    loadProgram?: () => ProgramModules;
}

/** Runs the program for a stack in both phases and works out everything that the plan shows of it. */
export async function planStack(options: PlanOptions): Promise<StackPlan> {
    const start = performance.now();
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
    onProgress("checking");
    const plan = describeStack(file, result.config, result.preview, result.update, {
        rules: result.rules ?? rulesByTopic,
        waivers: result.waivers ?? (result.rules === undefined ? ownWaivers : []),
        today: options.today ?? dayOf(new Date()),
    });
    return { ...plan, messages, durationInMilliseconds: Math.round(performance.now() - start) };
}
