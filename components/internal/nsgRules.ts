import type { SubnetRole } from "./addressPlan";

/** What the rules depend on. */
export interface NsgFacts {
    /** Range of each subnet that exists. */
    readonly subnets: { readonly [role in SubnetRole]?: string };
    /** Overlay range that pods get their addresses from. */
    readonly podCidr: string;
    /** Ranges outside the network that may open the API server and the private endpoints. */
    readonly trustedSources: readonly string[];
    /** Whether clients on the Internet may open the ingress ports. */
    readonly publicIngress: boolean;
}

/** One inbound rule as Azure takes it: a single prefix or port in the singular field, several in the plural one. */
export interface NsgRule {
    name: string;
    description: string;
    priority: number;
    direction: "Inbound";
    access: "Allow" | "Deny";
    protocol: "*" | "Tcp";
    sourcePortRange: "*";
    sourceAddressPrefix?: string;
    sourceAddressPrefixes?: string[];
    destinationAddressPrefix?: string;
    destinationAddressPrefixes?: string[];
    destinationPortRange?: string;
    destinationPortRanges?: string[];
}

/**
 * Priorities by purpose, 100 apart, so that a rule can be added to a band without renumbering another. Azure looks at
 * the lowest number first and allows 100 to 4096.
 */
export const priorityBands = {
    clusterTraffic: { first: 100, last: 199 },
    controlPlane: { first: 200, last: 299 },
    healthProbes: { first: 300, last: 399 },
    ingress: { first: 400, last: 499 },
    trustedClients: { first: 500, last: 599 },
    deny: { first: 4096, last: 4096 },
} as const;

/** A name for addresses: a subnet, the pods, the trusted sources, or one of Azure's service tags. */
export type NsgPlace =
    SubnetRole | "pods" | "trusted" | "VirtualNetwork" | "Internet" | "AzureLoadBalancer" | "*";

/** One row of the rule table. */
export interface NsgRuleRow {
    readonly band: keyof typeof priorityBands;
    readonly priority: number;
    readonly name: string;
    readonly description: string;
    /** Subnets whose security group has the rule. */
    readonly appliesTo: readonly SubnetRole[];
    readonly protocol: "*" | "Tcp";
    readonly from: readonly NsgPlace[];
    /** Places it leads to; "own" is the subnet that the security group guards. */
    readonly to: readonly (NsgPlace | "own")[];
    readonly ports: readonly string[];
    readonly onlyWhen?: (facts: NsgFacts) => boolean;
}

const nodes: readonly SubnetRole[] = ["systemNodes", "userNodes"];
const everySubnet: readonly SubnetRole[] = [
    "apiServer",
    "ingress",
    "privateEndpoints",
    "agents",
    "systemNodes",
    "userNodes",
];
const webPorts = ["80", "443"];

/**
 * Every inbound rule of the landing zone. What is not in the table is denied by its last row: Azure's own default would
 * let the whole virtual network, peered ones included, reach everything.
 * Cluster and control plane rows: https://learn.microsoft.com/azure/aks/concepts-network#custom-virtual-network-requirements
 */
