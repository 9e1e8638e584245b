import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { platformName } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { numberAt, recordsAt, textAt, textsAt } from "../../stack/values";
import type { JsonRecord } from "../../stack/values";

/** One rule of a network security group. */
export interface SecurityRule {
    priority: number;
    name: string;
    access: string;
    direction: string;
    protocol: string;
    /** Ranges, service tags or `*`. */
    sources: string[];
    destinations: string[];
    ports: string[];
    description: string;
}

/** A network security group with its rules by priority. */
export interface SecurityGroup {
    name: string;
    rules: SecurityRule[];
}

/** The group that guards a subnet; undefined where there is none, or it is outside the stack. */
export function groupOf(stack: StackView, subnet: CapturedResource): SecurityGroup | undefined {
    const group = stack.withId(textAt(subnet.inputs, "networkSecurityGroup", "id"));
    return group?.type === types.networkSecurityGroup
        ? { name: platformName(group), rules: rulesOf(group) }
        : undefined;
}

function rulesOf({ inputs }: CapturedResource): SecurityRule[] {
    return recordsAt(inputs, "securityRules")
        .map((rule) => ({
            priority: numberAt(rule, "priority") ?? 0,
            name: textAt(rule, "name") ?? "?",
            access: textAt(rule, "access") ?? "?",
            direction: textAt(rule, "direction") ?? "?",
            protocol: textAt(rule, "protocol") ?? "*",
            sources: oneOrMany(rule, "sourceAddressPrefix"),
            destinations: oneOrMany(rule, "destinationAddressPrefix"),
            ports: oneOrMany(rule, "destinationPortRange"),
            description: textAt(rule, "description") ?? "",
        }))
        .sort((one, other) => one.priority - other.priority);
}

/** Azure spells one value and several in two properties; a single `addressPrefix` has the plural `addressPrefixes`. */
function oneOrMany(rule: JsonRecord, key: string): string[] {
    const single = textAt(rule, key);
    const plural = key.endsWith("x") ? `${key}es` : `${key}s`;
    return [...(single === undefined ? [] : [single]), ...textsAt(rule, plural)];
}

/** The group in a line: how many rules allow something in, and whether the last word is no. */
export function groupInWords({ rules }: SecurityGroup): string {
    const inbound = rules.filter(({ direction }) => direction === "Inbound");
    const allowed = inbound.filter(({ access }) => access === "Allow").length;
    const last = inbound[inbound.length - 1];
    const deniesRest = last?.access === "Deny" && last.sources.includes("*") && last.ports.includes("*");
    if (allowed === 0) {
        return deniesRest ? "NSG: all denied" : "NSG: no rule of its own";
    }
    return deniesRest ? `NSG: ${allowed} allowed, rest denied` : `NSG: ${allowed} allowed`;
}

/** `443/Tcp`, `80, 443/Tcp`, `any port`. */
export function portsInWords({ ports, protocol }: SecurityRule): string {
    if (ports.includes("*")) {
        return protocol === "*" ? "any port" : `any port (${protocol.toUpperCase()})`;
    }
    return `${ports.join(", ")}${protocol === "*" ? "" : ` (${protocol.toUpperCase()})`}`;
}
