import { escaped } from "../../terminal/markdown";
import { counted } from "../../terminal/words";
import { isNothing } from "../cost/difference";
import type { CostComparison, CostDifference } from "../cost/difference";
import type { StackPlan } from "../stackPlan";
import { money, moneyChange } from "./amounts";

/** What the other plan is called in a pull request. */
const base = "the base branch";

/** The cost of a stack for the comment on a pull request, with the difference to the base branch where it is known. */
export function costMarkdown({ cost }: StackPlan): string {
    const { monthly, currency, unknown, live, comparison } = cost;
    const sentence =
        `**Cost:** ${money(monthly.minimum)} to ${money(monthly.maximum)} ${currency} a month, ` +
        `${money(monthly.expected)} expected` +
        (unknown.length === 0 ? "" : `, ${counted(unknown.length, "price")} unknown`) +
        `. An estimate from list prices${live && live.found > 0 ? ` of ${live.asked}` : ""}, never a quote.`;
    return [sentence, ...(comparison ? comparisonMarkdown(comparison) : [])].join("\n") + "\n";
}

function comparisonMarkdown(comparison: CostComparison): string[] {
    if ("problem" in comparison) {
        return [`Not compared with ${base}: ${escaped(comparison.problem)}.`];
    }
    const { difference } = comparison;
    const { change, components } = difference;
    if (components.length === 0 && isNothing(change)) {
        return [`The same as on ${base}${unknownPart(difference)}.`];
    }
    return [
        `Against ${base}: **${moneyChange(change.expected)} expected**, ${moneyChange(change.minimum)} at least, ` +
            `${moneyChange(change.maximum)} at most${unknownPart(difference)}.`,
        "",
        `<details><summary>Cost by component (${components.length})</summary>`,
        "",
        "| Component | Least | Expected | Most |",
        "| --- | ---: | ---: | ---: |",
        ...components.map(
            ({ component, change: by }) =>
                `| ${escaped(component)} | ${moneyChange(by.minimum)} | ${moneyChange(by.expected)} | ${moneyChange(by.maximum)} |`,
        ),
        "",
        "</details>",
    ];
}

function unknownPart({ newUnknown, goneUnknown }: CostDifference): string {
    return [
        ...(newUnknown.length > 0 ? [`; new without a price: ${newUnknown.map(escaped).join(", ")}`] : []),
        ...(goneUnknown.length > 0
            ? [`; no longer without a price: ${goneUnknown.map(escaped).join(", ")}`]
            : []),
    ].join("");
}
