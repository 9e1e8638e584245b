import type { Colors } from "picocolors/types";
import type { Severity } from "../../policy/rule";
import type { Style } from "../../terminal/layout";

/** The severities, worst first, with what people call them. */
export const severities: readonly { severity: Severity; title: string; plural: string }[] = [
    { severity: "error", title: "error", plural: "errors" },
    { severity: "warning", title: "warning", plural: "warnings" },
    { severity: "info", title: "note", plural: "notes" },
];

/** Colour of a severity. */
export function severityStyle(severity: Severity, colors: Colors): Style {
    return { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
}
