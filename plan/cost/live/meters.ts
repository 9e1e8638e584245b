import { unitsPerMonth } from "../lines";
import type { MachineKind } from "../priceBook";
import { everywhere } from "../prices";
import type { Meter, Price, PriceUnit } from "../prices";
import type { RetailItem, RetailQuery } from "./retailPrices";

/** The one price that was looked for, or why there is none. */
export type Found = { usd: number } | { problem: string };

/** What Azure calls the regions of meters that cost the same everywhere; they vanish under a region's filter. */
const regionless = ["Global", "", "Zone 1"];

const units: Readonly<Record<string, PriceUnit>> = {
    "1 Hour": "hour",
    "1/Hour": "hour",
    "1/Day": "day",
    "1/Month": "month",
    "1 GB": "gigabyte",
    // Private DNS zones.
    "1": "month",
};

/** What to ask for to find the price of a meter. */
export function meterQuery({ service, product, sku, name }: Meter, region: string): RetailQuery {
    return {
        serviceName: service,
        meterName: name,
        ...(product === undefined ? {} : { productName: product }),
        ...(sku === undefined ? {} : { skuName: sku }),
        ...(region === everywhere ? {} : { armRegionName: region }),
    };
}

/** The price of a meter among the rows that Azure answered with. */
export function meterPrice(
    price: Price,
    region: string,
    rows: readonly RetailItem[],
    currency: string,
): Found {
    const { meter, unit } = price;
    const fitting = rows.filter(
        (row) =>
            row.serviceName === meter?.service &&
            row.meterName === meter.name &&
            (meter.product === undefined || row.productName === meter.product) &&
            (meter.sku === undefined || row.skuName === meter.sku) &&
            (region === everywhere ? regionless.includes(row.armRegionName) : row.armRegionName === region),
    );
    return onlyPrice(fitting, unit, currency);
}

/** What to ask for to find the price of a machine. */
export function machineQuery(size: string, region: string): RetailQuery {
    return { serviceName: "Virtual Machines", armSkuName: size, armRegionName: region };
}

/** The price of an hour of a machine among the rows that Azure answered with: all ways to buy one size come together. */
export function machinePrice(
    size: string,
    region: string,
    { isSpot, isWindows }: MachineKind,
    rows: readonly RetailItem[],
    currency: string,
): Found {
    const fitting = rows.filter(
        ({ serviceName, armSkuName, armRegionName, meterName, productName }) =>
            serviceName === "Virtual Machines" &&
            armSkuName === size &&
            armRegionName === region &&
            !productName.includes("Cloud Services") &&
            !meterName.endsWith(" Low Priority") &&
            meterName.endsWith(" Spot") === isSpot &&
            productName.includes("Windows") === isWindows,
    );
    return onlyPrice(fitting, "hour", currency);
}

/**
 * The price that all rows agree on, by the unit of the table. Several rows of one meter are bands of quantity: the first that
 * is not free counts, as free amounts belong to a subscription and not to a stack.
 */
function onlyPrice(rows: readonly RetailItem[], unit: PriceUnit, currency: string): Found {
    const paid = rows.filter(
        (row) => row.type === "Consumption" && row.currencyCode === currency && row.retailPrice > 0,
    );
    if (paid.length === 0) {
        return { problem: "Azure lists no such meter" };
    }
    const lowest = Math.min(...paid.map(({ tierMinimumUnits }) => tierMinimumUnits));
    const first = paid.filter(({ tierMinimumUnits }) => tierMinimumUnits === lowest);
    const found = first.map((row) => inUnit(row, unit));
    const [usd] = found;
    if (usd === undefined || found.includes(undefined)) {
        return { problem: "Azure sells it by another unit" };
    }
    const different = new Set(found).size;
    return different === 1 ? { usd } : { problem: `Azure lists ${different} prices for it` };
}

/** A row's price by the table's unit: times are changed into each other; undefined where that cannot be done. */
function inUnit({ unitOfMeasure, retailPrice }: RetailItem, unit: PriceUnit): number | undefined {
    const own = units[unitOfMeasure];
    if (own === undefined || (own === "gigabyte") !== (unit === "gigabyte")) {
        return undefined;
    }
    return own === unit ? retailPrice : (retailPrice * unitsPerMonth(own)) / unitsPerMonth(unit);
}
