import { inCents, sumOf } from "../cost/lines";
import type { CostLine, Spread } from "../cost/lines";
import { evidenceDays, itemText, usageItems } from "../cost/summary";
import type { StackPlan } from "../stackPlan";
import { groupBy } from "../../stack/values";
import { paragraph, table } from "../../terminal/layout";
import { heading, indent } from "../../terminal/heading";
import type { TextOptions } from "../../terminal/textOptions";
import { counted } from "../../terminal/words";
import { comparisonLines } from "./comparisonSection";
import { money, moneyRange, quantityRange } from "./amounts";

/** The monthly cost: what has a price, what has none, what depends on usage, and the assumptions. */
export function costSection(plan: StackPlan, options: TextOptions): string[] {
    const { colors, width } = options;
    const { lines, monthly, currency, pricesCollected, assumptions } = plan.cost;
    if (lines.length === 0) {
        return [];
    }
    const withAmount = lines.filter((line) => line.monthly !== undefined);
    const usage = usageItems(lines);
    const days = evidenceDays(lines);
    const found = days ? `found between ${days.first} and ${days.last} and ` : "";
    const rows = [
        ...merged(withAmount).map((line) => [
            line.component,
            itemText(line),
            line.quantity ? quantityRange(line.quantity) : "",
            line.monthly ? moneyRange(line.monthly) : "",
            line.monthly ? money(line.monthly.expected) : "",
        ]),
        [
            "",
            { text: "Sum of what has a price", style: colors.bold },
            "",
            { text: moneyRange(monthly), style: colors.bold },
            { text: money(monthly.expected), style: colors.bold },
        ],
    ];
    const unknownLines = merged(lines.filter(({ basis }) => basis === "unknown"));
    return [
        heading(
            "Cost",
            `${moneyRange(monthly)} ${currency} a month, ${money(monthly.expected)} expected${knownPart(plan)}`,
            options,
        ),
        ...table(
            [
                { title: "Component" },
                { title: "Item", flexible: true },
                { title: "Units", align: "right" },
                { title: `${currency} a month`, align: "right" },
                { title: "Expected", align: "right" },
            ],
            rows,
            { width, indent, titleStyle: colors.dim },
        ),
        ...(unknownLines.length > 0
            ? [
                  `${" ".repeat(indent)}${colors.yellow("Price unknown, not in the sum:")}`,
                  ...table(
                      [{}, { flexible: true }, { align: "right" }, { align: "right" }],
                      unknownLines.map(({ component, item, note, quantity, elsewhere }) => [
                          component,
                          itemText({ item, note }),
                          quantity ? quantityRange(quantity) : "",
                          elsewhere ? `${moneyRange(elsewhere.monthly)} in ${elsewhere.region}` : "",
                      ]),
                      { width, indent: indent * 2 },
                  ),
                  ...(plan.cost.elsewhere.maximum > 0
                      ? paragraph(
                            `At the prices of those other regions they would add ${moneyRange(plan.cost.elsewhere)}.`,
                            { width, indent: indent * 2, style: colors.dim },
                        )
                      : []),
              ]
            : []),
        ...(usage.length > 0
            ? paragraph(`Depends on usage, not in the sum: ${usage.join("; ")}.`, {
                  width,
                  indent,
                  style: colors.dim,
              })
            : []),
        ...paragraph(
            `Pay-as-you-go list prices in ${currency} without tax, ${found}put together on ${pricesCollected}. An estimate, never a quote.`,
            { width, indent, style: colors.dim },
        ),
        ...(plan.cost.comparison ? comparisonLines(plan.cost.comparison, options) : []),
        ...liveParagraphs(plan, options),
        `${" ".repeat(indent)}${colors.dim("Assumes:")}`,
        ...assumptions.flatMap(({ text }) => paragraph(`- ${text}`, { width, indent, style: colors.dim })),
    ];
}

function liveParagraphs({ cost: { live } }: StackPlan, { colors, width }: TextOptions): string[] {
    return live === undefined
        ? []
        : [
              ...paragraph(
                  `${counted(live.found, "price")} of ${live.asked} from Azure's own list (source API).`,
                  {
                      width,
                      indent,
                      style: colors.dim,
                  },
              ),
              ...live.warnings.flatMap((warning) =>
                  paragraph(warning, { width, indent, style: colors.yellow }),
              ),
          ];
}

function knownPart({ cost: { unknown } }: StackPlan): string {
    return unknown.length === 0 ? "" : `, ${counted(unknown.length, "unknown price")}`;
}

/** Lines of a component that differ in nothing but the resource, as one. */
function merged(lines: readonly CostLine[]): CostLine[] {
    const groups = groupBy(lines, ({ component, item, region, note, unitPrice }) => {
        return JSON.stringify([component, item, region, note, unitPrice]);
    });
    return [...groups.values()].flatMap((group) => {
        const [first] = group;
        return first ? [group.slice(1).reduce(added, first)] : [];
    });
}

function added(one: CostLine, other: CostLine): CostLine {
    const sum = (left?: Spread, right?: Spread) => inCents(sumOf([left, right]));
    return {
        ...one,
        quantity: sumOf([one.quantity, other.quantity]),
        ...(one.monthly ? { monthly: sum(one.monthly, other.monthly) } : {}),
        ...(one.elsewhere
            ? {
                  elsewhere: {
                      ...one.elsewhere,
                      monthly: sum(one.elsewhere.monthly, other.elsewhere?.monthly),
                  },
              }
            : {}),
    };
}
