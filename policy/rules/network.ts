import { cidrProblem, contains, overlaps, parseCidr } from "../../components/internal/cidr";
import { addressRanges } from "../../stack/addressPlan";
import { types } from "../../stack/resourceTypes";
import { groupBy, listAt, numberAt, recordsAt, sameId, textAt, textsAt } from "../../stack/values";
import type { JsonRecord } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { nodePools } from "../nodePools";
import { each, finding, listed, ofEach, ofEveryOne } from "../rule";
import type { Finding, JudgedStack, Rule } from "../rule";
import { sources } from "../sources";

/** Rules about the virtual network and what is in it. */
export const networkRules: readonly Rule[] = [
    {
        id: "subnet-has-network-security-group",
        title: "Every subnet has a network security group",
        severity: "error",
        why: "Without one, everything in the network and its peers reaches every port of the subnet.",
        mend: "Set `networkSecurityGroup` on the subnet.",
        sources: [sources.aksBaseline, sources.nsg],
        ...ofEveryOne(types.subnet, "subnet", ({ inputs }) =>
            textAt(inputs, "networkSecurityGroup", "id") ? undefined : "has no network security group",
        ),
    },
    {
        id: "subnet-without-default-outbound-access",
        title: "No subnet has Azure's default outbound access",
        severity: "error",
        why: "Default outbound access leaves through addresses that nobody owns or can allow, and Azure is retiring it.",
        mend: "Set `defaultOutboundAccess: false` on the subnet; Azure's own default depends on the API version.",
        sources: [sources.defaultOutbound],
        ...ofEveryOne(types.subnet, "subnet", ({ inputs }) =>
            inputs["defaultOutboundAccess"] === false
                ? undefined
                : "`defaultOutboundAccess` is not set to false",
        ),
    },
    {
        id: "network-security-group-denies-the-rest",
        title: "Every network security group ends with an explicit deny of inbound traffic",
        severity: "error",
        why: "Azure's built-in rules let the whole virtual network and its peers in below the rules that are written.",
        mend: "Add an inbound rule that denies every source, port and protocol with the highest priority number.",
        sources: [sources.nsg],
        ...ofEveryOne(types.networkSecurityGroup, "network security group", ({ inputs }) =>
            deniesTheRest(recordsAt(inputs, "securityRules"))
                ? undefined
                : "no inbound rule denies what the others do not allow",
        ),
    },
    {
        id: "internet-reaches-no-management-port",
        title: "The Internet reaches no management port and no port range",
        severity: "error",
        why: "SSH and RDP that anyone can reach are found and attacked within minutes.",
        mend: "Narrow the rule's source, or its destination ports to the ones that the service needs.",
        sources: [sources.aksBaseline, sources.nsg],
        ...ofEach(types.networkSecurityGroup, ({ inputs }) =>
            recordsAt(inputs, "securityRules")
                .filter(isOpenToInternet)
                .flatMap((rule) => {
                    const ports = portsOf(rule).filter(
                        (port) => isManagementPort(port) || port.includes("-") || port === "*",
                    );
                    return ports.map(
                        (port) =>
                            `rule "${textAt(rule, "name") ?? "?"}" lets the Internet reach port ${port}`,
                    );
                }),
        ),
    },
    {
        id: "nodes-have-explicit-egress",
        title: "The node subnets have the egress that the cluster's outbound type needs",
        severity: "error",
        why: "AKS refuses to create a cluster whose subnets lack the NAT gateway or route that it is told to use.",
        mend: "Name the subnet of every pool, and attach the NAT gateway or the route table to it.",
        sources: [sources.natGateway],
        evaluate: nodeEgressFindings,
    },
    {
        id: "address-ranges-do-not-overlap",
        title: "Network, pod, service and peer ranges do not overlap",
        severity: "error",
        why: "Addresses in two ranges are unreachable from one side, and most ranges cannot be changed after creation.",
        mend: "Choose another range in the stack file.",
        sources: [sources.wellArchitected],
        evaluate: rangeOverlaps,
    },
    {
        id: "private-endpoint-registers-its-name",
        title: "Every private endpoint has a DNS zone group",
        severity: "error",
        why: "Without one the service's name still resolves to its public address, which is closed.",
        mend: "Create a `PrivateDnsZoneGroup` for the endpoint.",
        sources: [sources.privateDns],
        evaluate: (stack) =>
            each(stack, types.privateEndpoint, (endpoint) => {
                const name = textAt(endpoint.state, "name");
                const groups = stack
                    .ofType(types.privateDnsZoneGroup)
                    .filter(({ inputs }) => textAt(inputs, "privateEndpointName") === name);
                const hasZone = groups.some(({ inputs }) =>
                    recordsAt(inputs, "privateDnsZoneConfigs").some((config) =>
                        textAt(config, "privateDnsZoneId"),
                    ),
                );
                return hasZone ? undefined : "no DNS zone group registers its address";
            }),
    },
    {
        id: "private-dns-zone-is-linked",
        title: "Every private DNS zone is linked to a virtual network",
        severity: "error",
        why: "A zone that is linked to no network answers nobody.",
        mend: "Create a `VirtualNetworkLink` for the zone.",
        sources: [sources.privateDns],
        evaluate: (stack) =>
            each(stack, types.privateDnsZone, (zone) => {
                const name = textAt(zone.state, "name");
                const links = stack
                    .ofType(types.privateDnsZoneLink)
                    .filter(({ inputs }) => textAt(inputs, "privateZoneName") === name);
                return links.some(({ inputs }) => textAt(inputs, "virtualNetwork", "id"))
                    ? undefined
                    : "is linked to no network";
            }),
    },
    {
        id: "security-group-priorities-are-unique",
        title: "No two rules of a network security group have one priority",
        severity: "error",
        why: "Azure refuses the group, in the middle of a deployment.",
        mend: "Give the rule a priority of its own; components/internal/nsgRules.ts has the bands.",
        sources: [sources.nsg],
        ...ofEach(types.networkSecurityGroup, ({ inputs }) => {
            const rules = groupBy(recordsAt(inputs, "securityRules"), (rule) =>
                [textAt(rule, "direction") ?? "?", String(rule["priority"])].join(" "),
            );
            return [...rules]
                .filter(([, sharing]) => sharing.length > 1)
                .map(
                    ([place, sharing]) =>
                        `${place} has ${listed(sharing.map((rule) => `"${textAt(rule, "name") ?? "?"}"`))}`,
                );
        }),
    },
    {
        id: "security-group-guards-a-subnet",
        title: "Every network security group guards a subnet",
        severity: "warning",
        why: "A group that nothing uses looks like protection and is none.",
        mend: "Set the group as `networkSecurityGroup` of a subnet, or remove it.",
        sources: [sources.nsg],
        evaluate: (stack) =>
            each(stack, types.networkSecurityGroup, ({ id }) =>
                stack
                    .ofType(types.subnet)
                    .some(({ inputs }) => sameId(textAt(inputs, "networkSecurityGroup", "id"), id))
                    ? undefined
                    : "no subnet uses it",
            ),
    },
    {
        id: "subnets-lie-in-their-network",
        title: "Every subnet lies in a range of its network",
        severity: "error",
        why: "Azure refuses a subnet outside its network's address space.",
        mend: "Change the range of the subnet, or add one to the network.",
        sources: [sources.wellArchitected],
        evaluate: (stack) => each(stack, types.subnet, (subnet) => subnetRangeProblem(stack, subnet)),
    },
    {
        id: "private-endpoints-obey-a-security-group",
        title: "The security group of a private endpoint's subnet holds for the endpoint",
        severity: "warning",
        why: "Without network policies on the subnet, its security group passes the endpoint by.",
        mend: "Set the subnet's `privateEndpointNetworkPolicies` to NetworkSecurityGroupEnabled or Enabled.",
        sources: [sources.endpointPolicies],
        evaluate: (stack) =>
            each(stack, types.privateEndpoint, ({ inputs }) => {
                const subnet = stack.withId(textAt(inputs, "subnet", "id"));
                const policies = textAt(subnet?.inputs, "privateEndpointNetworkPolicies") ?? "unset";
                return ["Enabled", "NetworkSecurityGroupEnabled"].includes(policies)
                    ? undefined
                    : `the network policies of its subnet are ${policies}`;
            }),
    },
    {
        id: "closed-services-have-a-private-endpoint",
        title: "Every vault and registry without public access has a private endpoint",
        severity: "error",
        why: "Nobody reaches it otherwise: pods get no secrets and nodes no images.",
        mend: "Create a `PrivateEndpoint` for it, or open it to named ranges.",
        sources: [sources.keyVaultBaseline, sources.registryBaseline],
        evaluate: (stack) =>
            [types.vault, types.registry].flatMap((type) =>
                each(stack, type, (service) =>
                    !isClosed(service) || hasPrivateEndpoint(stack, service.id)
                        ? undefined
                        : "is closed to the Internet and has no private endpoint",
                ),
            ),
    },
    {
        id: "private-dns-zones-register-no-machines",
        title: "Private DNS zones of services register no machines",
        severity: "warning",
        why: "Machines of the network would add their names to a zone that belongs to a service.",
        mend: "Set `registrationEnabled: false` at the zone's link.",
        sources: [sources.privateDns],
        ...ofEach(types.privateDnsZoneLink, ({ inputs }) =>
            inputs["registrationEnabled"] === false ? undefined : "`registrationEnabled` is not set to false",
        ),
    },
    {
        id: "egress-addresses-stay",
        title: "Public addresses are of the Standard kind and stay the same",
        severity: "error",
        why: "Others let the cluster in by its address; Basic addresses are retired and cannot serve a NAT gateway.",
        mend: "Set `sku.name: Standard` and `publicIPAllocationMethod: Static`.",
        sources: [sources.natGateway],
        ...ofEach(types.publicIpAddress, ({ inputs }) => [
            ...(textAt(inputs, "sku", "name") === "Standard" ? [] : ["`sku.name` is not Standard"]),
            ...(inputs["publicIPAllocationMethod"] === "Static"
                ? []
                : ["`publicIPAllocationMethod` is not Static"]),
        ]),
    },
    {
        id: "nat-gateways-have-an-address",
        title: "Every NAT gateway has a public address",
        severity: "error",
        why: "Without one nothing behind it reaches the Internet, and nodes cannot join the cluster.",
        mend: "Set `publicIpAddresses` or `publicIpPrefixes`.",
        sources: [sources.natGateway],
        ...ofEach(types.natGateway, ({ inputs }) =>
            [...listAt(inputs, "publicIpAddresses"), ...listAt(inputs, "publicIpPrefixes")].length > 0
                ? undefined
                : "has no address",
        ),
    },
    {
        id: "api-server-subnet-is-delegated",
        title: "The subnet of an API server is given to AKS alone",
        severity: "error",
        why: "AKS refuses to put the API server into a subnet that is not delegated to it or smaller than a /28.",
        mend: "Delegate the subnet to Microsoft.ContainerService/managedClusters and give it a /28 or more.",
        sources: [sources.apiServerInNetwork],
        evaluate: (stack) =>
            each(stack, types.cluster, ({ inputs }) =>
                apiServerSubnetProblem(stack, textAt(inputs, "apiServerAccessProfile", "subnetId")),
            ),
    },
];

