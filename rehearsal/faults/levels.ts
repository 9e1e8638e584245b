import { providerUrn } from "../../engine/names";
import type { RecordedResource } from "./recovery";

/**
 * How deep in the graph each resource is, by URN: 0 for what waits for nothing, and one more than the deepest that it
 * waits for otherwise. Each level on which something fails costs one more `up`.
 */
export function levelsOf(resources: readonly RecordedResource[]): Map<string, number> {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const levels = new Map<string, number>();
    const levelOf = (urn: string): number => {
        const known = levels.get(urn);
        if (known !== undefined) {
            return known;
        }
        const { parent, provider, dependencies = [] } = byUrn.get(urn) ?? {};
        const before = [...dependencies, parent, provider && providerUrn(provider)];
        const waitsFor = before.filter((each) => each !== undefined && byUrn.has(each)) as string[];
        const level = Math.max(-1, ...waitsFor.map(levelOf)) + 1;
        levels.set(urn, level);
        return level;
    };
    resources.forEach(({ urn }) => levelOf(urn));
    return levels;
}

/** The custom resources on the `count` levels that have the most of them: as many as can be had for as many times `up`. */
export function widestLevels(resources: readonly RecordedResource[], count: number): RecordedResource[] {
    const levels = levelsOf(resources);
    const byLevel = new Map<number | undefined, RecordedResource[]>();
    for (const resource of resources.filter(({ custom }) => custom === true)) {
        const level = levels.get(resource.urn);
        byLevel.set(level, [...(byLevel.get(level) ?? []), resource]);
    }
    return [...byLevel.values()]
        .sort((one, other) => other.length - one.length)
        .slice(0, count)
        .flat();
}
