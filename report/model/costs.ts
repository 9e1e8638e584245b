import type { CostEstimate } from "../../plan/cost/estimate";
import type { CostLine, Range } from "../../plan/cost/lines";
import { cents } from "../../plan/cost/lines";
import { groupBy } from "../../stack/values";

/** An amount at the least and the most, and what is expected in between where the estimate says so. */
export interface Amount extends Range {
    expected?: number;
}

/** What one component costs a month. */
export interface ComponentCost {
    component: string;
    /** Sum of the lines with a price; undefined where none has one. */
    monthly?: Amount;
    lines: CostLine[];
    /** Number of items without a price. */
    unknown: number;
}

/** Components with something to pay for, the dearest first. */
export function componentCosts({ lines }: CostEstimate): ComponentCost[] {
    return [...groupBy(lines, ({ component }) => component)]
        .map(([component, own]): ComponentCost => {
            const amounts = own.flatMap(({ monthly }): Amount[] => (monthly ? [monthly] : []));
            return {
                component,
                lines: own,
                unknown: own.filter(({ basis }) => basis === "unknown").length,
                ...(amounts.length > 0 ? { monthly: sumOf(amounts) } : {}),
            };
        })
        .sort(
            (one, other) =>
                (other.monthly?.maximum ?? -1) - (one.monthly?.maximum ?? -1) ||
                one.component.localeCompare(other.component, "en"),
        );
}

function sumOf(amounts: readonly Amount[]): Amount {
    const sum = (pick: (amount: Amount) => number) =>
        cents(amounts.reduce((total, amount) => total + pick(amount), 0));
    const hasExpected = amounts.every(({ expected }) => expected !== undefined);
    return {
        minimum: sum(({ minimum }) => minimum),
        maximum: sum(({ maximum }) => maximum),
        ...(hasExpected ? { expected: sum(({ expected }) => expected ?? 0) } : {}),
    };
}
