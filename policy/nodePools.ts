import type { CapturedResource } from "../simulator/capture";
import { types } from "../plan/resourceTypes";
import type { StackView } from "../plan/stackView";
import { recordsAt, textAt } from "../plan/values";
import type { JsonRecord } from "../plan/values";

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

/** All node pools of a stack. */
export function nodePools(stack: StackView): NodePool[] {
    const clusters = stack.ofType(types.cluster);
    const inline = clusters.flatMap((cluster) =>
        recordsAt(cluster.inputs, "agentPoolProfiles").map((settings) => ({
            resource: cluster,
            name: textAt(settings, "name") ?? "?",
            inline: true,
            clusterId: cluster.id,
            settings,
        })),
    );
    const own = stack.ofType(types.agentPool).map((resource) => ({
        resource,
        name: textAt(resource.state, "name") ?? resource.name,
        inline: false,
        clusterId: resource.id?.replace(/\/agentPools\/[^/]+$/i, ""),
        settings: resource.inputs,
    }));
    return [...inline, ...own];
}
