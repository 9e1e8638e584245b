import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { messageOf } from "../../../terminal/userError";

/** Azure's public price list; it takes no sign-in. */
export const retailPricesUrl = "https://prices.azure.com/api/retail/prices";

const item = z.object({
    currencyCode: z.string(),
    tierMinimumUnits: z.number(),
    retailPrice: z.number(),
    armRegionName: z.string(),
    meterName: z.string(),
    productName: z.string(),
    skuName: z.string(),
    armSkuName: z.string(),
    serviceName: z.string(),
    unitOfMeasure: z.string(),
    type: z.string(),
});
const page = z.object({ Items: z.array(item), NextPageLink: z.string().nullish() });

/** One row of the price list. */
export type RetailItem = z.infer<typeof item>;

/** What must be equal in the rows that are asked for. The values are case-sensitive. */
export type RetailQuery = Readonly<Partial<Record<keyof RetailItem, string>>>;

/** The price list could not be read. Nothing else will be found in it now. */
export class PricesUnavailable extends Error {
    override readonly name = "PricesUnavailable";
}

/** How the price list is asked. */
export interface RetailOptions {
    /** Defaults to {@link retailPricesUrl}. */
    url?: string;
    currency: string;
    /** For one request. Defaults to 10,000. */
    timeoutInMilliseconds?: number;
    /** Most requests, further pages and repetitions among them. Defaults to 100. */
    maxRequests?: number;
    /** How often a request is repeated that was refused for being one too many, or failed in Azure. Defaults to 3. */
    maxRetries?: number;
    /** Waits. Defaults to the clock's time. */
    pause?: (milliseconds: number) => Promise<void>;
}

/** Reads all rows that fit a query. Throws {@link PricesUnavailable}. */
export type RetailPrices = (query: RetailQuery) => Promise<RetailItem[]>;

/** No longer than this is waited before a request is repeated, whatever the answer asks for. */
const longestPause = 20_000;

/** Azure's price list, within bounds of time and requests. */
export function retailPrices(options: RetailOptions): RetailPrices {
    const {
        url = retailPricesUrl,
        timeoutInMilliseconds = 10_000,
        maxRequests = 100,
        maxRetries = 3,
        pause = sleep,
    } = options;
    let requests = 0;

    const once = async (address: URL): Promise<Response> => {
        if (++requests > maxRequests) {
            throw new PricesUnavailable(`more than ${maxRequests} requests would be needed`);
        }
        try {
            return await fetch(address, {
                headers: { accept: "application/json" },
                signal: AbortSignal.timeout(timeoutInMilliseconds),
            });
        } catch (error) {
            throw new PricesUnavailable(reasonOf(error), { cause: error });
        }
    };

    const read = async (address: URL): Promise<z.infer<typeof page>> => {
        for (let retries = 0; ; retries++) {
            const response = await once(address);
            if (response.ok) {
                return pageOf(response);
            }
            await response.body?.cancel();
            const isPassing = response.status === 429 || response.status >= 500;
            if (!isPassing || retries >= maxRetries) {
                throw new PricesUnavailable(`it answers with ${response.status}`);
            }
            await pause(Math.min(longestPause, pauseBefore(response, retries)));
        }
    };

    return async (query) => {
        const rows: RetailItem[] = [];
        let address: URL | undefined = addressOf(url, query, options.currency);
        while (address) {
            const { Items, NextPageLink } = await read(address);
            rows.push(...Items);
            address = NextPageLink ? nextPage(NextPageLink, address) : undefined;
        }
        return rows;
    };
}

/** The same, which asks for the same rows once, and no more once the list was not available. */
export function askedOnce(ask: RetailPrices): RetailPrices {
    const asked = new Map<string, Promise<RetailItem[]>>();
    let unavailable: PricesUnavailable | undefined;
    return async (query) => {
        if (unavailable) {
            throw unavailable;
        }
        const key = JSON.stringify(query);
        const rows = asked.get(key) ?? ask(query);
        asked.set(key, rows);
        try {
            return await rows;
        } catch (error) {
            unavailable = error instanceof PricesUnavailable ? error : undefined;
            throw error;
        }
    };
}

function addressOf(url: string, query: RetailQuery, currency: string): URL {
    if (!URL.canParse(url)) {
        throw new PricesUnavailable(`its address '${url}' is no URL`);
    }
    const address = new URL(url);
    const filter = Object.entries({ ...query, priceType: "Consumption" }).map(
        ([name, value]) => `${name} eq '${value.replaceAll("'", "''")}'`,
    );
    address.searchParams.set("api-version", "2023-01-01-preview");
    // Some meters are listed in other regions than their own, too.
    address.searchParams.set("meterRegion", "'primary'");
    address.searchParams.set("currencyCode", `'${currency}'`);
    address.searchParams.set("$filter", filter.join(" and "));
    return address;
}

/** What a page names as the next one is asked for only where the first one was. */
function nextPage(link: string, from: URL): URL {
    const address = URL.canParse(link) ? new URL(link) : undefined;
    if (address?.origin !== from.origin) {
        throw new PricesUnavailable("it names a next page that is somewhere else");
    }
    return address;
}

async function pageOf(response: Response): Promise<z.infer<typeof page>> {
    let body: unknown;
    try {
        body = await response.json();
    } catch (error) {
        throw new PricesUnavailable("its answer is no JSON", { cause: error });
    }
    const { success, data } = page.safeParse(body);
    if (!success) {
        throw new PricesUnavailable("its answer is no list of prices");
    }
    return data;
}

/** What the answer asks for, or a second that doubles with every repetition. */
function pauseBefore(response: Response, retries: number): number {
    const asked = Number(response.headers.get("retry-after") ?? Number.NaN);
    return Number.isFinite(asked) && asked >= 0 ? asked * 1000 : 1000 * 2 ** retries;
}

function reasonOf(error: unknown): string {
    if (error instanceof Error && error.name === "TimeoutError") {
        return "it does not answer in time";
    }
    const cause = error instanceof Error ? error.cause : undefined;
    return `it cannot be reached: ${messageOf(cause ?? error)}`;
}
