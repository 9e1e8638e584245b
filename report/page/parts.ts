import { html } from "./html";
import type { Html, HtmlPart } from "./html";

/** A column of a table. */
export interface TableColumn {
    title: string;
    align?: "left" | "right";
    /** `slim` for a few characters, `wide` for sentences. */
    room?: "slim" | "wide";
    /** A title that is only read out. */
    hidden?: boolean;
}

/** A table, or what stands in its place when it has no rows. */
export interface TableTexts {
    caption: HtmlPart;
    columns: readonly TableColumn[];
    /** The first cell of a row names it. */
    rows: readonly TableRow[];
    className?: string;
}

/** Cells of a row. */
export interface TableRow {
    cells: readonly HtmlPart[];
    /** Words by which the row is found; without it a search passes it by. */
    search?: string;
    className?: string;
}

/**
 * A table that becomes a list of cards on a narrow screen. Roles are spelled out because browsers drop them from tables
 * that are displayed as something else.
 */
export function table({ caption, columns, rows, className }: TableTexts): Html {
    return html`<table role="table" class="${className ?? ""}">
        <caption>
            ${caption}
        </caption>
        <thead role="rowgroup">
            <tr role="row">
                ${columns.map(
                    ({ title, align = "left", room = "", hidden }) =>
                        html`<th role="columnheader" scope="col" class="${align} ${room}">
                            ${hidden ? html`<span class="unseen">${title}</span>` : title}
                        </th>`,
                )}
            </tr>
        </thead>
        <tbody role="rowgroup">
            ${rows.map((row) => tableRow(columns, row))}
        </tbody>
    </table>`;
}

function tableRow(columns: readonly TableColumn[], { cells, search, className }: TableRow): Html {
    const found = search === undefined ? undefined : html` data-search="${search.toLowerCase()}"`;
    return html`<tr role="row" class="${className ?? ""}" ${found}>
        ${cells.map((cell, index) => {
            const { align = "left", room = "", title = "", hidden = false } = columns[index] ?? {};
            return index === 0
                ? html`<th role="rowheader" scope="row" class="${align} ${room}">${cell}</th>`
                : html`<td role="cell" class="${align} ${room}" data-label="${hidden ? "" : title}">
                      ${cell !== undefined && cell !== false && html`<div>${cell}</div>`}
                  </td>`;
        })}
    </tr>`;
}

/** What is hidden until somebody opens it; on paper it is always open. */
export function disclosure(
    summary: HtmlPart,
    content: HtmlPart,
    more: { open?: boolean; className?: string } = {},
): Html {
    return html`<details class="${more.className ?? ""}" ${more.open && html`open`}>
        <summary>${summary}</summary>
        <div class="disclosed">${content}</div>
    </details>`;
}

/** A list of short texts. */
export function list(items: readonly HtmlPart[], className = "plain"): Html {
    return html`<ul class="${className}">
        ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`;
}

/** A word with a colour and a shape of its own, so that it does not live by colour alone. */
export function tag(kind: string, text: string): Html {
    return html`<span class="tag ${kind}">${text}</span>`;
}

/** Something that is not there, for eyes and for ears. */
export const absent = html`<span class="absent" aria-hidden="true">–</span><span class="unseen">none</span>`;

/** A field that narrows down what is below it; it is of no use without scripts, and hidden until they run. */
export function searchField(id: string, label: string, target: string, noun: string): Html {
    return html`<div class="search" hidden data-filter="${target}" data-noun="${noun}">
        <label for="${id}">${label}</label>
        <input type="search" id="${id}" autocomplete="off" spellcheck="false" aria-controls="${target}" />
        <p class="hits" role="status" aria-live="polite"></p>
    </div>`;
}
