import type { CapturedResource } from "../../simulator/capture";
import type { StackView } from "../../stack/stackView";
import { textAt } from "../../stack/values";
import type { PriceBook, Quote } from "./priceBook";
import { everywhere, priceTable, prices } from "./prices";
import type { Evidence, Price, PriceName, PriceUnit } from "./prices";

/** A least and a most. */
export interface Range {
    minimum: number;
    maximum: number;
}

/** A least, a most, and what is expected in between. */
export interface Spread extends Range {
    expected: number;
}

/** One line of the estimate. */
export interface CostLine {
    /** Component that the resource belongs to. */
    component: string;
    resource: string;
    /** What is paid for. */
    item: string;
    region: string;
    /**
     * `fixed` has an amount; `assumed` has one for usage that is bounded and assumed in between; `usage` depends on use that
     * nobody can know now; `unknown` has no price in the table.
     */
    basis: "fixed" | "assumed" | "usage" | "unknown";
    quantity?: Spread;
    /** Price of one unit and its evidence; `estimatedFrom` names the region whose price was multiplied by a factor. */
    unitPrice?: Spread & { unit: PriceUnit; date: string; source: string; estimatedFrom?: string };
    /** USD a month. */
    monthly?: Spread;
    /** What the price of another region would make of an unknown line; no part of any sum. */
    elsewhere?: { region: string; monthly: Spread };
    /** What the line assumes, or why it has no amount. */
    note: string;
}

/** Where a line comes from. */
export interface LineContext {
    stack: StackView;
    resource: CapturedResource;
    book: PriceBook;
}

/** A line with an amount, or an unknown one when there is no price for the region. */
export function priced(
    context: LineContext,
    price: PriceName,
    line: {
        item: string;
        quantity?: number | Spread;
        note?: string;
        region?: string;
        basis?: "fixed" | "assumed";
    },
): CostLine {
    const row: Price = prices[price];
    const region = line.region ?? regionOf(context.resource);
    const quote = context.book.meter(price, region);
    const quantity = asSpread(line.quantity ?? 1);
    if (!quote) {
        return unknown(context, {
            item: line.item,
            quantity,
            region,
            note: line.note,
            elsewhere: elsewhere(row, quantity),
        });
    }
    return amount(context, { ...line, region, quantity, quote, unit: row.unit });
}

/** A line with the amount that a quote makes. */
export function amount(
    context: LineContext,
    line: {
        item: string;
        region: string;
        quantity: Spread;
        quote: Quote;
        unit: PriceUnit;
        note?: string;
        basis?: "fixed" | "assumed";
    },
): CostLine {
    const { quantity, unit } = line;
    const { note: priceNote, ...price } = line.quote;
    return {
        ...origin(context, line.item, line.region),
        basis: line.basis ?? "fixed",
        quantity,
        unitPrice: { ...price, unit },
        monthly: timesPrice(quantity, price, unitsPerMonth(unit)),
        note: joined(priceNote, line.note),
    };
}

/** A line for something that is paid by use. */
export function byUsage(context: LineContext, item: string, note: string): CostLine {
    return { ...origin(context, item, regionOf(context.resource)), basis: "usage", note };
}

/** A line for something whose price the table does not have, at least not for the region. */
export function unknown(
    context: LineContext,
    line: {
        item: string;
        note?: string;
        quantity?: Spread;
        region?: string;
        elsewhere?: CostLine["elsewhere"];
    },
): CostLine {
    const region = line.region ?? regionOf(context.resource);
    return {
        ...origin(context, line.item, region),
        basis: "unknown",
        ...(line.quantity ? { quantity: line.quantity } : {}),
        ...(line.elsewhere ? { elsewhere: line.elsewhere } : {}),
        note: joined(
            line.note,
            line.elsewhere ? `no price found for ${region}` : "no price found for any region",
        ),
    };
}

/** The region of a resource as Azure spells it in prices; {@link everywhere} for one without. */
export function regionOf(resource: CapturedResource): string {
    return (textAt(resource.inputs, "location") ?? everywhere).toLowerCase().replace(/\s/g, "");
}

/** A number as a spread of one value. */
export function asSpread(value: number | Spread): Spread {
    return typeof value === "number" ? { minimum: value, expected: value, maximum: value } : value;
}

/** What becomes of the least, the expected and the most of spreads. */
export function spreadOf<Of extends readonly Spread[]>(
    spreads: Of,
    combine: (...values: { [Index in keyof Of]: number }) => number,
): Spread {
    const at = (part: keyof Spread) => {
        const values = spreads.map((spread) => spread[part]);
        return combine(...(values as { [Index in keyof Of]: number }));
    };
    return { minimum: at("minimum"), expected: at("expected"), maximum: at("maximum") };
}

/** The sum of spreads; those that are undefined count nothing. */
export function sumOf(spreads: readonly (Spread | undefined)[]): Spread {
    return spreads.reduce<Spread>(
        (sum, spread) => (spread ? spreadOf([sum, spread], (one, other) => one + other) : sum),
        asSpread(0),
    );
}

/** Rounded to whole cents. */
export function inCents(spread: Spread): Spread {
    return spreadOf([spread], cents);
}

/** Rounded to whole cents. */
function cents(usd: number): number {
    return Math.round((usd + Number.EPSILON) * 100) / 100;
}

/** Hours, days or months in a month of 730 hours; gigabytes are counted by the month as they are. */
export function unitsPerMonth(unit: PriceUnit): number {
    const { hoursPerMonth } = priceTable;
    const hours = { hour: 1, day: 24, month: hoursPerMonth, gigabyte: hoursPerMonth };
    return hoursPerMonth / hours[unit];
}

/** Sentence parts, put together with semicolons. */
export function joined(...parts: readonly (string | undefined)[]): string {
    return parts.filter((part) => part !== undefined && part !== "").join("; ");
}

function origin({ stack, resource }: LineContext, item: string, region: string) {
    return { component: stack.componentName(resource), resource: resource.name, item, region };
}

function elsewhere(row: Price, quantity: Spread): CostLine["elsewhere"] {
    const [other]: [string, Evidence][] = Object.entries(row.regions);
    return (
        other && {
            region: other[0],
            monthly: timesPrice(quantity, asSpread(other[1].usd), unitsPerMonth(row.unit)),
        }
    );
}

/** What a quantity costs a month. */
export function timesPrice(quantity: Spread, unitPrice: Spread, units: number): Spread {
    return spreadOf([quantity, unitPrice], (count, price) => cents(count * price * units));
}
