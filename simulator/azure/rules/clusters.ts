import type { ExistingResource, Operation, Subscription } from "../subscription";
import { agentPoolType, clusterType } from "../typeTokens";
import { textsAt, valuesAt } from "./ids";

type Inputs = Readonly<Record<string, unknown>>;

/** A node pool, inline in its cluster or a resource of its own; the properties of both are the same. */
export type Pool = Readonly<Record<string, unknown>>;

/** The pools that a cluster or an AgentPool brings along. */
export function poolsOf(type: string, inputs: Inputs): Pool[] {
    if (type === clusterType) {
        return valuesAt(inputs, "agentPoolProfiles[*]") as Pool[];
    }
    return type === agentPoolType ? [inputs] : [];
}

/** The name of a pool: inline it is `name`, of a resource of its own `agentPoolName`. */
export function poolName(pool: Pool): string {
    return String(pool["agentPoolName"] ?? pool["name"]);
}

/** Ids of the subnets of nodes, pods and API server that a cluster or an AgentPool names. */
export function subnetsOf(type: string, inputs: Inputs): string[] {
    const subnets = poolsOf(type, inputs).flatMap((pool) =>
        ["vnetSubnetID", "podSubnetID"].flatMap((property) => textsAt(pool, property)),
    );
    return [...new Set([...subnets, ...textsAt(inputs, "apiServerAccessProfile.subnetId")])];
}

/** Id of the cluster that an operation on a cluster or one of its pools is about. */
export function clusterIdOf({ type, id }: Pick<Operation, "type" | "id">): string | undefined {
    if (type === clusterType) {
        return id;
    }
    return type === agentPoolType ? id.split("/").slice(0, -2).join("/") : undefined;
}

/** What a cluster is asked to be: by the operation itself or, for a pool, when it was made. */
export function clusterInputsOf(operation: Operation, azure: Subscription): Inputs | undefined {
    if (operation.type === clusterType) {
        return operation.inputs;
    }
    const id = clusterIdOf(operation);
    return id === undefined ? undefined : azure.find(id)?.inputs;
}

/** The user-assigned identity that a cluster acts as, where the simulator holds it. */
export function controlPlaneIdentity(cluster: Inputs, azure: Subscription): ExistingResource | undefined {
    const [identity] = textsAt(cluster, "identity.userAssignedIdentities[*]");
    return identity === undefined ? undefined : azure.find(identity);
}
