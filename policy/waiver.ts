import type { Finding } from "./rule";

/** A finding that was looked at and is put up with, for a time. */
export interface Waiver {
    /** Id of the rule. */
    rule: string;
    /** Name of the stack. */
    stack: string;
    /** Names of the resources, as the program calls them; `stack` for what is missing from the stack as a whole. */
    resources: readonly string[];
    /** What was chosen instead, and why. */
    reason: string;
    /** Who answers for it. */
    owner: string;
    /** Last day on which it counts, `YYYY-MM-DD`. */
    expires: string;
}

/** In `resources` of a waiver: what the stack does not have. */
export const wholeStack = "stack";

/** A finding that a waiver covers. */
export interface WaivedFinding extends Finding {
    reason: string;
    owner: string;
    expires: string;
}

/** Findings of one rule, parted by its waivers. */
export interface Parted {
    standing: Finding[];
    waived: WaivedFinding[];
}

/** Parts the findings of a rule into those that stand and those that a waiver covers. An expired waiver covers nothing. */
export function part(
    rule: string,
    findings: readonly Finding[],
    waivers: readonly Waiver[],
    today: string,
): Parted {
    const parted: Parted = { standing: [], waived: [] };
    for (const finding of findings) {
        const waiver = waivers.find(
            (candidate) =>
                candidate.rule === rule &&
                !hasExpired(candidate, today) &&
                candidate.resources.includes(placeOf(finding)),
        );
        if (waiver) {
            const { reason, owner, expires } = waiver;
            parted.waived.push({ ...finding, reason, owner, expires });
        } else {
            parted.standing.push(finding);
        }
    }
    return parted;
}

/** What a waiver calls the place of a finding. */
export function placeOf({ resource }: Finding): string {
    return resource ?? wholeStack;
}

/** Whether a waiver's last day is over, or is no day: what nobody can compare with today would count for ever. */
export function hasExpired(waiver: Waiver, today: string): boolean {
    // ISO dates sort as texts.
    return !namesADay(waiver) || waiver.expires < today;
}

/** Whether the last day of a waiver is written as `YYYY-MM-DD` and is in the calendar. */
export function namesADay({ expires }: Waiver): boolean {
    const day = new Date(`${expires}T00:00:00Z`);
    return /^\d{4}-\d{2}-\d{2}$/.test(expires) && !Number.isNaN(day.getTime()) && dayOf(day) === expires;
}

/** The day of a point in time as waivers write it, `YYYY-MM-DD` in UTC. */
export function dayOf(date: Date): string {
    return date.toISOString().slice(0, 10);
}
