import { types } from "../../stack/resourceTypes";
import type { StackView } from "../../stack/stackView";
import { groupBy, textAt, textsAt } from "../../stack/values";
import type { AddressRange } from "../../stack/addressPlan";
import { allowedFlows } from "./allowed";
import { egressFlows } from "./egress";
import { apiServerHome, balancerPlace, balancers, hostedApiServers, insidePlaces, placeId } from "./inside";
import type { Balancer } from "./inside";
import { Outside } from "./outside";
import { withInner } from "./place";
import type { Flow, FlowDirection, Place } from "./place";
import { servicePlaces, serviceFlows } from "./services";

/** A flow with the number that it has in the picture and in the table. */
export interface NumberedFlow extends Flow {
    number: number;
}

/** What the picture of a stack shows. */
export interface Topology {
    places: Place[];
    flows: NumberedFlow[];
}

const order: readonly FlowDirection[] = ["in", "inside", "out"];

/**
 * Network, cluster and services of a stack, and the traffic between them as far as its resources say so: security rules,
 * gateways, routes, private endpoints, public names, and where telemetry is sent. What they do not say is left out.
 */
export function topologyOf(stack: StackView, addresses: readonly AddressRange[]): Topology {
    const outside = new Outside();
    const peerRanges = addresses.filter(({ kind }) => kind === "peer").map(({ range }) => range);
    const inside = insidePlaces(stack, addresses);
    const placed = new Set(inside.flatMap(withInner).map(({ id }) => id));
    const loose = balancers(stack).filter(({ id }) => !placed.has(id));
    const flows = [
        ...apiServerFlows(stack, outside),
        ...hostedApiServerFlows(stack),
        ...peeringFlows(stack, outside, peerRanges),
        ...looseBalancerFlows(stack, loose, outside),
        ...allowedFlows(stack, outside, peerRanges),
        ...egressFlows(stack, outside),
        ...serviceFlows(stack, outside),
    ];
    const places = [
        ...inside,
        ...hostedApiServers(stack),
        ...loose.map(balancerPlace),
        ...servicePlaces(stack),
        ...outside.places,
    ];
    const known = new Set(places.flatMap(withInner).map(({ id }) => id));
    const once = [
        ...groupBy(flows, ({ from, to, what, by }) => JSON.stringify([from, to, what, by])).values(),
    ]
        .flatMap(([first]) => first ?? [])
        .filter(({ from, to }) => known.has(from) && known.has(to));
    const sorted = order.flatMap((direction) => once.filter((flow) => flow.direction === direction));
    return { places, flows: sorted.map((flow, index) => ({ ...flow, number: index + 1 })) };
}

/** Who reaches an API server that has a public name. A private one is reached as the security groups say. */
function apiServerFlows(stack: StackView, outside: Outside): Flow[] {
    return stack
        .ofType(types.cluster)
        .filter(({ inputs }) => profileOf(inputs)["enablePrivateCluster"] !== true)
        .map((cluster) => {
            const ranges = textsAt(cluster.inputs, "apiServerAccessProfile", "authorizedIPRanges");
            return {
                direction: "in",
                from: ranges.length > 0 ? outside.ranges(ranges) : outside.internet("source"),
                to: apiServerHome(stack, cluster),
                what: "443 (TCP)",
                by: ranges.length > 0 ? "authorized ranges of the API server" : "public API server",
                purpose: "The Kubernetes API by its public name.",
            };
        });
}

/** Nodes reach an API server outside the network by its public name, or by the private endpoint that AKS keeps for it. */
function hostedApiServerFlows(stack: StackView): Flow[] {
    const hosted = new Set(hostedApiServers(stack).map(({ id }) => id));
    return stack
        .ofType(types.cluster)
        .filter((cluster) => hosted.has(apiServerHome(stack, cluster)))
        .map((cluster) => {
            const isPrivate = profileOf(cluster.inputs)["enablePrivateCluster"] === true;
            return {
                direction: "out",
                from: placeId(cluster),
                to: apiServerHome(stack, cluster),
                what: isPrivate ? "Private Link" : "443 (TCP)",
                by: "API server without a subnet of its own",
                purpose: isPrivate
                    ? "Nodes to the Kubernetes API, by the private endpoint that AKS keeps."
                    : "Nodes to the Kubernetes API, by its public name.",
            };
        });
}

function profileOf(inputs: Record<string, unknown>): Record<string, unknown> {
    return (inputs["apiServerAccessProfile"] ?? {}) as Record<string, unknown>;
}

function peeringFlows(stack: StackView, outside: Outside, peerRanges: readonly string[]): Flow[] {
    const networks = stack.ofType(types.virtualNetwork);
    return networks.flatMap((network) => {
        const own = `${placeId(network)}/virtualnetworkpeerings/`;
        const remotes = stack
            .ofType(types.peering)
            .filter((peering) => placeId(peering).startsWith(own))
            .flatMap(({ inputs }) => textAt(inputs, "remoteVirtualNetwork", "id")?.split("/").pop() ?? []);
        return remotes.length === 0
            ? []
            : [
                  {
                      direction: "in",
                      from: outside.peers(remotes, peerRanges),
                      to: placeId(network),
                      what: "peering, both ways",
                      by: `peering with ${remotes.join(", ")}`,
                      purpose: "What passes is a matter of the security groups.",
                  },
              ];
    });
}

/** From clients to the load balancers that are in no subnet of the stack, and from there to the cluster. */
function looseBalancerFlows(stack: StackView, loose: readonly Balancer[], outside: Outside): Flow[] {
    return loose.flatMap(({ id, owner, internal }) =>
        stack.ofType(types.cluster).flatMap((cluster): Flow[] => [
            {
                direction: "in",
                from: internal ? outside.tag("VirtualNetwork") : outside.internet("source"),
                to: id,
                what: "the service's ports",
                by: `service of ${owner}`,
                purpose: `Clients of ${owner}.`,
            },
            {
                direction: "inside",
                from: id,
                to: placeId(cluster),
                what: "the service's ports",
                by: `service of ${owner}`,
                purpose: `To the pods of ${owner}.`,
            },
        ]),
    );
}
