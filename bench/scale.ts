import { ratioOf, spreadOf } from "./measurement";
import type { Group, Measurement } from "./measurement";
import { declaredBy, mockedProgram } from "./mockedProgram";
import { inTurn } from "./pairs";
import { devWithTenants, withStackValues } from "./stackValues";

/** How many namespaces of tenants, with about ten resources each. */
const sizes = [10, 100, 500, 1000, 5000] as const;
/** The size that the others are held against: large enough that the fixed part counts little. */
const reference = 500;

/** From the reference to 5,000 namespaces, time per resource and memory are to stay about what they are. */
const goals: Readonly<Record<number, { time: number; memory: number }>> = { 5000: { time: 1.2, memory: 2 } };

/** The largest takes a minute. */
const mostPairs = 3;

export const scale: Group = {
    name: "scale",
    title: "Many tenants, one phase under mocks",
    measure: (setting) =>
        withStackValues(
            Object.fromEntries(sizes.map((size) => [String(size), devWithTenants(setting.directory, size)])),
            async (fileOf) => {
                const subjects = sizes.map((size) => mockedProgram(`${size} tenants`, fileOf(String(size))));
                const usages = await inTurn(subjects, {
                    ...setting,
                    pairs: Math.min(setting.pairs, mostPairs),
                });
                const runs = usages.map((list) =>
                    list.map((usage) => ({ ...declaredBy(usage), peak: usage.peakMebibytes })),
                );
                return measurements(runs);
            },
        ),
};

/** One run of one size. */
export interface Run {
    resources: number;
    seconds: number;
    /** The most memory at a time, in MiB. */
    peak: number;
}

/** Time per resource and memory of each size against the reference; `runs` has a list for each of the sizes. */
export function measurements(runs: readonly (readonly Run[])[]): Measurement[] {
    const perResource = (list: readonly Run[]) => list.map(({ seconds, resources }) => seconds / resources);
    const peaks = (list: readonly Run[]) => list.map(({ peak }) => peak);
    const base = runs[sizes.indexOf(reference)] ?? [];
    const rows = sizes.flatMap((size, index) => {
        const list = runs[index] ?? [];
        const common = { against: `${reference} tenants`, pairs: list.length };
        const figures = {
            resources: list[0]?.resources ?? 0,
            microsecondsPerResource: Math.round(spreadOf(perResource(list)).median * 1e6),
            peakMebibytes: Math.round(spreadOf(peaks(list)).median),
        };
        return size === reference
            ? []
            : [
                  {
                      ...common,
                      name: `${size} tenants: time per resource`,
                      ratio: ratioOf(perResource(list), perResource(base)),
                      goal: goals[size]?.time,
                      figures,
                  },
                  {
                      ...common,
                      name: `${size} tenants: peak memory`,
                      ratio: ratioOf(peaks(list), peaks(base)),
                      goal: goals[size]?.memory,
                      figures,
                  },
              ];
    });
    return rows.sort(
        (one, other) => Number(one.name.includes("memory")) - Number(other.name.includes("memory")),
    );
}
