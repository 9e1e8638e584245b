import type { RuleResult } from "../../policy/evaluate";
import { groupBy } from "../../stack/values";

/** What came of a rule, in a word. */
export type ControlStatus = "error" | "warning" | "note" | "waived" | "holds";

/** A rule with its status. */
export interface Control {
    status: ControlStatus;
    rule: RuleResult;
}

/** The controls of one topic. */
export interface ControlTopic {
    topic: string;
    controls: Control[];
}

/** One waiver as it was used: a rule, the places and what was chosen. */
export interface UsedWaiver {
    rule: RuleResult;
    places: string[];
    reason: string;
    owner: string;
    /** Last day, `YYYY-MM-DD`. */
    expires: string;
}

/** Every status, worst first. */
export const statuses: readonly ControlStatus[] = ["error", "warning", "note", "waived", "holds"];

/** Status of a rule: what it found stands before what is waived. */
export function statusOf({ holds, severity, waived }: RuleResult): ControlStatus {
    if (!holds) {
        return severity === "info" ? "note" : severity;
    }
    return waived.length > 0 ? "waived" : "holds";
}

/** Rules by topic, each topic's worst first. */
export function controlTopics(checks: readonly RuleResult[]): ControlTopic[] {
    return [...groupBy(checks, ({ topic }) => topic)].map(([topic, rules]) => ({
        topic,
        controls: rules
            .map((rule) => ({ rule, status: statusOf(rule) }))
            .sort((one, other) => statuses.indexOf(one.status) - statuses.indexOf(other.status)),
    }));
}

/** How many controls have each status. */
export function statusCounts(checks: readonly RuleResult[]): Record<ControlStatus, number> {
    const all = checks.map(statusOf);
    const count = (status: ControlStatus) => all.filter((one) => one === status).length;
    return {
        error: count("error"),
        warning: count("warning"),
        note: count("note"),
        waived: count("waived"),
        holds: count("holds"),
    };
}

/** Waivers that cover something, by the day on which they end. */
export function usedWaivers(checks: readonly RuleResult[]): UsedWaiver[] {
    return checks
        .flatMap((rule) =>
            [
                ...groupBy(rule.waived, (waived) =>
                    JSON.stringify([waived.reason, waived.owner, waived.expires]),
                ).values(),
            ].flatMap((group) => {
                const [first] = group;
                const places = group.map(({ resource }) => resource ?? "the stack");
                return first
                    ? [{ rule, places, reason: first.reason, owner: first.owner, expires: first.expires }]
                    : [];
            }),
        )
        .sort(
            (one, other) =>
                one.expires.localeCompare(other.expires) || one.rule.id.localeCompare(other.rule.id),
        );
}