export const nsgRuleTable: readonly NsgRuleRow[] = [
    {
        band: "clusterTraffic",
        priority: 100,
        name: "AllowNodesToNodesAndPods",
        description: "Node to node, and service traffic from nodes to pods.",
        appliesTo: nodes,
        protocol: "*",
        from: nodes,
        to: [...nodes, "pods"],
        ports: ["*"],
    },
    {
        // Overlay traffic between nodes is not encapsulated: security groups see the pods' own addresses, which the
        // tag VirtualNetwork does not cover. Towards anything but pods, pods appear with their node's address.
        band: "clusterTraffic",
        priority: 110,
        name: "AllowPodsToPods",
        description:
            "Pod to pod and pod to service, DNS included. Network policies narrow it inside the cluster.",
        appliesTo: nodes,
        protocol: "*",
        from: ["pods"],
        to: ["pods"],
        ports: ["*"],
    },
    {
        // With the API server in the network there is no tunnel: it opens kubelets, webhooks and extension API servers itself.
        band: "controlPlane",
        priority: 200,
        name: "AllowApiServerToNodesAndPods",
        description: "API server to kubelets, webhooks and extension API servers.",
        appliesTo: nodes,
        protocol: "Tcp",
        from: ["apiServer"],
        to: [...nodes, "pods"],
        ports: ["*"],
    },
    {
        band: "controlPlane",
        priority: 210,
        name: "AllowNodesToApiServer",
        description: "Nodes, and pods behind their addresses, to the API server.",
        appliesTo: ["apiServer"],
        protocol: "Tcp",
        from: nodes,
        to: ["own"],
        ports: ["443", "4443"],
    },
    {
        band: "healthProbes",
        priority: 300,
        name: "AllowLoadBalancerToApiServer",
        description: "Health probes of the API server's internal load balancer.",
        appliesTo: ["apiServer"],
        protocol: "Tcp",
        from: ["AzureLoadBalancer"],
        to: ["own"],
        ports: ["9988"],
    },
    {
        // The probed port is a node port that Kubernetes chooses; the tag stands for Azure's probe address alone.
        band: "healthProbes",
        priority: 310,
        name: "AllowLoadBalancerProbes",
        description: "Health probes of the cluster's load balancers.",
        appliesTo: nodes,
        protocol: "Tcp",
        from: ["AzureLoadBalancer"],
        to: ["*"],
        ports: ["*"],
    },
    {
        // AKS load balancers keep the front end's address on the packet (floating IP), so it is the destination that a
        // node's security group sees. The destination also limits what the tag lets in: with a 0.0.0.0/0 route on the
        // subnet, VirtualNetwork stands for every address.
        band: "ingress",
        priority: 400,
        name: "AllowPrivateIngress",
        description: "Web clients in this network and networks peered with it to the internal load balancer.",
        appliesTo: [...nodes, "ingress"],
        protocol: "Tcp",
        from: ["VirtualNetwork"],
        to: ["ingress"],
        ports: webPorts,
    },
    {
        // Azure picks the front end's public address later, so the destination stays open.
        band: "ingress",
        priority: 410,
        name: "AllowPublicIngress",
        description: "Web clients on the Internet to the public load balancer.",
        appliesTo: nodes,
        protocol: "Tcp",
        from: ["Internet"],
        to: ["*"],
        ports: webPorts,
        onlyWhen: ({ publicIngress }) => publicIngress,
    },
    {
        // The API server is among them for key encryption with a private vault.
        band: "trustedClients",
        priority: 500,
        name: "AllowClusterToPrivateEndpoints",
        description: "Nodes, pods behind their addresses, and the API server to vault and registry.",
        appliesTo: ["privateEndpoints"],
        protocol: "Tcp",
        from: [...nodes, "apiServer"],
        to: ["own"],
        ports: ["443"],
    },
    {
        band: "trustedClients",
        priority: 510,
        name: "AllowAgents",
        description: "Build agents in this network to the API server and the private endpoints.",
        appliesTo: ["apiServer", "privateEndpoints"],
        protocol: "Tcp",
        from: ["agents"],
        to: ["own"],
        ports: ["443"],
    },
    {
        band: "trustedClients",
        priority: 520,
        name: "AllowTrustedSources",
        description: "Declared ranges outside this network to the API server and the private endpoints.",
        appliesTo: ["apiServer", "privateEndpoints"],
        protocol: "Tcp",
        from: ["trusted"],
        to: ["own"],
        ports: ["443"],
    },
    {
        band: "deny",
        priority: 4096,
        name: "DenyAllInbound",
        description: "Everything that no rule above allows.",
        appliesTo: everySubnet,
        protocol: "*",
        from: ["*"],
        to: ["*"],
        ports: ["*"],
    },
];

/** The inbound rules of one subnet's security group, by ascending priority. Rules without a source or destination are left out. */
export function nsgRules(role: SubnetRole, facts: NsgFacts): NsgRule[] {
    return nsgRuleTable
        .filter((row) => row.appliesTo.includes(role) && (row.onlyWhen?.(facts) ?? true))
        .map((row) => ({
            row,
            from: row.from.flatMap((place) => addressesOf(place, facts)),
            to: row.to.flatMap((place) => addressesOf(place === "own" ? role : place, facts)),
        }))
        .filter(({ from, to }) => from.length > 0 && to.length > 0)
        .map(({ row, from, to }) => ({
            name: row.name,
            description: row.description,
            priority: row.priority,
            direction: "Inbound",
            access: row.band === "deny" ? "Deny" : "Allow",
            protocol: row.protocol,
            sourcePortRange: "*",
            ...oneOrMany("sourceAddressPrefix", "sourceAddressPrefixes", from),
            ...oneOrMany("destinationAddressPrefix", "destinationAddressPrefixes", to),
            ...oneOrMany("destinationPortRange", "destinationPortRanges", row.ports),
        }));
}

function addressesOf(place: NsgPlace, facts: NsgFacts): string[] {
    switch (place) {
        case "pods":
            return [facts.podCidr];
        case "trusted":
            return [...facts.trustedSources];
        case "VirtualNetwork":
        case "Internet":
        case "AzureLoadBalancer":
        case "*":
            return [place];
        case "apiServer":
        case "ingress":
        case "privateEndpoints":
        case "agents":
        case "systemNodes":
        case "userNodes": {
            const range = facts.subnets[place];
            return range === undefined ? [] : [range];
        }
    }
}

/** Azure takes one value and several values in different fields. */
function oneOrMany<One extends string, Many extends string>(
    one: One,
    many: Many,
    values: readonly string[],
): { [field in One]?: string } & { [field in Many]?: string[] } {
    const fields = values.length === 1 ? { [one]: values[0] } : { [many]: [...values] };
    return fields as { [field in One]?: string } & { [field in Many]?: string[] };
}
