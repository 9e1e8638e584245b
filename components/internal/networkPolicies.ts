import type * as k8s from "@pulumi/kubernetes";
import { cidrProblem, contains, containsAddress, parseCidr } from "./cidr";
import type { Cidr } from "./cidr";

type NetworkPolicySpec = k8s.types.input.networking.v1.NetworkPolicySpec;
type Peer = k8s.types.input.networking.v1.NetworkPolicyPeer;

/** A range outside the cluster that pods may open connections to. */
export interface EgressRange {
    cidr: string;
    /** TCP ports. */
    ports: readonly number[];
    /** Parts of the range that stay closed. */
    except?: readonly string[];
}

/** What a namespace's pods may talk to; everything else is closed in both directions. */
export interface NamespaceTraffic {
    /** Namespace of the ingress controller, which may reach every pod. Absent: nothing comes in from there. */
    ingressNamespace?: string;
    /** Pods of the namespace may reach each other. */
    sameNamespace: boolean;
    /** The scrapers of managed Prometheus, in kube-system, may reach every pod. */
    metricsScraping: boolean;
    egressRanges: readonly EgressRange[];
    /** Other namespaces whose pods may be reached. */
    egressNamespaces: readonly string[];
}

/** A NetworkPolicy: its name within the namespace and what it says. */
export interface PlannedNetworkPolicy {
    name: string;
    spec: NetworkPolicySpec;
}

/**
 * Addresses that answer every pod of a node with the node's own identity or configuration: instance metadata, and the
 * wire server of the Azure guest agent. A wide range leaves them out; only naming one exactly opens it.
 */
const nodeServices = ["169.254.169.254", "168.63.129.16"];

/**
 * The NetworkPolicies of a namespace: one that denies all, and one for each kind of traffic that is allowed; policies
 * add up. Note that with Cilium a range never matches pods or nodes, whatever its addresses
 * (https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium): namespaces are named, not given as ranges.
 */
export function namespaceNetworkPolicies(traffic: NamespaceTraffic): PlannedNetworkPolicy[] {
    const policies: PlannedNetworkPolicy[] = [
        { name: "default-deny", spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
        {
            name: "allow-dns",
            spec: egress({
                to: [
                    {
                        ...namespacePeer("kube-system"),
                        podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
                    },
                ],
                ports: [
                    { protocol: "UDP", port: 53 },
                    { protocol: "TCP", port: 53 },
                ],
            }),
        },
    ];
    if (traffic.ingressNamespace !== undefined) {
        policies.push({
            name: "allow-ingress-controller",
            spec: ingressFrom(namespacePeer(traffic.ingressNamespace)),
        });
    }
    if (traffic.metricsScraping) {
        policies.push({ name: "allow-metrics-scraping", spec: ingressFrom(namespacePeer("kube-system")) });
    }
    if (traffic.sameNamespace) {
        const peers = [{ podSelector: {} }];
        policies.push({
            name: "allow-same-namespace",
            spec: {
                podSelector: {},
                policyTypes: ["Ingress", "Egress"],
                ingress: [{ from: peers }],
                egress: [{ to: peers }],
            },
        });
    }
    if (traffic.egressRanges.length > 0) {
        policies.push({
            name: "allow-egress-to-ranges",
            spec: egress(
                ...traffic.egressRanges.map((range) => ({
                    to: [{ ipBlock: ipBlock(range) }],
                    ports: range.ports.map((port) => ({ protocol: "TCP", port })),
                })),
            ),
        });
    }
    if (traffic.egressNamespaces.length > 0) {
        policies.push({
            name: "allow-egress-to-namespaces",
            spec: egress({ to: traffic.egressNamespaces.map(namespacePeer) }),
        });
    }
    return policies;
}

/** What is wrong with the ranges that pods may reach, a sentence each; empty when Kubernetes takes them. */
export function egressRangeProblems(ranges: readonly EgressRange[]): string[] {
    return ranges.flatMap(({ cidr, ports, except = [] }, index) => {
        const argument = `egressCidrs[${index}]`;
        const wholeProblem = cidrProblem(cidr);
        return [
            ...(wholeProblem === undefined ? [] : [`\`${argument}.cidr\` "${cidr}" ${wholeProblem}`]),
            ...except.flatMap((part, position) => {
                const start = `\`${argument}.except[${position}]\` "${part}"`;
                const problem = cidrProblem(part);
                if (problem !== undefined) {
                    return [`${start} ${problem}`];
                }
                return wholeProblem === undefined && !isPart(parseCidr(cidr), parseCidr(part))
                    ? [`${start} is not inside ${cidr}: name a part of the range`]
                    : [];
            }),
            ...(ports.length === 0
                ? [`\`${argument}.ports\` is empty: name the TCP ports that may be reached`]
                : []),
            ...ports
                .filter((port) => !Number.isInteger(port) || port < 1 || port > 65535)
                .map(
                    (port) =>
                        `\`${argument}.ports\` holds ${port}: whole numbers from 1 to 65535 are allowed`,
                ),
        ];
    });
}

/** True for a range inside the other and smaller than it; Kubernetes takes no exception that leaves nothing over. */
function isPart(whole: Cidr, part: Cidr): boolean {
    return contains(whole, part) && part.size < whole.size;
}

function egress(...rules: k8s.types.input.networking.v1.NetworkPolicyEgressRule[]): NetworkPolicySpec {
    return { podSelector: {}, policyTypes: ["Egress"], egress: rules };
}

function ingressFrom(peer: Peer): NetworkPolicySpec {
    return { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [peer] }] };
}

/** The API server gives every namespace this label, with its name. */
function namespacePeer(namespace: string): { namespaceSelector: { matchLabels: { [key: string]: string } } } {
    return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } };
}

function ipBlock(range: EgressRange): { cidr: string; except?: string[] } {
    const whole = parseCidr(range.cidr);
    const closed =
        whole.prefixLength === 32
            ? []
            : nodeServices
                  .filter((address) => containsAddress(whole, address))
                  .map((address) => `${address}/32`);
    const except = [...new Set([...(range.except ?? []), ...closed])];
    return except.length > 0 ? { cidr: range.cidr, except } : { cidr: range.cidr };
}