/** A deny that comes before an allowed source would keep it out, or leave rules that never count. */
function deniesTheRest(rules: readonly JsonRecord[]): boolean {
    const inbound = rules.filter(({ direction }) => direction === "Inbound");
    const last = Math.max(...inbound.map((rule) => numberAt(rule, "priority") ?? 0));
    return inbound.some((rule) => deniesAllInbound(rule) && rule["priority"] === last);
}

function deniesAllInbound(rule: JsonRecord): boolean {
    return (
        rule["direction"] === "Inbound" &&
        rule["access"] === "Deny" &&
        rule["protocol"] === "*" &&
        rule["sourceAddressPrefix"] === "*" &&
        rule["sourcePortRange"] === "*" &&
        rule["destinationAddressPrefix"] === "*" &&
        rule["destinationPortRange"] === "*"
    );
}

const internetSources = ["*", "internet", "any", "0.0.0.0/0"];

function isOpenToInternet(rule: JsonRecord): boolean {
    const sources = [
        textAt(rule, "sourceAddressPrefix") ?? [],
        textsAt(rule, "sourceAddressPrefixes"),
    ].flat();
    return (
        rule["direction"] === "Inbound" &&
        rule["access"] === "Allow" &&
        sources.some((source) => internetSources.includes(source.toLowerCase()))
    );
}

