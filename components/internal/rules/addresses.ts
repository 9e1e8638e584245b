import { cidrProblem, contains, isIpv4Address, nthAddress, overlaps, parseCidr } from "../cidr";
import type { Cidr } from "../cidr";

/** The ranges that a cluster's traffic depends on. */
export interface AddressInput {
    addressSpace: string;
    podCidr: string;
    serviceCidr: string;
    dnsServiceIp: string;
    /** Ranges that are reached by peering, VPN or ExpressRoute. */
    peers: readonly string[];
}

/**
 * Ranges that AKS uses inside nodes and pods and refuses elsewhere
 * (https://learn.microsoft.com/azure/aks/azure-cni-overlay#ip-address-planning).
 */
export const reservedByAks = ["169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24"];

/**
 * What Azure refuses in a virtual network, beside what AKS keeps: loopback, its own services, multicast
 * (https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq). Pods and services could not use them either.
 */
const refusedByAzure = ["127.0.0.0/8", "168.63.129.16/32", "224.0.0.0/4"];

interface NamedRange {
    name: string;
    text: string;
}

/** What is wrong with the ranges, a sentence each: syntax, overlaps, the place of the DNS service. */
export function addressRangeProblems(input: AddressInput): string[] {
    const vnet = { name: "`addressSpace`", text: input.addressSpace };
    const pods = { name: "`podCidr`", text: input.podCidr };
    const services = { name: "`serviceCidr`", text: input.serviceCidr };
    const peers = input.peers.map((text, index) => ({ name: `\`peers[${index}]\``, text }));
    // Syntax of the network's and the pods' range, and their overlap, are reported with the network (networkRules.ts).
    return [
        ...[services, ...peers].flatMap(syntaxProblem),
        ...[vnet, pods, services, ...peers].flatMap(reservedProblem),
        ...[vnet, pods, services].flatMap(refusedProblem),
        ...overlapProblem(services, vnet),
        ...overlapProblem(services, pods),
        ...peers.flatMap((peer) => [vnet, pods, services].flatMap((own) => overlapProblem(own, peer))),
        ...serviceRangeProblem(services.text),
        ...dnsProblem(input.dnsServiceIp, services.text),
    ];
}

function valid(text: string): Cidr | undefined {
    return cidrProblem(text) === undefined ? parseCidr(text) : undefined;
}

function syntaxProblem({ name, text }: NamedRange): string[] {
    const problem = cidrProblem(text);
    return problem === undefined ? [] : [`${name} "${text}" ${problem}.`];
}

function overlapProblem(own: NamedRange, other: NamedRange): string[] {
    const [one, two] = [valid(own.text), valid(other.text)];
    return one && two && overlaps(one, two)
        ? [
              `${own.name} ${own.text} overlaps ${other.name} ${other.text}: an address in both leads to one of them only. ` +
                  "Use a private range that nothing else has.",
          ]
        : [];
}

function reservedProblem({ name, text }: NamedRange): string[] {
    const range = valid(text);
    const reserved = reservedByAks.find((candidate) => range && overlaps(range, parseCidr(candidate)));
    return reserved === undefined
        ? []
        : [
              `${name} ${text} overlaps ${reserved}, which AKS keeps for itself. Use a range outside ` +
                  `${reservedByAks.join(", ")}.`,
          ];
}

function refusedProblem({ name, text }: NamedRange): string[] {
    const range = valid(text);
    const refused = refusedByAzure.find((candidate) => range && overlaps(range, parseCidr(candidate)));
    return refused === undefined
        ? []
        : [`${name} ${text} overlaps ${refused}, which no network of Azure may use. Use a private range.`];
}

/** Ranges of this network, and the address of the firewall that its traffic leaves by. */
export interface FirewallAddressInput {
    /** Absent where traffic leaves another way. */
    firewallPrivateIpAddress?: string;
    addressSpace: string;
    podCidr: string;
    serviceCidr: string;
}

/** Whether the firewall stands outside this network, where alone one can be; a sentence when it does not. */
export function firewallAddressProblems(input: FirewallAddressInput): string[] {
    const address = input.firewallPrivateIpAddress;
    if (address === undefined || !isIpv4Address(address)) {
        return [];
    }
    const ranges = [
        { name: "`addressSpace`", text: input.addressSpace },
        { name: "`podCidr`", text: input.podCidr },
        { name: "`serviceCidr`", text: input.serviceCidr },
    ];
    const inside = ranges.find(({ text }) => {
        const range = valid(text);
        return range && contains(range, parseCidr(`${address}/32`));
    });
    return inside === undefined
        ? []
        : [
              `\`egress.firewallPrivateIpAddress\` ${address} is inside ${inside.name} ${inside.text}, where no firewall is. ` +
                  "Give the address of the firewall in the hub.",
          ];
}

function serviceRangeProblem(text: string): string[] {
    const range = valid(text);
    return range && range.prefixLength < 12
        ? [
              `\`serviceCidr\` ${text} is too large: AKS allows a /12 at most. Use a /16, which has room for 65,534 services.`,
          ]
        : [];
}

function dnsProblem(address: string, serviceCidr: string): string[] {
    const services = valid(serviceCidr);
    if (!isIpv4Address(address)) {
        return [
            `\`dnsServiceIp\` is "${address}", which is no IPv4 address. Use one inside \`serviceCidr\`, such as its tenth.`,
        ];
    }
    if (services === undefined || services.size < 16) {
        return services === undefined
            ? []
            : [
                  `\`serviceCidr\` ${serviceCidr} has ${services.size} addresses, too few for the cluster's own services. Use a /16.`,
              ];
    }
    const tenth = nthAddress(services, 10);
    if (!contains(services, parseCidr(`${address}/32`))) {
        return [
            `\`dnsServiceIp\` ${address} is outside \`serviceCidr\` ${serviceCidr}. Use an address inside it, such as ${tenth}.`,
        ];
    }
    return address === nthAddress(services, 0) || address === nthAddress(services, 1)
        ? [
              `\`dnsServiceIp\` ${address} is one of the first two addresses of \`serviceCidr\` ${serviceCidr}; the first usable one ` +
                  `belongs to the API server. Use another, such as ${tenth}.`,
          ]
        : [];
}
