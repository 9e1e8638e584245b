import { cidrAt, cidrProblem, parseCidr, sizeOf } from "./cidr";
import type { Cidr } from "./cidr";

/** What a subnet is for. */
export type SubnetRole =
    "apiServer" | "ingress" | "privateEndpoints" | "agents" | "systemNodes" | "userNodes";

/** Sizes that differ from the defaults, as prefix lengths: 24 stands for a /24. */
export type SubnetPrefixLengths = { readonly [role in SubnetRole]?: number };

/** What an address plan is made from. */
export interface AddressPlanRequest {
    /** The virtual network's range in CIDR notation. */
    readonly addressSpace: string;
    readonly prefixLengths?: SubnetPrefixLengths;
    /** Whether the API server's subnet exists. Its room is kept either way. */
    readonly apiServerSubnet: boolean;
    /** Whether the agents' subnet exists. Its room is kept either way. */
    readonly agentsSubnet: boolean;
}

/** One subnet of a plan. */
export interface PlannedSubnet {
    readonly role: SubnetRole;
    /** The role as part of an Azure name. */
    readonly name: string;
    readonly cidr: string;
    readonly usableAddresses: number;
}

/** The subnets of a virtual network, by ascending address. */
export type AddressPlan = readonly PlannedSubnet[];

interface SubnetRule {
    readonly role: SubnetRole;
    readonly name: string;
    /** Prefix length when the caller gives none. */
    readonly defaultLength: (addressSpace: Cidr) => number;
    /** Longest prefix, that is the smallest subnet, that still works. */
    readonly longest: number;
}

/** The smallest subnet that Azure accepts. */
const smallestSubnet = 29;

/**
 * Order and sizes of the subnets. The order is fixed, and small ones come first, so that alignment wastes little and
 * only the last, largest one uses up what the size of the network gives.
 */
const subnetRules: readonly SubnetRule[] = [
    // AKS takes a /28 or more and uses at least nine addresses of it for one cluster.
    { role: "apiServer", name: "api-server", defaultLength: () => 28, longest: 28 },
    // Load balancer front ends, one address each.
    { role: "ingress", name: "ingress", defaultLength: () => 26, longest: smallestSubnet },
    // One address per endpoint, a registry takes one more for each data endpoint.
    { role: "privateEndpoints", name: "private-endpoints", defaultLength: () => 26, longest: smallestSubnet },
    { role: "agents", name: "agents", defaultLength: () => 26, longest: smallestSubnet },
    // One address per node: pods of an overlay network take none.
    { role: "systemNodes", name: "system-nodes", defaultLength: () => 24, longest: smallestSubnet },
    // Half of the network, at most a /19: 8,187 addresses are more than the 5,000 nodes that AKS allows a cluster, with room for surge.
    {
        role: "userNodes",
        name: "user-nodes",
        defaultLength: ({ prefixLength }) => Math.max(prefixLength + 1, 19),
        longest: smallestSubnet,
    },
];

/** Azure keeps the first four addresses of a subnet and the last one. */
const reservedByAzure = 5;

/** How many addresses of a subnet can be given to anything. */
export function usableAddresses(prefixLength: number): number {
    return Math.max(0, sizeOf(prefixLength) - reservedByAzure);
}

/**
 * Divides a virtual network's range among its subnets, in a fixed order, each aligned to its own size. Optional subnets
 * keep their room while they do not exist, so that adding one later moves no other. Throws when the range is not a
 * range, a size is impossible or the subnets do not fit; the message names all faults of one kind.
 */
export function planAddresses(request: AddressPlanRequest): AddressPlan {
    const space = parsedSpace(request.addressSpace);
    const sizes = subnetRules.map((rule) => ({
        ...rule,
        prefixLength: request.prefixLengths?.[rule.role] ?? rule.defaultLength(space),
        chosen: request.prefixLengths?.[rule.role] !== undefined,
    }));
    const problems = sizes
        .filter(({ chosen }) => chosen)
        .map((size) => sizeProblem(size, space))
        .filter((problem) => problem !== undefined);
    if (problems.length > 0) {
        throw new Error(problems.join("\n"));
    }

    const offsets = layOut(sizes.map(({ prefixLength }) => prefixLength));
    if (offsets.end > space.size) {
        throw new Error(tooSmall(space, sizes, offsets.end));
    }
    const exists: Partial<Record<SubnetRole, boolean>> = {
        apiServer: request.apiServerSubnet,
        agents: request.agentsSubnet,
    };
    return sizes
        .map(({ role, name, prefixLength }, index) => ({
            role,
            name,
            cidr: cidrAt(space.first + (offsets.starts[index] ?? 0), prefixLength).text,
            usableAddresses: usableAddresses(prefixLength),
        }))
        .filter(({ role }) => exists[role] ?? true);
}

function parsedSpace(addressSpace: string): Cidr {
    const problem = cidrProblem(addressSpace);
    if (problem) {
        throw new Error(`\`addressSpace\` "${addressSpace}" ${problem}.`);
    }
    return parseCidr(addressSpace);
}

/** Start of each subnet after the start of the network: the next multiple of its size that is free. */
function layOut(prefixLengths: readonly number[]): { starts: number[]; end: number } {
    const starts: number[] = [];
    let end = 0;
    for (const prefixLength of prefixLengths) {
        const size = sizeOf(prefixLength);
        const start = Math.ceil(end / size) * size;
        starts.push(start);
        end = start + size;
    }
    return { starts, end };
}

function sizeProblem(
    { role, longest, prefixLength }: { role: SubnetRole; longest: number; prefixLength: number },
    space: Cidr,
): string | undefined {
    if (Number.isInteger(prefixLength) && prefixLength > space.prefixLength && prefixLength <= longest) {
        return undefined;
    }
    const reason =
        role === "apiServer"
            ? "AKS needs at least a /28 for the API server"
            : "Azure accepts no subnet smaller than a /29";
    return (
        `\`subnetPrefixLengths.${role}\` is ${prefixLength}: ${reason}, and a subnet is smaller than its network ${space.text}. ` +
        (space.prefixLength < longest
            ? `Use a whole number from ${space.prefixLength + 1} to ${longest}.`
            : "Use a larger `addressSpace`.")
    );
}

function tooSmall(
    space: Cidr,
    sizes: readonly { role: SubnetRole; prefixLength: number }[],
    needed: number,
): string {
    const list = sizes.map(({ role, prefixLength }) => `${role} /${prefixLength}`).join(", ");
    const enough = 32 - Math.ceil(Math.log2(needed));
    return (
        `\`addressSpace\` ${space.text} has ${space.size} addresses, too few for its subnets: ${list} ` +
        `(optional subnets keep their room) take ${needed} with alignment. ` +
        `Use a /${enough} or larger, or smaller subnets in \`subnetPrefixLengths\`.`
    );
}
