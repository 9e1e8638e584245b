import * as assert from "node:assert/strict";
import { liveBook } from "../../plan/cost/live/liveBook";
import { machinePrice, meterPrice } from "../../plan/cost/live/meters";
import { PricesUnavailable, askedOnce, retailPrices } from "../../plan/cost/live/retailPrices";
import type { RetailItem, RetailOptions } from "../../plan/cost/live/retailPrices";
import { estimateCost } from "../../plan/cost/estimate";
import { everywhere, prices } from "../../plan/cost/prices";
import { pageText, priceServer, row } from "./priceServer";
import type { Answer, PriceServer } from "./priceServer";
import { sampleStack } from "./sampleStack";

const query = { serviceName: "Virtual Machines", armSkuName: "Standard_D4ds_v5" };
const linux = { isSpot: false, isWindows: false };

describe("Azure's price list", () => {
    const open: PriceServer[] = [];
    const pauses: number[] = [];

    async function list(
        answer: (request: URLSearchParams, index: number, url: string) => Answer,
        options: Partial<RetailOptions> = {},
    ) {
        const server = await priceServer(answer);
        open.push(server);
        const ask = retailPrices({
            url: server.url,
            currency: "USD",
            pause: (time) => Promise.resolve(void pauses.push(time)),
            ...options,
        });
        return { ask, requests: server.requests };
    }

    const refusal = (reason: string | RegExp) => (error: unknown) => {
        assert.ok(error instanceof PricesUnavailable);
        assert.match(error.message, typeof reason === "string" ? new RegExp(`^${reason}$`) : reason);
        return true;
    };

    beforeEach(() => void (pauses.length = 0));
    afterEach(async () => {
        await Promise.all(open.splice(0).map((server) => server.close()));
    });

    it("is asked for consumption prices of the primary region in one currency", async () => {
        const { ask, requests } = await list(() => ({ body: pageText([]) }));
        await ask({ serviceName: "Key Vault", meterName: "O'Brien's" });
        assert.deepEqual(
            [...(requests[0] ?? [])],
            [
                ["api-version", "2023-01-01-preview"],
                ["meterRegion", "'primary'"],
                ["currencyCode", "'USD'"],
                [
                    "$filter",
                    "serviceName eq 'Key Vault' and meterName eq 'O''Brien''s' and priceType eq 'Consumption'",
                ],
            ],
        );
    });

    it("is read to its last page", async () => {
        const { ask, requests } = await list((_, index, url) => ({
            body: pageText([row({ retailPrice: index + 1 })], index < 2 ? `${url}?$skip=${index + 1}` : null),
        }));
        assert.deepEqual(
            (await ask(query)).map(({ retailPrice }) => retailPrice),
            [1, 2, 3],
        );
        assert.deepEqual(
            requests.map((request) => request.get("$skip")),
            [null, "1", "2"],
        );
    });

    for (const link of ["https://elsewhere.example/api", "no address"]) {
        it(`is not followed to ${link}`, async () => {
            const { ask, requests } = await list(() => ({ body: pageText([row()], link) }));
            await assert.rejects(ask(query), refusal("it names a next page that is somewhere else"));
            assert.equal(requests.length, 1);
        });
    }

    it("is asked again after the time that it names, and after longer and longer times", async () => {
        const refused = [
            { status: 429, headers: { "retry-after": "7" } },
            { status: 429, headers: { "retry-after": "3600" } },
            { status: 503 },
        ];
        const { ask } = await list((_, index) => refused[index] ?? { body: pageText([row()]) });
        assert.equal((await ask(query)).length, 1);
        assert.deepEqual(pauses, [7_000, 20_000, 4_000]);
    });

    it("is given up after three repetitions, and at once where a repetition is of no use", async () => {
        const busy = await list(() => ({ status: 429 }));
        await assert.rejects(busy.ask(query), refusal("it answers with 429"));
        assert.equal(busy.requests.length, 4);
        const wrong = await list(() => ({ status: 400 }));
        await assert.rejects(wrong.ask(query), refusal("it answers with 400"));
        assert.equal(wrong.requests.length, 1);
    });

    it("is asked a bounded number of times", async () => {
        const endless = await list((_, index, url) => ({ body: pageText([], `${url}?$skip=${index}`) }), {
            maxRequests: 5,
        });
        await assert.rejects(endless.ask(query), refusal("more than 5 requests would be needed"));
        assert.equal(endless.requests.length, 5);
    });

    it("is not waited for", async () => {
        const { ask } = await list(() => ({ hangs: true }), { timeoutInMilliseconds: 50 });
        await assert.rejects(ask(query), refusal("it does not answer in time"));
    });

    const nonsense: Readonly<Record<string, readonly [body: string, reason: string]>> = {
        "a login page": ["<html>sign in</html>", "its answer is no JSON"],
        "half an answer": ['{"Items": [', "its answer is no JSON"],
        "another document": ['{"error": {}}', "its answer is no list of prices"],
        "a row without a price": [
            pageText([{ ...row(), retailPrice: undefined }]),
            "its answer is no list of prices",
        ],
    };
    for (const [what, [body, reason]] of Object.entries(nonsense)) {
        it(`is not understood in ${what}`, async () => {
            const { ask } = await list(() => ({ body }));
            await assert.rejects(ask(query), refusal(reason));
        });
    }

    it("says why it cannot be reached", async () => {
        const server = await priceServer(() => ({}));
        await server.close();
        const ask = retailPrices({ url: server.url, currency: "USD" });
        await assert.rejects(ask(query), refusal(/^it cannot be reached: .*ECONNREFUSED/));
        await assert.rejects(
            retailPrices({ url: "prices", currency: "USD" })(query),
            refusal("its address 'prices' is no URL"),
        );
    });

    it("is asked once for the same rows, and never again after it failed", async () => {
        const good = await list(() => ({ body: pageText([row()]) }));
        const ask = askedOnce(good.ask);
        assert.deepEqual(await ask(query), await ask({ ...query }));
        assert.equal(good.requests.length, 1);
        const bad = await list(() => ({ status: 404 }));
        const askBad = askedOnce(bad.ask);
        await assert.rejects(askBad(query), refusal("it answers with 404"));
        await assert.rejects(askBad({ serviceName: "Storage" }), refusal("it answers with 404"));
        assert.equal(bad.requests.length, 1);
    });
});

