import { chartName } from "../../components/internal/charts";
import { isSpot, nodePools } from "../../policy/nodePools";
import type { NodePool } from "../../policy/nodePools";
import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../stack/resourceTypes";
import { objectNamespace, platformName } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { at, numberAt, recordAt, sameId, textAt, textsAt } from "../../stack/values";
import { counted, grouped } from "../../terminal/words";
import type { AddressRange } from "../../stack/addressPlan";
import { place } from "./place";
import type { Place } from "./place";
import { groupInWords, groupOf } from "./securityRules";

/** Id of a resource's box: Azure does not tell capitals apart in ids. */
export function placeId(resource: CapturedResource): string {
    return (resource.id ?? resource.urn).toLowerCase();
}

/** Id of the box at which traffic with a cluster's API server ends: its subnet's, where it has one in the stack. */
export function apiServerHome(stack: StackView, cluster: CapturedResource): string {
    const subnet = stack.withId(textAt(cluster.inputs, "apiServerAccessProfile", "subnetId"));
    return subnet ? placeId(subnet) : apiServerId(cluster);
}

/** Boxes of API servers that are in no subnet: Azure runs them, and the network has no part of them. */
export function hostedApiServers(stack: StackView): Place[] {
    return stack
        .ofType(types.cluster)
        .filter((cluster) => apiServerHome(stack, cluster) === apiServerId(cluster))
        .map(apiServerPlace);
}

function apiServerId(cluster: CapturedResource): string {
    return `${placeId(cluster)}#api-server`;
}

/** A load balancer that AKS makes for a service in the cluster. */
export interface Balancer {
    id: string;
    /** The release or service that asks for it. */
    owner: string;
    internal: boolean;
    /** Name of the subnet that its address is from; absent where AKS takes that of the nodes. */
    subnetName?: string;
}

/** Load balancers that releases and services of a stack ask for. */
export function balancers(stack: StackView): Balancer[] {
    const releases = stack
        .ofType(types.helmRelease)
        .filter(
            ({ inputs }) =>
                textAt(inputs, "values", "service", "spec", "type") === "LoadBalancer" ||
                textAt(inputs, "values", "service", "type") === "LoadBalancer",
        )
        .map((release) => ({
            resource: release,
            owner: chartName(textAt(release.inputs, "chart") ?? release.name),
            notes: recordAt(release.inputs, "values", "service", "annotations"),
        }));
    const services = stack
        .ofType(types.service)
        .filter(({ inputs }) => textAt(inputs, "spec", "type") === "LoadBalancer")
        .map((service) => ({
            resource: service,
            owner: `${objectNamespace(service) ?? "default"}/${platformName(service)}`,
            notes: recordAt(service.inputs, "metadata", "annotations"),
        }));
    return [...releases, ...services].map(({ resource, owner, notes }) => {
        const annotation = (name: string) => notes[`service.beta.kubernetes.io/azure-load-balancer-${name}`];
        const subnetName = annotation("internal-subnet");
        return {
            id: placeId(resource),
            owner,
            internal: String(annotation("internal")) === "true",
            ...(typeof subnetName === "string" ? { subnetName } : {}),
        };
    });
}

/** The virtual networks with what is in them, and clusters that are in none. */
export function insidePlaces(stack: StackView, addresses: readonly AddressRange[]): Place[] {
    const networks = stack.ofType(types.virtualNetwork).map((network) => {
        const subnets = subnetsOf(stack, network);
        const homes = stack
            .ofType(types.cluster)
            .map((cluster) => ({ cluster, subnets: nodeSubnets(stack, cluster) }))
            .filter((home) => home.subnets.some((subnet) => subnets.includes(subnet)));
        const ofNodes = homes.flatMap((home) => home.subnets);
        return place(placeId(network), "network", `Virtual network ${platformName(network)}`, {
            lines: textsAt(network.inputs, "addressSpace", "addressPrefixes"),
            children: [
                ...subnets
                    .filter((subnet) => !ofNodes.includes(subnet))
                    .map((subnet) => subnetPlace(stack, subnet, addresses)),
                ...homes.map((home) => clusterPlace(stack, home.cluster, home.subnets, addresses)),
            ],
        });
    });
    const placed = new Set(
        stack.ofType(types.virtualNetwork).flatMap((network) => subnetsOf(stack, network)),
    );
    const homeless = stack
        .ofType(types.cluster)
        .filter((cluster) => !nodeSubnets(stack, cluster).some((subnet) => placed.has(subnet)))
        .map((cluster) => clusterPlace(stack, cluster, [], addresses));
    return [...networks, ...homeless];
}

/** Subnets of a network, by address. */
function subnetsOf(stack: StackView, network: CapturedResource): CapturedResource[] {
    const inside = `${placeId(network)}/subnets/`;
    return stack.ofType(types.subnet).filter((subnet) => placeId(subnet).startsWith(inside));
}