function portsOf(rule: JsonRecord): string[] {
    return [textAt(rule, "destinationPortRange") ?? [], textsAt(rule, "destinationPortRanges")].flat();
}

function isManagementPort(port: string): boolean {
    return ["22", "3389", "5985", "5986"].includes(port);
}

function nodeEgressFindings(stack: JudgedStack): Finding[] {
    return stack.ofType(types.cluster).flatMap((cluster) => {
        const outboundType = textAt(cluster.inputs, "networkProfile", "outboundType");
        const pools = nodePools(stack).filter((pool) => sameId(pool.clusterId, cluster.id));
        const subnets = pools.flatMap((pool) => stack.withId(textAt(pool.settings, "vnetSubnetID")) ?? []);
        return [
            ...(outboundType === undefined
                ? [finding(cluster, "does not say how its nodes reach the Internet")]
                : []),
            ...pools
                .filter(({ settings }) => textAt(settings, "vnetSubnetID") === undefined)
                .map(({ resource, name }) =>
                    finding(resource, `pool ${name} is in a network that AKS makes, past all of this one`),
                ),
            ...[...new Set(subnets)].flatMap((subnet) => egressFinding(subnet, outboundType) ?? []),
        ];
    });
}

function egressFinding(subnet: CapturedResource, outboundType: string | undefined): Finding | undefined {
    if (outboundType === "userAssignedNATGateway" && !textAt(subnet.inputs, "natGateway", "id")) {
        return finding(subnet, "holds nodes that leave through a NAT gateway, but has none");
    }
    if (outboundType === "userDefinedRouting" && !textAt(subnet.inputs, "routeTable", "id")) {
        return finding(subnet, "holds nodes that leave through a route, but has no route table");
    }
    return undefined;
}

