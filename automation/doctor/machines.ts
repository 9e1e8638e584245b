import type { LandingZoneConfig } from "../../config";
import { azureCheck, ok, problem, unknown } from "./check";
import type { Check, Finding } from "./check";

/** A machine size as `az vm list-skus` tells of it. */
interface Sku {
    name: string;
    resourceType?: string;
    family?: string;
    capabilities?: { name: string; value: string }[];
    locationInfo?: { zones?: string[] }[];
    restrictions?: {
        type?: string;
        reasonCode?: string;
        restrictionInfo?: { zones?: string[] };
    }[];
}

/** A limit of the subscription in a region, as `az vm list-usage` tells of it. */
interface Usage {
    name?: { value?: string; localizedValue?: string };
    currentValue?: number | string;
    limit?: number | string;
}

/** What a node pool may grow to. */
interface Demand {
    pool: string;
    vmSize: string;
    zones: readonly string[];
    /** The autoscaler's most, and what an upgrade adds. */
    nodes: number;
    spot: boolean;
}

/** All pools at their largest. Upgrades roll one pool at a time, but nobody promises that. */
export function demandsOf({ cluster, nodePools }: LandingZoneConfig): Demand[] {
    const { systemPool } = cluster;
    const pools = Object.entries(nodePools).map(([pool, settings]) => ({ pool, ...settings }));
    return [
        {
            pool: systemPool.name,
            vmSize: systemPool.vmSize,
            zones: systemPool.zones,
            nodes: withSurge(systemPool.maxCount, "33%"),
            spot: false,
        },
        ...pools.map(({ pool, vmSize, zones, maxCount, upgrade, spot }) => ({
            pool,
            vmSize,
            zones,
            nodes: withSurge(maxCount, spot === undefined ? upgrade.maxSurge : "0"),
            spot: spot !== undefined,
        })),
    ];
}

function withSurge(count: number, surge: string): number {
    const extra = surge.endsWith("%") ? Math.ceil((count * Number(surge.slice(0, -1))) / 100) : Number(surge);
    return count + extra;
}

const zonesCheck = azureCheck({
    id: "vm-sizes",
    title: "The region has every machine size, in every zone that is asked for",
    async judge(config, subject) {
        const skus = await skusOf(subject.azure, config);
        return demandsOf(config).map(({ pool, vmSize, zones }): Finding => {
            const alternatives = `az vm list-skus --location ${config.location} --resource-type virtualMachines --zone --output table; then change the pool ${pool} in Pulumi.${subject.stack}.yaml`;
            const sku = skus.get(vmSize.toLowerCase());
            if (sku === undefined) {
                return problem(`${vmSize} (pool ${pool}) does not exist in ${config.location}`, alternatives);
            }
            const whole = sku.restrictions?.find(({ type }) => type === "Location");
            if (whole) {
                return problem(
                    `${vmSize} (pool ${pool}) is closed to this subscription in ${config.location}: ${whole.reasonCode ?? "no reason given"}`,
                    `ask for access (https://aka.ms/azureskunotavailable), or ${alternatives}`,
                );
            }
            const closed = (sku.restrictions ?? []).flatMap(({ type, restrictionInfo }) =>
                type === "Zone" ? (restrictionInfo?.zones ?? []) : [],
            );
            const open = (sku.locationInfo?.[0]?.zones ?? []).filter((zone) => !closed.includes(zone));
            const missing = zones.filter((zone) => !open.includes(zone));
            return missing.length === 0
                ? ok(`${vmSize} (pool ${pool})${zones.length > 0 ? ` in zones ${zones.join(", ")}` : ""}`)
                : problem(
                      `${vmSize} (pool ${pool}) is not to be had in zone ${missing.join(", ")} of ${config.location}`,
                      alternatives,
                  );
        });
    },
});

const quotaCheck = azureCheck({
    id: "vm-quota",
    title: "The quota is enough for every pool at its largest",
    async judge(config, { azure }) {
        const { location, subscriptionId } = config;
        const [skus, usages] = await Promise.all([
            skusOf(azure, config),
            azure(["vm", "list-usage", "--location", location, "--subscription", subscriptionId]),
        ]);
        const needed = new Map<string, number>();
        const findings: Finding[] = [];
        for (const { pool, vmSize, nodes, spot } of demandsOf(config)) {
            const sku = skus.get(vmSize.toLowerCase());
            const cores = Number(sku?.capabilities?.find(({ name }) => name === "vCPUs")?.value);
            if (sku?.family === undefined || !(cores > 0)) {
                findings.push(
                    unknown(
                        `Azure does not tell the cores of ${vmSize} (pool ${pool})`,
                        "see the check vm-sizes",
                    ),
                );
                continue;
            }
            // Spot machines have a quota of their own, over all families.
            for (const name of spot ? ["lowPriorityCores"] : [sku.family, "cores"]) {
                needed.set(name, (needed.get(name) ?? 0) + cores * nodes);
            }
        }
        const limits = new Map((usages as Usage[]).map((usage) => [usage.name?.value?.toLowerCase(), usage]));
        for (const [name, cores] of needed) {
            findings.push(limitFinding(name, cores, limits.get(name.toLowerCase()), config));
        }
        return findings;
    },
});

function limitFinding(
    name: string,
    cores: number,
    usage: Usage | undefined,
    { location, subscriptionId }: LandingZoneConfig,
): Finding {
    const raise = `https://portal.azure.com/#view/Microsoft_Azure_Capacity/QuotaMenuBlade, or: az quota update --resource-name ${name} --scope /subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location} --limit-object value=<limit>`;
    if (usage === undefined) {
        return unknown(`Azure does not tell the quota ${name} in ${location}`, raise);
    }
    const [limit, used] = [Number(usage.limit), Number(usage.currentValue)];
    const title = usage.name?.localizedValue ?? name;
    // What is used now includes the pools themselves, if they are there already: then it says so and errs on the safe side.
    const free = limit - used;
    return free >= cores
        ? ok(`${title}: ${cores} of ${free} free cores at most`)
        : problem(
              `${title}: the pools at their largest take ${cores} cores, ${free} of ${limit} are free${used > 0 ? " (what runs already counts as taken)" : ""}`,
              raise,
          );
}

/** The machine sizes of the region, by name in small letters. */
async function skusOf(
    azure: (args: readonly string[]) => Promise<unknown>,
    { location, subscriptionId }: LandingZoneConfig,
): Promise<Map<string, Sku>> {
    const skus = (await azure([
        ...["vm", "list-skus", "--location", location, "--resource-type", "virtualMachines"],
        ...["--all", "--subscription", subscriptionId],
    ])) as Sku[];
    return new Map(skus.map((sku) => [sku.name.toLowerCase(), sku]));
}

/** Checks of machine sizes and quota. */
export const machineChecks: readonly Check[] = [zonesCheck, quotaCheck];
