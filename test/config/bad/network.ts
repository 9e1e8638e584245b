import type { BadConfiguration } from "./badConfiguration";

/** Addresses, egress and what depends on them. */
export const network: readonly BadConfiguration[] = [
    [
        "the network's range has bits after its prefix",
        { "network.addressSpace": "10.40.1.0/20" },
        'network.addressSpace: `addressSpace` "10.40.1.0/20" has address bits set after its prefix; the range is written 10.40.0.0/20.',
    ],
    [
        "the network's range has an impossible number",
        { "network.addressSpace": "10.400.0.0/20" },
        'network.addressSpace: `addressSpace` "10.400.0.0/20" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20.',
    ],
    [
        "the network is too small",
        { "network.addressSpace": "10.40.0.0/24" },
        "network.addressSpace: `addressSpace` 10.40.0.0/24 has 256 addresses, too few for its subnets: apiServer /28, ingress /26, privateEndpoints /26, agents /26, systemNodes /24, userNodes /25 (optional subnets keep their room) take 640 with alignment. Use a /22 or larger, or smaller subnets in `subnetPrefixLengths`.",
    ],
    [
        "the API server's subnet is too small",
        { "network.subnetPrefixLengths": { apiServer: 29 } },
        "network.subnetPrefixLengths.apiServer: `subnetPrefixLengths.apiServer` is 29: AKS needs at least a /28 for the API server, and a subnet is smaller than its network 10.40.0.0/20. Use a whole number from 21 to 28.",
    ],
    [
        "pods overlap the network",
        { "cluster.podCidr": "10.40.0.0/16" },
        "cluster.podCidr: `cluster.podCidr` 10.40.0.0/16 overlaps `addressSpace` 10.40.0.0/20: pods of an overlay network need a range of their own. Use a private range that no connected network has.",
    ],
    [
        "pods' range is malformed",
        { "cluster.podCidr": "10.244.0.0/33" },
        'cluster.podCidr: `cluster.podCidr` "10.244.0.0/33" is not an IPv4 range in CIDR notation, such as 10.10.0.0/20.',
    ],
    [
        "services overlap the network",
        { "cluster.serviceCidr": "10.40.0.0/16", "cluster.dnsServiceIp": "10.40.0.10" },
        "cluster.serviceCidr: `cluster.serviceCidr` 10.40.0.0/16 overlaps `addressSpace` 10.40.0.0/20: an address in both leads to one of them only. Use a private range that nothing else has.",
    ],
    [
        "services overlap pods",
        { "cluster.serviceCidr": "10.244.0.0/20", "cluster.dnsServiceIp": "10.244.0.10" },
        "cluster.serviceCidr: `cluster.serviceCidr` 10.244.0.0/20 overlaps `cluster.podCidr` 10.244.0.0/16: an address in both leads to one of them only. Use a private range that nothing else has.",
    ],
    [
        "a peer overlaps the network",
        { "network.peers": ["10.32.0.0/12"] },
        "network.addressSpace: `addressSpace` 10.40.0.0/20 overlaps `peers[0]` 10.32.0.0/12: an address in both leads to one of them only. Use a private range that nothing else has.",
    ],
    [
        "a peer overlaps pods",
        { "network.peers": ["10.244.128.0/17"] },
        "cluster.podCidr: `cluster.podCidr` 10.244.0.0/16 overlaps `peers[0]` 10.244.128.0/17: an address in both leads to one of them only. Use a private range that nothing else has.",
    ],
    [
        "a peer is malformed",
        { "network.peers": ["10.200.0.1/16"] },
        'network.peers[0]: `peers[0]` "10.200.0.1/16" has address bits set after its prefix; the range is written 10.200.0.0/16.',
    ],
    [
        "pods use a range of AKS",
        { "cluster.podCidr": "172.30.0.0/16" },
        "cluster.podCidr: `cluster.podCidr` 172.30.0.0/16 overlaps 172.30.0.0/16, which AKS keeps for itself. Use a range outside 169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16, 192.0.2.0/24.",
    ],
    [
        "the network uses a range of AKS",
        { "network.addressSpace": "169.254.0.0/20" },
        "network.addressSpace: `addressSpace` 169.254.0.0/20 overlaps 169.254.0.0/16, which AKS keeps for itself. Use a range outside 169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16, 192.0.2.0/24.",
    ],
    [
        "a peer uses a range of AKS",
        { "network.peers": ["192.0.2.0/24"] },
        "network.peers[0]: `peers[0]` 192.0.2.0/24 overlaps 192.0.2.0/24, which AKS keeps for itself. Use a range outside 169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16, 192.0.2.0/24.",
    ],
    [
        "services use a range of AKS",
        { "cluster.serviceCidr": "172.31.0.0/16", "cluster.dnsServiceIp": "172.31.0.10" },
        "cluster.serviceCidr: `cluster.serviceCidr` 172.31.0.0/16 overlaps 172.31.0.0/16, which AKS keeps for itself. Use a range outside 169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16, 192.0.2.0/24.",
    ],
    [
        "the services' range is huge",
        { "cluster.serviceCidr": "100.0.0.0/8", "cluster.dnsServiceIp": "100.0.0.10" },
        "cluster.serviceCidr: `cluster.serviceCidr` 100.0.0.0/8 is too large: AKS allows a /12 at most. Use a /16, which has room for 65,534 services.",
    ],
    [
        "the services' range is tiny",
        { "cluster.serviceCidr": "10.245.0.0/29", "cluster.dnsServiceIp": "10.245.0.5" },
        "cluster.serviceCidr: `cluster.serviceCidr` 10.245.0.0/29 has 8 addresses, too few for the cluster's own services. Use a /16.",
    ],
    [
        "DNS is outside the services' range",
        { "cluster.dnsServiceIp": "10.246.0.10" },
        "cluster.dnsServiceIp: `cluster.dnsServiceIp` 10.246.0.10 is outside `cluster.serviceCidr` 10.245.0.0/16. Use an address inside it, such as 10.245.0.10.",
    ],
    [
        "DNS is the first address",
        { "cluster.dnsServiceIp": "10.245.0.0" },
        "cluster.dnsServiceIp: `cluster.dnsServiceIp` 10.245.0.0 is one of the first two addresses of `cluster.serviceCidr` 10.245.0.0/16; the first usable one belongs to the API server. Use another, such as 10.245.0.10.",
    ],
    [
        "DNS is the API server's address",
        { "cluster.dnsServiceIp": "10.245.0.1" },
        "cluster.dnsServiceIp: `cluster.dnsServiceIp` 10.245.0.1 is one of the first two addresses of `cluster.serviceCidr` 10.245.0.0/16; the first usable one belongs to the API server. Use another, such as 10.245.0.10.",
    ],
    [
        "DNS is no address",
        { "cluster.dnsServiceIp": "10.245.0.300" },
        'cluster.dnsServiceIp: `cluster.dnsServiceIp` is "10.245.0.300", which is no IPv4 address. Use one inside `cluster.serviceCidr`, such as its tenth.',
    ],
    [
        "pods have too few /24",
        { "cluster.podCidr": "10.244.0.0/21" },
        "cluster.podCidr: `podCidr` 10.244.0.0/21 has room for 8 nodes, a /24 each, but all pools together can have 11 (maximum + surge: system 5 + 2, apps 3 + 1). Use a /20 or larger, or lower `maxCount` of the pools.",
    ],
    [
        "pods' range is smaller than a node's",
        { "cluster.podCidr": "10.244.0.0/25" },
        "cluster.podCidr: `podCidr` 10.244.0.0/25 has room for 0 nodes, a /24 each, but all pools together can have 11 (maximum + surge: system 5 + 2, apps 3 + 1). Use a /20 or larger, or lower `maxCount` of the pools.",
    ],
    [
        "system nodes have too few addresses",
        { "network.subnetPrefixLengths": { systemNodes: 29 } },
        "network.subnetPrefixLengths.systemNodes: `subnetPrefixLengths.systemNodes` gives 10.40.1.0/29 with 3 usable addresses, but its pools can have 7 nodes (maximum + surge: system 5 + 2). Use 28 or less, or lower `maxCount` of the pools.",
    ],
    [
        "user nodes have too few addresses",
        { "network.subnetPrefixLengths": { userNodes: 27 }, "nodePools.apps.maxCount": 30 },
        "network.subnetPrefixLengths.userNodes: `subnetPrefixLengths.userNodes` gives 10.40.2.0/27 with 27 usable addresses, but its pools can have 40 nodes (maximum + surge: apps 30 + 10). Use 26 or less, or lower `maxCount` of the pools.",
    ],
    [
        "a surge in nodes counts",
        {
            "network.subnetPrefixLengths": { userNodes: 28 },
            "nodePools.apps.maxCount": 10,
            "nodePools.apps.upgrade": { maxSurge: "2" },
        },
        "network.subnetPrefixLengths.userNodes: `subnetPrefixLengths.userNodes` gives 10.40.2.0/28 with 11 usable addresses, but its pools can have 12 nodes (maximum + surge: apps 10 + 2). Use 27 or less, or lower `maxCount` of the pools.",
    ],
    [
        "a NAT setting without NAT gateway",
        { "network.egress": { type: "LoadBalancer", natGatewayPublicIpCount: 2 } },
        "network.egress.natGatewayPublicIpCount: `egress.natGatewayPublicIpCount` is 2, but `egress.type` is LoadBalancer and the setting has an effect with NatGateway only. Remove it, or set `egress.type` to NatGateway.",
    ],
    [
        "a firewall without address",
        { "network.egress": { type: "Firewall" } },
        "network.egress.firewallPrivateIpAddress: `egress.firewallPrivateIpAddress` is missing: with `egress.type` Firewall all outbound traffic is routed to that address. Give the firewall's private IPv4 address, such as 10.0.1.4.",
    ],
    [
        "a firewall's address is none",
        { "network.egress": { type: "Firewall", firewallPrivateIpAddress: "10.0.1.400" } },
        'network.egress.firewallPrivateIpAddress: `egress.firewallPrivateIpAddress` is "10.0.1.400", which is not an IPv4 address. Give the firewall\'s private IPv4 address, such as 10.0.1.4.',
    ],
    [
        "public ingress behind a firewall",
        {
            "network.egress": { type: "Firewall", firewallPrivateIpAddress: "10.0.1.4" },
            "kubernetes.ingress": { exposure: "Public" },
        },
        "kubernetes.ingress.exposure: `exposure` is Public, but network.egress.type is Firewall: replies to clients would leave through the firewall, which drops them because it never saw the request. Publish an Internal ingress by a DNAT rule of the firewall.",
    ],
    [
        "everybody is trusted",
        { "network.trustedSources": ["0.0.0.0/0"] },
        "network.trustedSources: `trustedSources` 0.0.0.0/0 is the whole Internet. List the ranges that really need access.",
    ],
    [
        "the network is a loopback range",
        { "network.addressSpace": "127.0.0.0/16" },
        "network.addressSpace: `addressSpace` 127.0.0.0/16 overlaps 127.0.0.0/8, which no network of Azure may use. Use a private range.",
    ],
    [
        "pods use multicast addresses",
        { "cluster.podCidr": "230.0.0.0/16" },
        "cluster.podCidr: `cluster.podCidr` 230.0.0.0/16 overlaps 224.0.0.0/4, which no network of Azure may use. Use a private range.",
    ],
    [
        "the network hides Azure's own services",
        { "network.addressSpace": "168.63.0.0/16" },
        "network.addressSpace: `addressSpace` 168.63.0.0/16 overlaps 168.63.129.16/32, which no network of Azure may use. Use a private range.",
    ],
    [
        "the firewall is inside the network",
        { "network.egress": { type: "Firewall", firewallPrivateIpAddress: "10.40.1.4" } },
        "network.egress.firewallPrivateIpAddress: `egress.firewallPrivateIpAddress` 10.40.1.4 is inside `addressSpace` 10.40.0.0/20, where no firewall is. Give the address of the firewall in the hub.",
    ],
    [
        "the firewall is among the pods",
        { "network.egress": { type: "Firewall", firewallPrivateIpAddress: "10.244.1.4" } },
        "network.egress.firewallPrivateIpAddress: `egress.firewallPrivateIpAddress` 10.244.1.4 is inside `cluster.podCidr` 10.244.0.0/16, where no firewall is. Give the address of the firewall in the hub.",
    ],
];
