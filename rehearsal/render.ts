import type { Colors } from "picocolors/types";
import { paragraph, table } from "../terminal/layout";
import type { Cell } from "../terminal/layout";
import { seconds } from "../terminal/words";
import { estimateLines } from "./duration/render";
import type { Check, Report } from "./report";

const width = 110;

/** The report as text for a terminal: checks, steps, and what the up would take in Azure. */
export function reportText(report: Report, colors: Colors): string {
    const { stack, checks, steps, resources, estimate } = report;
    const count = (outcome: Check["outcome"]) => checks.filter((check) => check.outcome === outcome).length;
    const inapplicable = count("notApplicable");
    const lines = [
        colors.bold(`Rehearsal of ${stack}`),
        "",
        colors.bold(
            `Checks  ${count("holds")} of ${checks.length - inapplicable} hold${inapplicable === 0 ? "" : `, ${inapplicable} not applicable here`}`,
        ),
        ...checks.flatMap((check, index) => checkLines(check, checks[index - 1], colors)),
        "",
        colors.bold(`Steps  ${seconds(report.durationInMilliseconds)}, ${resources} resources`),
        ...table(
            [{}, { align: "right" }],
            steps.map(({ name, durationInMilliseconds }) => [name, seconds(durationInMilliseconds)]),
            { width, indent: 2 },
        ),
        ...(estimate === undefined ? [] : ["", ...estimateLines(estimate, { colors, width })]),
        ...(report.keptIn === undefined ? [] : ["", `Logs and state: ${report.keptIn.join(", ")}`]),
    ];
    return `${lines.join("\n")}\n`;
}

function checkLines(check: Check, before: Check | undefined, colors: Colors): string[] {
    const { outcome, title, detail } = check;
    const rows = table([{ width: 7 }, {}], [[outcomeCell(outcome, colors), title]], { width, indent: 2 });
    const isSaid = before?.outcome === outcome && before.detail === detail;
    // What holds needs no words beyond its title, and what was skipped for one reason needs them once.
    return outcome === "holds" || isSaid
        ? rows
        : [...rows, ...paragraph(firstLines(detail), { width, indent: 11, style: colors.dim })];
}

function outcomeCell(outcome: Check["outcome"], colors: Colors): Cell {
    switch (outcome) {
        case "holds":
            return { text: "holds", style: colors.green };
        case "fails":
            return { text: "FAILS", style: colors.red };
        case "skipped":
            return { text: "skipped", style: colors.yellow };
        case "notApplicable":
            return { text: "n/a", style: colors.dim };
    }
}

/** Many lines would hide the other checks; `--json` has them all. */
function firstLines(detail: string): string {
    const lines = detail.split("\n").filter((line) => line.trim() !== "");
    const shown = lines.slice(0, 4).join("; ");
    return lines.length > 4 ? `${shown}; and ${lines.length - 4} more lines` : shown;
}
