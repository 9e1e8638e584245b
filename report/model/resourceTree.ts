import { shortType } from "../../engine/names";
import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { platformName } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { groupBy } from "../../stack/values";

/** A component or resource with what is in it. */
export interface TreeNode {
    /** Name in the program. */
    name: string;
    /** Short type, for example `VirtualNetwork`. */
    type: string;
    /** Name in Azure or in the cluster, where it is another one. */
    platformName?: string;
    /** False for components. */
    custom: boolean;
    protect: boolean;
    /** Resources in it, at any depth. */
    total: number;
    children: TreeNode[];
}

/** The components and resources of a stack as they are in each other: components first, both by name. */
export function resourceTree(stack: StackView): TreeNode[] {
    const children = groupBy(stack.resources, ({ parent }) => parent ?? "");
    const root = stack.resources.find(({ type }) => type === types.stack);
    const nodeOf = (resource: CapturedResource): TreeNode => {
        const inside = sorted((children.get(resource.urn) ?? []).map(nodeOf));
        const known = resource.custom ? platformName(resource) : resource.name;
        return {
            name: resource.name,
            type: shortType(resource.type),
            custom: resource.custom,
            protect: resource.options.protect,
            total: inside.reduce((sum, child) => sum + child.total + (child.custom ? 1 : 0), 0),
            children: inside,
            ...(known === resource.name ? {} : { platformName: known }),
        };
    };
    return sorted((children.get(root?.urn ?? "") ?? []).map(nodeOf));
}

function sorted(nodes: readonly TreeNode[]): TreeNode[] {
    return [...nodes].sort(
        (one, other) => Number(one.custom) - Number(other.custom) || one.name.localeCompare(other.name, "en"),
    );
}
