import { recordsAt, textAt } from "../stack/values";
import type { JsonRecord } from "../stack/values";

/**
 * Whether the firewall of a service keeps out what it does not name.
 * @param rules Its `networkAcls` or `networkRuleSet`.
 * @param range Property that holds the range of an address rule.
 */
export function deniesUnknown(rules: JsonRecord, range: string): boolean {
    return (
        rules["defaultAction"] === "Deny" &&
        // A range of every address names nobody.
        !recordsAt(rules, "ipRules").some((rule) => textAt(rule, range)?.endsWith("/0"))
    );
}
