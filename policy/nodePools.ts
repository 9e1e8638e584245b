import type { CapturedResource } from "../simulator/capture";
import { types } from "../stack/resourceTypes";
import type { StackView } from "../stack/stackView";
import { recordsAt, textAt } from "../stack/values";
import type { JsonRecord } from "../stack/values";
import { ofEach } from "./rule";
import type { Judgement } from "./rule";

/** A node pool, whether it is part of its cluster or a resource of its own. */
export interface NodePool {
    /** The resource that declares it: the cluster for an inline pool. */
    resource: CapturedResource;
    /** Name in Azure. */
    name: string;
    inline: boolean;
    /** Azure id of its cluster. */
    clusterId: string | undefined;
    /** The pool's properties; both kinds call them the same. */
    settings: JsonRecord;
}

/** All node pools of a stack: those inside clusters first. */
export function nodePools(stack: StackView): NodePool[] {
    return [types.cluster, types.agentPool].flatMap((type) => stack.ofType(type)).flatMap(poolsOf);
}

/** The node pools that a resource declares: those inside a cluster, or the one that it is. */
export function poolsOf(resource: CapturedResource): NodePool[] {
    if (resource.type === types.agentPool) {
        return [
            {
                resource,
                name:
                    textAt(resource.state, "name") ??
                    textAt(resource.inputs, "agentPoolName") ??
                    resource.name,
                inline: false,
                clusterId: resource.id?.replace(/\/agentPools\/[^/]+$/i, ""),
                settings: resource.inputs,
            },
        ];
    }
    return recordsAt(resource.inputs, "agentPoolProfiles").map((settings) => ({
        resource,
        name: textAt(settings, "name") ?? "?",
        inline: true,
        clusterId: resource.id,
        settings,
    }));
}

/** A rule about every node pool by itself. The sentence about a pool follows its name. */
export function ofEachPool(judge: (pool: NodePool) => string | undefined): Judgement {
    return ofEach([types.cluster, types.agentPool], (resource) =>
        poolsOf(resource).flatMap((pool) => {
            const problem = judge(pool);
            return problem === undefined ? [] : `pool ${pool.name}${problem}`;
        }),
    );
}

/** True for a pool of Spot machines, which Azure may take away at any time. */
export function isSpot({ settings }: NodePool): boolean {
    return settings["scaleSetPriority"] === "Spot";
}
