import type { CapturedResource } from "../simulator/capture";
import type { StackView } from "../plan/stackView";

/** How bad it is that a check fails. */
export type Severity = "error" | "warning" | "info";

/** A placeholder of the stack file that nobody has filled in yet. */
export interface UnsetValue {
    path: string;
    placeholder: string;
    standIn: string;
    /** Where to get the real value. */
    find: string;
}

/** What checks look at: a whole stack as the program declares it. */
export interface JudgedStack extends StackView {
    /** URNs of each phase, in registration order. */
    phases: { preview: readonly string[]; update: readonly string[] };
    /** Texts that must not appear outside secrets. */
    secretTexts: readonly string[];
    unset: readonly UnsetValue[];
    /** Ranges outside the virtual network that are reachable through peering. */
    peerRanges: readonly string[];
}

/** One thing that a check found wrong. */
export interface Finding {
    /** Name of the resource, as the program calls it; absent when something is missing from the stack. */
    resource?: string;
    urn?: string;
    /** What is wrong there. */
    message: string;
}

/** One rule about a whole stack. */
export interface Rule {
    /** Stable name, lower-case words with hyphens. */
    id: string;
    /** What holds when the check passes. */
    title: string;
    severity: Severity;
    /** What the rule protects from. */
    why: string;
    /** How to mend a finding. */
    mend: string;
    evaluate: (stack: JudgedStack) => Finding[];
}

/** Checks by topic. */
export type RulesByTopic = Readonly<Record<string, readonly Rule[]>>;

/** A finding about one resource. */
export function finding(resource: CapturedResource, message: string): Finding {
    return { resource: resource.name, urn: resource.urn, message };
}

/** A finding about something that the stack does not have. */
export function missing(message: string): Finding {
    return { message };
}

type Judge = (resource: CapturedResource) => string | string[] | undefined;

/** Judges every resource of a type; that there is none is a finding as well. */
export function everyOne(stack: JudgedStack, type: string, noun: string, judge: Judge): Finding[] {
    return stack.ofType(type).length === 0 ? [missing(`the stack has no ${noun}`)] : each(stack, type, judge);
}

/** Judges the resources of a type, of which there may be none. */
export function each(stack: JudgedStack, type: string, judge: Judge): Finding[] {
    return stack
        .ofType(type)
        .flatMap((resource) => [judge(resource) ?? []].flat().map((message) => finding(resource, message)));
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
    return items.length < 2
        ? items.join("")
        : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1] ?? ""}`;
}
