import { table } from "../../terminal/layout";
import type { Style } from "../../terminal/layout";
import type { Change } from "../changes";
import type { TextOptions } from "../../terminal/textOptions";
import type { Violation } from "../guards";
import { byType, changeHeadings, countsText, reasonsOf, resourceText } from "./describe";
import type { Tense } from "./describe";

/** From here on, creations are shown as counts by type. */
const mostListedCreations = 20;

/** What changes, for people: counts, then what is lost, then everything else. Ends with an empty line. */
export function changesText(
    title: string,
    { changes, unchanged }: { changes: readonly Change[]; unchanged: number },
    options: TextOptions,
    tense: Tense = "planned",
): string {
    const { colors } = options;
    const real = changes.filter(({ isComponent }) => !isComponent);
    const lines = [`${colors.bold(title)}  ${countsText(changes, unchanged, tense)}`, ""];
    for (const [operation, heading] of Object.entries(changeHeadings)) {
        const ofOne = real.filter((change) => change.operation === operation);
        if (ofOne.length > 0) {
            const isLoss = operation === "replace" || operation === "delete";
            const style = isLoss ? colors.red : colors.bold;
            lines.push(style(`${heading} (${ofOne.length})`), ...listed(ofOne, operation, options), "");
        }
    }
    return `${lines.join("\n")}\n`;
}

function listed(changes: readonly Change[], operation: string, { width, colors }: TextOptions): string[] {
    if (operation === "create" && changes.length > mostListedCreations) {
        return table(
            [{ align: "right" }, { flexible: true }],
            byType(changes).map(({ type, count }) => [String(count), type]),
            { width, indent: 2 },
        );
    }
    return changes.flatMap((change) => [
        `  ${resourceText(change)}`,
        ...table(
            [{ flexible: true }],
            reasonsOf(change).map((reason) => [dimmed(reason, colors.dim)]),
            {
                width,
                indent: 4,
            },
        ),
    ]);
}

function dimmed(text: string, style: Style) {
    return { text, style };
}

/** What the guards refuse, one after the other with the way to have it. Empty where they refuse nothing. */
export function violationsText(found: readonly Violation[], { colors }: TextOptions): string {
    return found
        .map(({ message, mend }) => `${colors.red("refused:")} ${message}\n${colors.dim("hint:")} ${mend}\n`)
        .join("");
}
