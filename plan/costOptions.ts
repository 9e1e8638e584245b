import type { CommandContext } from "../terminal/context";
import { checkWritable, writeFile } from "../terminal/files";
import { textOptions } from "../terminal/textOptions";
import { counted } from "../terminal/words";
import type { RetailPrices } from "./cost/live/retailPrices";
import { priceTable } from "./cost/prices";
import { PlanError } from "./planError";
import { costMarkdown } from "./render/costMarkdown";
import type { StackPlan } from "./stackPlan";

/** Names another address of Azure's price list: a mirror, or a stand-in for tests. */
const pricesUrlVariable = "LANDING_ZONE_PRICES_URL";

/** Options of `plan` that are about costs. */
export interface CostFlags {
    live?: boolean;
    /** File. */
    compare?: string;
    /** File. */
    costMarkdown?: string;
}

/** Refused before the work: what cannot be written, and several stacks for what is about one. */
export function checkCostFlags({ costMarkdown: file }: CostFlags, stacks: readonly string[]): void {
    if (file === undefined) {
        return;
    }
    if (stacks.length !== 1) {
        throw new PlanError(
            `--cost-markdown writes about one stack, and ${stacks.join(", ")} would be planned`,
            "name one stack",
        );
    }
    checkWritable(file);
}

/** What gives a plan the difference of its cost to another one; the same plan where none is asked for. */
export function comparerOf({ compare: file }: CostFlags): (plan: StackPlan) => StackPlan {
    if (file === undefined) {
        return (plan) => plan;
    }
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    const compare = (require("./cost/base") as typeof import("./cost/base.js")).readBase(file);
    return (plan) => ({ ...plan, cost: { ...plan.cost, comparison: compare(plan.stack, plan.cost) } });
}

/** Writes the cost of a stack for the comment on a pull request. */
export function writeCostMarkdown(plan: StackPlan, { costMarkdown: file }: CostFlags): void {
    if (file !== undefined) {
        writeFile(file, costMarkdown(plan));
    }
}

/** Azure's price list where it is to be asked; one for all stacks, so that a price is asked for once. */
export function livePricesOf(
    { live }: CostFlags,
    { environment }: Pick<CommandContext, "environment">,
): RetailPrices | undefined {
    if (!live) {
        return undefined;
    }
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    const { retailPrices, askedOnce } = require("./cost/live/retailPrices") as RetailModule;
    return askedOnce(retailPrices({ url: environment[pricesUrlVariable], currency: priceTable.currency }));
}

type RetailModule = typeof import("./cost/live/retailPrices.js");

/** Prices that are not of today do no harm: the exit code stays, and one line says so. */
export function warnOfPrices(
    { stack, cost }: StackPlan,
    { stderr, environment }: Pick<CommandContext, "stderr" | "environment">,
): void {
    const [first, ...others] = cost.live?.warnings ?? [];
    if (first !== undefined) {
        const more =
            others.length === 0 ? "" : ` ${counted(others.length, "more warning")} in the plan's cost.`;
        const { colors } = textOptions(stderr, environment);
        stderr.write(`${colors.yellow("warning:")} stack ${stack}: ${first}${more}\n`);
    }
}
