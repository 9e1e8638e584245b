import * as assert from "node:assert/strict";
import type { StackPlan } from "../../plan/stackPlan";
import { layoutOf } from "../../report/picture/layout";
import type { Layout, PlacedBox } from "../../report/picture/layout";
import { metrics } from "../../report/picture/box";
import { planView } from "../../report/planView";
import { withInner } from "../../report/topology/place";
import { topologyOf } from "../../report/topology/topology";
import type { Topology } from "../../report/topology/topology";
import { oddSettings, planOf, planWith } from "./plans";

function topology(plan: StackPlan): Topology {
    return topologyOf(planView(plan), plan.addressPlan);
}

/** Flows as `from > to: what`, by the titles of the boxes. */
function flowsOf(plan: StackPlan): string[] {
    const { places, flows } = topology(plan);
    const titles = new Map(places.flatMap(withInner).map(({ id, title }) => [id, title]));
    return flows.map(({ from, to, what }) => `${titles.get(from)} > ${titles.get(to)}: ${what}`);
}

/** Titles of the boxes, those in a box behind it. */
function titlesOf(plan: StackPlan): string[] {
    return topology(plan)
        .places.flatMap(withInner)
        .map(({ title }) => title);
}

const everyPlan: [name: string, plan: () => Promise<StackPlan>][] = [
    ["dev", () => planOf("dev")],
    ["prod", () => planOf("prod")],
    ...Object.entries(oddSettings).map(([name, changes]): [string, () => Promise<StackPlan>] => [
        name,
        () => planWith(name, changes),
    ]),
];

describe("topology of a plan", function () {
    this.timeout(180_000);

    it("puts pools in subnets, subnets in their cluster and the cluster in its network", async () => {
        const [network] = topology(await planOf("prod")).places;
        assert.equal(network?.title, "Virtual network vnet-lz-prod-weu");
        const cluster = network.children.find(({ kind }) => kind === "cluster");
        assert.deepEqual(cluster?.lines, ["Kubernetes 1.36, tier Standard"]);
        assert.deepEqual(
            cluster.children.map(({ title, lines, children }) => [
                title,
                lines,
                children.map((pool) => [pool.title, pool.lines, pool.zones]),
            ]),
            [
                [
                    "snet-lz-prod-weu-system-nodes",
                    ["10.32.1.0/24, 251 usable", "NSG: 5 allowed, rest denied"],
                    [["Pool system", ["Standard_D4ds_v5", "3 to 5 nodes"], ["1", "2", "3"]]],
                ],
                [
                    "snet-lz-prod-weu-user-nodes",
                    ["10.32.32.0/19, 8,187 usable", "NSG: 5 allowed, rest denied"],
                    [["Pool apps9c97", ["Standard_D8ds_v5", "3 to 12 nodes"], ["1", "2", "3"]]],
                ],
            ],
        );
    });

    it("tells the flows of prod: nothing from the Internet but to Grafana", async () => {
        assert.deepEqual(flowsOf(await planOf("prod")), [
            "Clients in the network > snet-lz-prod-weu-ingress: 80, 443 (TCP)",
            "Internet > Grafana: 443 (TCP)",
            "Cluster aks-lz-prod-weu > snet-lz-prod-weu-api-server: 443, 4443 (TCP)",
            "snet-lz-prod-weu-agents > snet-lz-prod-weu-api-server: 443 (TCP)",
            "Cluster aks-lz-prod-weu > snet-lz-prod-weu-private-endpoints: 443 (TCP)",
            "snet-lz-prod-weu-api-server > snet-lz-prod-weu-private-endpoints: 443 (TCP)",
            "snet-lz-prod-weu-agents > snet-lz-prod-weu-private-endpoints: 443 (TCP)",
            "snet-lz-prod-weu-api-server > Cluster aks-lz-prod-weu: any port (TCP)",
            "snet-lz-prod-weu-ingress > Cluster aks-lz-prod-weu: 80, 443 (TCP)",
            "snet-lz-prod-weu-agents > NAT gateway ng-lz-prod-weu: any",
            "NAT gateway ng-lz-prod-weu > Internet: any",
            "Cluster aks-lz-prod-weu > NAT gateway ng-lz-prod-weu: any",
            "pep-lz-prod-weu-vault > Key Vault: Private Link",
            "pep-lz-prod-weu-registry > Registry: Private Link",
            "Cluster aks-lz-prod-weu > Log Analytics: logs",
            "Cluster aks-lz-prod-weu > Managed Prometheus: metrics",
            "snet-lz-prod-weu-api-server > Log Analytics: logs",
            "Grafana > Managed Prometheus: queries",
        ]);
    });

    it("tells that dev's API server and registry have public names", async () => {
        const flows = flowsOf(await planOf("dev"));
        assert.ok(
            flows.includes("Listed addresses > snet-lz-dev-weu-api-server: 443 (TCP)"),
            flows.join("\n"),
        );
        assert.ok(flows.includes("Internet > Registry: 443 (TCP)"), flows.join("\n"));
        assert.ok(flows.includes("Cluster aks-lz-dev-weu > Registry: 443 (TCP)"), flows.join("\n"));
    });

    it("shows what is open in a public landing zone, and how it gets out", async () => {
        const plan = await planWith("public", oddSettings["public"] ?? {});
        const flows = flowsOf(plan);
        for (const flow of [
            "Listed addresses > API server: 443 (TCP)",
            "Cluster aks-lz-test-weu > API server: 443 (TCP)",
            "Internet > Load balancer of traefik: the service's ports",
            "Listed addresses > Key Vault: 443 (TCP)",
            "Cluster aks-lz-test-weu > Outbound load balancer: any",
        ]) {
            assert.ok(flows.includes(flow), `${flow} is not in\n${flows.join("\n")}`);
        }
        assert.ok(!titlesOf(plan).some((title) => title.startsWith("NAT gateway")));
    });

    it("shows the hub and the firewall, and nothing that is behind them", async () => {
        const plan = await planWith("hub", oddSettings["hub"] ?? {});
        const flows = flowsOf(plan);
        assert.ok(
            flows.includes("Peered networks > Virtual network vnet-lz-test-weu: peering, both ways"),
            flows.join("\n"),
        );
        assert.ok(
            flows.includes("Cluster aks-lz-test-weu > Firewall or router: to 0.0.0.0/0"),
            flows.join("\n"),
        );
        assert.ok(!flows.some((flow) => flow.endsWith("> Internet: any")));
    });

    it("has no load balancer without an ingress controller", async () => {
        const titles = titlesOf(await planWith("no-ingress", oddSettings["no-ingress"] ?? {}));
        assert.deepEqual(
            titles.filter((title) => title.startsWith("Load balancer")),
            [],
        );
    });

    it("is empty for a plan without resources", async () => {
        const plan = { ...(await planOf("dev")), resources: [], addressPlan: [] };
        assert.deepEqual(topology(plan), { places: [], flows: [] });
        assert.deepEqual((await layoutOf(topology(plan))).boxes, []);
    });
});

