import type { Severity } from "../../policy/rule";
import type { StackPlan } from "../stackPlan";
import { accessSection } from "./accessSection";
import { checksSection } from "./checksSection";
import { costSection } from "./costSection";
import { paragraph, table } from "../../terminal/layout";
import type { Cell } from "../../terminal/layout";
import { resourcesSection } from "./resourcesSection";
import { heading, indent } from "../../terminal/heading";
import { severities, severityStyle } from "./severities";
import type { TextOptions } from "../../terminal/textOptions";
import { counted, grouped, seconds } from "../../terminal/words";
import { money } from "./amounts";

/** One stack's plan for people to read. */
export function planText(plan: StackPlan, options: TextOptions): string {
    const sections = [
        headerSection(plan, options),
        resourcesSection(plan, options),
        addressesSection(plan, options),
        accessSection(plan, options),
        checksSection(plan, options),
        unsetSection(plan, options),
        costSection(plan, options),
        messagesSection(plan, options),
        paragraph(`Planned in ${seconds(plan.durationInMilliseconds)}.`, {
            ...options,
            indent: 0,
            style: options.colors.dim,
        }),
    ];
    return `${sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join("\n"))
        .join("\n\n")}\n`;
}

function headerSection(plan: StackPlan, { colors, width }: TextOptions): string[] {
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

function addressesSection({ addressPlan }: StackPlan, options: TextOptions): string[] {
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
            [
                { title: "Range" },
                { title: "Usable", align: "right" },
                { title: "Name" },
                { title: "Role", flexible: true },
            ],
            rows,
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
    ];
}

function unsetSection(plan: StackPlan, options: TextOptions): string[] {
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
            plan.unset.map(({ path, find }, index) => [
                path,
                find === plan.unset[index - 1]?.find ? "as above" : find,
            ]),
            { width: options.width, indent, titleStyle: options.colors.dim },
        ),
    ];
}

function messagesSection(plan: StackPlan, options: TextOptions): string[] {
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
    const rows: { title: string; value: (plan: StackPlan) => Cell }[] = [
        { title: "Resources", value: ({ components }) => grouped(components.total) },
        {
            title: "Checks that hold",
            value: ({ checks: all }) => `${all.filter(({ holds }) => holds).length} of ${all.length}`,
        },
        ...severities.map(({ severity, plural }) => ({
            title: plural[0]?.toUpperCase() + plural.slice(1),
            value: (plan: StackPlan) => {
                const count = failing(plan, severity);
                return count === 0 ? "0" : { text: String(count), style: severityStyle(severity, colors) };
            },
        })),
        { title: "Unset placeholders", value: (plan) => String(plan.unset.length) },
        { title: "USD a month, least", value: (plan) => money(plan.cost.monthly.minimum) },
        { title: "USD a month, expected", value: (plan) => money(plan.cost.monthly.expected) },
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
