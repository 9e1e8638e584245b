import type { Range } from "../cost/lines";

/** `1 node`, `2 nodes`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
    return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

/** A whole number with groups of three digits. */
export function grouped(value: number): string {
    return value.toLocaleString("en-US");
}

/** An amount with two decimals and groups of three digits. */
export function money(usd: number): string {
    return usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `1.00` or `1.00 - 2.00`. */
export function moneyRange({ minimum, maximum }: Range): string {
    return minimum === maximum ? money(minimum) : `${money(minimum)} - ${money(maximum)}`;
}

/** `3` or `3 - 10`. */
export function quantityRange({ minimum, maximum }: Range): string {
    return minimum === maximum ? grouped(minimum) : `${grouped(minimum)} - ${grouped(maximum)}`;
}

/** `1.4 s`. */
export function seconds(milliseconds: number): string {
    return `${(milliseconds / 1000).toFixed(1)} s`;
}
