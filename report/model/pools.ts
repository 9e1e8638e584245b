import { isSpot, nodePools } from "../../policy/nodePools";
import type { StackView } from "../../stack/stackView";
import { numberAt, textAt, textsAt } from "../../stack/values";
import { nodeCount } from "../topology/inside";

/** A node pool as the table shows it. */
export interface PoolRow {
    name: string;
    mode: string;
    vmSize: string;
    nodes: string;
    spot: boolean;
    zones: string[];
    /** How an upgrade goes through it. */
    upgrade: string;
}

/** The node pools of a stack, and every zone that one of them is in. */
export function poolTable(stack: StackView): { pools: PoolRow[]; zones: string[] } {
    const pools = nodePools(stack).map((pool): PoolRow => {
        const { name, settings } = pool;
        const surge = textAt(settings, "upgradeSettings", "maxSurge");
        const drain = numberAt(settings, "upgradeSettings", "drainTimeoutInMinutes");
        const soak = numberAt(settings, "upgradeSettings", "nodeSoakDurationInMinutes");
        return {
            name,
            mode: textAt(settings, "mode") ?? "?",
            vmSize: textAt(settings, "vmSize") ?? "?",
            nodes: nodeCount(settings),
            spot: isSpot(pool),
            zones: textsAt(settings, "availabilityZones"),
            upgrade: [
                surge && `surge ${surge}`,
                drain !== undefined && `${drain} min to drain`,
                soak !== undefined && `${soak} min to settle`,
            ]
                .filter(Boolean)
                .join(", "),
        };
    });
    return { pools, zones: [...new Set(pools.flatMap(({ zones }) => zones))].sort() };
}
