import type { Finding, JudgedStack, Rule, RulesByTopic, Severity } from "./rule";
import { sources } from "./sources";
import type { Source } from "./sources";
import { hasExpired, namesADay, part, placeOf } from "./waiver";
import type { WaivedFinding, Waiver } from "./waiver";

/** What came of one rule. */
export interface RuleResult {
    id: string;
    topic: string;
    title: string;
    severity: Severity;
    /** True where nothing was found, or all that was found is waived. */
    holds: boolean;
    why: string;
    mend: string;
    sources: Source[];
    findings: Finding[];
    /** Findings that a waiver covers. */
    waived: WaivedFinding[];
}

/** What rules are judged with beside the stack. */
export interface Circumstances {
    /** Name of the stack: waivers are for one. */
    stack: string;
    waivers: readonly Waiver[];
    /** Today, `YYYY-MM-DD`: waivers expire. */
    today: string;
}

/** Runs every rule over a stack, and then looks at the waivers themselves. */
export function runRules(
    stack: JudgedStack,
    rules: RulesByTopic,
    { waivers, today, stack: name }: Circumstances,
): RuleResult[] {
    const own = waivers.filter((waiver) => waiver.stack === name);
    const found = new Map<string, Finding[]>();
    const results = Object.entries(rules).flatMap(([topic, ofTopic]) =>
        ofTopic.map((rule) => {
            const before = stack.withheld;
            const findings = stack.certain(() => rule.evaluate(stack));
            if (stack.withheld === before) {
                found.set(rule.id, findings);
            }
            const { standing, waived } = part(rule.id, findings, own, today);
            return result(rule, topic, standing, waived);
        }),
    );
    return [
        ...results,
        result(waiverRules.current, "waivers", expired(own, today)),
        result(waiverRules.used, "waivers", unused(own, found, new Set(results.map(({ id }) => id)))),
    ];
}

/** The rules about waivers; they look at data rather than at a stack. */
export const waiverRules = {
    current: {
        id: "waivers-are-current",
        title: "No waiver has expired",
        severity: "error",
        why: "What was put up with for a time is forgotten unless the time ends.",
        mend: "Mend what the waiver is about, or decide again and give it another date in policy/waivers.ts.",
        sources: [sources.wellArchitected],
    },
    used: {
        id: "waivers-are-used",
        title: "Every waiver covers a finding",
        severity: "error",
        why: "A waiver for nothing waits for the day on which the finding comes back, and hides it.",
        mend: "Remove the resource, or the whole waiver, from policy/waivers.ts.",
        sources: [sources.wellArchitected],
    },
} as const satisfies Record<string, Omit<Rule, "evaluate">>;

/** Waivers whose last day is over or cannot be read. */
export function expired(waivers: readonly Waiver[], today: string): Finding[] {
    return waivers
        .filter((waiver) => hasExpired(waiver, today))
        .map((waiver) => {
            const { rule, expires, owner } = waiver;
            return {
                message: namesADay(waiver)
                    ? `the waiver of ${rule} expired on ${expires}; ${owner} answers for it`
                    : `the waiver of ${rule} expires on "${expires}", which is no day written YYYY-MM-DD; ${owner} answers for it`,
            };
        });
}

/**
 * Places of waivers where their rule found nothing.
 * @param found Findings by rule; a rule of which some are withheld is absent, and its waivers may still be needed.
 * @param known Ids of all rules that there are.
 */
export function unused(
    waivers: readonly Waiver[],
    found: ReadonlyMap<string, readonly Finding[]>,
    known: ReadonlySet<string>,
): Finding[] {
    return waivers.flatMap(({ rule, resources }) => {
        if (!known.has(rule)) {
            return [{ message: `the waiver of ${rule} is for a rule that there is not` }];
        }
        if (resources.length === 0) {
            return [{ message: `the waiver of ${rule} names no resource` }];
        }
        const places = found.get(rule)?.map(placeOf);
        return places === undefined
            ? []
            : resources
                  .filter((place) => !places.includes(place))
                  .map((place) => ({ message: `the waiver of ${rule} for ${place} covers nothing` }));
    });
}

function result(
    { id, title, severity, why, mend, sources: from }: Omit<Rule, "evaluate">,
    topic: string,
    findings: Finding[],
    waived: WaivedFinding[] = [],
): RuleResult {
    const holds = findings.length === 0;
    return { id, topic, title, severity, holds, why, mend, sources: [...from], findings, waived };
}
