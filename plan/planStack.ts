import { rulesByTopic } from "../policy/rules";
import { dayOf } from "../policy/waiver";
import { waivers as ownWaivers } from "../policy/waivers";
import { StackView } from "../stack/stackView";
import { estimateCost } from "./cost/estimate";
import { liveBook } from "./cost/live/liveBook";
import type { LiveBook } from "./cost/live/liveBook";
import type { RetailPrices } from "./cost/live/retailPrices";
import type { RunOptions, StackRun } from "./runStack";
import { runStack } from "./runStack";
import { describeStack } from "./stackPlan";
import type { StackPlan } from "./stackPlan";

/** Which stack to plan, and how. */
export interface PlanOptions extends RunOptions {
    /** The day on which waivers are judged, `YYYY-MM-DD`. Defaults to the computer's, in UTC. */
    today?: string;
    /** Azure's price list, to be asked for the prices of today. Defaults to not asking. */
    livePrices?: RetailPrices;
}

/** Runs the program for a stack in both phases and works out everything that the plan shows of it. */
export async function planStack(options: PlanOptions): Promise<StackPlan> {
    const start = performance.now();
    const run = await runStack(options);
    const { file, config, rules, waivers, preview, update, messages } = run;
    options.onProgress?.("checking");
    const today = options.today ?? dayOf(new Date());
    const live = options.livePrices && (await askedPrices(options.livePrices, today, options, run));
    const plan = describeStack(file, config, preview, update, {
        rules: rules ?? rulesByTopic,
        waivers: waivers ?? (rules === undefined ? ownWaivers : []),
        today,
        book: live?.book,
    });
    const cost = live ? { ...plan.cost, live: live.live } : plan.cost;
    return { ...plan, cost, messages, durationInMilliseconds: Math.round(performance.now() - start) };
}

/** Asks Azure for the prices of everything that the stack pays for. */
async function askedPrices(
    ask: RetailPrices,
    today: string,
    { onProgress }: PlanOptions,
    { update }: StackRun,
): Promise<LiveBook> {
    onProgress?.("asking Azure for prices");
    const stack = new StackView(update.resources);
    return liveBook((book) => estimateCost(stack, book), ask, today);
}
