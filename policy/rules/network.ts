import { cidrProblem, overlaps, parseCidr } from "../../components/internal/cidr";
import type { CapturedResource } from "../../simulator/capture";
import { addressRanges } from "../../plan/addressPlan";
import { types } from "../../plan/resourceTypes";
import { recordsAt, sameId, textAt, textsAt } from "../../plan/values";
import type { JsonRecord } from "../../plan/values";
import { each, everyOne, finding } from "../rule";
import type { Rule, JudgedStack, Finding } from "../rule";
import { nodePools } from "../nodePools";

/** Rules about the virtual network and what is in it. */
export const networkRules: readonly Rule[] = [
    {
        id: "subnet-has-network-security-group",
        title: "Every subnet has a network security group",
        severity: "error",
        why: "Without one, everything in the network and its peers reaches every port of the subnet.",
        mend: "Set `networkSecurityGroup` on the subnet.",
        evaluate: (stack) =>
            everyOne(stack, types.subnet, "subnet", ({ inputs }) =>
                textAt(inputs, "networkSecurityGroup", "id") ? undefined : "has no network security group",
            ),
    },
    {
        id: "subnet-without-default-outbound-access",
        title: "No subnet has Azure's default outbound access",
        severity: "error",
        why: "Default outbound access leaves through addresses that nobody owns or can allow, and Azure is retiring it.",
        mend: "Set `defaultOutboundAccess: false` on the subnet; Azure's own default depends on the API version.",
        evaluate: (stack) =>
            everyOne(stack, types.subnet, "subnet", ({ inputs }) =>
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
        evaluate: (stack) =>
            everyOne(stack, types.networkSecurityGroup, "network security group", ({ inputs }) =>
                recordsAt(inputs, "securityRules").some(deniesAllInbound)
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
        evaluate: (stack) =>
            each(stack, types.networkSecurityGroup, ({ inputs }) =>
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
        mend: "Attach the NAT gateway or the route table to every subnet that holds nodes.",
        evaluate: nodeEgressFindings,
    },
    {
        id: "address-ranges-do-not-overlap",
        title: "Network, pod, service and peer ranges do not overlap",
        severity: "error",
        why: "Addresses in two ranges are unreachable from one side, and most ranges cannot be changed after creation.",
        mend: "Choose another range in the stack file.",
        evaluate: rangeOverlaps,
    },
    {
        id: "private-endpoint-registers-its-name",
        title: "Every private endpoint has a DNS zone group",
        severity: "error",
        why: "Without one the service's name still resolves to its public address, which is closed.",
        mend: "Create a `PrivateDnsZoneGroup` for the endpoint.",
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
];

function deniesAllInbound(rule: JsonRecord): boolean {
    return (
        rule["direction"] === "Inbound" &&
        rule["access"] === "Deny" &&
        rule["protocol"] === "*" &&
        rule["sourceAddressPrefix"] === "*" &&
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
        const subnets = nodePools(stack)
            .filter((pool) => sameId(pool.clusterId, cluster.id))
            .flatMap((pool) => stack.withId(textAt(pool.settings, "vnetSubnetID")) ?? []);
        return [...new Set(subnets)].flatMap((subnet) => egressFinding(subnet, outboundType) ?? []);
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