describe("prices among Azure's rows", () => {
    const size = "Standard_D4ds_v5";
    const everyKind = [
        row({ retailPrice: 0.272 }),
        row({ retailPrice: 0.05, meterName: "D4ds v5 Spot", skuName: "D4ds v5 Spot" }),
        row({ retailPrice: 0.06, meterName: "D4ds v5 Low Priority", skuName: "D4ds v5 Low Priority" }),
        row({ retailPrice: 0.456, productName: "Virtual Machines Ddsv5 Series Windows" }),
        row({
            retailPrice: 0.09,
            meterName: "D4ds v5 Spot",
            productName: "Virtual Machines Ddsv5 Series Windows",
        }),
        row({ retailPrice: 0.3, productName: "Ddsv5 Series Cloud Services" }),
        row({ retailPrice: 0.17, type: "Reservation" }),
        row({ retailPrice: 0.15, type: "DevTestConsumption" }),
        row({ retailPrice: 0.25, currencyCode: "EUR" }),
        row({ retailPrice: 0.226, armRegionName: "eastus" }),
        row({ retailPrice: 0.544, armSkuName: "Standard_D8ds_v5" }),
    ];
    const kinds: readonly (readonly [string, { isSpot: boolean; isWindows: boolean }, number])[] = [
        ["Linux", linux, 0.272],
        ["Spot", { isSpot: true, isWindows: false }, 0.05],
        ["Windows", { isSpot: false, isWindows: true }, 0.456],
        ["Windows Spot", { isSpot: true, isWindows: true }, 0.09],
    ];
    for (const [what, kind, usd] of kinds) {
        it(`tell ${what} machines from all other ways to buy them`, () => {
            assert.deepEqual(machinePrice(size, "westeurope", kind, everyKind, "USD"), { usd });
        });
    }

    const ofMeter = (values: Partial<RetailItem>) =>
        row({
            armSkuName: "",
            serviceName: "Azure Monitor",
            productName: "Azure Monitor",
            skuName: "Alerts",
            meterName: "Alerts Metric Monitored",
            unitOfMeasure: "1/Month",
            ...values,
        });
    const alert = (rows: RetailItem[]) => meterPrice(prices.metricAlertSeries, "westeurope", rows, "USD");

    it("are those of the first band that is not free", () => {
        const free = ofMeter({ retailPrice: 0 });
        const first = ofMeter({ retailPrice: 0.1, tierMinimumUnits: 10 });
        const later = ofMeter({ retailPrice: 0.08, tierMinimumUnits: 1000 });
        assert.deepEqual(alert([later, first, free]), { usd: 0.1 });
        // A price of nothing is never believed.
        assert.deepEqual(alert([free]), { problem: "Azure lists no such meter" });
    });

    it("are none where several rows of a band differ, or none fits exactly", () => {
        assert.deepEqual(alert([ofMeter({ retailPrice: 0.1 }), ofMeter({ retailPrice: 0.1 })]), { usd: 0.1 });
        assert.deepEqual(alert([ofMeter({ retailPrice: 0.1 }), ofMeter({ retailPrice: 0.2 })]), {
            problem: "Azure lists 2 prices for it",
        });
        for (const other of [
            { meterName: "Alerts Metric Monitored v2" },
            { skuName: "Alert" },
            { serviceName: "Log Analytics" },
            { armRegionName: "northeurope" },
        ]) {
            assert.deepEqual(alert([ofMeter({ retailPrice: 0.1, ...other })]), {
                problem: "Azure lists no such meter",
            });
        }
    });

    it("are changed from one time into another, and into nothing else", () => {
        const pack = {
            ...ofMeter({}),
            serviceName: "Microsoft Defender for Cloud",
            skuName: "Standard vCore",
        };
        const defender = (unitOfMeasure: string) =>
            meterPrice(
                prices.defenderVCpu,
                "westeurope",
                [{ ...pack, meterName: "Standard vCore vCore Pack", retailPrice: 0.0095, unitOfMeasure }],
                "USD",
            );
        assert.deepEqual(defender("1/Hour"), { usd: 0.0095 * 730 });
        assert.deepEqual(defender("1/Month"), { usd: 0.0095 });
        assert.deepEqual(defender("1 GB"), { problem: "Azure sells it by another unit" });
        assert.deepEqual(defender("100"), { problem: "Azure sells it by another unit" });
    });

    it("of meters that cost the same everywhere are in no region", () => {
        const zone = (armRegionName: string) =>
            meterPrice(
                prices.privateDnsZone,
                everywhere,
                [
                    row({
                        serviceName: "Azure DNS",
                        skuName: "Private",
                        meterName: "Private Zone",
                        unitOfMeasure: "1",
                        retailPrice: 0.5,
                        armRegionName,
                    }),
                ],
                "USD",
            );
        assert.deepEqual(zone("Zone 1"), { usd: 0.5 });
        assert.deepEqual(zone("usgovvirginia"), { problem: "Azure lists no such meter" });
    });
});

