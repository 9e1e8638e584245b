import {
    serviceFirewallProblems,
    withPrefix,
    withoutHostPrefix,
} from "../../components/internal/serviceFirewall";

/** From where the state and the key of its secrets are reached. An Entra login with a role is needed in any case. */
export const StateExposure = {
    /** From anywhere: for runners that GitHub or Azure hold, whose addresses change. */
    Public: "Public",
    /** From listed public addresses. */
    Restricted: "Restricted",
    /** From private endpoints only. */
    Private: "Private",
} as const;
/** One of the values of the constant of the same name. */
export type StateExposure = (typeof StateExposure)[keyof typeof StateExposure];

/** Where the private endpoints stand, and the zones that resolve their names. */
export interface StateEndpoints {
    subnetId: string;
    blobZoneId: string;
    vaultZoneId: string;
}

/** From where the state and the key are reached. */
export interface StateNetwork {
    exposure: StateExposure;
    /** Public IPv4 addresses or ranges, with `Restricted`. */
    allowedIpRanges: readonly string[];
    /** Needed with `Private`. */
    privateEndpoints?: StateEndpoints;
}

/** The firewall that storage accounts and vaults both have, in the words of Azure. */
export interface ServiceFirewall {
    publicNetworkAccess: "Enabled" | "Disabled";
    defaultAction: "Allow" | "Deny";
}

/** Azure's settings for an exposure. */
export function firewallOf({ exposure }: StateNetwork): ServiceFirewall {
    return {
        publicNetworkAccess: exposure === StateExposure.Private ? "Disabled" : "Enabled",
        defaultAction: exposure === StateExposure.Public ? "Allow" : "Deny",
    };
}

/** The ranges in the form in which Key Vault stores them: always with a prefix length. */
export function vaultRanges({ allowedIpRanges }: StateNetwork): string[] {
    return allowedIpRanges.map(withPrefix);
}

/** The ranges in the form that storage accounts take: a single address without prefix length. */
export function storageRanges({ allowedIpRanges }: StateNetwork): string[] {
    return allowedIpRanges.map(withoutHostPrefix);
}

/** Something about the network that cannot be, and the argument that it is about. */
export interface StateNetworkProblem {
    argument: keyof StateNetwork;
    sentence: string;
}

/** What Azure would refuse about the network, or what would have no effect; empty when it is good. */
export function stateNetworkProblems(network: StateNetwork): StateNetworkProblem[] {
    const { exposure, allowedIpRanges, privateEndpoints } = network;
    const isPrivate = exposure === StateExposure.Private;
    const problem = (argument: keyof StateNetwork, sentence: string): StateNetworkProblem[] => [
        { argument, sentence },
    ];
    return [
        ...(isPrivate && privateEndpoints === undefined
            ? problem(
                  "privateEndpoints",
                  "`exposure` is Private but there are no `privateEndpoints`: nothing could reach the state. Name their subnet and zones.",
              )
            : []),
        ...(!isPrivate && privateEndpoints !== undefined
            ? problem(
                  "privateEndpoints",
                  `\`exposure\` is ${exposure}, with which there are no private endpoints. Remove them, or set \`exposure: Private\`.`,
              )
            : []),
        ...(exposure === StateExposure.Restricted
            ? rangeProblems(allowedIpRanges)
            : allowedIpRanges.length > 0
              ? problem(
                    "allowedIpRanges",
                    `\`exposure\` is ${exposure}, with which the ranges would have no effect. Remove them, or set \`exposure: Restricted\`.`,
                )
              : []),
    ];
}

function rangeProblems(ranges: readonly string[]): StateNetworkProblem[] {
    if (ranges.length === 0) {
        return [
            {
                argument: "allowedIpRanges",
                sentence:
                    "`exposure` is Restricted but no range is listed: nothing could reach the state. List the public addresses of the runners.",
            },
        ];
    }
    // Source: "Configure Azure Storage firewalls", restrictions for IP network rules.
    const tooSmall = ranges.filter((range) => range.endsWith("/31"));
    return [
        ...serviceFirewallProblems({ publicNetworkAccess: true, allowedIpRanges: ranges }),
        ...tooSmall.map((range) => `"${range}": storage takes no ranges of two. List both addresses.`),
    ].map((sentence) => ({ argument: "allowedIpRanges", sentence }));
}
