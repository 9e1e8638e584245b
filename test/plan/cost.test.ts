import * as assert from "node:assert/strict";
import { estimateCost } from "../../plan/cost/estimate";
import type { CostLine } from "../../plan/cost/lines";
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
                    month?.maximum,
                ])
                .sort(([one], [other]) => String(one).localeCompare(String(other))),
            [
                ["Load balancer, internal", "cluster", 18.25, 18.25],
                ["NAT gateway", "network", 32.85, 32.85],
                ["Nodes of pool apps, Standard_D4ds_v5", "cluster", 397.12, 992.8],
                ["Nodes of pool system, Standard_D4ds_v5", "cluster", 397.12, 992.8],
                ["Private DNS zone", "network", 0.5, 0.5],
                ["Private endpoint", "vault", 7.3, 7.3],
            ],
        );
        assert.deepEqual(monthly, { minimum: 853.14, maximum: 2044.5 });
        // Public IP 3.65, AKS Standard tier 73, Premium registry 50.69, and up to one metric series 0.10.
        assert.deepEqual(elsewhere, { minimum: 127.34, maximum: 127.44 });
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
        assert.deepEqual([...unknown].sort(), [
            "AKS Standard tier",
            "Activity log alert",
            "Container registry, Premium",
            "Metric alert",
            "Prometheus alert rules",
            "Public IP address",
        ]);
        for (const line of lines.filter(({ basis }) => basis !== "fixed")) {
            assert.equal(line.monthly, undefined, line.item);
            assert.equal(line.unitPrice, undefined, line.item);
        }
        const usage = lines.filter(({ basis }) => basis === "usage");
        assert.ok(usage.some(({ item }) => item === "NAT gateway, data"));
        assert.ok(usage.every(({ note }) => note !== ""));
        assert.match(
            usage.find(({ item }) => item === "Log Analytics, ingestion")?.note ?? "",
            /stops at 5 GB a day$/,
        );
    });

    it("names the region that has no price, and the price of one that has", async () => {
        assert.deepEqual(await lineOf("AKS Standard tier"), {
            component: "cluster",
            resource: "cluster-cluster",
            item: "AKS Standard tier",
            region: "westeurope",
            basis: "unknown",
            quantity: { minimum: 1, maximum: 1 },
            elsewhere: { region: "eastus", monthly: { minimum: 73, maximum: 73 } },
            note: "no price found for westeurope",
        });
        const inUae = await lineOf(/pool apps/, set("cluster-cluster", "location", "uaenorth"));
        assert.equal(inUae.basis, "unknown");
        assert.equal(inUae.note, "ephemeral OS disks cost nothing; no price found for uaenorth");
        assert.deepEqual(inUae.elsewhere, { region: "eastus", monthly: { minimum: 329.96, maximum: 824.9 } });
    });

    it("carries the date and source of every price", async () => {
        const line = await lineOf(/pool apps/);
        assert.deepEqual(line.unitPrice, {
            minimum: 0.272,
            maximum: 0.272,
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
        assert.deepEqual([line.region, line.monthly], ["eastus", { minimum: 73, maximum: 73 }]);
    });

    const nodes: readonly (readonly [
        what: string,
        change: (stack: EditableStack) => void,
        minimum: number,
        maximum: number,
    ])[] = [
        ["a fixed pool", set("cluster-apps-pool", "enableAutoScaling", false), 397.12, 397.12],
        [
            "an empty pool",
            (stack) => (
                setInput(stack, "cluster-apps-pool", "minCount", 0),
                setInput(stack, "cluster-apps-pool", "count", 0)
            ),
            0,
            992.8,
        ],
        ["a pool of another size", set("cluster-apps-pool", "vmSize", "Standard_D8ds_v5"), 794.24, 1985.6],
        // 0.272 an hour less 82 % for two nodes, less 77 % for five.
        ["a Spot pool", set("cluster-apps-pool", "scaleSetPriority", "Spot"), 71.48, 228.34],
        // 0.272 + 4 x 0.046 an hour.
        ["a Windows pool", set("cluster-apps-pool", "osType", "Windows"), 665.76, 1664.4],
    ];
    for (const [what, change, minimum, maximum] of nodes) {
        it(`prices ${what}`, async () => {
            assert.deepEqual((await lineOf(/^Nodes of pool apps/, change)).monthly, { minimum, maximum });
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
            "Windows where the surcharge is unknown",
            (stack) => (
                setInput(stack, "cluster-cluster", "location", "eastus"),
                setInput(stack, "cluster-apps-pool", "osType", "Windows")
            ),
        ],
    ];
    for (const [what, change] of unpriced) {
        it(`does not price ${what}`, async () => {
            const line = await lineOf(/^Nodes of pool apps/, change);
            assert.deepEqual([line.basis, line.monthly], ["unknown", undefined]);
        });
    }

    it("compares Windows and Spot with no other region, whose price would be that of Linux", async () => {
        const inUae = set("cluster-cluster", "location", "uaenorth");
        for (const special of [
            set("cluster-apps-pool", "osType", "Windows"),
            set("cluster-apps-pool", "scaleSetPriority", "Spot"),
        ]) {
            const line = await lineOf(/^Nodes of pool apps/, (stack) => (inUae(stack), special(stack)));
            assert.deepEqual([line.basis, line.elsewhere], ["unknown", undefined]);
        }
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
        assert.deepEqual((await lineOf("Managed Grafana, size X1", grafana("Disabled"))).quantity, {
            minimum: 2,
            maximum: 2,
        });
        await lineOf("Managed Grafana, zone redundancy", grafana("Enabled"));
        const { lines } = await estimate(grafana("Disabled"));
        assert.ok(!lines.some(({ item }) => item === "Managed Grafana, zone redundancy"));
    });

    it("counts the addresses of a public IP prefix", async () => {
        const line = await lineOf(
            "Public IP prefix",
            add("azure-native:network:PublicIPPrefix", { prefixLength: 30 }),
        );
        assert.deepEqual(line.quantity, { minimum: 4, maximum: 4 });
    });

    it("counts the alerts of a rule group, not its recordings", async () => {
        const { quantity } = await lineOf("Prometheus alert rules");
        assert.deepEqual(quantity, { minimum: 1, maximum: 1 });
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
        assert.deepEqual(line.monthly, { minimum: 50.69, maximum: 50.69 });
    });

    it("has a public load balancer and its address where the ingress is public", async () => {
        const change = set("ingress-release", "values", {});
        assert.deepEqual((await lineOf("Load balancer, public", change)).monthly, {
            minimum: 18.25,
            maximum: 18.25,
        });
        assert.equal((await lineOf("Public IP addresses of the load balancer", change)).basis, "unknown");
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
        quantity: readonly [number, number],
    ])[] = [
        // Nodes of both pools with four processors each.
        [
            "Defender for Containers, by virtual processor of the nodes",
            set("cluster-cluster", "securityProfile.defender", { securityMonitoring: { enabled: true } }),
            [16, 40],
        ],
        [
            "Advanced container networking",
            set("cluster-cluster", "networkProfile.advancedNetworking", { enabled: true }),
            [4, 10],
        ],
    ];
    for (const [item, change, [minimum, maximum]] of options) {
        it(`counts ${item}, of unknown price`, async () => {
            const line = await lineOf(item, change);
            assert.deepEqual([line.basis, line.quantity], ["unknown", { minimum, maximum }]);
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
        for (const [name, { regions, meter }] of Object.entries<Price>(prices)) {
            assert.notEqual(meter, "", name);
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
});
