import type { Colors } from "picocolors/types";
import type { CheckResult } from "../checks";
import type { Severity } from "../checks/check";
import type { ComponentNode } from "../componentTree";
import type { CostLine, Range } from "../cost/lines";
import { asRange, cents } from "../cost/lines";
import type { StackPlan } from "../planStack";
import { groupBy } from "../values";
import { paragraph, table } from "./layout";
import type { Cell, Style } from "./layout";
import { counted, grouped, money, moneyRange, quantityRange, seconds } from "./words";

/** How a plan is written for people. */
export interface TextOptions {
    colors: Colors;
    /** Longest line. */
    width: number;
}

const indent = 2;

/** One stack's plan for people to read. */
export function planText(plan: StackPlan, options: TextOptions): string {
    const sections = [
        header(plan, options),
        resources(plan, options),
        addresses(plan, options),
        access(plan, options),
        checks(plan, options),
        unset(plan, options),
        cost(plan, options),
        messages(plan, options),
        paragraph(`Planned in ${seconds(plan.durationInMilliseconds)}.`, { ...options, indent: 0, style: options.colors.dim }),
    ];
    return `${sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join("\n"))
        .join("\n\n")}\n`;
}

function header(plan: StackPlan, { colors, width }: TextOptions): string[] {
    const title = `${plan.project} / ${plan.stack}`;
    return [
        colors.bold(title),
        ...paragraph(
            `What \`pulumi up -s ${plan.stack}\` would build in ${plan.region}, from the real program and Pulumi.${plan.stack}.yaml. ` +
                "Azure's answers are simulated; nothing was sent anywhere.",
            { width, indent: 0, style: colors.dim },
        ),
    ];
}

function heading(title: string, rest: string, { colors }: TextOptions): string {
    return rest === "" ? colors.bold(title) : `${colors.bold(title)}  ${rest}`;
}

function resources(plan: StackPlan, options: TextOptions): string[] {
    const { colors } = options;
    const components = plan.resources.filter(({ custom, parent }) => !custom && parent !== undefined).length;
    const total = plan.components.total;
    const rows = treeRows(plan.components, "", "");
    const byType = plan.counts.map(({ type, count }) => `${count} ${type}`).join(", ");
    return [
        heading("Resources", `${grouped(total)} in ${counted(components, "component")}`, options),
        ...table(
            [
                { title: "Component" },
                { title: "Type" },
                { title: "All", align: "right" },
                { title: "Directly in it", flexible: true },
            ],
            rows,
            { width: options.width, indent, titleStyle: colors.dim },
        ),
        ...paragraph(`By type: ${byType}`, { width: options.width, indent, style: colors.dim }),
    ];
}

function treeRows(node: ComponentNode, front: string, childFront: string): Cell[][] {
    const [first = ""] = node.names;
    const isGroup = node.names.length > 1;
    const inside = node.resources.map(({ type, count }) => (count === 1 ? type : `${count} ${type}`)).join(", ");
    const row = [
        `${front}${isGroup ? `${node.names.length} x ${node.type}` : first}`,
        isGroup ? "" : node.type,
        `${node.total}${isGroup ? " each" : ""}`,
        isGroup ? `${node.names.join(", ")}: ${inside}` : inside,
    ];
    const children = node.children.flatMap((child, index) => {
        const isLast = index === node.children.length - 1;
        return treeRows(child, `${childFront}${isLast ? "└ " : "├ "}`, `${childFront}${isLast ? "  " : "│ "}`);
    });
    return [row, ...children];
}

