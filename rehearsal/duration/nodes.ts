import { isRecord } from "../../simulator/records";
import type { StateResource } from "../engine";

const helmRelease = "kubernetes:helm.sh/v3:Release";
const managedCluster = "azure-native:containerservice:ManagedCluster";
const agentPool = "azure-native:containerservice:AgentPool";

/**
 * URN of the pool without which the pods of a Helm release have no node: where all of the cluster's own pools are tainted
 * and the release tolerates nothing. With more than one pool to choose from there is none that it must wait for. Nearly
 * all of a release's time goes into images and starting, so it is taken to begin after the nodes are there.
 */
export function nodesFor(
    { type, inputs = {} }: StateResource,
    resources: readonly StateResource[],
): string | undefined {
    const values = isRecord(inputs["values"]) ? inputs["values"] : {};
    const waits = type === helmRelease && inputs["skipAwait"] !== true && isEmpty(values["tolerations"]);
    const ownPools = resources
        .filter((resource) => resource.type === managedCluster)
        .flatMap((cluster) => listOf(cluster.inputs?.["agentPoolProfiles"]));
    if (!waits || ownPools.some((pool) => !isRecord(pool) || isEmpty(pool["nodeTaints"]))) {
        return undefined;
    }
    const pools = resources.filter(
        (resource) => resource.type === agentPool && isEmpty(resource.inputs?.["nodeTaints"]),
    );
    return pools.length === 1 ? pools[0]?.urn : undefined;
}

function listOf(value: unknown): unknown[] {
    return Array.isArray(value) ? value : [];
}

function isEmpty(value: unknown): boolean {
    return listOf(value).length === 0;
}
