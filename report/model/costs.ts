import type { CostEstimate } from "../../plan/cost/estimate";
import { inCents, sumOf } from "../../plan/cost/lines";
import type { CostLine, Spread } from "../../plan/cost/lines";
import { groupBy } from "../../stack/values";

/** What one component costs a month. */
export interface ComponentCost {
    component: string;
    /** Sum of the lines with a price; undefined where none has one. */
    monthly?: Spread;
    lines: CostLine[];
    /** Number of items without a price. */
    unknown: number;
}

/** Components with something to pay for, the dearest first. */
export function componentCosts({ lines }: CostEstimate): ComponentCost[] {
    return [...groupBy(lines, ({ component }) => component)]
        .map(([component, own]): ComponentCost => {
            const amounts = own.flatMap(({ monthly }) => monthly ?? []);
            return {
                component,
                lines: own,
                unknown: own.filter(({ basis }) => basis === "unknown").length,
                ...(amounts.length > 0 ? { monthly: inCents(sumOf(amounts)) } : {}),
            };
        })
        .sort(
            (one, other) =>
                (other.monthly?.maximum ?? -1) - (one.monthly?.maximum ?? -1) ||
                one.component.localeCompare(other.component, "en"),
        );
}
