import { rulesByTopic } from "../policy/rules";
import { dayOf } from "../policy/waiver";
import { waivers as ownWaivers } from "../policy/waivers";
import type { RunOptions } from "./runStack";
import { runStack } from "./runStack";
import { describeStack } from "./stackPlan";
import type { StackPlan } from "./stackPlan";

/** Which stack to plan, and how. */
export interface PlanOptions extends RunOptions {
    /** The day on which waivers are judged, `YYYY-MM-DD`. Defaults to the computer's, in UTC. */
    today?: string;
}

/** Runs the program for a stack in both phases and works out everything that the plan shows of it. */
export async function planStack(options: PlanOptions): Promise<StackPlan> {
    const start = performance.now();
    const { file, config, rules, waivers, preview, update, messages } = await runStack(options);
    options.onProgress?.("checking");
    const plan = describeStack(file, config, preview, update, {
        rules: rules ?? rulesByTopic,
        waivers: waivers ?? (rules === undefined ? ownWaivers : []),
        today: options.today ?? dayOf(new Date()),
    });
    return { ...plan, messages, durationInMilliseconds: Math.round(performance.now() - start) };
}
