import { addLike, inside, remove, resource, setInput } from "../../support/editing";
import type { EditableStack } from "../editableStack";
import { removed, set, without } from "../breakage";
import type { Breakage } from "../breakage";

const ingressNsg = "network-ingress-nsg";
const webRule = (stack: EditableStack) => inside(stack, ingressNsg, "securityRules", "0");
const lastRule = (stack: EditableStack) => inside(stack, ingressNsg, "securityRules", "1");
const toInternet = (stack: EditableStack, ports: string[]) =>
    Object.assign(webRule(stack), { sourceAddressPrefix: "Internet", destinationPortRanges: ports });

/** What breaks rules about the network. */
export const networkBreakages: readonly Breakage[] = [
    {
        rule: "subnet-has-network-security-group",
        breaks: "a subnet without a group",
        change: without("network-user-nodes-subnet", "networkSecurityGroup"),
        expect: ["network-user-nodes-subnet: has no network security group"],
        also: ["security-group-guards-a-subnet"],
    },
    {
        rule: "subnet-has-network-security-group",
        breaks: "a second subnet without a group",
        change: (stack) => {
            const added = addLike(stack, "network-agents-subnet", { name: "more" });
            added.inputs = {
                ...added.inputs,
                addressPrefix: "10.32.14.0/24",
                networkSecurityGroup: undefined,
            };
        },
        expect: ["more: has no network security group"],
    },
    {
        rule: "subnet-without-default-outbound-access",
        breaks: "a missing property",
        change: without("network-private-endpoints-subnet", "defaultOutboundAccess"),
        expect: ["network-private-endpoints-subnet: `defaultOutboundAccess` is not set to false"],
    },
    {
        rule: "network-security-group-denies-the-rest",
        breaks: "a group that allows what it does not name",
        change: (stack) => void (lastRule(stack)["access"] = "Allow"),
        expect: [`${ingressNsg}: no inbound rule denies what the others do not allow`],
        also: ["internet-reaches-no-management-port"],
    },
    {
        rule: "network-security-group-denies-the-rest",
        breaks: "a deny of TCP only",
        change: (stack) => void (lastRule(stack)["protocol"] = "Tcp"),
        expect: [`${ingressNsg}: no inbound rule denies what the others do not allow`],
    },
    {
        rule: "network-security-group-denies-the-rest",
        breaks: "a deny that comes first",
        change: (stack) => void (lastRule(stack)["priority"] = 100),
        expect: [`${ingressNsg}: no inbound rule denies what the others do not allow`],
    },
    {
        rule: "network-security-group-denies-the-rest",
        breaks: "a deny of one source port",
        change: (stack) => void (lastRule(stack)["sourcePortRange"] = "1234"),
        expect: [`${ingressNsg}: no inbound rule denies what the others do not allow`],
    },
    ...["22", "3389", "5985", "5986", "*", "30000-32767"].map((port) => ({
        rule: "internet-reaches-no-management-port",
        breaks: `port ${port} open to the Internet`,
        change: (stack: EditableStack) => void toInternet(stack, ["443", port]),
        expect: [`${ingressNsg}: rule "AllowPrivateIngress" lets the Internet reach port ${port}`],
    })),
    {
        rule: "internet-reaches-no-management-port",
        breaks: "SSH from anywhere, in the plural property",
        change: (stack) => {
            const rule = toInternet(stack, ["22"]) as Record<string, unknown>;
            delete rule["sourceAddressPrefix"];
            rule["sourceAddressPrefixes"] = ["10.0.0.0/8", "0.0.0.0/0"];
        },
        expect: [`${ingressNsg}: rule "AllowPrivateIngress" lets the Internet reach port 22`],
    },
    {
        rule: "nodes-have-explicit-egress",
        breaks: "a node subnet without its NAT gateway",
        change: without("network-user-nodes-subnet", "natGateway"),
        expect: ["network-user-nodes-subnet: holds nodes that leave through a NAT gateway, but has none"],
    },
    {
        rule: "nodes-have-explicit-egress",
        breaks: "node subnets without the route",
        change: set("cluster-managed-cluster", "networkProfile.outboundType", "userDefinedRouting"),
        expect: [
            "network-system-nodes-subnet: holds nodes that leave through a route, but has no route table",
            "network-user-nodes-subnet: holds nodes that leave through a route, but has no route table",
        ],
    },
    {
        rule: "nodes-have-explicit-egress",
        breaks: "an outbound type that nobody says",
        change: without("cluster-managed-cluster", "networkProfile.outboundType"),
        expect: ["cluster-managed-cluster: does not say how its nodes reach the Internet"],
    },
    {
        rule: "nodes-have-explicit-egress",
        breaks: "a pool in no subnet of the stack",
        change: without("pool-apps-agent-pool", "vnetSubnetID"),
        expect: ["pool-apps-agent-pool: pool apps9c97 is in a network that AKS makes, past all of this one"],
    },
    {
        rule: "address-ranges-do-not-overlap",
        breaks: "a pod range inside the network",
        change: set("cluster-managed-cluster", "networkProfile.podCidr", "10.32.0.0/16"),
        expect: ["vnet-lz-prod-weu 10.32.0.0/18 and aks-lz-prod-weu 10.32.0.0/16 share addresses"],
    },
    {
        rule: "address-ranges-do-not-overlap",
        breaks: "two subnets that share addresses",
        change: set("network-agents-subnet", "addressPrefix", "10.32.0.128/27"),
        expect: [
            "snet-lz-prod-weu-private-endpoints 10.32.0.128/26 and snet-lz-prod-weu-agents 10.32.0.128/27 share addresses",
        ],
    },
    {
        rule: "address-ranges-do-not-overlap",
        breaks: "a peer that uses the service range",
        change: (stack) => void (stack.peerRanges = ["10.245.0.0/24"]),
        expect: ["aks-lz-prod-weu 10.245.0.0/16 and peer 10.245.0.0/24 share addresses"],
    },
    {
        rule: "private-endpoint-registers-its-name",
        breaks: "a missing zone group",
        change: removed("vault-private-link-dns"),
        expect: ["vault-private-link-endpoint: no DNS zone group registers its address"],
    },
    {
        rule: "private-endpoint-registers-its-name",
        breaks: "a zone group without a zone",
        change: set("vault-private-link-dns", "privateDnsZoneConfigs", []),
        expect: ["vault-private-link-endpoint: no DNS zone group registers its address"],
    },
    {
        rule: "private-dns-zone-is-linked",
        breaks: "a missing link",
        change: removed("network-key-vault-zone-link"),
        expect: ["network-key-vault-zone: is linked to no network"],
    },
    {
        rule: "security-group-priorities-are-unique",
        breaks: "two rules of one priority",
        change: (stack) => void (webRule(stack)["priority"] = 4096),
        expect: [`${ingressNsg}: Inbound 4096 has "AllowPrivateIngress" and "DenyAllInbound"`],
    },
    {
        rule: "security-group-guards-a-subnet",
        breaks: "a subnet that takes the group of another",
        change: (stack) => {
            const other = resource(stack, "network-user-nodes-nsg").id;
            setInput(stack, "network-system-nodes-subnet", "networkSecurityGroup.id", other);
        },
        expect: ["network-system-nodes-nsg: no subnet uses it"],
    },
    {
        rule: "subnets-lie-in-their-network",
        breaks: "a range of another network",
        change: set("network-agents-subnet", "addressPrefix", "10.33.0.0/27"),
        expect: ["network-agents-subnet: 10.33.0.0/27 is outside its network"],
    },
    {
        rule: "subnets-lie-in-their-network",
        breaks: "a subnet without a range",
        change: without("network-agents-subnet", "addressPrefix"),
        expect: ["network-agents-subnet: has no range"],
    },
    {
        rule: "private-endpoints-obey-a-security-group",
        breaks: "a missing property",
        change: without("network-private-endpoints-subnet", "privateEndpointNetworkPolicies"),
        expect: [
            "vault-private-link-endpoint: the network policies of its subnet are unset",
            "registry-private-link-endpoint: the network policies of its subnet are unset",
        ],
    },
    {
        rule: "closed-services-have-a-private-endpoint",
        breaks: "a missing endpoint",
        change: removed("vault-private-link-endpoint"),
        expect: ["vault-vault: is closed to the Internet and has no private endpoint"],
    },
    {
        rule: "closed-services-have-a-private-endpoint",
        breaks: "an endpoint of something else",
        change: set("registry-private-link-endpoint", "privateLinkServiceConnections", []),
        expect: ["registry-registry: is closed to the Internet and has no private endpoint"],
    },
    {
        rule: "private-dns-zones-register-no-machines",
        breaks: "a missing property",
        change: without("network-registry-zone-link", "registrationEnabled"),
        expect: ["network-registry-zone-link: `registrationEnabled` is not set to false"],
    },
    {
        rule: "egress-addresses-stay",
        breaks: "an address that changes",
        change: set("network-egress-1-ip", "publicIPAllocationMethod", "Dynamic"),
        expect: ["network-egress-1-ip: `publicIPAllocationMethod` is not Static"],
    },
    {
        rule: "egress-addresses-stay",
        breaks: "no kind",
        change: without("network-egress-1-ip", "sku"),
        expect: ["network-egress-1-ip: `sku.name` is not Standard"],
    },
    {
        rule: "nat-gateways-have-an-address",
        breaks: "no address",
        change: (stack) => {
            setInput(stack, "network-nat-gateway", "publicIpAddresses", undefined);
            remove(stack, "network-egress-1-ip");
            remove(stack, "network-egress-2-ip");
        },
        expect: ["network-nat-gateway: has no address"],
    },
    {
        rule: "api-server-subnet-is-delegated",
        breaks: "a missing delegation",
        change: without("network-api-server-subnet", "delegations"),
        expect: ["cluster-managed-cluster: the subnet of its API server is not delegated to AKS"],
    },
    {
        rule: "api-server-subnet-is-delegated",
        breaks: "a subnet that is too small",
        change: set("network-api-server-subnet", "addressPrefix", "10.32.0.0/29"),
        expect: ["cluster-managed-cluster: the subnet of its API server is 10.32.0.0/29, less than a /28"],
    },
];