describe("live prices", () => {
    const today = "2026-11-22";
    const node = row({ retailPrice: 0.3 });

    const estimateWith = async (ask: Parameters<typeof liveBook>[1]) => {
        const stack = await sampleStack();
        const { book, live } = await liveBook((each) => estimateCost(stack, each), ask, today);
        return { live, cost: estimateCost(stack, book), table: estimateCost(stack) };
    };

    it("replace those of the table, with their day and source, and leave the others", async () => {
        const { cost, live, table } = await estimateWith(({ armSkuName }) =>
            Promise.resolve(armSkuName ? [node] : []),
        );
        const nodes = cost.lines.find(({ item }) => item.startsWith("Nodes of pool apps"));
        assert.deepEqual(nodes?.unitPrice, {
            minimum: 0.3,
            expected: 0.3,
            maximum: 0.3,
            date: today,
            source: "API",
            unit: "hour",
        });
        assert.equal(nodes?.monthly?.minimum, 438);
        const others = (lines: typeof cost.lines) => lines.filter(({ item }) => !item.startsWith("Nodes"));
        assert.deepEqual(others(cost.lines), others(table.lines));
        assert.deepEqual([live.asked, live.found], [today, 1]);
        assert.ok(
            live.warnings.includes(
                "The price of Standard Uptime SLA in westeurope is not Azure's of today: Azure lists no such meter.",
            ),
        );
        assert.ok(
            live.warnings.includes(
                "The price of activityLogAlert in westeurope is not Azure's of today: the exact name of its meter is not known.",
            ),
        );
    });

    it("ask for each meter and size once, and for nothing that is free", async () => {
        const asked: string[] = [];
        await estimateWith((each) => {
            asked.push(JSON.stringify(each));
            return Promise.resolve([]);
        });
        assert.equal(new Set(asked).size, asked.length);
        assert.ok(asked.length > 8 && asked.length < 20, String(asked.length));
        // Meters without a region are asked for without one: a filter would hide them.
        assert.ok(
            asked.includes(
                JSON.stringify({
                    serviceName: "NAT Gateway",
                    meterName: "Standard Gateway",
                    skuName: "Standard",
                }),
            ),
        );
    });

    it("fall back to the table with one warning when the list is not available", async () => {
        let calls = 0;
        const { cost, live, table } = await estimateWith(() => {
            calls++;
            return Promise.reject(new PricesUnavailable("it cannot be reached: no network"));
        });
        assert.equal(calls, 1);
        assert.deepEqual(cost, table);
        assert.deepEqual(live, {
            asked: today,
            found: 0,
            warnings: [
                "Azure's price list is not available: it cannot be reached: no network. All prices are those of the table.",
            ],
        });
    });

    it("keep what was found before the list went away", async () => {
        let isThere = true;
        const { live, cost } = await estimateWith(({ armSkuName }) => {
            if (!isThere) {
                return Promise.reject(new PricesUnavailable("it answers with 429"));
            }
            isThere = armSkuName === undefined;
            return Promise.resolve(armSkuName ? [node] : []);
        });
        assert.ok(cost.lines.some(({ unitPrice }) => unitPrice?.source === "API"));
        assert.equal(
            live.warnings.at(-1),
            "Azure's price list is not available: it answers with 429. All other prices are those of the table.",
        );
        assert.equal(live.found, 1);
    });

    it("do not hide a fault of the program", async () => {
        await assert.rejects(
            estimateWith(() => Promise.reject(new TypeError("boom"))),
            TypeError,
        );
    });
});
