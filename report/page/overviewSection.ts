import { money, moneyRange } from "../../plan/render/amounts";
import { types } from "../../stack/resourceTypes";
import { textAt } from "../../stack/values";
import { counted, grouped } from "../../terminal/words";
import { statusTags } from "./controlsSection";
import { poolTable } from "../model/pools";
import { tenantRows } from "../model/tenants";
import { html, joinedHtml } from "./html";
import type { HtmlPart } from "./html";
import { absent, disclosure, table, tag } from "./parts";
import type { StackReport } from "./stackReport";

/** The stacks side by side in a few figures, and what is still to be filled in. */
export function overviewSection(reports: readonly StackReport[]): HtmlPart {
    const facts: [title: string, value: (report: StackReport) => HtmlPart][] = [
        ["Region", ({ plan }) => plan.region],
        ["Kubernetes", kubernetes],
        ["Node pools", nodePools],
        ["Addresses", ({ plan }) => rangesOf(plan) || absent],
        ["Namespaces of teams", ({ plan, view }) => grouped(tenantRows(view, plan.access).length)],
        ["Resources", ({ plan }) => grouped(plan.components.total)],
        ["Controls", ({ plan }) => statusTags(plan.checks)],
        [
            "Cost a month",
            ({ plan: { cost } }) =>
                `${moneyRange(cost.monthly)} ${cost.currency}, ${money(cost.monthly.expected)} expected` +
                (cost.unknown.length > 0 ? `, ${counted(cost.unknown.length, "unknown price")}` : ""),
        ],
        [
            "Still to fill in",
            ({ plan }) =>
                plan.unset.length === 0 ? "nothing" : tag("note", counted(plan.unset.length, "value")),
        ],
    ];
    return html`<section id="overview" aria-labelledby="overview-heading" class="stack">
        <h2 id="overview-heading">Overview</h2>
        ${table({
            caption: html`<span class="unseen">The plan in figures</span>`,
            columns: [
                { title: "Figure", hidden: true },
                ...reports.map(({ plan }) => ({ title: plan.stack })),
            ],
            className: "figures",
            rows: facts.map(([title, value]) => ({ cells: [title, ...reports.map(value)] })),
        })}
        ${reports.map(({ plan: { unset, stack } }) =>
            unset.length === 0
                ? undefined
                : disclosure(
                      html`<span class="name">${counted(unset.length, "value")} of ${stack}</span> to fill in:
                          the plan uses stand-ins, a deployment refuses to start`,
                      table({
                          caption: html`<span class="unseen">Values of ${stack} to fill in</span>`,
                          columns: [{ title: "Setting" }, { title: "Where to get it" }],
                          rows: unset.map(({ path, find }) => ({
                              cells: [html`<code>${path}</code>`, find],
                          })),
                      }),
                  ),
        )}
    </section>`;
}

function kubernetes({ view }: StackReport): HtmlPart {
    const clusters = view.ofType(types.cluster).map(({ inputs }) => {
        const tier = textAt(inputs, "sku", "tier");
        return `${textAt(inputs, "kubernetesVersion") ?? "as AKS chooses"}${tier ? `, tier ${tier}` : ""}`;
    });
    return clusters.join("; ") || absent;
}

function nodePools({ view }: StackReport): HtmlPart {
    const { pools } = poolTable(view);
    return pools.length === 0
        ? absent
        : joinedHtml(
              pools.map(({ name, nodes }) => `${name}: ${nodes}`),
              html`<br />`,
          );
}

function rangesOf({ addressPlan }: StackReport["plan"]): string {
    return addressPlan
        .filter(({ kind }) => kind === "network")
        .map(({ range }) => range)
        .join(", ");
}
