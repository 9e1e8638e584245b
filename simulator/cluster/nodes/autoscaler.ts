import { parseQuantity } from "../../../components/internal/quantity";
import { nodeObject } from "./nodeObject";
import type { NodeObject, Taint } from "./nodeObject";
import type { NodePool } from "./nodePools";

/** A pod, as far as the autoscaler looks at it. */
export interface Pod {
    metadata: { name: string; namespace?: string };
    spec?: PodSpec;
    status?: { phase?: string; conditions?: readonly PodCondition[] };
}

interface PodSpec {
    nodeName?: string;
    containers?: readonly { resources?: { requests?: Record<string, string> } }[];
    nodeSelector?: Record<string, string>;
    tolerations?: readonly Toleration[];
    affinity?: {
        nodeAffinity?: {
            requiredDuringSchedulingIgnoredDuringExecution?: {
                nodeSelectorTerms?: readonly { matchExpressions?: readonly Requirement[] }[];
            };
        };
    };
}

interface PodCondition {
    type: string;
    status: string;
    reason?: string;
    message?: string;
}

interface Toleration {
    key?: string;
    operator?: string;
    value?: string;
    effect?: string;
}

interface Requirement {
    key: string;
    operator: string;
    values?: readonly string[];
}

/** A pool with the number of nodes that it has now. */
export interface PoolSize {
    pool: NodePool;
    nodes: number;
}

// Of what the scheduler says, what another node mends: no room, or no node at all that would do.
const mendedByNode =
    /Insufficient|Too many pods|no nodes available|didn't match Pod's node affinity|untolerated taint/;

/**
 * The pools that get one more node now: for each pod that waits for room, the first autoscaled pool below its limit whose
 * nodes would take it. A small part of the cluster autoscaler; it never makes a pool smaller.
 */
export function poolsToGrow(pods: readonly Pod[], sizes: readonly PoolSize[]): NodePool[] {
    const chosen = pods
        .filter(waitsForRoom)
        .map((pod) => sizes.find((size) => mayGrow(size) && fits(pod, nodeObject(size.pool, size.nodes))));
    return [...new Set(chosen.flatMap((size) => (size ? [size.pool] : [])))];
}

function mayGrow({ pool, nodes }: PoolSize): boolean {
    return pool.autoscaling !== undefined && nodes < pool.autoscaling.maxCount;
}

function waitsForRoom({ spec, status }: Pod): boolean {
    return (
        spec?.nodeName === undefined &&
        (status?.conditions ?? []).some(
            ({ type, reason, message = "" }) =>
                type === "PodScheduled" && reason === "Unschedulable" && mendedByNode.test(message),
        )
    );
}

/** Whether an empty node would take the pod. */
function fits({ spec = {} }: Pod, { metadata, spec: { taints }, status }: NodeObject): boolean {
    const hindering = taints.filter(({ effect }) => effect !== "PreferNoSchedule");
    return (
        hindering.every((taint) => (spec.tolerations ?? []).some((each) => tolerates(each, taint))) &&
        Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => metadata.labels[key] === value) &&
        isWanted(spec, metadata.labels) &&
        ["cpu", "memory"].every(
            (resource) => requested(spec, resource) <= parseQuantity(status.allocatable[resource] ?? "0"),
        )
    );
}

function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
    return (
        (effect === undefined || effect === "" || effect === taint.effect) &&
        (key === undefined || key === "" || key === taint.key) &&
        (operator === "Exists" || (value ?? "") === (taint.value ?? ""))
    );
}

function isWanted({ affinity }: PodSpec, labels: Readonly<Record<string, string>>): boolean {
    const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
    return (
        terms === undefined ||
        terms.some(({ matchExpressions = [] }) => matchExpressions.every((each) => isMet(each, labels)))
    );
}

function isMet(
    { key, operator, values = [] }: Requirement,
    labels: Readonly<Record<string, string>>,
): boolean {
    const label = labels[key];
    switch (operator) {
        case "In":
            return label !== undefined && values.includes(label);
        case "NotIn":
            return label === undefined || !values.includes(label);
        case "Exists":
            return label !== undefined;
        case "DoesNotExist":
            return label === undefined;
    }
    // Gt and Lt: nothing here compares labels as numbers.
    return false;
}

function requested({ containers = [] }: PodSpec, resource: string): bigint {
    return containers.reduce(
        (sum, container) => sum + parseQuantity(container.resources?.requests?.[resource] ?? "0"),
        0n,
    );
}
