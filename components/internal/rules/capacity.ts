import { cidrProblem, parseCidr } from "../cidr";

/** How large a node pool can become. */
export interface PoolCapacityInput {
    name: string;
    maxCount: number;
    /** Extra nodes of an upgrade: a number, or a share such as `33%`. */
    maxSurge: string;
}

/** A subnet and the pools in it. */
export interface SubnetCapacityInput {
    /** Key of `subnetPrefixLengths` that sets its size. */
    role: string;
    cidr: string;
    usableAddresses: number;
    pools: readonly PoolCapacityInput[];
}

// With Azure CNI overlay each node takes this much of the pod range (https://learn.microsoft.com/azure/aks/azure-cni-overlay).
const podPrefixOfNode = 24;

/** The most nodes that a pool has at once: its maximum, and what an upgrade adds. */
export function mostNodes({ maxCount, maxSurge }: PoolCapacityInput): number {
    const amount = Number.parseInt(maxSurge, 10);
    // AKS rounds a share up, so that one node at least can be added.
    return maxCount + (maxSurge.endsWith("%") ? Math.ceil((maxCount * amount) / 100) : amount);
}

function total(pools: readonly PoolCapacityInput[]): number {
    return pools.reduce((sum, pool) => sum + mostNodes(pool), 0);
}

function listed(pools: readonly PoolCapacityInput[]): string {
    return pools
        .map((pool) => `${pool.name} ${pool.maxCount} + ${mostNodes(pool) - pool.maxCount}`)
        .join(", ");
}

/** Whether the pod range has a /24 for every node that all pools together can have; a sentence when it has not. */
export function podRangeProblems(podCidr: string, pools: readonly PoolCapacityInput[]): string[] {
    if (cidrProblem(podCidr) !== undefined) {
        return [];
    }
    const { prefixLength } = parseCidr(podCidr);
    const room = prefixLength > podPrefixOfNode ? 0 : 2 ** (podPrefixOfNode - prefixLength);
    const needed = total(pools);
    const enough = podPrefixOfNode - Math.ceil(Math.log2(needed));
    return needed <= room
        ? []
        : [
              `\`podCidr\` ${podCidr} has room for ${room} nodes, a /${podPrefixOfNode} each, but all pools together can have ` +
                  `${needed} (maximum + surge: ${listed(pools)}). Use a /${enough} or larger, or lower \`maxCount\` of the pools.`,
          ];
}

/** Whether a subnet has an address for every node that its pools can have; a sentence when it has not. */
export function nodeSubnetProblems({ role, cidr, usableAddresses, pools }: SubnetCapacityInput): string[] {
    const needed = total(pools);
    // Azure keeps five addresses of a subnet.
    const enough = 32 - Math.ceil(Math.log2(needed + 5));
    return needed <= usableAddresses
        ? []
        : [
              `\`subnetPrefixLengths.${role}\` gives ${cidr} with ${usableAddresses} usable addresses, but its pools can have ` +
                  `${needed} nodes (maximum + surge: ${listed(pools)}). Use ${enough} or less, or lower \`maxCount\` of the pools.`,
          ];
}
