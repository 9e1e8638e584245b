import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { platformName } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { recordsAt, textAt } from "../../stack/values";
import { counted } from "../../terminal/words";
import { homeOf } from "./allowed";
import { placeId } from "./inside";
import type { Outside } from "./outside";
import type { Flow } from "./place";

/** The ways out of the network: NAT gateways, firewalls, and the load balancer that AKS makes for it. */
export function egressFlows(stack: StackView, outside: Outside): Flow[] {
    return [
        ...stack
            .ofType(types.subnet)
            .flatMap((subnet) => [
                ...natFlows(stack, subnet, outside),
                ...routeFlows(stack, subnet, outside),
            ]),
        ...stack.ofType(types.cluster).flatMap((cluster) => balancerFlows(cluster, outside)),
    ];
}

function natFlows(stack: StackView, subnet: CapturedResource, outside: Outside): Flow[] {
    const gateway = stack.withId(textAt(subnet.inputs, "natGateway", "id"));
    if (!gateway) {
        return [];
    }
    const name = platformName(gateway);
    const addresses = recordsAt(gateway.inputs, "publicIpAddresses").length;
    const via = outside.other(placeId(gateway), "egress", `NAT gateway ${name}`, [
        counted(addresses, "public address", "public addresses"),
    ]);
    return [
        out(homeOf(stack, subnet), via, "any", `NAT gateway ${name}`, "The way out to the Internet."),
        out(
            via,
            outside.internet("target"),
            "any",
            `NAT gateway ${name}`,
            "Leaves from its public addresses.",
        ),
    ];
}

function routeFlows(stack: StackView, subnet: CapturedResource, outside: Outside): Flow[] {
    const table = stack.withId(textAt(subnet.inputs, "routeTable", "id"));
    return recordsAt(table?.inputs, "routes").flatMap((route) => {
        const hop = textAt(route, "nextHopIpAddress");
        const range = textAt(route, "addressPrefix") ?? "?";
        return table && hop
            ? [
                  out(
                      homeOf(stack, subnet),
                      outside.other(`hop-${hop}`, "outside", "Firewall or router", [hop]),
                      `to ${range}`,
                      `route table ${platformName(table)}`,
                      "Goes on from there as the firewall says, which is not part of this plan.",
                  ),
              ]
            : [];
    });
}

function balancerFlows(cluster: CapturedResource, outside: Outside): Flow[] {
    if (textAt(cluster.inputs, "networkProfile", "outboundType") !== "loadBalancer") {
        return [];
    }
    const via = outside.other(`${placeId(cluster)}#outbound`, "egress", "Outbound load balancer", [
        "made by AKS",
    ]);
    const by = "outbound type loadBalancer";
    return [
        out(placeId(cluster), via, "any", by, "The way out to the Internet."),
        out(via, outside.internet("target"), "any", by, "Leaves from the load balancer's public address."),
    ];
}

function out(from: string, to: string, what: string, by: string, purpose: string): Flow {
    return { direction: "out", from, to, what, by, purpose };
}
