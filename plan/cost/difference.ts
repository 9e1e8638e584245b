import { inCents, sumOf, spreadOf } from "./lines";
import type { CostLine, Spread } from "./lines";

/** As much of an estimate as a comparison takes: an older document has no more. */
export interface ComparedCost {
    monthly: Spread;
    unknown: readonly string[];
    lines: readonly Pick<CostLine, "component" | "monthly">[];
}

/** How a component's monthly cost changes. */
export interface ComponentDifference {
    component: string;
    /** Absent where the component is new, or nothing of it had a price. */
    before?: Spread;
    /** Absent where it goes away, or nothing of it has a price. */
    after?: Spread;
    change: Spread;
}

/** How an estimate differs from another one. */
export interface CostDifference {
    before: Spread;
    change: Spread;
    /** Components that cost more or less, the largest change first. */
    components: ComponentDifference[];
    /** Items without a price that the other one did not have, and those that only it had. */
    newUnknown: string[];
    goneUnknown: string[];
}

/** What a plan's cost was compared with, and what came of it. */
export type CostComparison = { file: string } & ({ difference: CostDifference } | { problem: string });

/** How the monthly cost differs from what it was before. */
export function costDifference(after: ComparedCost, before: ComparedCost): CostDifference {
    const [was, is] = [byComponent(before), byComponent(after)];
    const components = [...new Set([...was.keys(), ...is.keys()])].map((component): ComponentDifference => {
        const [old, now] = [was.get(component), is.get(component)];
        return {
            component,
            ...(old ? { before: old } : {}),
            ...(now ? { after: now } : {}),
            change: changeOf(now, old),
        };
    });
    return {
        before: before.monthly,
        change: changeOf(after.monthly, before.monthly),
        components: components
            .filter(({ change }) => !isNothing(change))
            .sort(
                (one, other) =>
                    sizeOf(other.change) - sizeOf(one.change) || (one.component < other.component ? -1 : 1),
            ),
        newUnknown: after.unknown.filter((item) => !before.unknown.includes(item)),
        goneUnknown: before.unknown.filter((item) => !after.unknown.includes(item)),
    };
}

/** Whether nothing changes, at the least, the most and in between. */
export function isNothing({ minimum, expected, maximum }: Spread): boolean {
    return minimum === 0 && expected === 0 && maximum === 0;
}

function byComponent({ lines }: ComparedCost): Map<string, Spread> {
    const sums = new Map<string, Spread>();
    for (const { component, monthly } of lines) {
        if (monthly) {
            sums.set(component, inCents(sumOf([sums.get(component), monthly])));
        }
    }
    return sums;
}

function changeOf(after: Spread | undefined, before: Spread | undefined): Spread {
    return inCents(spreadOf([sumOf([after]), sumOf([before])], (now, old) => now - old));
}

function sizeOf({ minimum, expected, maximum }: Spread): number {
    return Math.max(Math.abs(minimum), Math.abs(expected), Math.abs(maximum));
}
