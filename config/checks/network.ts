import { planAddresses } from "../../components/internal/addressPlan";
import type { AddressPlan } from "../../components/internal/addressPlan";
import { networkProblems } from "../../components/internal/networkRules";
import {
    addressRangeProblems,
    firewallAddressProblems,
    nodeSubnetProblems,
    podRangeProblems,
} from "../../components/internal/rules";
import type { PoolCapacityInput } from "../../components/internal/rules";
import { apiServerZoneName } from "../derived";
import type { Problem } from "../errors";
import type { Settings } from "../schema";
import { at } from "./problemPath";

const podCidr = { podCidr: ["cluster", "podCidr"] };
const serviceCidr = { serviceCidr: ["cluster", "serviceCidr"] };

/** The network's own rules. */
export function checkNetwork(settings: Settings): Problem[] {
    const { network, cluster } = settings;
    const { addressSpace, subnetPrefixLengths, egress, hub, trustedSources, privateDns } = network;
    const sentences = networkProblems({
        addressSpace,
        podCidr: cluster.podCidr,
        subnetPrefixLengths,
        egress,
        hub,
        trustedSources,
        privateDns: { ...privateDns, apiServerZoneName: apiServerZoneName(settings) },
    });
    // The address plan reports several faults in one message, a line each.
    return at(
        ["network"],
        sentences.flatMap((sentence) => sentence.split("\n")),
        podCidr,
    );
}

/** Ranges of network, pods, services and peers against each other. */
export function checkAddresses({ network, cluster }: Settings): Problem[] {
    const { podCidr: pods, serviceCidr: services, dnsServiceIp } = cluster;
    return at(
        ["network"],
        addressRangeProblems({
            addressSpace: network.addressSpace,
            podCidr: pods,
            serviceCidr: services,
            dnsServiceIp,
            peers: network.peers,
        }),
        { ...podCidr, ...serviceCidr, dnsServiceIp: ["cluster", "dnsServiceIp"] },
    );
}

/** Whether the firewall that traffic leaves by can be where the settings say. */
export function checkFirewall({ network, cluster }: Settings): Problem[] {
    return at(
        ["network"],
        firewallAddressProblems({
            firewallPrivateIpAddress: network.egress.firewallPrivateIpAddress,
            addressSpace: network.addressSpace,
            podCidr: cluster.podCidr,
            serviceCidr: cluster.serviceCidr,
        }),
        { ...podCidr, ...serviceCidr },
    );
}

// What the cluster component sets for its pool.
const systemPoolSurge = "33%";

function systemPool({ cluster: { systemPool: pool } }: Settings): PoolCapacityInput {
    return { name: pool.name, maxCount: pool.maxCount, maxSurge: systemPoolSurge };
}

function userPools({ nodePools }: Settings): PoolCapacityInput[] {
    return Object.entries(nodePools).map(([name, { maxCount, upgrade, spot }]) => ({
        name,
        maxCount,
        // Spot pools are upgraded without extra nodes.
        maxSurge: spot === undefined ? upgrade.maxSurge : "0",
    }));
}

/** Whether pods have a range for every node. */
export function checkPodRange(settings: Settings): Problem[] {
    return at(
        ["cluster"],
        podRangeProblems(settings.cluster.podCidr, [systemPool(settings), ...userPools(settings)]),
    );
}

/** Whether system nodes have addresses. */
export function checkSystemSubnet(settings: Settings): Problem[] {
    return checkSubnet(settings, "systemNodes", [systemPool(settings)]);
}

/** Whether the nodes of the other pools have addresses. */
export function checkUserSubnet(settings: Settings): Problem[] {
    return checkSubnet(settings, "userNodes", userPools(settings));
}

function checkSubnet(
    settings: Settings,
    role: "systemNodes" | "userNodes",
    pools: PoolCapacityInput[],
): Problem[] {
    const subnet = addressPlan(settings)?.find((candidate) => candidate.role === role);
    return subnet === undefined ? [] : at(["network"], nodeSubnetProblems({ ...subnet, role, pools }));
}

/** The address plan; undefined where there is none, which the network's own rules report. */
export function addressPlan({ network, cluster }: Settings): AddressPlan | undefined {
    const request = {
        addressSpace: network.addressSpace,
        prefixLengths: network.subnetPrefixLengths,
        apiServerSubnet: cluster.apiServer.vnetIntegration,
        agentsSubnet: network.agentsSubnet,
    };
    return networkProblems({
        addressSpace: request.addressSpace,
        podCidr: "0.0.0.0/32",
        subnetPrefixLengths: request.prefixLengths,
    }).length > 0
        ? undefined
        : planAddresses(request);
}
