import type { ExistingResource } from "../../azure/subscription";
import { agentPoolType, clusterType } from "../../azure/typeTokens";

/** A node pool of a cluster, as its nodes are made from it. */
export interface NodePool {
    name: string;
    clusterId: string;
    /** Resource group of the machines. */
    nodeResourceGroup: string;
    /** Azure region, as host names have it. */
    location: string;
    vmSize: string;
    /** How many nodes it was asked for; of an autoscaled pool, how many it begins with. */
    count: number;
    /** Limits within which the autoscaler chooses; absent where it does not. */
    autoscaling?: { minCount: number; maxCount: number };
    /** `System` or `User`. */
    mode: string;
    osType: string;
    osSku?: string;
    /** Numbers of the availability zones; empty where it has none. */
    zones: readonly string[];
    isSpot: boolean;
    labels: Readonly<Record<string, string>>;
    /** `key=value:Effect`. */
    taints: readonly string[];
    maxPods: number;
    osDiskSizeInGb: number;
    /** Kubernetes version of the nodes, `1.36.3`. */
    version: string;
}

interface PoolInputs {
    name?: string;
    agentPoolName?: string;
    vmSize?: string;
    count?: number;
    enableAutoScaling?: boolean;
    minCount?: number;
    maxCount?: number;
    mode?: string;
    osType?: string;
    osSKU?: string;
    availabilityZones?: string[];
    scaleSetPriority?: string;
    nodeLabels?: Record<string, string>;
    nodeTaints?: string[];
    maxPods?: number;
    osDiskSizeGB?: number;
    orchestratorVersion?: string;
}

// https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning: the default of CNI Overlay.
const defaultMaxPods = 250;
const defaultDiskSizeInGb = 128;

/** The managed clusters among what exists. */
export function clustersOf(resources: readonly ExistingResource[]): ExistingResource[] {
    return resources.filter(({ type }) => type === clusterType);
}

/** The pools of a cluster: those that its creation made, and those that were added as resources of their own. */
export function poolsOf(cluster: ExistingResource, resources: readonly ExistingResource[]): NodePool[] {
    const inline = (cluster.inputs["agentPoolProfiles"] ?? []) as PoolInputs[];
    const prefix = `${cluster.id.toLowerCase()}/agentpools/`;
    const added = resources.filter(
        ({ type, id }) => type === agentPoolType && id.toLowerCase().startsWith(prefix),
    );
    const pools = new Map(inline.map((pool) => [pool.name ?? "", pool]));
    for (const { id, inputs } of added) {
        pools.set(id.split("/").at(-1) ?? "", inputs);
    }
    return [...pools].map(([name, pool]) => nodePool(name, pool, cluster));
}

function nodePool(name: string, pool: PoolInputs, { id, inputs, state }: ExistingResource): NodePool {
    const isAutoscaled = pool.enableAutoScaling === true;
    const minCount = pool.minCount ?? 0;
    return {
        name,
        clusterId: id,
        nodeResourceGroup: String(state["nodeResourceGroup"]),
        location: String(inputs["location"]).toLowerCase().replaceAll(" ", ""),
        vmSize: pool.vmSize ?? "",
        count: isAutoscaled ? minCount : (pool.count ?? 1),
        ...(isAutoscaled ? { autoscaling: { minCount, maxCount: pool.maxCount ?? minCount } } : {}),
        mode: pool.mode ?? "User",
        osType: pool.osType ?? "Linux",
        ...(pool.osSKU === undefined ? {} : { osSku: pool.osSKU }),
        zones: pool.availabilityZones ?? [],
        isSpot: pool.scaleSetPriority === "Spot",
        labels: pool.nodeLabels ?? {},
        taints: pool.nodeTaints ?? [],
        maxPods: pool.maxPods ?? defaultMaxPods,
        osDiskSizeInGb: pool.osDiskSizeGB ?? defaultDiskSizeInGb,
        version: nodeVersion(pool.orchestratorVersion, String(state["currentKubernetesVersion"])),
    };
}

/** A pool that names no version, or the minor version of its cluster, has that of its cluster. */
function nodeVersion(wanted: string | undefined, ofCluster: string): string {
    if (wanted === undefined || ofCluster === wanted || ofCluster.startsWith(`${wanted}.`)) {
        return ofCluster;
    }
    return wanted.split(".").length > 2 ? wanted : `${wanted}.0`;
}
