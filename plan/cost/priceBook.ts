import { asSpread, joined, spreadOf } from "./lines";
import type { Spread } from "./lines";
import { everywhere, machineEvidence, machines, prices } from "./prices";
import type { MachinePrice, MachineRegion, Price, PriceName } from "./prices";
import { factorSource, regionFactors } from "./regions";

/** What a machine runs and how it is bought; both decide the price. */
export interface MachineKind {
    isSpot: boolean;
    isWindows: boolean;
}

/** The price of one unit in USD, and its evidence. */
export interface Quote extends Spread {
    date: string;
    source: string;
    /** The region whose price was multiplied by a factor; absent where the price is the region's own. */
    estimatedFrom?: string;
    /** What there is to say of the price. */
    note?: string;
}

/** What there is to say of every price of a Spot machine. */
export const spotCaveat = "Spot prices move, up to the full price";

/** Where the estimate looks up prices. Undefined is a price that nobody knows, never nothing to pay. */
export interface PriceBook {
    meter(name: PriceName, region: string): Quote | undefined;
    /** The price of an hour. */
    machine(size: string, region: string, kind: MachineKind): Quote | undefined;
}

/** The table's own prices, and where a region has none, those of another region by the regions' factors. */
export const tableBook: PriceBook = {
    meter(name, region) {
        const { regions }: Price = prices[name];
        const own = regions[region] ?? regions[everywhere];
        if (own) {
            return { ...asSpread(own.usd), date: own.date, source: own.source };
        }
        for (const [other, { usd, date, source }] of Object.entries(regions)) {
            const factor = factorBetween(other, region);
            if (factor) {
                const wider = {
                    expected: costsTheSame(regions) ? 1 : factor.expected,
                    // Some meters cost the same everywhere.
                    minimum: Math.min(factor.minimum, 1),
                    maximum: Math.max(factor.maximum, 1),
                };
                return byFactor({ ...asSpread(usd), date, source }, wider, other);
            }
        }
        return undefined;
    },
    machine(size, region, kind) {
        const price = machines[size];
        if (!price) {
            return undefined;
        }
        const own = knownRegions(kind).find((known) => known === region);
        if (own) {
            return machineQuote(price, own, kind);
        }
        for (const other of knownRegions(kind)) {
            const factor = factorBetween(other, region);
            const quote = factor && machineQuote(price, other, kind);
            if (quote) {
                return byFactor(quote, factor, other);
            }
        }
        return undefined;
    },
};

/** Whether the price was found in several regions and is the same in all of them. */
function costsTheSame(regions: Price["regions"]): boolean {
    const found = Object.values(regions).map(({ usd }) => usd);
    return found.length > 1 && new Set(found).size === 1;
}

/** Discounts of Spot and the surcharge for Windows were seen in one region only. */
function knownRegions({ isSpot, isWindows }: MachineKind): readonly MachineRegion[] {
    return isSpot || isWindows ? ["westeurope"] : ["eastus", "westeurope"];
}

function machineQuote(
    size: MachinePrice,
    region: MachineRegion,
    { isSpot, isWindows }: MachineKind,
): Quote | undefined {
    const evidence = machineEvidence[region];
    if (!isSpot) {
        const surcharge = isWindows ? size.windowsSurcharge * size.vCpus : 0;
        return { ...asSpread(size[region] + surcharge), ...evidence };
    }
    // The discounts are those of Linux.
    if (!size.spotDiscount || isWindows) {
        return undefined;
    }
    const [least, most] = size.spotDiscount;
    const percent = least === most ? `${least * 100}` : `${least * 100} to ${most * 100}`;
    return {
        minimum: size[region] * (1 - most),
        // The smaller discount: Spot is dearest when many want it.
        expected: size[region] * (1 - least),
        maximum: size[region] * (1 - least),
        ...evidence,
        note: `${percent} % off, as seen on ${evidence.date}; ${spotCaveat}`,
    };
}

/** How many times its price in one region something costs in another; undefined where a region has no factor. */
function factorBetween(from: string, to: string): Spread | undefined {
    const [known, wanted] = [regionFactors[from], regionFactors[to]];
    if (!known || !wanted) {
        return undefined;
    }
    return {
        minimum: wanted.minimum / known.maximum,
        expected: wanted.expected / known.expected,
        maximum: wanted.maximum / known.minimum,
    };
}

function byFactor(quote: Quote, factor: Spread, from: string): Quote {
    const text = (value: number) => String(Number(value.toFixed(2)));
    // Six decimals: no price of the table has more.
    const estimate = spreadOf([quote, factor], (price, times) => Math.round(price * times * 1e6) / 1e6);
    const range =
        factor.minimum === factor.maximum ? "" : ` (${text(factor.minimum)} to ${text(factor.maximum)})`;
    return {
        ...quote,
        ...estimate,
        source: quote.source === factorSource ? quote.source : `${quote.source}, ${factorSource}`,
        estimatedFrom: from,
        note: joined(quote.note, `estimated: the price in ${from} x ${text(factor.expected)}${range}`),
    };
}