/** The subnets that a cluster's nodes are in, as far as they are in the stack. */
export function nodeSubnets(stack: StackView, cluster: CapturedResource): CapturedResource[] {
    const ids = poolsOf(stack, cluster).map(({ settings }) => textAt(settings, "vnetSubnetID"));
    return stack.ofType(types.subnet).filter((subnet) => ids.some((id) => sameId(subnet.id, id)));
}

function poolsOf(stack: StackView, cluster: CapturedResource): NodePool[] {
    return nodePools(stack).filter(({ clusterId }) => sameId(clusterId, cluster.id));
}

function clusterPlace(
    stack: StackView,
    cluster: CapturedResource,
    subnets: readonly CapturedResource[],
    addresses: readonly AddressRange[],
): Place {
    const version = textAt(cluster.inputs, "kubernetesVersion");
    const tier = textAt(cluster.inputs, "sku", "tier");
    const inSubnets = subnets.map((subnet) => subnetPlace(stack, subnet, addresses));
    const elsewhere = poolsOf(stack, cluster).filter(
        ({ settings }) => !subnets.some(({ id }) => sameId(id, textAt(settings, "vnetSubnetID"))),
    );
    return place(placeId(cluster), "cluster", `Cluster ${platformName(cluster)}`, {
        lines: [
            [version && `Kubernetes ${version}`, tier && `tier ${tier}`].filter(Boolean).join(", "),
        ].filter((line) => line !== ""),
        children: [...inSubnets, ...elsewhere.map(poolPlace)],
    });
}

function subnetPlace(stack: StackView, subnet: CapturedResource, addresses: readonly AddressRange[]): Place {
    const name = platformName(subnet);
    const range =
        textAt(subnet.inputs, "addressPrefix") ?? textsAt(subnet.inputs, "addressPrefixes").join(", ");
    const known = addresses.find((address) => address.name === name && address.range === range);
    const group = groupOf(stack, subnet);
    const apiServers = stack
        .ofType(types.cluster)
        .filter(({ inputs }) => sameId(textAt(inputs, "apiServerAccessProfile", "subnetId"), subnet.id));
    return place(placeId(subnet), "subnet", name, {
        lines: [
            `${range}${known ? `, ${grouped(known.usableAddresses)} usable` : ""}`,
            group ? groupInWords(group) : "no NSG",
        ],
        children: [
            ...apiServers.map(apiServerPlace),
            ...balancers(stack)
                .filter(({ subnetName }) => subnetName === name)
                .map(balancerPlace),
            ...stack
                .ofType(types.privateEndpoint)
                .filter(({ inputs }) => sameId(textAt(inputs, "subnet", "id"), subnet.id))
                .map((endpoint) =>
                    place(placeId(endpoint), "endpoint", platformName(endpoint), {
                        lines: ["private endpoint"],
                    }),
                ),
            ...nodePools(stack)
                .filter(({ settings }) => sameId(textAt(settings, "vnetSubnetID"), subnet.id))
                .map(poolPlace),
        ],
    });
}

/** The box of a load balancer. */
export function balancerPlace({ id, owner, internal }: Balancer): Place {
    return place(id, "balancer", `Load balancer of ${owner}`, { lines: [internal ? "internal" : "public"] });
}

function apiServerPlace(cluster: CapturedResource): Place {
    const profile = recordAt(cluster.inputs, "apiServerAccessProfile");
    const ranges = textsAt(profile, "authorizedIPRanges");
    const reached =
        profile["enablePrivateCluster"] === true
            ? "private"
            : ranges.length > 0
              ? `public, for ${counted(ranges.length, "range")}`
              : "public, for any address";
    return place(apiServerId(cluster), "apiServer", "API server", { lines: [reached] });
}

function poolPlace(pool: NodePool): Place {
    const { name, settings, clusterId } = pool;
    return place(`${clusterId?.toLowerCase() ?? "?"}#pool-${name}`, "pool", `Pool ${name}`, {
        lines: [textAt(settings, "vmSize") ?? "?", `${nodeCount(settings)}${isSpot(pool) ? ", Spot" : ""}`],
        zones: textsAt(settings, "availabilityZones"),
    });
}

/** `3 to 5 nodes` of a pool that scales, `3 nodes` of one that does not. */
export function nodeCount(settings: NodePool["settings"]): string {
    const [least, most] = [numberAt(settings, "minCount"), numberAt(settings, "maxCount")];
    if (at(settings, "enableAutoScaling") === true && least !== undefined && most !== undefined) {
        return least === most ? counted(least, "node") : `${grouped(least)} to ${counted(most, "node")}`;
    }
    return counted(numberAt(settings, "count") ?? 0, "node");
}
