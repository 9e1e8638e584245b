import type { Range } from "../cost/lines";

/** An amount with two decimals and groups of three digits. */
export function money(usd: number): string {
    return usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `1.00` or `1.00 - 2.00`. */
export function moneyRange({ minimum, maximum }: Range): string {
    return minimum === maximum ? money(minimum) : `${money(minimum)} - ${money(maximum)}`;
}

/** `3` or `3 - 10`; gigabytes and the like with one decimal. */
export function quantityRange({ minimum, maximum }: Range): string {
    return minimum === maximum ? quantity(minimum) : `${quantity(minimum)} - ${quantity(maximum)}`;
}

function quantity(value: number): string {
    return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

/** A change of an amount with its sign: `+1.00`, `-1.00`, `0.00`. */
export function moneyChange(usd: number): string {
    return usd > 0 ? `+${money(usd)}` : money(usd);
}
