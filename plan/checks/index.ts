import type { CheckedStack, ChecksByTopic, Finding, Severity } from "./check";
import { clusterChecks } from "./cluster";
import { dataChecks } from "./data";
import { identityChecks } from "./identity";
import { integrityChecks } from "./integrity";
import { networkChecks } from "./network";
import { workloadChecks } from "./workloads";

/** All checks by topic. */
export const checksByTopic = {
    network: networkChecks,
    cluster: clusterChecks,
    data: dataChecks,
    identity: identityChecks,
    workloads: workloadChecks,
    integrity: integrityChecks,
} satisfies ChecksByTopic;

/** What came of one check. */
export interface CheckResult {
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
export function runChecks(stack: CheckedStack, checks: ChecksByTopic = checksByTopic): CheckResult[] {
    return Object.entries(checks).flatMap(([topic, ofTopic]) =>
        ofTopic.map(({ evaluate, id, title, severity, why, mend }) => {
            const findings = evaluate(stack);
            return { id, topic, title, severity, holds: findings.length === 0, why, mend, findings };
        }),
    );
}
