import { isSpot, nodePools } from "../../policy/nodePools";
import type { NodePool } from "../../policy/nodePools";
import { at, numberAt, textAt } from "../../stack/values";
import { expectedShareOfNodes } from "./assumptions";
import {
    amount,
    asSpread,
    byUsage,
    joined,
    priced,
    regionOf,
    spreadOf,
    sumOf,
    timesPrice,
    unitsPerMonth,
    unknown,
} from "./lines";
import type { CostLine, LineContext, Spread } from "./lines";
import type { Quote } from "./priceBook";
import { machines } from "./prices";

/** What a cluster costs: its tier, its inline pool and the options that are paid by node. */
export function clusterLines(context: LineContext): CostLine[] {
    const { inputs } = context.resource;
    const pools = poolsOf(context);
    const allPools = nodePools(context.stack).filter(
        ({ clusterId }) => clusterId?.toLowerCase() === context.resource.id?.toLowerCase(),
    );
    return [
        tierLine(context),
        ...pools.flatMap((pool) => poolLines(context, pool)),
        ...defenderLine(context, allPools),
        ...(at(inputs, "networkProfile", "advancedNetworking", "enabled") === true
            ? [
                  priced(context, "advancedNetworking", {
                      item: "Advanced container networking",
                      quantity: nodeTotal(allPools),
                  }),
              ]
            : []),
        ...(at(inputs, "nodeProvisioningProfile", "mode") === "Auto"
            ? [byUsage(context, "Nodes made by auto-provisioning", "as many as the pods need")]
            : []),
        byUsage(context, "Disks and shares of persistent volumes", "as many as workloads ask for"),
        byUsage(context, "Data to the Internet", "by the gigabyte, above 100 GB"),
    ];
}

/** What a pool costs that is a resource of its own. */
export function agentPoolLines(context: LineContext): CostLine[] {
    return poolsOf(context).flatMap((pool) => poolLines(context, pool));
}

function poolsOf({ stack, resource }: LineContext): NodePool[] {
    return nodePools(stack).filter((pool) => pool.resource === resource);
}

function tierLine(context: LineContext): CostLine {
    const tier = textAt(context.resource.inputs, "sku", "tier") ?? "Free";
    const price = { Free: "aksFree", Standard: "aksStandard", Premium: "aksPremium" } as const;
    const known = Object.entries(price).find(([name]) => name === tier);
    return known
        ? priced(context, known[1], { item: `AKS ${tier} tier` })
        : unknown(context, { item: `AKS ${tier} tier` });
}

function poolLines(context: LineContext, pool: NodePool): CostLine[] {
    const size = textAt(pool.settings, "vmSize") ?? "?";
    const nodes = nodeCount(pool);
    const region = clusterRegion(context, pool);
    const kind = {
        isSpot: isSpot(pool),
        isWindows: pool.settings["osType"] === "Windows",
    };
    const item = `Nodes of pool ${pool.name}, ${size}${kind.isSpot ? ", Spot" : ""}${kind.isWindows ? ", Windows" : ""}`;
    const seen = context.book.machine(size, region, kind);
    const quote = seen && kind.isSpot ? atMost(seen, numberAt(pool.settings, "spotMaxPrice")) : seen;
    const note = pool.settings["osDiskType"] === "Ephemeral" ? "ephemeral OS disks cost nothing" : undefined;
    const line = { item, region, quantity: nodes, note };
    const machineLine = quote
        ? amount(context, { ...line, quote, unit: "hour" })
        : unknown(context, {
              ...line,
              elsewhere: elsewhere(size, nodes, kind.isSpot || kind.isWindows),
          });
    return [machineLine, ...diskLine(context, pool, nodes, region)];
}

