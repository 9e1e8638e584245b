import { money, moneyChange, moneyRange, quantityRange } from "../../plan/render/amounts";
import { isNothing } from "../../plan/cost/difference";
import type { CostLine, Spread } from "../../plan/cost/lines";
import { evidenceDays, usageItems } from "../../plan/cost/summary";
import { counted } from "../../terminal/words";
import { componentCosts } from "../model/costs";
import type { ComponentCost } from "../model/costs";
import { html } from "./html";
import type { Html, HtmlPart } from "./html";
import { absent, disclosure, list, table, tag } from "./parts";
import type { TableColumn } from "./parts";
import { body } from "./stackReport";
import type { SectionBody, StackReport } from "./stackReport";

/** What a table by component begins with. */
const amountColumns: readonly TableColumn[] = [
    { title: "Component" },
    { title: "Minimum", align: "right" },
    { title: "Expected", align: "right" },
    { title: "Maximum", align: "right" },
];

/** What each component costs a month, and what that assumes. */
export function costSection({ plan }: StackReport): SectionBody | undefined {
    const { cost } = plan;
    if (cost.lines.length === 0) {
        return undefined;
    }
    const components = componentCosts(cost);
    const priced = components.filter(({ monthly, unknown }) => monthly !== undefined || unknown > 0);
    const total = cost.monthly;
    const most = Math.max(1, ...components.map(({ monthly }) => monthly?.maximum ?? 0));
    const amounts = (amount: Spread | undefined): HtmlPart[] =>
        [amount?.minimum, amount?.expected, amount?.maximum].map((usd) =>
            usd === undefined ? tag("note", "unknown") : money(usd),
        );
    return body(
        html`<strong>${moneyRange(total)} ${cost.currency} a month</strong>, ${money(total.expected)}
            expected, with ${counted(cost.unknown.length, "price")} unknown and in no sum. An estimate, never
            a quote.`,
        html`${table({
            caption: `Monthly cost of ${plan.stack} by component, in ${cost.currency}`,
            columns: [...amountColumns, { title: "Range", hidden: true }, { title: "Without a price" }],
            className: "amounts",
            rows: [
                ...priced.map(({ component, monthly, unknown }) => ({
                    cells: [
                        component,
                        ...amounts(monthly),
                        monthly && bar(monthly, most),
                        unknown > 0 ? tag("note", counted(unknown, "item")) : absent,
                    ],
                })),
                {
                    className: "sum",
                    cells: [
                        "Sum of what has a price",
                        ...amounts(total),
                        undefined,
                        counted(cost.unknown.length, "kind"),
                    ],
                },
            ],
        })}
        ${comparisonOf(plan)} ${assumptions(plan)}
        ${disclosure("Every item, with its price and source", itemTable(plan, components))}`,
    );
}

/** How the cost differs from another plan's, where the plan was compared with one. */
function comparisonOf({ cost: { comparison, currency } }: StackReport["plan"]): Html | undefined {
    if (comparison === undefined) {
        return undefined;
    }
    if ("problem" in comparison) {
        return html`<p>Not compared with ${comparison.file}: ${comparison.problem}.</p>`;
    }
    const { change, components } = comparison.difference;
    if (components.length === 0 && isNothing(change)) {
        return html`<p>Costs the same as in ${comparison.file}.</p>`;
    }
    return table({
        caption: `Difference to ${comparison.file} by component, in ${currency} a month`,
        columns: amountColumns,
        className: "amounts",
        rows: [...components, { component: "Sum", change }].map(({ component, change: by }) => ({
            cells: [component, ...[by.minimum, by.expected, by.maximum].map(moneyChange)],
        })),
    });
}

/** From least to most on the scale of the dearest component; the numbers beside it say the same. */
function bar({ minimum, expected, maximum }: Spread, most: number): Html {
    const percent = (usd: number) => ((usd / most) * 100).toFixed(2);
    return html`<span class="bar" aria-hidden="true"
        ><span class="least" style="width:${percent(minimum)}%"></span
        ><span class="most" style="left:${percent(minimum)}%;width:${percent(maximum - minimum)}%"></span
        ><span class="expected" style="left:${percent(expected)}%"></span
    ></span>`;
}

function assumptions({ cost }: StackReport["plan"]): Html {
    const days = evidenceDays(cost.lines);
    const usage = usageItems(cost.lines);
    const hasElsewhere = cost.elsewhere.maximum > 0;
    return html`<h4>Assumptions</h4>
        ${list(
            [
                ...cost.assumptions.map(({ text, reason }) => `${text} ${reason}`),
                `Pay-as-you-go list prices in ${cost.currency}, without tax, reservations or agreements; the table was put together on ${cost.pricesCollected}${
                    days ? `, its evidence is from ${days.first} to ${days.last}` : ""
                }.`,
                ...(cost.unknown.length > 0
                    ? [
                          `No price was found for: ${cost.unknown.join(", ")}.${
                              hasElsewhere
                                  ? ` At prices of other regions some of them would add ${moneyRange(cost.elsewhere)}.`
                                  : ""
                          }`,
                      ]
                    : []),
                ...(usage.length > 0 ? [`Depends on usage and is in no sum: ${usage.join("; ")}.`] : []),
            ],
            "sentences",
        )}`;
}

function itemTable({ cost, stack }: StackReport["plan"], components: readonly ComponentCost[]): Html {
    return table({
        caption: `Items of ${stack}, in ${cost.currency} a month`,
        columns: [
            { title: "Component" },
            { title: "Item" },
            { title: "Units", align: "right" },
            { title: "A month", align: "right" },
            { title: "Price and evidence" },
        ],
        rows: components.flatMap(({ component, lines }) =>
            lines.map((line) => ({
                cells: [
                    component,
                    html`${line.item}<span class="quiet block">${line.resource}, ${line.region}</span>`,
                    line.quantity ? quantityRange(line.quantity) : absent,
                    amountOf(line),
                    evidenceOf(line),
                ],
            })),
        ),
    });
}

function amountOf({ basis, monthly }: CostLine): HtmlPart {
    if (monthly) {
        return moneyRange(monthly);
    }
    return basis === "usage" ? "by usage" : tag("note", "unknown");
}

function evidenceOf({ unitPrice, note, elsewhere }: CostLine): HtmlPart {
    const price = unitPrice && `${pricePerUnit(unitPrice)}, ${unitPrice.date}, source ${unitPrice.source}`;
    const other = elsewhere && `${moneyRange(elsewhere.monthly)} in ${elsewhere.region}`;
    const texts = [price, note, other].filter((text) => text !== undefined && text !== "");
    return texts.length === 0 ? absent : texts.join("; ");
}

/** Unit prices are fractions of a cent at times: they are shown as they are. */
function pricePerUnit({ minimum, maximum, unit }: NonNullable<CostLine["unitPrice"]>): string {
    const digits = (usd: number) => String(Number(usd.toPrecision(6)));
    return `${minimum === maximum ? digits(minimum) : `${digits(minimum)} to ${digits(maximum)}`} an ${unit}`
        .replace("an day", "a day")
        .replace("an month", "a month");
}
