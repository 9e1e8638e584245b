import type { Colors } from "picocolors/types";
import type { Severity } from "../checks/check";
import type { Style } from "./layout";

/** How a plan is written for people. */
export interface TextOptions {
    colors: Colors;
    /** Longest line. */
    width: number;
}

/** Spaces in front of what is below a heading. */
export const indent = 2;

/** A section's first line. */
export function heading(title: string, rest: string, { colors }: TextOptions): string {
    return rest === "" ? colors.bold(title) : `${colors.bold(title)}  ${rest}`;
}

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
