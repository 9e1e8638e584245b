import { EgressType } from "../networkArgs";
import type { EgressArgs, HubPeeringArgs, NetworkArgs } from "../networkArgs";
import { planAddresses } from "./addressPlan";
import { cidrProblem, isIpv4Address, overlaps, parseCidr } from "./cidr";
import { parseVirtualNetworkId } from "./virtualNetworkId";

/** The settings of a network that can contradict each other or Azure; all plain values. */
export type NetworkSettings = Pick<
    NetworkArgs,
    | "addressSpace"
    | "podCidr"
    | "subnetPrefixLengths"
    | "egress"
    | "hub"
    | "publicIngress"
    | "trustedSources"
    | "privateDns"
>;

/** The outbound type of a cluster that fits each kind of egress. */
export const outboundTypes: Readonly<Record<EgressType, string>> = {
    [EgressType.NatGateway]: "userAssignedNATGateway",
    [EgressType.Firewall]: "userDefinedRouting",
    [EgressType.LoadBalancer]: "loadBalancer",
};

const apiServerZone = /^([a-z0-9-]{1,32}\.)?(privatelink|private)\.[a-z0-9]+\.azmk8s\.io$/;

/** Everything that is wrong with a network's settings, each as a sentence that says what to do; empty when nothing is. */
export function networkProblems(settings: NetworkSettings): string[] {
    return [
        ...addressProblems(settings),
        ...trustedSourceProblems(settings.trustedSources ?? []),
        ...egressProblems(settings.egress ?? {}),
        ...publicIngressProblems(settings),
        ...hubProblems(settings.hub),
        ...zoneProblems(settings.privateDns?.apiServerZoneName),
    ];
}

function addressProblems({
    addressSpace,
    podCidr,
    subnetPrefixLengths: prefixLengths,
}: NetworkSettings): string[] {
    const problems: string[] = [];
    try {
        planAddresses({ addressSpace, prefixLengths, apiServerSubnet: true, agentsSubnet: true });
    } catch (error) {
        problems.push((error as Error).message);
    }
    const podProblem = cidrProblem(podCidr);
    if (podProblem) {
        problems.push(`\`podCidr\` "${podCidr}" ${podProblem}.`);
    } else if (!cidrProblem(addressSpace) && overlaps(parseCidr(podCidr), parseCidr(addressSpace))) {
        problems.push(
            `\`podCidr\` ${podCidr} overlaps \`addressSpace\` ${addressSpace}: pods of an overlay network need a range of their own. ` +
                "Use a private range that no connected network has.",
        );
    }
    return problems;
}

function trustedSourceProblems(sources: readonly string[]): string[] {
    const problems = sources.flatMap((source) => {
        const problem = cidrProblem(source);
        if (problem) {
            return [`\`trustedSources\` "${source}" ${problem}. Write a single address as a /32.`];
        }
        return parseCidr(source).prefixLength === 0
            ? [`\`trustedSources\` ${source} is the whole Internet. List the ranges that really need access.`]
            : [];
    });
    const ranges = sources.filter((source) => !cidrProblem(source)).map(parseCidr);
    for (const [index, range] of ranges.entries()) {
        for (const later of ranges.slice(index + 1).filter((candidate) => overlaps(range, candidate))) {
            problems.push(
                `\`trustedSources\` ${range.text} and ${later.text} overlap, which Azure refuses in a security rule. Keep the larger one.`,
            );
        }
    }
    return problems;
}

function egressProblems(egress: EgressArgs): string[] {
    const type = egress.type ?? EgressType.NatGateway;
    const types = Object.values<string>(EgressType);
    if (!types.includes(type)) {
        return [`\`egress.type\` is "${String(type)}". Use one of ${types.join(", ")}.`];
    }
    return [
        ...unusedSettings(egress, type),
        ...(type === EgressType.NatGateway ? natGatewayProblems(egress) : []),
        ...(type === EgressType.Firewall ? firewallProblems(egress) : []),
    ];
}

