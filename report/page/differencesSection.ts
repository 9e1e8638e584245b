import { settingSections } from "../model/settings";
import type { SettingRow } from "../model/settings";
import type { StackPlan } from "../../plan/stackPlan";
import { listed } from "../../policy/rule";
import { counted } from "../../terminal/words";
import { html } from "./html";
import type { Html, HtmlPart } from "./html";
import { disclosure, searchField, table } from "./parts";
import { titled } from "./controlsSection";

const id = "differences";

/** Stacks setting by setting, defaults included: what differs in the open, what is the same to be opened. */
export function differencesSection(plans: readonly StackPlan[]): HtmlPart {
    if (plans.length < 2) {
        return undefined;
    }
    const sections = settingSections(plans);
    const rows = sections.flatMap((section) => section.rows);
    const different = rows.filter(({ differs }) => differs).length;
    return html`<section id="${id}" aria-labelledby="${id}-heading" class="stack">
        <h2 id="${id}-heading">Differences</h2>
        <p class="lead">
            ${counted(different, "setting")} of ${rows.length} ${different === 1 ? "differs" : "differ"}
            between ${listed(plans.map(({ stack }) => stack))}. They are one program: its settings are all
            that makes them different. Defaults are included; text in angle brackets is still to be filled in.
        </p>
        ${searchField(`${id}-search`, "Find a setting", `${id}-list`, "setting")}
        <div id="${id}-list">
            ${
                different > 0 &&
                settingTable(
                    html`<span class="unseen">Settings that differ</span>`,
                    plans.map(({ stack }) => stack),
                    rows.filter(({ differs }) => differs),
                )
            }
            <h3>The same in all</h3>
            ${sections
                .filter((section) => section.rows.some(({ differs }) => !differs))
                .map((section) =>
                    disclosure(
                        html`<span class="name">${titled(section.title)}</span>
                            ${counted(section.rows.filter(({ differs }) => !differs).length, "setting")}`,
                        settingTable(
                            html`<span class="unseen">${titled(section.title)}: the same in all</span>`,
                            ["Value"],
                            section.rows
                                .filter(({ differs }) => !differs)
                                .map((row) => ({ ...row, values: row.values.slice(0, 1) })),
                        ),
                    ),
                )}
        </div>
    </section>`;
}

function settingTable(caption: Html, columns: readonly string[], rows: readonly SettingRow[]): Html {
    return table({
        caption,
        columns: [{ title: "Setting" }, ...columns.map((title) => ({ title }))],
        className: "settings",
        rows: rows.map(({ path, values }) => ({
            search: [path, ...values.map((value) => value ?? "")].join(" "),
            cells: [pathText(path), ...values.map(valueText)],
        })),
    });
}

function valueText(value: string | undefined): Html {
    return value === undefined ? html`<span class="quiet">not set</span>` : html`<span>${value}</span>`;
}

/** A path may break after its dots. */
function pathText(key: string): Html {
    return html`<code>${key.split(/(?<=\.)/).map((part) => html`${part}<wbr />`)}</code>`;
}
