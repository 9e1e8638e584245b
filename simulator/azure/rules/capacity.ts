import { parseVmSize } from "../../../components/internal/vmSize";
import { AzureError } from "../azureError";
import type { Operation, Rule, Subscription } from "../subscription";
import { clusterInputsOf, poolName, poolsOf } from "./clusters";
import type { Pool } from "./clusters";
import { sameId, textsAt } from "./ids";

/** Key of the limits for all families of the region together, as `az vm list-usage` names it. */
const wholeRegion = "cores";

/**
 * The nodes of all pools must fit into the subscription's quota of vCPUs, by family of machines and for the region. The
 * words are those of https://github.com/1ChristianAlex/motordesk/issues/14 and of
 * https://learn.microsoft.com/azure/aks/quotas-skus-regions. Nodes that surge in an upgrade are left out.
 */
export const quotaMustSuffice: Rule = (operation, azure) => {
    if (operation.kind === "delete") {
        return undefined;
    }
    const pools = poolsOf(operation.type, operation.inputs);
    const location = String(clusterInputsOf(operation, azure)?.["location"]);
    const before = usage(poolsOfBefore(operation, azure));
    const requested = usage(pools);
    const others = usage(
        azure
            .all()
            .filter(({ id }) => !sameId(id, operation.id))
            .flatMap(({ type, inputs }) => poolsOf(type, inputs)),
    );
    for (const [family, quota] of Object.entries(azure.limits.vcpuQuota ?? {})) {
        const key = family.toLowerCase();
        const used = (others.get(key) ?? 0) + (before.get(key) ?? 0);
        const more = (requested.get(key) ?? 0) - (before.get(key) ?? 0);
        if (more > 0 && used + more > quota) {
            return insufficient(family, location, more, Math.max(0, quota - used));
        }
    }
    return undefined;
};

/**
 * Zones in which this subscription does not get a size of machines:
 * https://github.com/dapr/dapr/pull/9840
 */
export const zonesMustBeOffered: Rule = (operation, azure) => {
    if (operation.kind === "delete") {
        return undefined;
    }
    for (const pool of poolsOf(operation.type, operation.inputs)) {
        const offered = offeredZones(pool, azure);
        const missing = textsAt(pool, "availabilityZones[*]").filter(
            (zone) => offered?.includes(zone) === false,
        );
        if (offered && missing.length > 0) {
            const location = String(clusterInputsOf(operation, azure)?.["location"]);
            return new AzureError(
                "AvailabilityZoneNotSupported",
                `The zone(s) '${missing.join(",")}' for resource '${poolName(pool)}' is not supported. The supported ` +
                    `zones for location '${location}' are '${offered.join(",")}'`,
            );
        }
    }
    return undefined;
};

function poolsOfBefore({ kind, id, type, before }: Operation, azure: Subscription): Pool[] {
    const existing = kind === "update" ? (before ?? azure.find(id)) : undefined;
    return existing ? poolsOf(type, existing.inputs) : [];
}

/** vCPUs by family in lower case, and in all under `cores`. */
function usage(pools: readonly Pool[]): Map<string, number> {
    const used = new Map<string, number>();
    for (const pool of pools) {
        const size = String(pool["vmSize"]);
        const vCpus = nodesOf(pool) * (parseVmSize(size)?.vCpus ?? 0);
        for (const key of [quotaFamily(size), wholeRegion]) {
            used.set(key, (used.get(key) ?? 0) + vCpus);
        }
    }
    return used;
}

/** An autoscaled pool starts with its smallest number of nodes. */
function nodesOf(pool: Pool): number {
    return Number((pool["enableAutoScaling"] === true ? pool["minCount"] : pool["count"]) ?? 1);
}

/**
 * The family of a size as the quota names it, in lower case: `Standard_D4ds_v5` counts against `standardDDSv5Family`. Sizes
 * with an accelerator in their name (`Standard_NC4as_T4_v3`) have families whose names follow no rule, and no limit here.
 */
function quotaFamily(size: string): string {
    const parsed = parseVmSize(size);
    const version = parsed && parsed.version > 1 ? `v${parsed.version}` : "";
    return `standard${parsed?.family ?? size}${parsed?.features ?? ""}${version}family`.toLowerCase();
}

function insufficient(family: string, location: string, requested: number, remaining: number): AzureError {
    const what =
        family === wholeRegion
            ? `Insufficient regional vcpu quota left for location ${location}. left regional vcpu quota ${remaining}, ` +
              `requested quota ${requested}.`
            : `Insufficient vcpu quota requested ${requested}, remaining ${remaining} for family ${family} for region ` +
              `${location}.`;
    return new AzureError(
        "ErrCode_InsufficientVCPUQuota",
        `${what} If you want to increase the quota, please follow this instruction: ` +
            "https://learn.microsoft.com/en-us/azure/quotas/view-quotas. Surge nodes would also consume vcpu quota, please " +
            "consider use smaller maxSurge or use maxUnavailable",
    );
}

function offeredZones(pool: Pool, { limits }: Subscription): readonly string[] | undefined {
    const size = String(pool["vmSize"]).toLowerCase();
    return Object.entries(limits.zonesOfVmSize ?? {}).find(([named]) => named.toLowerCase() === size)?.[1];
}
