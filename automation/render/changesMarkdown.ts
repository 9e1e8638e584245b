import { escaped } from "../../terminal/markdown";
import { changeOperations } from "../changes";
import type { Change, ChangeOperation } from "../changes";
import type { Violation } from "../guards";
import { byType, changeHeadings, countsText, reasonsOf, resourceText } from "./describe";
import type { Tense } from "./describe";
import { markerOf } from "./marker";
import type { ReportingCommand } from "./marker";

/** GitHub refuses a comment of more than 65,536 characters, Azure DevOps one of more than 150,000. */
const longestComment = 60_000;

/** What a preview or drift check has to say in a comment or an issue. */
export interface MarkdownReport {
    command: ReportingCommand;
    stack: string;
    title: string;
    changes: readonly Change[];
    unchanged: number;
    /** Defaults to "planned". */
    tense?: Tense;
    error?: string;
    guards?: readonly Violation[];
    /** Paragraphs below the title. */
    notes?: readonly string[];
}

/** A report as GitHub and Azure DevOps show it: what is lost stands open, everything else folds. */
export function markdownReport(report: MarkdownReport): string {
    const { command, stack, title, changes, unchanged, tense, error, guards = [], notes = [] } = report;
    const real = changes.filter(({ isComponent }) => !isComponent);
    const head = [
        markerOf(command, stack),
        `### ${title}`,
        "",
        ...(error === undefined ? [`**${countsText(changes, unchanged, tense)}**`, ""] : failure(error)),
        ...notes.flatMap((note) => [note, ""]),
        ...refused(guards),
    ];
    const sections = changeOperations.flatMap((operation) =>
        section(
            operation,
            changeHeadings[operation],
            real.filter((change) => change.operation === operation),
        ),
    );
    return fitted([...head, ...sections]);
}

function failure(error: string): string[] {
    return ["**Failed**", "", "```text", ...error.replaceAll("```", "'''").split("\n"), "```", ""];
}

function refused(guards: readonly Violation[]): string[] {
    return guards.length === 0
        ? []
        : [
              "**`up` refuses this as it is:**",
              "",
              ...guards.map(({ message, mend }) => `- ${escaped(message)}. ${escaped(mend)}`),
              "",
          ];
}

function section(operation: ChangeOperation, heading: string, changes: readonly Change[]): string[] {
    if (changes.length === 0) {
        return [];
    }
    const title = `${heading} (${changes.length})`;
    if (operation === "create") {
        return folded(
            title,
            byType(changes).map(({ type, count }) => `- ${count} x ${code(type)}`),
        );
    }
    const lines = changes.flatMap((change) => [
        `- ${code(resourceText(change))}`,
        ...reasonsOf(change).map((reason) => `  - ${code(reason)}`),
    ]);
    return operation === "replace" || operation === "delete"
        ? [`**${title}**`, "", ...lines, ""]
        : folded(title, lines);
}

function folded(title: string, lines: readonly string[]): string[] {
    return [`<details><summary>${title}</summary>`, "", ...lines, "", "</details>", ""];
}

/** Text as code; a backtick would end it. */
function code(text: string): string {
    return `\`${text.replaceAll("`", "'").replaceAll("\n", " ")}\``;
}

function fitted(lines: readonly string[]): string {
    const text = `${lines.join("\n").trimEnd()}\n`;
    if (text.length <= longestComment) {
        return text;
    }
    const cut = text.slice(0, text.lastIndexOf("\n", longestComment));
    const open = (cut.match(/<details>/g) ?? []).length - (cut.match(/<\/details>/g) ?? []).length;
    return `${cut}\n${open > 0 ? "\n</details>\n" : ""}\nCut off here; the run's log has it all.\n`;
}
