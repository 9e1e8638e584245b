import { stripVTControlCharacters } from "node:util";

/** Gives text a colour or weight; the same text where there is no colour. */
export type Style = (text: string) => string;

/** A cell of a table: plain text, or text with a style that is applied after it was laid out. */
export type Cell = string | { text: string; style: Style };

/** How a column is laid out. */
export interface Column {
    title?: string;
    align?: "left" | "right";
    /** At least as wide as this. */
    width?: number;
    /** Takes the room that is left, and wraps. One column of a table may. */
    flexible?: boolean;
}

const gap = 2;

/** Rows as aligned lines of at most `width` characters. Titles are left out where no column has one. */
export function table(
    columns: readonly Column[],
    rows: readonly (readonly Cell[])[],
    options: { width: number; indent: number; titleStyle?: Style },
): string[] {
    const widths = columnWidths(columns, rows, options.width - options.indent);
    const titles = columns.map(({ title = "" }) => ({ text: title, style: options.titleStyle ?? same }));
    const hasTitles = titles.some(({ text }) => text !== "");
    return [...(hasTitles ? [titles] : []), ...rows].flatMap((row) =>
        rowLines(columns, widths, row, options.indent),
    );
}

/** Text broken at spaces into lines of at most `width` characters; a longer word is broken after a hyphen, slash or period, or else where the line ends. */
export function wrapped(text: string, width: number): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(" ").flatMap((whole) => chunks(whole, width))) {
        const longer = line === "" ? word : `${line} ${word}`;
        if (line !== "" && lengthOf(longer) > width) {
            lines.push(line);
            line = word;
        } else {
            line = longer;
        }
    }
    return [...lines, line];
}

function chunks(word: string, length: number): string[] {
    if (word.length <= length) {
        return [word];
    }
    // Names are made of parts; a break after one of them reads better than a break inside.
    const head = /^.*[-/.]/.exec(word.slice(0, length))?.[0] ?? word.slice(0, length);
    return [head, ...chunks(word.slice(head.length), length)];
}

/** Text broken into lines that all start with the same indentation. */
export function paragraph(text: string, options: { width: number; indent: number; style?: Style }): string[] {
    const lines = wrapped(text, options.width - options.indent);
    return lines.map((line) => " ".repeat(options.indent) + (options.style ?? same)(line));
}

function columnWidths(
    columns: readonly Column[],
    rows: readonly (readonly Cell[])[],
    room: number,
): number[] {
    const natural = columns.map(({ title = "", width = 0 }, index) => {
        return Math.max(width, lengthOf(title), ...rows.map((row) => lengthOf(textOf(row[index] ?? ""))));
    });
    const taken = natural.reduce(
        (sum, width, index) => sum + (columns[index]?.flexible ? 0 : width + gap),
        0,
    );
    return natural.map((width, index) =>
        columns[index]?.flexible ? Math.max(20, Math.min(width, room - taken)) : width,
    );
}

function rowLines(
    columns: readonly Column[],
    widths: readonly number[],
    row: readonly Cell[],
    indent: number,
): string[] {
    const cells = columns.map(({ flexible }, index) => {
        const text = textOf(row[index] ?? "");
        return flexible ? wrapped(text, widths[index] ?? 0) : [text];
    });
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
        const parts = columns.map(({ align = "left" }, index) => {
            const text = cells[index]?.[line] ?? "";
            const padding = " ".repeat(Math.max(0, (widths[index] ?? 0) - lengthOf(text)));
            const styled = text === "" ? "" : styleOf(row[index] ?? "")(text);
            return align === "right" ? padding + styled : styled + padding;
        });
        return (" ".repeat(indent) + parts.join(" ".repeat(gap))).trimEnd();
    });
}

function textOf(cell: Cell): string {
    return typeof cell === "string" ? cell : cell.text;
}

function styleOf(cell: Cell): Style {
    return typeof cell === "string" ? same : cell.style;
}

function same(text: string): string {
    return text;
}

function lengthOf(text: string): number {
    return stripVTControlCharacters(text).length;
}
