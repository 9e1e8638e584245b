import { rulesByTopic } from "../../policy/rules";
import type { RulesByTopic } from "../../policy/rule";

// The sample shows what a plan says of rules; whether these judge rightly is tested on the real stacks (test/policy/).
const judged = [
    "subnet-has-network-security-group",
    "cluster-without-local-accounts",
    "vault-survives-deletion",
    "same-resources-in-preview-and-update",
    "no-secret-in-plain-inputs",
    "no-unset-placeholders",
];

/** A few of the rules, all of which hold in the sample program. */
export const sampleRules: RulesByTopic = Object.fromEntries(
    Object.entries(rulesByTopic).map(([topic, rules]) => [
        topic,
        rules.filter(({ id }) => judged.includes(id)),
    ]),
);
