import * as assert from "node:assert/strict";
import { estimateCost } from "../../plan/cost/estimate";
import { asSpread } from "../../plan/cost/lines";
import type { CostLine } from "../../plan/cost/lines";
import { regionFactors } from "../../plan/cost/regions";
import { machines, prices } from "../../plan/cost/prices";
import type { Price } from "../../plan/cost/prices";
import { resource, setInput } from "../support/editing";
import { sampleStack } from "./sampleStack";
import type { EditableStack } from "./sampleStack";

async function estimate(change?: (stack: EditableStack) => void) {
    return estimateCost(await sampleStack(change));
}

async function lineOf(item: string | RegExp, change?: (stack: EditableStack) => void): Promise<CostLine> {
    const { lines } = await estimate(change);
    const found = lines.filter((line) =>
        typeof item === "string" ? line.item === item : item.test(line.item),
    );
    const [only] = found;
    assert.ok(only && found.length === 1, `expected one line ${String(item)}, found ${found.length}`);
    return only;
}

const set = (name: string, path: string, value: unknown) => (stack: EditableStack) =>
    setInput(stack, name, path, value);

describe("cost estimate", () => {
    it("adds up the sample stack exactly", async () => {
        const { lines, monthly, currency, hoursPerMonth, elsewhere } = await estimate();
        const fixed = lines.filter(({ basis }) => basis === "fixed");
        assert.deepEqual(
            // Lines of one component come as its resources were registered, which is not always in the same order.
            fixed
                .map(({ component, item, monthly: month }) => [
                    item,
                    component,
                    month?.minimum,
                    month?.expected,
                    month?.maximum,
                ])
                .sort(([one], [other]) => String(one).localeCompare(String(other))),
            [
                // Both regions that have a price have the same one.
                ["AKS Standard tier", "cluster", 73, 73, 87.89],
                ["Container registry, Premium", "registry", 50.69, 61.03, 61.03],
                ["Load balancer, internal", "cluster", 18.25, 18.25, 18.25],
                ["Metric alert", "watch", 0, 0.12, 0.12],
                ["NAT gateway", "network", 32.85, 32.85, 32.85],
                // 198.56 a node and month: two and five of them, and three more in 220 of 730 hours.
                ["Nodes of pool apps, Standard_D4ds_v5", "cluster", 397.12, 576.64, 992.8],
                ["Nodes of pool system, Standard_D4ds_v5", "cluster", 397.12, 576.64, 992.8],
                ["Private DNS zone", "network", 0.5, 0.5, 0.5],
                ["Private endpoint", "vault", 7.3, 7.3, 7.3],
                ["Public IP address", "network", 3.65, 4.39, 4.39],
            ],
        );
        // Logs: 5 GB a day for 30.42 days at 2.99, and half of that.
        const logs = { minimum: 0, expected: 227.36, maximum: 454.73 };
        assert.deepEqual((await lineOf("Log Analytics, ingestion")).monthly, logs);
        assert.deepEqual(monthly, { minimum: 980.48, expected: 1578.08, maximum: 2652.66 });
        assert.deepEqual(elsewhere, asSpread(0));
        assert.deepEqual([currency, hoursPerMonth], ["USD", 730]);
    });

    it("puts every line below its component, in the program's order", async () => {
        const { lines } = await estimate();
        const components = lines.map(({ component }) => component);
        assert.deepEqual(
            [...new Set(components)],
            ["monitoring", "network", "cluster", "vault", "registry", "watch"],
        );
    });

    it("lists what has no price, and what depends on usage, without an amount", async () => {
        const { lines, unknown } = await estimate();
        assert.deepEqual([...unknown].sort(), ["Activity log alert", "Prometheus alert rules"]);
        for (const line of lines.filter(({ basis }) => basis === "usage" || basis === "unknown")) {
            assert.equal(line.monthly, undefined, line.item);
            assert.equal(line.unitPrice, undefined, line.item);
        }
        const usage = lines.filter(({ basis }) => basis === "usage");
        assert.ok(usage.some(({ item }) => item === "NAT gateway, data"));
        assert.ok(usage.every(({ note }) => note !== ""));
    });

    it("assumes half of a workspace's daily cap, and nothing where there is none", async () => {
        const capped = await lineOf("Log Analytics, ingestion");
        assert.deepEqual(
            [capped.basis, capped.quantity, capped.unitPrice?.unit, capped.note],
            [
                "assumed",
                { minimum: 0, expected: (5 * 730) / 24 / 2, maximum: (5 * 730) / 24 },
                "gigabyte",
                "gigabytes; stops at 5 GB a day",
            ],
        );
        for (const cap of [-1, undefined]) {
            const free = await lineOf(
                "Log Analytics, ingestion",
                set("monitoring-workspace", "workspaceCapping.dailyQuotaGb", cap),
            );
            assert.deepEqual(
                [free.basis, free.monthly, free.note],
                ["usage", undefined, "by the gigabyte; without a daily cap"],
            );
        }
    });

    it("estimates by the regions' factors what was found in another region, and says so", async () => {
        assert.deepEqual(await lineOf("Public IP address"), {
            component: "network",
            resource: "network-nat-address",
            item: "Public IP address",
            region: "westeurope",
            basis: "fixed",
            quantity: asSpread(1),
            unitPrice: {
                minimum: 0.005,
                expected: 0.00602,
                maximum: 0.00602,
                unit: "hour",
                date: "2026-09-29",
                source: "B, K",
                estimatedFrom: "eastus",
            },
            monthly: { minimum: 3.65, expected: 4.39, maximum: 4.39 },
            note: "estimated: the price in eastus x 1.2 (1 to 1.2)",
        });
        const { estimated } = await estimate();
        assert.deepEqual([...estimated].sort(), [
            "AKS Standard tier",
            "Container registry, Premium",
            "Metric alert",
            "Public IP address",
        ]);
    });

    it("expects a meter that costs the same wherever it was found to cost that", async () => {
        const { unitPrice } = await lineOf("AKS Standard tier");
        assert.deepEqual([unitPrice?.minimum, unitPrice?.expected, unitPrice?.maximum], [0.1, 0.1, 0.1204]);
    });

    it("estimates machines of other regions, from least to most as seen among sizes", async () => {
        const inUae = await lineOf(/pool apps/, set("cluster-cluster", "location", "uaenorth"));
        assert.deepEqual(
            [inUae.basis, inUae.note, inUae.unitPrice?.source],
            [
                "fixed",
                "estimated: the price in eastus x 1.23 (1.2 to 1.25); ephemeral OS disks cost nothing",
                "K",
            ],
        );
        // Two nodes of 0.226 x 1.2, on average 2.904 of 0.226 x 1.226, five of 0.226 x 1.249 an hour.
        assert.deepEqual(inUae.monthly, { minimum: 395.95, expected: 587.4, maximum: 1030.3 });
    });

    it("has no amount where neither price nor factor of the region is known", async () => {
        const atSea = set("cluster-cluster", "location", "atsea");
        const nodes = await lineOf(/pool apps/, atSea);
        assert.deepEqual(
            [nodes.basis, nodes.monthly, nodes.note],
            ["unknown", undefined, "ephemeral OS disks cost nothing; no price found for atsea"],
        );
        assert.deepEqual(nodes.elsewhere, {
            region: "eastus",
            monthly: { minimum: 329.96, expected: 479.12, maximum: 824.9 },
        });
        const tier = await lineOf("AKS Standard tier", atSea);
        assert.deepEqual(
            [tier.basis, tier.elsewhere],
            ["unknown", { region: "eastus", monthly: asSpread(73) }],
        );
    });

    it("never takes a price from nowhere: Defender's region is not named", async () => {
        const line = await lineOf(
            /^Defender/,
            set("cluster-cluster", "securityProfile.defender", { securityMonitoring: { enabled: true } }),
        );
        assert.deepEqual(
            [line.basis, line.monthly, line.elsewhere?.region],
            ["unknown", undefined, "an unnamed region"],
        );
    });

    it("carries the date and source of every price", async () => {
        const line = await lineOf(/pool apps/);
        assert.deepEqual(line.unitPrice, {
            ...asSpread(0.272),
            unit: "hour",
            date: "2026-08-20",
            source: "R",
        });
        const { lines } = await estimate();
        for (const { unitPrice, item } of lines.filter(({ basis }) => basis === "fixed")) {
            assert.match(unitPrice?.date ?? "", /^20\d\d-\d\d-\d\d$/, item);
            assert.match(unitPrice?.source ?? "", /^[A-Z](, [A-Z])*$/, item);
        }
    });

    it("reads regions as Azure shows them", async () => {
        const line = await lineOf("AKS Standard tier", set("cluster-cluster", "location", "East US"));
        assert.deepEqual([line.region, line.monthly], ["eastus", asSpread(73)]);
    });

    const nodes: readonly (readonly [
        what: string,
        change: (stack: EditableStack) => void,
        minimum: number,
        expected: number,
        maximum: number,
    ])[] = [
        ["a fixed pool", set("cluster-apps-pool", "enableAutoScaling", false), 397.12, 397.12, 397.12],
        [
            "an empty pool",
            (stack) => (
                setInput(stack, "cluster-apps-pool", "minCount", 0),
                setInput(stack, "cluster-apps-pool", "count", 0)
            ),
            0,
            // Five nodes in 220 of 730 hours.
            299.2,
            992.8,
        ],
        [
            "a pool of another size",
            set("cluster-apps-pool", "vmSize", "Standard_D8ds_v5"),
            794.24,
            1153.28,
            1985.6,
        ],
        // 0.272 an hour less 82 % for two nodes, less 77 % for five.
        ["a Spot pool", set("cluster-apps-pool", "scaleSetPriority", "Spot"), 71.48, 132.63, 228.34],
        // 0.272 + 4 x 0.046 an hour.
        ["a Windows pool", set("cluster-apps-pool", "osType", "Windows"), 665.76, 966.72, 1664.4],
    ];
    for (const [what, change, minimum, expected, maximum] of nodes) {
        it(`prices ${what}`, async () => {
            const { monthly } = await lineOf(/^Nodes of pool apps/, change);
            assert.deepEqual(monthly, { minimum, expected, maximum });
        });
    }

    const unpriced: readonly (readonly [what: string, change: (stack: EditableStack) => void])[] = [
        ["an unknown size", set("cluster-apps-pool", "vmSize", "Standard_M128s")],
        [
            "Spot of a size that has none",
            (stack) => (
                setInput(stack, "cluster-apps-pool", "vmSize", "Standard_B4ms"),
                setInput(stack, "cluster-apps-pool", "scaleSetPriority", "Spot")
            ),
        ],
        [
            "Spot of Windows, whose discount is unknown",
            (stack) => (
                setInput(stack, "cluster-apps-pool", "osType", "Windows"),
                setInput(stack, "cluster-apps-pool", "scaleSetPriority", "Spot")
            ),
        ],
    ];
    for (const [what, change] of unpriced) {
        it(`does not price ${what}`, async () => {
            const line = await lineOf(/^Nodes of pool apps/, change);
            assert.deepEqual([line.basis, line.monthly], ["unknown", undefined]);
        });
    }

    it("estimates Windows and Spot from the one region in which they were seen", async () => {
        const inEastUs = set("cluster-cluster", "location", "eastus");
        for (const [special, note] of [
            [
                set("cluster-apps-pool", "osType", "Windows"),
                /^estimated: the price in westeurope x 0.83 \(0.83 to 0.87\); /,
            ],
            [
                set("cluster-apps-pool", "scaleSetPriority", "Spot"),
                /full price; estimated: the price in westeurope x 0.83 \(0.83 to 0.87\); /,
            ],
        ] as const) {
            const line = await lineOf(/^Nodes of pool apps/, (stack) => (inEastUs(stack), special(stack)));
            assert.equal(line.unitPrice?.estimatedFrom, "westeurope");
            assert.match(line.note, note);
        }
    });

    it("compares Windows and Spot with no other region, whose price would be that of Linux", async () => {
        const atSea = set("cluster-cluster", "location", "atsea");
        for (const special of [
            set("cluster-apps-pool", "osType", "Windows"),
            set("cluster-apps-pool", "scaleSetPriority", "Spot"),
        ]) {
            const line = await lineOf(/^Nodes of pool apps/, (stack) => (atSea(stack), special(stack)));
            assert.deepEqual([line.basis, line.elsewhere], ["unknown", undefined]);
        }
    });

    it("pays no more for Spot than its pool does", async () => {
        const priceAt = async (most: number) => {
            const { unitPrice, note } = await lineOf(/^Nodes of pool apps/, (stack) => {
                setInput(stack, "cluster-apps-pool", "scaleSetPriority", "Spot");
                setInput(stack, "cluster-apps-pool", "spotMaxPrice", most);
            });
            return { ...unitPrice, note };
        };
        const free = await priceAt(-1);
        assert.deepEqual(await priceAt(0.5), free);
        const { minimum, expected, maximum, note } = await priceAt(0.05);
        assert.deepEqual([minimum, expected, maximum], [free.minimum, 0.05, 0.05]);
        assert.match(
            note ?? "",
            /Spot prices move, up to the full price; never above 0\.05 USD, the pool's own limit/,
        );
    });

    it("says of Spot that it moves", async () => {
        const { note } = await lineOf(
            /^Nodes of pool apps/,
            set("cluster-apps-pool", "scaleSetPriority", "Spot"),
        );
        assert.equal(
            note,
            "77 to 82 % off, as seen on 2026-08-20; Spot prices move, up to the full price; ephemeral OS disks cost nothing",
        );
    });

    const disks: readonly (readonly [
        what: string,
        size: number | undefined,
        item: string,
        month: number | undefined,
    ])[] = [
        ["AKS's own size", undefined, "OS disks of pool apps, P10 LRS", 43.36],
        ["128 GiB", 128, "OS disks of pool apps, P10 LRS", 43.36],
        ["the next size up", 300, "OS disks of pool apps, P20 LRS", 161.08],
        ["a size without a price", 256, "OS disks of pool apps, P15 LRS", undefined],
    ];
    for (const [what, size, item, month] of disks) {
        it(`prices managed disks of ${what}`, async () => {
            const line = await lineOf(/^OS disks/, (stack) => {
                setInput(stack, "cluster-apps-pool", "osDiskType", "Managed");
                if (size !== undefined) {
                    setInput(stack, "cluster-apps-pool", "osDiskSizeGB", size);
                }
            });
            assert.deepEqual([line.item, line.monthly?.minimum], [item, month]);
        });
    }

    it("takes AKS's own disk size from the machine's processors", async () => {
        const diskOf = async (vmSize: string) => {
            const { note } = await lineOf(/^OS disks/, (stack) => {
                setInput(stack, "cluster-apps-pool", "osDiskType", "Managed");
                setInput(stack, "cluster-apps-pool", "vmSize", vmSize);
            });
            return /\d+ GiB/.exec(note)?.[0];
        };
        assert.equal(await diskOf("Standard_D4ds_v5"), "128 GiB");
        assert.equal(await diskOf("Standard_D8ds_v5"), "256 GiB");
        assert.equal(await diskOf("Standard_D16ds_v5"), "512 GiB");
    });

    /** Adds a resource of a type that the sample has none of. */
    const add =
        (type: string, inputs: Record<string, unknown>) =>
        (stack: EditableStack): void => {
            const model = structuredClone(resource(stack, "network-nat"));
            const location = model.inputs["location"];
            stack.update.resources.push({
                ...model,
                urn: `${model.urn}-added`,
                type,
                inputs: { location, ...inputs },
            });
        };

    it("prices both units of Grafana, and zones only where it spreads over them", async () => {
        const grafana = (zoneRedundancy: string) =>
            add("azure-native:dashboard:Grafana", { properties: { zoneRedundancy } });
        assert.deepEqual(
            (await lineOf("Managed Grafana, size X1", grafana("Disabled"))).quantity,
            asSpread(2),
        );
        await lineOf("Managed Grafana, zone redundancy", grafana("Enabled"));
        const { lines } = await estimate(grafana("Disabled"));
        assert.ok(!lines.some(({ item }) => item === "Managed Grafana, zone redundancy"));
    });

    it("counts the addresses of a public IP prefix", async () => {
        const line = await lineOf(
            "Public IP prefix",
            add("azure-native:network:PublicIPPrefix", { prefixLength: 30 }),
        );
        assert.deepEqual(line.quantity, asSpread(4));
    });

    it("counts the alerts of a rule group, not its recordings", async () => {
        const { quantity } = await lineOf("Prometheus alert rules");
        assert.deepEqual(quantity, asSpread(1));
        const { lines } = await estimate(
            set("watch-rules", "rules", [{ record: "node:cpu", expression: "sum(cpu)" }]),
        );
        assert.ok(!lines.some(({ item }) => item === "Prometheus alert rules"));
    });

    it("counts a registry's and a replica's days as a month of 730 hours", async () => {
        const line = await lineOf(
            "Container registry, Premium",
            set("registry-registry", "location", "eastus"),
        );
        assert.deepEqual(line.monthly, asSpread(50.69));
    });

    it("has a public load balancer and its address where the ingress is public", async () => {
        const change = set("ingress-release", "values", {});
        assert.deepEqual((await lineOf("Load balancer, public", change)).monthly, asSpread(18.25));
        assert.equal(
            (await lineOf("Public IP addresses of the load balancer", change)).unitPrice?.estimatedFrom,
            "eastus",
        );
        const { lines } = await estimate(change);
        assert.ok(!lines.some(({ item }) => item === "Load balancer, internal"));
    });

    it("has a public load balancer where nodes leave through one", async () => {
        const { lines } = await estimate(
            set("cluster-cluster", "networkProfile.outboundType", "loadBalancer"),
        );
        assert.deepEqual(
            lines.filter(({ item }) => item.startsWith("Load balancer,")).map(({ item }) => item),
            ["Load balancer, internal", "Load balancer, public"],
        );
    });

    const options: readonly (readonly [
        item: string,
        change: (stack: EditableStack) => void,
        quantity: readonly [number, number, number],
    ])[] = [
        // Nodes of both pools with four processors each.
        [
            "Defender for Containers, by virtual processor of the nodes",
            set("cluster-cluster", "securityProfile.defender", { securityMonitoring: { enabled: true } }),
            [16, 23.233, 40],
        ],
        [
            "Advanced container networking",
            set("cluster-cluster", "networkProfile.advancedNetworking", { enabled: true }),
            [4, 5.808, 10],
        ],
    ];
    for (const [item, change, [minimum, expected, maximum]] of options) {
        it(`counts ${item}, of unknown price`, async () => {
            const { basis, quantity } = await lineOf(item, change);
            assert.deepEqual(
                [basis, quantity?.minimum, quantity?.expected.toFixed(3), quantity?.maximum],
                ["unknown", minimum, expected.toFixed(3), maximum],
            );
            assert.ok(!(await estimate()).lines.some((candidate) => candidate.item === item));
        });
    }

    it("lists a type that it does not know as unknown, never as free", async () => {
        const line = await lineOf("Firewall", (stack) => {
            const firewall = structuredClone(resource(stack, "network-nat"));
            stack.update.resources.push({
                ...firewall,
                urn: `${firewall.urn}-f`,
                type: "azure-native:network:Firewall",
            });
        });
        assert.deepEqual(
            [line.basis, line.note],
            ["unknown", "the estimate has no rule for this type; no price found for any region"],
        );
    });

    it("has evidence with a date and a source for every price of the table", () => {
        for (const [name, { regions }] of Object.entries<Price>(prices)) {
            for (const { usd, date, source } of Object.values(regions)) {
                assert.ok(
                    usd >= 0 && /^20\d\d-\d\d-\d\d$/.test(date) && /^[A-Z](, [A-Z])*$/.test(source),
                    name,
                );
            }
        }
        // Zero is a price of its own: only AKS's Free tier has it.
        const free = Object.entries<Price>(prices).filter(([, { regions }]) =>
            Object.values(regions).some(({ usd }) => usd === 0),
        );
        assert.deepEqual(
            free.map(([name]) => name),
            ["aksFree"],
        );
        assert.equal(Object.keys(machines).length, 15);
    });

    it("has a factor with a date and a source for every region, in order", () => {
        assert.equal(Object.keys(regionFactors).length, 57);
        for (const [region, { minimum, expected, maximum, date, source }] of Object.entries(regionFactors)) {
            assert.ok(minimum <= expected && expected <= maximum && minimum > 0.9 && maximum < 2.2, region);
            assert.ok(/^20\d\d-\d\d-\d\d$/.test(date) && /^[A-Z]$/.test(source), region);
        }
        // What the table has itself of West Europe agrees with the factor.
        const { eastus, westeurope } = machines["Standard_D4ds_v5"] ?? assert.fail();
        assert.equal((westeurope / eastus).toFixed(3), String(regionFactors["westeurope"]?.expected));
    });

    it("tells every assumption with its figure and reason", async () => {
        const { assumptions } = await estimate();
        assert.deepEqual(
            assumptions.map(({ id }) => id),
            ["hours", "nodes", "logs", "regions", "free"],
        );
        for (const { id, text, reason } of assumptions) {
            assert.ok(text.endsWith(".") && reason.endsWith("."), id);
        }
        assert.match(assumptions.map(({ text }) => text).join(" "), /730 hours.*220 hours.*50 % of the cap/);
    });
});
