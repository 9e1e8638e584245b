import type { StackView } from "../stack/stackView";
import type { CapturedResource } from "../simulator/capture";
import type { Source } from "./sources";

/** How bad it is that a rule does not hold. */
export type Severity = "error" | "warning" | "info";

/** A placeholder of the stack file that nobody has filled in yet. */
export interface UnsetValue {
    path: string;
    placeholder: string;
    standIn: string;
    /** Where to get the real value. */
    find: string;
}

/** What rules look at: a whole stack as the program declares it. */
export interface JudgedStack extends StackView {
    /** URNs of each phase, in registration order. */
    phases: { preview: readonly string[]; update: readonly string[] };
    /** Texts that must not appear outside secrets. */
    secretTexts: readonly string[];
    unset: readonly UnsetValue[];
    /** Ranges outside the virtual network that are reachable through peering. */
    peerRanges: readonly string[];
    /**
     * The findings of `judge`; none where it looked at a value that is not known yet, as many are in a preview. Such a
     * judgement waits until the value is there.
     */
    certain: (judge: () => Finding[]) => Finding[];
    /** How often findings were dropped so. */
    readonly withheld: number;
}

/** One thing that a rule found wrong. */
export interface Finding {
    /** Name of the resource, as the program calls it; absent when something is missing from the stack. */
    resource?: string;
    urn?: string;
    /** What is wrong there. */
    message: string;
}

/** What is wrong with one resource: nothing, one thing or several. */
export type Judge = (resource: CapturedResource) => string | string[] | undefined;

/** A judgement that needs to see no more than the resource itself. */
export interface ResourceJudge {
    /** Type token of the resources that it is about. */
    type: string;
    judge: Judge;
}

/** One rule about a stack. */
export interface Rule {
    /** Stable name, lower-case words with hyphens. */
    id: string;
    /** What holds when the rule does. */
    title: string;
    severity: Severity;
    /** What the rule protects from. */
    why: string;
    /** How to mend a finding. */
    mend: string;
    /** What it goes back to. */
    sources: readonly Source[];
    /** Who can judge it: the offline plan alone where it takes what the engine does not tell a policy. Defaults to both. */
    judgedBy?: "plan";
    evaluate: (stack: JudgedStack) => Finding[];
    /** The part that a resource shows by itself, so that the engine can refuse it before it is created. */
    judges?: readonly ResourceJudge[];
    /** True where `judges` say all there is to say: nothing is to be found that a resource does not show by itself. */
    isByResource?: boolean;
}

/** Rules by topic. */
export type RulesByTopic = Readonly<Record<string, readonly Rule[]>>;

/** A finding about one resource. */
export function finding(resource: CapturedResource, message: string): Finding {
    return { resource: resource.name, urn: resource.urn, message };
}

/** A finding about something that the stack does not have. */
export function missing(message: string): Finding {
    return { message };
}

/** Judges every resource of a type; that there is none is a finding as well. */
export function everyOne(stack: JudgedStack, type: string, noun: string, judge: Judge): Finding[] {
    return stack.ofType(type).length === 0 ? [missing(`the stack has no ${noun}`)] : each(stack, type, judge);
}

/** Judges the resources of a type, of which there may be none. */
export function each(stack: JudgedStack, type: string, judge: Judge): Finding[] {
    return stack.ofType(type).flatMap((resource) => one(stack, resource, judge));
}

function one(stack: JudgedStack, resource: CapturedResource, judge: Judge): Finding[] {
    return stack.certain(() => [judge(resource) ?? []].flat().map((message) => finding(resource, message)));
}

/** How a rule judges, without what people read of it. */
export type Judgement = Pick<Rule, "evaluate" | "judges" | "isByResource">;

/** A rule about every resource of some types by itself; there may be none. */
export function ofEach(type: string | readonly string[], judge: Judge): Judgement {
    const types = [type].flat();
    return {
        evaluate: (stack) => types.flatMap((name) => each(stack, name, judge)),
        judges: types.map((name) => ({ type: name, judge })),
        isByResource: true,
    };
}

/** A rule about every resource of a type by itself; that there is none is a finding as well. */
export function ofEveryOne(type: string, noun: string, judge: Judge): Judgement {
    return {
        evaluate: (stack) => everyOne(stack, type, noun, judge),
        judges: [{ type, judge }],
    };
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
    return items.length < 2
        ? items.join("")
        : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1] ?? ""}`;
}
