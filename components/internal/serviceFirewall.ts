import { cidrProblem, overlaps, parseCidr } from "./cidr";
import { duplicates } from "./duplicates";

/** The arguments by which a vault or registry is opened to public addresses. */
export interface ServiceFirewallInput {
    publicNetworkAccess?: boolean;
    allowedIpRanges?: readonly string[];
}

// RFC 1918. Azure refuses rules for them: a private address never reaches a service's public endpoint.
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseCidr);

/** What Azure would refuse, or what would have no effect, about the firewall of a vault or registry; empty when it is good. */
export function serviceFirewallProblems(firewall: ServiceFirewallInput): string[] {
    const { publicNetworkAccess = false, allowedIpRanges = [] } = firewall;
    if (!publicNetworkAccess && allowedIpRanges.length > 0) {
        return [
            "`allowedIpRanges` is set but `publicNetworkAccess` is false: the ranges would have no effect. " +
                "Set `publicNetworkAccess: true` or remove the ranges.",
        ];
    }
    if (publicNetworkAccess && allowedIpRanges.length === 0) {
        return [
            "`publicNetworkAccess` is true but `allowedIpRanges` is empty: every public address would be refused. " +
                "List the public addresses that may connect, or set `publicNetworkAccess: false`.",
        ];
    }
    return [
        ...allowedIpRanges.flatMap(rangeProblem),
        ...duplicates(allowedIpRanges.map(withPrefix)).map(
            (range) => `\`allowedIpRanges\` has "${range}" twice. Remove one of them.`,
        ),
    ];
}

/** The range with its prefix length, also for a single address: the form in which Key Vault stores it. */
export function withPrefix(range: string): string {
    return range.includes("/") ? range : `${range}/32`;
}

/** The range, a single address without prefix length: the form in which Container Registry stores it. */
export function withoutHostPrefix(range: string): string {
    return range.replace(/\/32$/, "");
}

function rangeProblem(text: string): string[] {
    const found = `\`allowedIpRanges\` has "${text}", which`;
    const problem = cidrProblem(withPrefix(text));
    if (problem) {
        return [
            `${found} ${problem}. Give public addresses or ranges, such as 203.0.113.7 or 203.0.113.0/24.`,
        ];
    }
    const range = parseCidr(withPrefix(text));
    if (range.prefixLength === 0) {
        return [`${found} is the whole Internet. Give the public addresses that may connect.`];
    }
    return privateRanges.some((privateRange) => overlaps(privateRange, range))
        ? [
              `${found} holds private addresses: Azure refuses them. Remove it and connect through the private endpoint.`,
          ]
        : [];
}
