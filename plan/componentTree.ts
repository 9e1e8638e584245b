import type { CapturedResource } from "../simulator/capture";
import { types } from "../stack/resourceTypes";
import { shortType } from "../engine/names";
import type { StackView } from "../stack/stackView";
import { groupBy } from "../stack/values";

/** A component, or several sisters of the same type that hold the same resources. */
export interface ComponentNode {
    /** Names of the components that look alike; more than one means `each` of them holds what is listed. */
    names: string[];
    /** Short type, for example `Tenant`. */
    type: string;
    /** Resources directly in one of them, by short type, the most frequent first. */
    resources: { type: string; count: number }[];
    /** All resources in one of them, in components inside it as well. */
    total: number;
    children: ComponentNode[];
}

/** The component tree of a stack; its root is the program itself. */
export function componentTree(stack: StackView): ComponentNode {
    const children = groupBy(stack.resources, ({ parent }) => parent ?? "");
    const root = stack.resources.find(({ type }) => type === types.stack);
    // Without a stack resource, what has no parent is at the top.
    const top = children.get(root?.urn ?? "") ?? [];
    return node("program", "Program", top, children);
}

function node(
    name: string,
    type: string,
    inside: readonly CapturedResource[],
    children: ReadonlyMap<string, readonly CapturedResource[]>,
): ComponentNode {
    // Resources that are children of a resource belong to its component as well.
    const all = inside.flatMap((resource) => withinResource(resource, children));
    const owned = all.filter(({ custom }) => custom);
    const components = all
        .filter(({ custom }) => !custom)
        .map((component) =>
            node(component.name, shortType(component.type), children.get(component.urn) ?? [], children),
        );
    const counts = [...groupBy(owned, ({ type: inner }) => shortType(inner))]
        .map(([shortName, group]) => ({ type: shortName, count: group.length }))
        .sort((one, other) => other.count - one.count || one.type.localeCompare(other.type));
    return {
        names: [name],
        type,
        resources: counts,
        total: owned.length + components.reduce((sum, child) => sum + child.total, 0),
        children: alikeTogether(components),
    };
}

/** A resource and what is in it, down to the next components and not into them. */
function withinResource(
    resource: CapturedResource,
    children: ReadonlyMap<string, readonly CapturedResource[]>,
): CapturedResource[] {
    const inner = resource.custom ? (children.get(resource.urn) ?? []) : [];
    return [resource, ...inner.flatMap((child) => withinResource(child, children))];
}

function alikeTogether(components: readonly ComponentNode[]): ComponentNode[] {
    const looks = ({ names: _names, ...rest }: ComponentNode) => JSON.stringify(rest);
    return [...groupBy(components, looks).values()].flatMap((group) => {
        const [first] = group;
        return first ? [{ ...first, names: group.flatMap(({ names }) => names) }] : [];
    });
}

/** Resources of a stack by short type, the most frequent first; without components and the stack itself. */
export function countsByType(stack: StackView): { type: string; count: number }[] {
    const resources = stack.resources.filter(({ custom }) => custom);
    return [...groupBy(resources, ({ type }) => shortType(type))]
        .map(([type, group]) => ({ type, count: group.length }))
        .sort((one, other) => other.count - one.count || one.type.localeCompare(other.type));
}