function addresses({ addressPlan }: StackPlan, options: TextOptions): string[] {
    if (addressPlan.length === 0) {
        return [];
    }
    const rows = addressPlan.map(({ kind, range, name, usableAddresses, role }) => [
        kind === "subnet" ? `  ${range}` : range,
        grouped(usableAddresses),
        name,
        role,
    ]);
    return [
        heading("Addresses", "", options),
        ...table(
            [{ title: "Range" }, { title: "Usable", align: "right" }, { title: "Name" }, { title: "Role", flexible: true }],
            rows,
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
    ];
}

function access(plan: StackPlan, options: TextOptions): string[] {
    if (plan.access.length === 0) {
        return [];
    }
    // One line for each principal and role, however many places the role holds for.
    const grants = [...groupBy(plan.access, ({ principalId, role }) => `${principalId} ${role}`).values()];
    let last = "";
    const rows = grants.flatMap((group) => {
        const [first] = group;
        if (!first) {
            return [];
        }
        const principal = first.principalId === last ? "" : first.principal;
        last = first.principalId;
        return [[principal, first.role, scopes(group.map(({ scope }) => scope))]];
    });
    return [
        heading("Access", `${counted(plan.access.length, "assignment")}: who may do what, where`, options),
        ...table(
            [{ title: "Who" }, { title: "Role" }, { title: "Where", flexible: true }],
            rows.map((row) => row.map((text) => text.replace(/^Azure Kubernetes Service /, "AKS "))),
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
    ];
}

/** `subnet a` and `subnet b` become `subnets a, b`; `namespace c of x` and `namespace d of x` become `namespaces c, d of x`. */
function scopes(all: readonly string[]): string {
    const parsed = all.map((scope) => /^(?<noun>.*?) (?<name>\S+)(?<rest>(?: of .*| \(.*\))?)$/.exec(scope)?.groups ?? { noun: scope });
    return [...groupBy(parsed, ({ noun, rest = "" }) => `${noun ?? ""} ${rest}`).values()]
        .map((group) => {
            const names = group.map(({ name = "" }) => name).join(", ");
            const noun = group[0]?.["noun"] ?? "";
            const plural = group.length === 1 ? noun : noun.replace(/y$/, "ie").concat("s");
            return `${plural} ${names}${group[0]?.["rest"] ?? ""}`.trim();
        })
        .join("; ");
}

const severities: readonly { severity: Severity; title: string; plural: string }[] = [
    { severity: "error", title: "error", plural: "errors" },
    { severity: "warning", title: "warning", plural: "warnings" },
    { severity: "info", title: "note", plural: "notes" },
];

const findingsShown = 6;

function checks(plan: StackPlan, options: TextOptions): string[] {
    const { colors, width } = options;
    const failing = plan.checks.filter(({ holds }) => !holds);
    const holding = plan.checks.filter(({ holds }) => holds);
    const lines = severities.flatMap(({ severity, title }) =>
        failing
            .filter((check) => check.severity === severity)
            .flatMap((check) => failingCheck(check, title.toUpperCase(), options)),
    );
    return [
        heading("Checks", checkSummary(plan.checks, colors), options),
        ...lines,
        ...paragraph(`Hold: ${holding.map(({ id }) => id).join(", ")}`, { width, indent, style: colors.dim }),
    ];
}

function checkSummary(all: readonly CheckResult[], colors: Colors): string {
    const holding = all.filter(({ holds }) => holds).length;
    const failing = severities.map(({ severity, title, plural }) => {
        const count = all.filter((check) => !check.holds && check.severity === severity).length;
        return { severity, text: counted(count, title, plural), count };
    });
    return [
        `${holding} of ${all.length} hold`,
        ...failing.filter(({ count }) => count > 0).map(({ severity, text }) => severityStyle(severity, colors)(text)),
    ].join(", ");
}

function failingCheck(check: CheckResult, label: string, { colors, width }: TextOptions): string[] {
    const shown = check.findings.slice(0, findingsShown);
    const more = check.findings.length - shown.length;
    const findings = shown.map(({ resource, message }) => `- ${resource ? `${resource}: ` : ""}${message}`);
    const texts: Cell[] = [
        { text: `Does not hold: ${check.title}`, style: colors.bold },
        ...findings,
        ...(more > 0 ? [`- and ${more} more; --json has them all`] : []),
        { text: `Why: ${check.why}`, style: colors.dim },
        { text: `Mend: ${check.mend}`, style: colors.dim },
        { text: check.id, style: colors.dim },
    ];
    const rows = texts.map((text, index): Cell[] => [
        index === 0 ? { text: label, style: severityStyle(check.severity, colors) } : "",
        text,
    ]);
    return table([{ width: labelWidth }, { flexible: true }], rows, { width, indent });
}

const labelWidth = "WARNING".length;

function severityStyle(severity: Severity, colors: Colors): Style {
    return { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
}

function unset(plan: StackPlan, options: TextOptions): string[] {
    if (plan.unset.length === 0) {
        return [];
    }
    return [
        heading(
            "Unset",
            `${counted(plan.unset.length, "placeholder")} in Pulumi.${plan.stack}.yaml; a deployment refuses to start with them`,
            options,
        ),
        ...table(
            [{ title: "Key" }, { title: "Where to get the value", flexible: true }],
            plan.unset.map(({ path, find }) => [path, find]),
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
    ];
}

function cost(plan: StackPlan, options: TextOptions): string[] {
    const { colors, width } = options;
    const { lines, monthly, currency, pricesCollected, hoursPerMonth } = plan.cost;
    if (lines.length === 0) {
        return [];
    }
    const fixed = lines.filter(({ basis }) => basis === "fixed");
    const dates = fixed.flatMap(({ unitPrice }) => unitPrice?.date ?? []).sort();
    const rows = [
        ...merged(fixed).map((line) => [
            line.component,
            withNote(line.item, line.note),
            line.quantity ? quantityRange(line.quantity) : "",
            line.monthly ? moneyRange(line.monthly) : "",
        ]),
        ["", { text: "Sum of what has a price", style: colors.bold }, "", { text: moneyRange(monthly), style: colors.bold }],
    ];
    const unknownLines = merged(lines.filter(({ basis }) => basis === "unknown"));
    return [
        heading("Cost", `${moneyRange(monthly)} ${currency} a month${knownPart(plan)}: an estimate, never a quote`, options),
        ...table(
            [
                { title: "Component" },
                { title: "Item", flexible: true },
                { title: "Units", align: "right" },
                { title: `${currency} a month`, align: "right" },
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
                          withNote(item, note),
                          quantity ? quantityRange(quantity) : "",
                          elsewhere ? `${moneyRange(elsewhere.monthly)} in ${elsewhere.region}` : "",
                      ]),
                      { width, indent: indent * 2 },
                  ),
                  ...paragraph(`At the prices of those other regions they would add ${moneyRange(plan.cost.elsewhere)}.`, {
                      width,
                      indent: indent * 2,
                      style: colors.dim,
                  }),
              ]
            : []),
        ...paragraph(`Depends on usage, not in the sum: ${usageItems(lines)}.`, { width, indent, style: colors.dim }),
        ...paragraph(
            `Assumes ${hoursPerMonth} hours a month, pay-as-you-go list prices in USD without tax, found between ${dates[0] ?? "?"} and ` +
                `${dates[dates.length - 1] ?? "?"} and put together on ${pricesCollected}; nodes from the autoscaler's least to its most.`,
            { width, indent, style: colors.dim },
        ),
    ];
}

function knownPart({ cost: { unknown } }: StackPlan): string {
    return unknown.length === 0 ? "" : ` and ${counted(unknown.length, "unknown price")}`;
}

function withNote(item: string, note: string): string {
    return note === "" ? item : `${item} (${note})`;
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
    const sum = (left: Range = asRange(0), right: Range = asRange(0)) => ({
        minimum: cents(left.minimum + right.minimum),
        maximum: cents(left.maximum + right.maximum),
    });
    return {
        ...one,
        quantity: sum(one.quantity, other.quantity),
        ...(one.monthly ? { monthly: sum(one.monthly, other.monthly) } : {}),
        ...(one.elsewhere
            ? { elsewhere: { ...one.elsewhere, monthly: sum(one.elsewhere.monthly, other.elsewhere?.monthly) } }
            : {}),
    };
}

function usageItems(lines: readonly CostLine[]): string {
    const items = lines.filter(({ basis }) => basis === "usage").map(({ item, note }) => withNote(item, note));
    return [...new Set(items)].join(", ");
}

function messages(plan: StackPlan, options: TextOptions): string[] {
    return plan.messages.length === 0
        ? []
        : [
              heading("The program says", "", options),
              ...plan.messages.flatMap(({ level, text }) =>
                  paragraph(`${level}: ${text}`, { width: options.width, indent }),
              ),
          ];
}

/** Several stacks side by side. */
export function comparisonText(plans: readonly StackPlan[], options: TextOptions): string {
    const { colors } = options;
    const failing = (plan: StackPlan, severity: Severity) =>
        plan.checks.filter((check) => !check.holds && check.severity === severity).length;
    const rows: { title: string; value(plan: StackPlan): Cell }[] = [
        { title: "Resources", value: ({ components }) => grouped(components.total) },
        { title: "Checks that hold", value: ({ checks: all }) => `${all.filter(({ holds }) => holds).length} of ${all.length}` },
        ...severities.map(({ severity, plural }) => ({
            title: plural[0]?.toUpperCase() + plural.slice(1),
            value: (plan: StackPlan) => {
                const count = failing(plan, severity);
                return count === 0 ? "0" : { text: String(count), style: severityStyle(severity, colors) };
            },
        })),
        { title: "Unset placeholders", value: (plan) => String(plan.unset.length) },
        { title: "USD a month, least", value: (plan) => money(plan.cost.monthly.minimum) },
        { title: "USD a month, most", value: (plan) => money(plan.cost.monthly.maximum) },
        { title: "Unknown prices", value: (plan) => String(plan.cost.unknown.length) },
        { title: "Time", value: (plan) => seconds(plan.durationInMilliseconds) },
    ];
    return `${[
        heading("Side by side", "", options),
        ...table(
            [{}, ...plans.map(({ stack }) => ({ title: stack, align: "right" as const }))],
            rows.map(({ title, value }) => [title, ...plans.map(value)]),
            { width: options.width, indent, titleStyle: colors.bold },
        ),
    ].join("\n")}\n`;
}
