import { asSpread } from "../lines";
import { spotCaveat, tableBook } from "../priceBook";
import type { MachineKind, PriceBook, Quote } from "../priceBook";
import { everywhere, priceTable, prices } from "../prices";
import type { Price, PriceName } from "../prices";
import { machinePrice, machineQuery, meterPrice, meterQuery } from "./meters";
import type { Found } from "./meters";
import { PricesUnavailable } from "./retailPrices";
import type { RetailItem, RetailPrices, RetailQuery } from "./retailPrices";

/** What became of asking Azure. */
export interface LivePrices {
    /** `YYYY-MM-DD`. */
    asked: string;
    /** Number of prices that are Azure's own of that day. */
    found: number;
    /** What stays as the table has it, and why. One sentence each. */
    warnings: string[];
}

/** Azure's prices of today, and the table's where there is none. */
export interface LiveBook {
    book: PriceBook;
    live: LivePrices;
}

/** Letters stand for the sources of the table. */
const liveSource = "API";

interface Lookup {
    key: string;
    what: string;
    query?: RetailQuery;
    pick: (rows: readonly RetailItem[]) => Found;
}

/**
 * Asks Azure for every price that an estimate looks up. `estimate` runs an estimate by a book, to find out which these are.
 * Never throws for what Azure answers: what it does not tell, and what is not clear, stays as the table has it, with a warning.
 */
export async function liveBook(
    estimate: (book: PriceBook) => void,
    ask: RetailPrices,
    today: string,
): Promise<LiveBook> {
    const lookups = lookupsOf(estimate);
    const quotes = new Map<string, Quote>();
    const warnings: string[] = [];
    try {
        for (const { key, what, query, pick } of lookups) {
            const found: Found = query
                ? pick(await ask(query))
                : { problem: "the exact name of its meter is not known" };
            if ("usd" in found) {
                quotes.set(key, { ...asSpread(found.usd), date: today, source: liveSource });
            } else {
                warnings.push(`The price of ${what} is not Azure's of today: ${found.problem}.`);
            }
        }
    } catch (error) {
        if (!(error instanceof PricesUnavailable)) {
            throw error;
        }
        const rest = quotes.size === 0 ? "All prices are" : "All other prices are";
        warnings.push(`Azure's price list is not available: ${error.message}. ${rest} those of the table.`);
    }
    return {
        book: {
            meter: (name, region) => quotes.get(meterKey(name, region)) ?? tableBook.meter(name, region),
            machine: (size, region, kind) => {
                const quote = quotes.get(machineKey(size, region, kind));
                return quote
                    ? { ...quote, ...(kind.isSpot ? { note: `as of ${today}; ${spotCaveat}` } : {}) }
                    : tableBook.machine(size, region, kind);
            },
        },
        live: { asked: today, found: quotes.size, warnings },
    };
}

/** What an estimate looks up, each once. */
function lookupsOf(estimate: (book: PriceBook) => void): Lookup[] {
    const lookups = new Map<string, Lookup>();
    const note = (lookup: Lookup) => void lookups.set(lookup.key, lookup);
    const { currency } = priceTable;
    estimate({
        meter: (name, region) => {
            const price: Price = prices[name];
            const { meter } = price;
            if (!isFree(price)) {
                const place = everywhere in price.regions ? everywhere : region;
                note({
                    key: meterKey(name, region),
                    what: `${meter?.name ?? name} in ${region}`,
                    ...(meter ? { query: meterQuery(meter, place) } : {}),
                    pick: (rows) => meterPrice(price, place, rows, currency),
                });
            }
            return tableBook.meter(name, region);
        },
        machine: (size, region, kind) => {
            const words = [kind.isWindows ? "Windows" : "Linux", ...(kind.isSpot ? ["Spot"] : [])];
            note({
                key: machineKey(size, region, kind),
                what: `${size} (${words.join(", ")}) in ${region}`,
                query: machineQuery(size, region),
                pick: (rows) => machinePrice(size, region, kind, rows, currency),
            });
            return tableBook.machine(size, region, kind);
        },
    });
    return [...lookups.values()];
}

/** What costs nothing by design has no meter to ask for. */
function isFree({ regions }: Price): boolean {
    const found = Object.values(regions);
    return found.length > 0 && found.every(({ usd }) => usd === 0);
}

function meterKey(name: PriceName, region: string): string {
    return `${name} ${region}`;
}

function machineKey(size: string, region: string, { isSpot, isWindows }: MachineKind): string {
    return `${size} ${region} ${isSpot} ${isWindows}`;
}
