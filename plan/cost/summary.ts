import type { CostLine } from "./lines";

/** An item with what there is to say of it. */
export function itemText({ item, note }: Pick<CostLine, "item" | "note">): string {
    return note === "" ? item : `${item} (${note})`;
}

/** What depends on usage and is in no sum, in words and each once. */
export function usageItems(lines: readonly CostLine[]): string[] {
    return [...new Set(lines.filter(({ basis }) => basis === "usage").map(itemText))];
}

/** The first and the last day of the prices' evidence, `YYYY-MM-DD`; undefined where no line has a price. */
export function evidenceDays(lines: readonly CostLine[]): { first: string; last: string } | undefined {
    const days = lines.flatMap(({ unitPrice }) => unitPrice?.date ?? []).sort();
    const [first, last] = [days.at(0), days.at(-1)];
    return first === undefined || last === undefined ? undefined : { first, last };
}
