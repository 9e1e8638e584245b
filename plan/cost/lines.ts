import type { CapturedResource } from "../../simulator/capture";
import type { StackView } from "../../stack/stackView";
import { textAt } from "../../stack/values";
import { everywhere, priceTable, prices } from "./prices";
import type { Evidence, Price, PriceUnit } from "./prices";

/** A least and a most. */
export interface Range {
    minimum: number;
    maximum: number;
}

/** One line of the estimate. */
export interface CostLine {
    /** Component that the resource belongs to. */
    component: string;
    resource: string;
    /** What is paid for. */
    item: string;
    region: string;
    /** `fixed` has an amount; `usage` depends on use that nobody can know now; `unknown` has no price in the table. */
    basis: "fixed" | "usage" | "unknown";
    quantity?: Range;
    /** Price of one unit and its evidence. */
    unitPrice?: Range & { unit: PriceUnit; date: string; source: string };
    /** USD a month. */
    monthly?: Range;
    /** What the price of another region would make of an unknown line; no part of any sum. */
    elsewhere?: { region: string; monthly: Range };
    /** What the line assumes, or why it has no amount. */
    note: string;
}

/** Where a line comes from. */
export interface LineContext {
    stack: StackView;
    resource: CapturedResource;
}

/** A line with an amount, or an unknown one when the table has no price for the region. */
export function priced(
    context: LineContext,
    price: keyof typeof prices,
    line: { item: string; quantity?: number | Range; note?: string; region?: string },
): CostLine {
    const row: Price = prices[price];
    const region = line.region ?? regionOf(context.resource);
    const found = row.regions[region] ?? row.regions[everywhere];
    const quantity = asRange(line.quantity ?? 1);
    if (!found) {
        return unknown(context, {
            item: line.item,
            quantity,
            region,
            note: line.note,
            elsewhere: elsewhere(row, quantity),
        });
    }
    return amount(context, {
        ...line,
        region,
        quantity,
        unitPrice: { ...asRange(found.usd), unit: row.unit, date: found.date, source: found.source },
    });
}

/** A line whose unit price was worked out elsewhere. */
export function amount(
    context: LineContext,
    line: {
        item: string;
        region: string;
        quantity: Range;
        unitPrice: NonNullable<CostLine["unitPrice"]>;
        note?: string;
    },
): CostLine {
    const { unitPrice, quantity } = line;
    const units = unitsPerMonth(unitPrice.unit);
    return {
        ...origin(context, line.item, line.region),
        basis: "fixed",
        quantity,
        unitPrice,
        monthly: timesPrice(quantity, unitPrice, units),
        note: line.note ?? "",
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
        quantity?: Range;
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

/** A number as a range of one value. */
export function asRange(value: number | Range): Range {
    return typeof value === "number" ? { minimum: value, maximum: value } : value;
}

/** Rounded to whole cents. */
export function cents(usd: number): number {
    return Math.round((usd + Number.EPSILON) * 100) / 100;
}

/** Hours, days or months in a month of 730 hours. */
export function unitsPerMonth(unit: PriceUnit): number {
    const hours = { hour: 1, day: 24, month: priceTable.hoursPerMonth };
    return priceTable.hoursPerMonth / hours[unit];
}

/** Sentence parts, put together with semicolons. */
export function joined(...parts: readonly (string | undefined)[]): string {
    return parts.filter((part) => part !== undefined && part !== "").join("; ");
}

function origin({ stack, resource }: LineContext, item: string, region: string) {
    return { component: stack.componentName(resource), resource: resource.name, item, region };
}

function elsewhere(row: Price, quantity: Range): CostLine["elsewhere"] {
    const [other]: [string, Evidence][] = Object.entries(row.regions);
    return (
        other && {
            region: other[0],
            monthly: timesPrice(quantity, asRange(other[1].usd), unitsPerMonth(row.unit)),
        }
    );
}

/** What a quantity costs a month. */
export function timesPrice(quantity: Range, unitPrice: Range, units: number): Range {
    return {
        minimum: cents(quantity.minimum * unitPrice.minimum * units),
        maximum: cents(quantity.maximum * unitPrice.maximum * units),
    };
}