/** Azure takes Spot machines away at a price above the most that their pool pays; -1 is whatever they cost. */
function atMost(quote: Quote, most = -1): Quote {
    if (most <= 0 || quote.maximum <= most) {
        return quote;
    }
    const { minimum, expected, maximum } = spreadOf([quote, asSpread(most)], Math.min);
    const note = joined(quote.note, `never above ${most} USD, the pool's own limit`);
    return { ...quote, minimum, expected, maximum, note };
}

/** What Linux machines of the size would cost in East US. */
function elsewhere(size: string, nodes: Spread, isSpecial: boolean): CostLine["elsewhere"] {
    const hourly = machines[size]?.eastus;
    return hourly === undefined || isSpecial
        ? undefined
        : { region: "eastus", monthly: timesPrice(nodes, asSpread(hourly), unitsPerMonth("hour")) };
}

/** Sizes at which AKS's default OS disk changes, by virtual processors; Premium SSD tiers by GiB. */
const defaultDisks = [
    { below: 8, gib: 128 },
    { below: 16, gib: 256 },
    { below: 64, gib: 512 },
    { below: Infinity, gib: 1024 },
];
const diskTiers = [
    { tier: "P4", gib: 32 },
    { tier: "P6", gib: 64 },
    { tier: "P10", gib: 128, price: "diskP10" },
    { tier: "P15", gib: 256 },
    { tier: "P20", gib: 512, price: "diskP20" },
    { tier: "P30", gib: 1024 },
    { tier: "P40", gib: 2048 },
] as const;

function diskLine(context: LineContext, pool: NodePool, nodes: Spread, region: string): CostLine[] {
    if (pool.settings["osDiskType"] === "Ephemeral") {
        return [];
    }
    const vCpus = machines[textAt(pool.settings, "vmSize") ?? ""]?.vCpus;
    const gib =
        numberAt(pool.settings, "osDiskSizeGB") ??
        defaultDisks.find(({ below }) => (vCpus ?? 0) < below)?.gib ??
        128;
    const tier = diskTiers.find((candidate) => gib <= candidate.gib);
    const price = tier && "price" in tier ? tier.price : "diskOther";
    return [
        priced(context, price, {
            item: `OS disks of pool ${pool.name}, ${tier?.tier ?? "?"} LRS`,
            quantity: nodes,
            region,
            note: `${gib} GiB each, as Premium SSD`,
        }),
    ];
}

function defenderLine(context: LineContext, pools: readonly NodePool[]): CostLine[] {
    if (
        at(context.resource.inputs, "securityProfile", "defender", "securityMonitoring", "enabled") !== true
    ) {
        return [];
    }
    const item = "Defender for Containers, by virtual processor of the nodes";
    const sizes = pools.map((pool) => ({
        nodes: nodeCount(pool),
        vCpus: machines[textAt(pool.settings, "vmSize") ?? ""]?.vCpus,
    }));
    if (sizes.some(({ vCpus }) => vCpus === undefined)) {
        return [unknown(context, { item, note: "the processors of a pool's size are not in the table" })];
    }
    const quantity = sumOf(sizes.map(({ nodes, vCpus = 0 }) => spreadOf([nodes], (count) => count * vCpus)));
    return [priced(context, "defenderVCpu", { item, quantity })];
}

function nodeTotal(pools: readonly NodePool[]): Spread {
    return sumOf(pools.map(nodeCount));
}

/** Nodes at the autoscaler's least and most, and as many as are expected on average; a fixed pool has its count. */
export function nodeCount({ settings }: NodePool): Spread {
    const count = numberAt(settings, "count") ?? 1;
    if (settings["enableAutoScaling"] !== true) {
        return asSpread(count);
    }
    const minimum = numberAt(settings, "minCount") ?? count;
    const maximum = numberAt(settings, "maxCount") ?? count;
    return { minimum, expected: minimum + (maximum - minimum) * expectedShareOfNodes, maximum };
}

/** A pool has no location of its own: it is where its cluster is. */
function clusterRegion({ stack, resource }: LineContext, pool: NodePool): string {
    return regionOf(stack.withId(pool.clusterId) ?? resource);
}
