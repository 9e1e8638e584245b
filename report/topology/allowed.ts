import { types } from "../../stack/resourceTypes";
import type { StackView } from "../../stack/stackView";
import { textAt, textsAt } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { nodeSubnets, placeId } from "./inside";
import type { Outside } from "./outside";
import type { Flow } from "./place";
import { groupOf, portsInWords } from "./securityRules";
import type { SecurityRule } from "./securityRules";

/** Health probes come from Azure itself and say nothing about who reaches what. */
const probes = "AzureLoadBalancer";

/** What the security groups of the subnets let in, from where. */
export function allowedFlows(stack: StackView, outside: Outside, peerRanges: readonly string[]): Flow[] {
    const byRange = new Map(
        stack
            .ofType(types.subnet)
            .flatMap((subnet) => rangesOf(subnet).map((range) => [range, subnet] as const)),
    );
    const podRanges = stack
        .ofType(types.cluster)
        .flatMap(({ inputs }) => textAt(inputs, "networkProfile", "podCidr") ?? []);
    const endOf = (source: string): string | undefined => {
        const subnet = byRange.get(source);
        if (subnet) {
            return homeOf(stack, subnet);
        }
        if (source === probes || podRanges.includes(source)) {
            return undefined;
        }
        if (source === "*" || source === "Internet") {
            return outside.internet("source");
        }
        if (peerRanges.includes(source)) {
            return outside.peers([], peerRanges);
        }
        return /^\d/.test(source) ? outside.ranges([source]) : outside.tag(source);
    };
    return stack.ofType(types.subnet).flatMap((subnet) => {
        const rules = groupOf(stack, subnet)?.rules ?? [];
        const own = rangesOf(subnet);
        return rules
            .filter(({ access, direction }) => access === "Allow" && direction === "Inbound")
            .flatMap((rule) => {
                const to = homeOf(stack, subnet);
                return sourcesOf(rule, own, byRange)
                    .flatMap((source) => endOf(source) ?? [])
                    .filter((from) => from !== to)
                    .map((from) => flowOf(rule, from, to));
            });
    });
}

/**
 * Where the traffic that a rule lets in comes from. A rule whose destination is another subnet is about a load balancer
 * there, which hands packets on without changing their destination.
 */
function sourcesOf(
    { sources, destinations }: SecurityRule,
    own: readonly string[],
    byRange: ReadonlyMap<string, CapturedResource>,
): readonly string[] {
    const others = destinations.filter((range) => byRange.has(range) && !own.includes(range));
    return others.length === destinations.length ? others : sources;
}

function flowOf(rule: SecurityRule, from: string, to: string): Flow {
    const isFromOutside = !from.startsWith("/");
    return {
        direction: isFromOutside ? "in" : "inside",
        from,
        to,
        what: portsInWords(rule),
        by: `NSG rule ${rule.name}`,
        purpose: rule.description,
    };
}

/** The box that stands for a subnet: its cluster's for a subnet of nodes, since pods and nodes move between these. */
export function homeOf(stack: StackView, subnet: CapturedResource): string {
    const cluster = stack
        .ofType(types.cluster)
        .find((candidate) => nodeSubnets(stack, candidate).includes(subnet));
    return placeId(cluster ?? subnet);
}

function rangesOf({ inputs }: CapturedResource): string[] {
    return [textAt(inputs, "addressPrefix") ?? [], textsAt(inputs, "addressPrefixes")].flat();
}
