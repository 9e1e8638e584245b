import type { JudgedStack, RulesByTopic, Finding, Severity } from "../rule";
import { clusterRules } from "./cluster";
import { dataRules } from "./data";
import { identityRules } from "./identity";
import { integrityRules } from "./integrity";
import { networkRules } from "./network";
import { workloadRules } from "./workloads";

/** All checks by topic. */
export const rulesByTopic = {
    network: networkRules,
    cluster: clusterRules,
    data: dataRules,
    identity: identityRules,
    workloads: workloadRules,
    integrity: integrityRules,
} satisfies RulesByTopic;

/** What came of one check. */
export interface RuleResult {
    id: string;
    topic: string;
    title: string;
    severity: Severity;
    holds: boolean;
    why: string;
    mend: string;
    findings: Finding[];
}

/** Runs every check over a stack. */
export function runRules(stack: JudgedStack, checks: RulesByTopic = rulesByTopic): RuleResult[] {
    return Object.entries(checks).flatMap(([topic, ofTopic]) =>
        ofTopic.map(({ evaluate, id, title, severity, why, mend }) => {
            const findings = evaluate(stack);
            return { id, topic, title, severity, holds: findings.length === 0, why, mend, findings };
        }),
    );
}
