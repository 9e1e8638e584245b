import type { Colors } from "picocolors/types";
import type { RuleResult } from "../../policy/evaluate";
import type { StackPlan } from "../stackPlan";
import { paragraph, table } from "../../terminal/layout";
import type { Cell } from "../../terminal/layout";
import { heading, indent } from "../../terminal/heading";
import { severities, severityStyle } from "./severities";
import type { TextOptions } from "../../terminal/textOptions";
import { counted } from "../../terminal/words";

/** Findings shown of one check; the JSON document has all. */
const findingsShown = 6;

const labelWidth = "WARNING".length;

/** The checks that do not hold, worst first, with what, why and how to mend it; the others by name. */
export function checksSection(plan: StackPlan, options: TextOptions): string[] {
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
        ...plan.checks
            .filter(({ waived }) => waived.length > 0)
            .flatMap((check) => waivedCheck(check, options)),
        ...paragraph(`Hold: ${holding.map(({ id }) => id).join(", ")}`, { width, indent, style: colors.dim }),
    ];
}

function checkSummary(all: readonly RuleResult[], colors: Colors): string {
    const holding = all.filter(({ holds }) => holds).length;
    const failing = severities.map(({ severity, title, plural }) => {
        const count = all.filter((check) => !check.holds && check.severity === severity).length;
        return { severity, text: counted(count, title, plural), count };
    });
    return [
        `${holding} of ${all.length} hold`,
        ...failing
            .filter(({ count }) => count > 0)
            .map(({ severity, text }) => severityStyle(severity, colors)(text)),
    ].join(", ");
}

function failingCheck(check: RuleResult, label: string, { colors, width }: TextOptions): string[] {
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

/** What a check found and a waiver covers: where, and what was chosen instead. */
function waivedCheck(check: RuleResult, { colors, width }: TextOptions): string[] {
    const reasons = new Map(check.waived.map(({ reason, owner, expires }) => [reason, { owner, expires }]));
    const places = [...new Set(check.waived.map(({ resource }) => resource ?? "the stack"))];
    const texts: Cell[] = [
        `Waived for ${places.join(", ")}: ${check.title}`,
        ...[...reasons].map(([reason, { owner, expires }]) => ({
            text: `${reason} ${owner}, until ${expires}`,
            style: colors.dim,
        })),
        { text: check.id, style: colors.dim },
    ];
    const rows = texts.map((text, index): Cell[] => [index === 0 ? "WAIVED" : "", text]);
    return table([{ width: labelWidth }, { flexible: true }], rows, { width, indent });
}