/** A setting for another kind of egress has no effect; silence would hide a misunderstanding. */
function unusedSettings(egress: EgressArgs, type: EgressType): string[] {
    const belongsTo: readonly [keyof EgressArgs, EgressType][] = [
        ["natGatewayPublicIpCount", EgressType.NatGateway],
        ["natGatewayIdleTimeoutInMinutes", EgressType.NatGateway],
        ["natGatewayZone", EgressType.NatGateway],
        ["firewallPrivateIpAddress", EgressType.Firewall],
    ];
    return belongsTo
        .filter(([setting, owner]) => egress[setting] !== undefined && owner !== type)
        .map(
            ([setting, owner]) =>
                `\`egress.${setting}\` is ${egress[setting]}, but \`egress.type\` is ${type} and the setting has an effect with ` +
                `${owner} only. Remove it, or set \`egress.type\` to ${owner}.`,
        );
}

function natGatewayProblems(egress: EgressArgs): string[] {
    const problems: string[] = [];
    const count = egress.natGatewayPublicIpCount;
    if (count !== undefined && !isWholeNumber(count, 1, 16)) {
        problems.push(
            `\`egress.natGatewayPublicIpCount\` is ${count}: a NAT gateway has 1 to 16 public addresses. Use a whole number from 1 to 16.`,
        );
    }
    const timeout = egress.natGatewayIdleTimeoutInMinutes;
    if (timeout !== undefined && !isWholeNumber(timeout, 4, 120)) {
        problems.push(
            `\`egress.natGatewayIdleTimeoutInMinutes\` is ${timeout}: Azure allows 4 to 120 minutes. Use a whole number from 4 to 120.`,
        );
    }
    const zone = egress.natGatewayZone;
    if (zone !== undefined && !["1", "2", "3"].includes(zone)) {
        problems.push(
            `\`egress.natGatewayZone\` is "${zone}": availability zones are "1", "2" and "3". Use one of them, or leave it out.`,
        );
    }
    return problems;
}

function firewallProblems({ firewallPrivateIpAddress: address }: EgressArgs): string[] {
    if (address === undefined) {
        return [
            "`egress.firewallPrivateIpAddress` is missing: with `egress.type` Firewall all outbound traffic is routed to that address. " +
                "Give the firewall's private IPv4 address, such as 10.0.1.4.",
        ];
    }
    return isIpv4Address(address)
        ? []
        : [
              `\`egress.firewallPrivateIpAddress\` is "${address}", which is not an IPv4 address. ` +
                  "Give the firewall's private IPv4 address, such as 10.0.1.4.",
          ];
}

function publicIngressProblems({ publicIngress, egress }: NetworkSettings): string[] {
    return publicIngress === true && egress?.type === EgressType.Firewall
        ? [
              "`publicIngress` is true, but `egress.type` is Firewall: replies to clients of a public load balancer would leave through " +
                  "the firewall, which drops them because it never saw the request. Publish the internal load balancer by a DNAT rule of " +
                  "the firewall and set `publicIngress` to false.",
          ]
        : [];
}

function hubProblems(hub: HubPeeringArgs | undefined): string[] {
    return hub === undefined || parseVirtualNetworkId(hub.virtualNetworkId)
        ? []
        : [
              `\`hub.virtualNetworkId\` is "${hub.virtualNetworkId}", which is not the resource id of a virtual network. ` +
                  "Give /subscriptions/<subscription id>/resourceGroups/<resource group>/providers/Microsoft.Network/virtualNetworks/<name>, " +
                  "as `az network vnet show --query id` prints it.",
          ];
}

function zoneProblems(zoneName: string | undefined): string[] {
    return zoneName === undefined || apiServerZone.test(zoneName)
        ? []
        : [
              `\`privateDns.apiServerZoneName\` is "${zoneName}", which AKS does not accept. Use private.<region>.azmk8s.io with an API ` +
                  "server inside the network, privatelink.<region>.azmk8s.io with a private endpoint, or a subzone of one of them.",
          ];
}

function isWholeNumber(value: number, least: number, most: number): boolean {
    return Number.isInteger(value) && value >= least && value <= most;
}
