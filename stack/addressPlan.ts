import { cidrProblem, parseCidr, sizeOf } from "../components/internal/cidr";
import { usableAddresses } from "../components/internal/addressPlan";
import { types } from "./resourceTypes";
import { platformName } from "./stackView";
import type { StackView } from "./stackView";
import { recordsAt, textAt, textsAt } from "./values";

/** What a range of the address plan is. */
export type RangeKind = "network" | "subnet" | "pods" | "services" | "peer";

/** One row of the address plan. */
export interface AddressRange {
    kind: RangeKind;
    /** CIDR notation. */
    range: string;
    /** Name in Azure, or of the cluster that uses the range. */
    name: string;
    /** Addresses that can be given to something. */
    usableAddresses: number;
    /** What the range is for, in words. */
    role: string;
}

/** Everything that {@link addressRanges} reads. */
export interface AddressedStack extends StackView {
    /** Ranges outside the virtual network that are reachable through peering. */
    peerRanges: readonly string[];
}

/** The address plan: each virtual network with its subnets by address, then the ranges inside clusters, then peers. */
export function addressRanges(stack: AddressedStack): AddressRange[] {
    const networks = stack.ofType(types.virtualNetwork).flatMap((network) => {
        const name = platformName(network);
        const subnets = stack
            .ofType(types.subnet)
            .filter((subnet) => textAt(subnet.inputs, "virtualNetworkName") === name)
            .flatMap((subnet) =>
                [textAt(subnet.inputs, "addressPrefix") ?? [], textsAt(subnet.inputs, "addressPrefixes")]
                    .flat()
                    .map((range) => ({
                        kind: "subnet" as const,
                        range,
                        name: platformName(subnet),
                        usableAddresses: usable(range),
                        role: subnetRole(subnet.inputs, platformName(subnet)),
                    })),
            )
            .sort((one, other) => firstAddress(one.range) - firstAddress(other.range));
        const spaces = textsAt(network.inputs, "addressSpace", "addressPrefixes").map((range) => ({
            kind: "network" as const,
            range,
            name,
            usableAddresses: size(range) - subnets.reduce((taken, subnet) => taken + size(subnet.range), 0),
            role: "virtual network; usable: in no subnet yet",
        }));
        return [...spaces, ...subnets];
    });
    return [...networks, ...clusterRanges(stack), ...peerRanges(stack)];
}

function clusterRanges(stack: AddressedStack): AddressRange[] {
    return stack.ofType(types.cluster).flatMap((cluster) => {
        const name = platformName(cluster);
        const profile = cluster.inputs["networkProfile"];
        const podRange = textAt(profile, "podCidr");
        const serviceRange = textAt(profile, "serviceCidr");
        const dns = textAt(profile, "dnsServiceIP");
        return [
            ...(podRange
                ? [
                      {
                          kind: "pods" as const,
                          range: podRange,
                          name,
                          usableAddresses: size(podRange),
                          role: podRole(podRange),
                      },
                  ]
                : []),
            ...(serviceRange
                ? [
                      {
                          kind: "services" as const,
                          range: serviceRange,
                          name,
                          usableAddresses: size(serviceRange),
                          role: `services in the cluster${dns ? `, DNS at ${dns}` : ""}`,
                      },
                  ]
                : []),
        ];
    });
}

function peerRanges(stack: AddressedStack): AddressRange[] {
    const names = stack.ofType(types.peering).flatMap(({ inputs }) => {
        return textAt(inputs, "remoteVirtualNetwork", "id")?.split("/").pop() ?? [];
    });
    return stack.peerRanges.map((range) => ({
        kind: "peer" as const,
        range,
        name: [...new Set(names)].join(", ") || "peer",
        usableAddresses: size(range),
        role: "outside this network, reachable by peering",
    }));
}

/** AKS gives each node of an overlay network a /24 for its pods. */
function podRole(range: string): string {
    return `pods, a /24 for each node: room for ${Math.floor(size(range) / sizeOf(24)).toLocaleString("en-US")} nodes`;
}

function subnetRole(inputs: Record<string, unknown>, name: string): string {
    const network = textAt(inputs, "virtualNetworkName") ?? "";
    // `snet-lz-dev-weu-system-nodes` in `vnet-lz-dev-weu` is for system nodes.
    const base = network.replace(/^vnet-/, "");
    const role = name
        .replace(/^snet-/, "")
        .replace(`${base}-`, "")
        .replace(/-/g, " ");
    const services = recordsAt(inputs, "delegations").flatMap(
        (delegation) => textAt(delegation, "serviceName") ?? [],
    );
    const egress = [
        textAt(inputs, "natGateway", "id") ? "egress by NAT gateway" : [],
        textAt(inputs, "routeTable", "id") ? "routed" : [],
    ].flat();
    return [role, ...services.map((service) => `delegated to ${shortService(service)}`), ...egress].join(
        ", ",
    );
}

/** AKS is known by its abbreviation; other services by the last part of their type. */
function shortService(service: string): string {
    return service === "Microsoft.ContainerService/managedClusters"
        ? "AKS"
        : (service.split("/").pop() ?? service);
}

function usable(range: string): number {
    return cidrProblem(range) ? 0 : usableAddresses(parseCidr(range).prefixLength);
}

function size(range: string): number {
    return cidrProblem(range) ? 0 : parseCidr(range).size;
}

function firstAddress(range: string): number {
    return cidrProblem(range) ? 0 : parseCidr(range).first;
}
