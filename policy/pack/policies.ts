import type {
    EnforcementLevel,
    Policies,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity as PolicySeverity,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { runRules, waiverRules } from "../evaluate";
import { finding } from "../rule";
import type { Finding, Rule, RulesByTopic, Severity } from "../rule";
import { rulesByTopic } from "../rules";
import { bootstrapRules } from "../rules/bootstrap";
import { part } from "../waiver";
import type { Waiver } from "../waiver";
import { waivers as ownWaivers } from "../waivers";
import { PackStack, resourceOf } from "./packStack";
import { Watch } from "./values";

const levels: Readonly<Record<Severity, EnforcementLevel>> = {
    error: "mandatory",
    warning: "advisory",
    info: "advisory",
};
const severities: Readonly<Record<Severity, PolicySeverity>> = {
    error: "high",
    warning: "medium",
    info: "low",
};

/** The rules for the stacks of a project. */
interface Judged {
    rules: RulesByTopic;
    /** Ids of these rules; every resource is looked up in them for every policy. */
    ids: ReadonlySet<string>;
    waivers: readonly Waiver[];
}

/** Ids of the rules that take what the engine does not tell: their waivers say nothing here. */
const idsOfPlan = idsOf(rulesByTopic, ({ judgedBy }) => judgedBy === "plan");

const bootstrap: Judged = { rules: bootstrapRules, ids: idsOf(bootstrapRules), waivers: [] };
const landingZone: Judged = {
    rules: rulesByTopic,
    ids: idsOf(rulesByTopic),
    waivers: ownWaivers.filter(({ rule }) => !idsOfPlan.has(rule)),
};

function idsOf(rules: RulesByTopic, counts: (rule: Rule) => boolean = () => true): ReadonlySet<string> {
    const all = Object.values(rules).flat();
    return new Set(all.filter(counts).map(({ id }) => id));
}

/** Project of bootstrap/; the stacks of every other one are landing zones. */
const bootstrapProject = "aks-landing-zone-bootstrap";

/** Stack and project that a URN names: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
function placeOfUrn(urn: string): { stack: string; judged: Judged } {
    const [start = "", project = ""] = urn.split("::");
    return {
        stack: start.slice("urn:pulumi:".length),
        judged: project === bootstrapProject ? bootstrap : landingZone,
    };
}

/**
 * One policy for each rule that the engine tells enough for. What a resource shows by itself is refused before it is
 * made; what takes the whole stack is judged when all of it is known, at the end of a preview or of an update.
 * @param today The day on which waivers are judged, `YYYY-MM-DD`.
 */
export function policies(today: () => string): Policies {
    const rules = new Map<string, Rule | Omit<Rule, "evaluate">>(
        [...Object.values(rulesByTopic), ...Object.values(bootstrapRules), Object.values(waiverRules)]
            .flatMap((ofTopic): readonly (Rule | Omit<Rule, "evaluate">)[] => ofTopic)
            .filter(({ judgedBy }) => judgedBy === undefined)
            .map((rule) => [rule.id, rule]),
    );
    const judging = new Judging(today, [...rules.keys()]);
    return [...rules.values()].map((rule) => policyOf(rule, judging));
}

function policyOf(
    rule: Omit<Rule, "evaluate">,
    judging: Judging,
): ResourceValidationPolicy | StackValidationPolicy {
    const { id, title, severity, mend, sources, judges, isByResource = false } = rule;
    const policy = {
        name: id,
        displayName: title,
        description: title,
        enforcementLevel: levels[severity],
        severity: severities[severity],
        remediationSteps: mend,
        url: sources[0]?.url,
    };
    const validateResource = (args: ResourceValidationArgs, report: ReportViolation) =>
        judging.resource(rule, judges ?? [], args, report);
    const validateStack = (args: StackValidationArgs, report: ReportViolation) =>
        judging.stack(rule, args, report);
    // The engine copies the whole stack for each policy that has `validateStack`, so only those have it that need it.
    return isByResource
        ? { ...policy, validateResource }
        : { ...policy, ...(judges === undefined ? {} : { validateResource }), validateStack };
}

/** What has been told of the resources, and what came of the whole stack. */
class Judging {
    readonly #today: () => string;
    readonly #ids: readonly string[];
    readonly #inputs = new Map<string, Record<string, unknown>>();
    #findings = new Map<string, readonly Finding[]>();

    constructor(today: () => string, ids: readonly string[]) {
        this.#today = today;
        this.#ids = ids;
    }

    resource(
        rule: Omit<Rule, "evaluate">,
        judges: NonNullable<Rule["judges"]>,
        args: ResourceValidationArgs,
        report: ReportViolation,
    ): void {
        this.#inputs.set(args.urn, args.props as Record<string, unknown>);
        const { stack, judged } = placeOfUrn(args.urn);
        const own = judges.filter(({ type }) => type === args.type);
        if (own.length === 0 || !judged.ids.has(rule.id)) {
            return;
        }
        const watch = new Watch();
        const resource = resourceOf(args, watch);
        const alone = new PackStack([resource], watch);
        const findings = own.flatMap(({ judge }) =>
            alone.certain(() => [judge(resource) ?? []].flat().map((message) => finding(resource, message))),
        );
        const waivers = judged.waivers.filter((waiver) => waiver.stack === stack);
        for (const { message } of part(rule.id, findings, waivers, this.#today()).standing) {
            report(spelled(message, rule));
        }
    }

    stack(rule: Omit<Rule, "evaluate">, args: StackValidationArgs, report: ReportViolation): void {
        // Policies are asked one after the other about the same stack; the second question about one is about another stack.
        let findings = this.#findings.get(rule.id);
        if (findings === undefined) {
            this.#findings = this.#judge(args);
            findings = this.#findings.get(rule.id) ?? [];
        }
        this.#findings.delete(rule.id);
        for (const { message, urn } of findings) {
            // What a resource shows by itself was reported when the engine told of it.
            if (rule.judges === undefined || urn === undefined) {
                report(spelled(message, rule), urn);
            }
        }
    }

    #judge({ resources }: StackValidationArgs): Map<string, readonly Finding[]> {
        const watch = new Watch();
        const told = resources.map((resource) => resourceOf(resource, watch, this.#inputs.get(resource.urn)));
        const { stack: name, judged } = placeOfUrn(resources[0]?.urn ?? "");
        const stack = new PackStack(told, watch);
        const results = runRules(stack, withoutPlanRules(judged.rules), {
            stack: name,
            waivers: judged.waivers,
            today: this.#today(),
        });
        const none = this.#ids.map((id): [string, readonly Finding[]] => [id, []]);
        return new Map([...none, ...results.map(({ id, findings }) => [id, findings] as const)]);
    }
}

function withoutPlanRules(rules: RulesByTopic): RulesByTopic {
    return Object.fromEntries(
        Object.entries(rules).map(([topic, ofTopic]) => [
            topic,
            ofTopic.filter(({ judgedBy }) => judgedBy === undefined),
        ]),
    );
}

function spelled(message: string, { mend }: Omit<Rule, "evaluate">): string {
    return `${message}. To mend it: ${mend}`;
}
