import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RetailItem } from "../../plan/cost/live/retailPrices";

/** One answer: a status with what goes with it, or a body as it is. */
export interface Answer {
    status?: number;
    headers?: Record<string, string>;
    body?: string;
    /** Never ends. */
    hangs?: boolean;
}

/** A stand-in for Azure's price list. */
export interface PriceServer {
    url: string;
    /** Query strings of the requests, decoded. */
    requests: URLSearchParams[];
    close(): Promise<void>;
}

/** Starts a price list on this machine that gives these answers, request by request. */
export async function priceServer(
    answer: (request: URLSearchParams, index: number, url: string) => Answer,
): Promise<PriceServer> {
    const requests: URLSearchParams[] = [];
    let url = "";
    const server = createServer((request, response) => {
        const { searchParams } = new URL(request.url ?? "/", url);
        requests.push(searchParams);
        const { status = 200, headers, body = "", hangs } = answer(searchParams, requests.length - 1, url);
        if (!hangs) {
            response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
        }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/retail/prices`;
    return {
        url,
        requests,
        close: async () => {
            server.closeAllConnections();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}

/** A page as the price list writes it. */
export function pageText(items: readonly object[], next: string | null = null): string {
    return JSON.stringify({
        BillingCurrency: "USD",
        CustomerEntityId: "Default",
        CustomerEntityType: "Retail",
        Items: items,
        NextPageLink: next,
        Count: items.length,
    });
}

/** A row as the price list writes it, that of a Linux machine where nothing else is said. */
export function row(values: Partial<RetailItem> = {}): RetailItem & Record<string, unknown> {
    return {
        currencyCode: "USD",
        tierMinimumUnits: 0,
        retailPrice: 0.3,
        unitPrice: 0.3,
        armRegionName: "westeurope",
        location: "EU West",
        effectiveStartDate: "2025-06-01T00:00:00Z",
        meterId: "00000000-0000-0000-0000-000000000001",
        meterName: "D4ds v5",
        productId: "DZH318Z0BQ4W",
        skuId: "DZH318Z0BQ4W/00H1",
        productName: "Virtual Machines Ddsv5 Series",
        skuName: "D4ds v5",
        serviceName: "Virtual Machines",
        serviceId: "DZH313Z7MMC8",
        serviceFamily: "Compute",
        unitOfMeasure: "1 Hour",
        type: "Consumption",
        isPrimaryMeterRegion: true,
        armSkuName: "Standard_D4ds_v5",
        ...values,
    };
}