describe("layout of the picture", function () {
    this.timeout(180_000);

    for (const [name, plan] of everyPlan) {
        it(`has room for everything of ${name}`, async () => {
            const found = topology(await plan());
            const layout = await layoutOf(found);
            assert.equal(layout.boxes.length, found.places.flatMap(withInner).length);
            const drawn = layout.lines.flatMap(({ flows }) => flows.map(({ number }) => number));
            assert.deepEqual(
                drawn.sort((one, other) => one - other),
                found.flows.map(({ number }) => number),
            );
            assert.deepEqual(faultsOf(layout), []);
        });
    }

    it("is the same each time", async () => {
        const found = topology(await planOf("dev"));
        assert.deepEqual(await layoutOf(found), await layoutOf(found));
    });
});

interface Area {
    x: number;
    y: number;
    width: number;
    height: number;
}

/** Boxes on each other or out of the one that they are in, texts without room, numbers on boxes or on each other. */
function faultsOf({ boxes, lines, width, height }: Layout): string[] {
    const isIn = (inner: Area, outer: Area) =>
        inner.x >= outer.x - 0.01 &&
        inner.y >= outer.y - 0.01 &&
        inner.x + inner.width <= outer.x + outer.width + 0.01 &&
        inner.y + inner.height <= outer.y + outer.height + 0.01;
    const overlap = (one: Area, other: Area) =>
        one.x < other.x + other.width &&
        other.x < one.x + one.width &&
        one.y < other.y + other.height &&
        other.y < one.y + one.height;
    const isOuter = (outer: PlacedBox, inner: PlacedBox) => withInner(outer.place).includes(inner.place);
    const faults = boxes.flatMap((box, index) => {
        const head = { x: box.x, y: box.y, width: box.text.width, height: box.text.height };
        const children = boxes.filter((other) => box.place.children.includes(other.place));
        return [
            ...(isIn(head, box) ? [] : [`no room for the texts of ${box.place.title}`]),
            ...(isIn(box, { x: 0, y: 0, width, height }) ? [] : [`${box.place.title} leaves the picture`]),
            ...children
                .filter((child) => !isIn(child, box))
                .map((child) => `${child.place.title} leaves ${box.place.title}`),
            ...children
                .filter((child) => overlap(child, head))
                .map((child) => `${child.place.title} hides a heading`),
            ...boxes
                .slice(index + 1)
                .filter((other) => !isOuter(box, other) && !isOuter(other, box) && overlap(box, other))
                .map((other) => `${box.place.title} and ${other.place.title} overlap`),
        ];
    });
    const badges = lines.map(({ badge }) => badge);
    const leaves = boxes.filter(({ place }) => place.children.length === 0);
    const heads = boxes.map(({ x, y, text }) => ({
        x,
        y,
        width: text.width,
        height: text.height - metrics.padding,
    }));
    return [
        ...faults,
        ...badges.flatMap((badge, index) => [
            ...badges
                .slice(index + 1)
                .filter((other) => overlap(badge, other))
                .map((other) => `${badge.text} is on ${other.text}`),
            ...leaves
                .filter((leaf) => overlap(badge, leaf))
                .map(({ place }) => `${badge.text} is on ${place.title}`),
            ...heads.filter((head) => overlap(badge, head)).map(() => `${badge.text} is on a heading`),
        ]),
    ];
}