function rangeOverlaps(stack: JudgedStack): Finding[] {
    // A subnet lies inside its network by design; whole networks and cluster ranges must be apart.
    const ranges = addressRanges(stack).filter(({ kind }) => kind !== "subnet");
    const subnets = addressRanges(stack).filter(({ kind }) => kind === "subnet");
    const unreadable = [...ranges, ...subnets].flatMap(({ range, name }) => {
        const problem = cidrProblem(range);
        return problem ? [{ message: `${name}: "${range}" ${problem}` }] : [];
    });
    if (unreadable.length > 0) {
        return unreadable;
    }
    return [ranges, subnets].flatMap((group) =>
        group.flatMap((one, index) =>
            group
                .slice(index + 1)
                .filter((other) => overlaps(parseCidr(one.range), parseCidr(other.range)))
                .map((other) => ({
                    message: `${one.name} ${one.range} and ${other.name} ${other.range} share addresses`,
                })),
        ),
    );
}

function rangesOf(subnet: CapturedResource): string[] {
    return [textAt(subnet.inputs, "addressPrefix") ?? [], textsAt(subnet.inputs, "addressPrefixes")].flat();
}

function subnetRangeProblem(stack: JudgedStack, subnet: CapturedResource): string | undefined {
    const name = textAt(subnet.inputs, "virtualNetworkName");
    const network = stack.ofType(types.virtualNetwork).find(({ state }) => textAt(state, "name") === name);
    // A network of somebody else is in another stack.
    if (!network) {
        return undefined;
    }
    const spaces = textsAt(network.inputs, "addressSpace", "addressPrefixes")
        .filter(isReadable)
        .map(parseCidr);
    if (rangesOf(subnet).length === 0) {
        return "has no range";
    }
    const outside = rangesOf(subnet).find(
        (range) => isReadable(range) && !spaces.some((space) => contains(space, parseCidr(range))),
    );
    return outside === undefined ? undefined : `${outside} is outside its network`;
}

function isReadable(range: string): boolean {
    return cidrProblem(range) === undefined;
}

function isClosed({ inputs }: CapturedResource): boolean {
    return (
        inputs["publicNetworkAccess"] === "Disabled" ||
        textAt(inputs, "properties", "publicNetworkAccess") === "Disabled"
    );
}

function hasPrivateEndpoint(stack: JudgedStack, id: string | undefined): boolean {
    return stack
        .ofType(types.privateEndpoint)
        .some(({ inputs }) =>
            recordsAt(inputs, "privateLinkServiceConnections").some((connection) =>
                sameId(textAt(connection, "privateLinkServiceId"), id),
            ),
        );
}

function apiServerSubnetProblem(stack: JudgedStack, id: string | undefined): string | string[] | undefined {
    if (id === undefined) {
        return undefined;
    }
    const subnet = stack.withId(id);
    if (!subnet) {
        return "its API server is in a subnet that the stack does not have";
    }
    const isDelegated = recordsAt(subnet.inputs, "delegations").some(
        (delegation) => textAt(delegation, "serviceName") === "Microsoft.ContainerService/managedClusters",
    );
    const small = rangesOf(subnet).find((range) => isReadable(range) && parseCidr(range).prefixLength > 28);
    return [
        ...(isDelegated ? [] : ["the subnet of its API server is not delegated to AKS"]),
        ...(small === undefined ? [] : [`the subnet of its API server is ${small}, less than a /28`]),
    ];
}
