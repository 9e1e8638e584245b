import * as z from "zod";
import { EgressType } from "../../components/networkArgs";
import {
    choice,
    cidr,
    effect,
    flag,
    inPlace,
    integer,
    ipAddress,
    replaces,
    virtualNetworkId,
} from "./values";

const subnet = replaces("the subnet and everything in it");

const prefix = (role: string) =>
    integer(8, 29)
        .optional()
        .meta(
            effect(`Prefix length of the subnet for ${role}.`, subnet, {
                defaultText: "from the address plan",
            }),
        );

const subnetPrefixLengths = z.strictObject({
    systemNodes: prefix("system nodes"),
    userNodes: prefix("user nodes"),
    ingress: prefix("the ingress load balancer"),
    apiServer: prefix("the API server, delegated to AKS; 28 at most"),
    privateEndpoints: prefix("private endpoints"),
    agents: prefix("pipeline agents"),
});

const egress = z.strictObject({
    type: choice(EgressType)
        .default(EgressType.NatGateway)
        .meta(
            effect(
                "How nodes reach the Internet: through a NAT gateway of their own, a firewall in the hub (route table), or the cluster's load balancer.",
                replaces("the cluster"),
            ),
        ),
    natGatewayPublicIpCount: integer(1, 16)
        .optional()
        .meta(
            effect(
                "Public addresses of the NAT gateway; each adds 64,512 outbound ports. Only with type NatGateway.",
                inPlace,
                { defaultText: "1" },
            ),
        ),
    natGatewayIdleTimeoutInMinutes: integer(4, 120)
        .optional()
        .meta(
            effect(
                "Minutes after which the NAT gateway drops an idle flow. Only with type NatGateway.",
                inPlace,
                { defaultText: "4" },
            ),
        ),
    natGatewayZone: z
        .enum(["1", "2", "3"])
        .optional()
        .meta(
            effect(
                "Zone that the NAT gateway is pinned to. Only with type NatGateway.",
                replaces("the NAT gateway"),
                {
                    allowed: '"1", "2" or "3", in quotes',
                    defaultText: "none: Azure chooses",
                },
            ),
        ),
    firewallPrivateIpAddress: ipAddress()
        .optional()
        .meta(
            effect(
                "Private address of the hub firewall that all outbound traffic is routed to. Needed by type Firewall.",
            ),
        ),
});

const hub = z.strictObject({
    virtualNetworkId: virtualNetworkId().meta(
        effect("Id of the hub's virtual network to peer with.", replaces("the peering")),
    ),
    useHubGateway: flag()
        .default(false)
        .meta(effect("Reach on-premises networks through the hub's VPN or ExpressRoute gateway.")),
    peerBack: flag()
        .default(true)
        .meta(effect("Also create the hub's side of the peering; needs rights on the hub's network.")),
});

const privateDns = z.strictObject({
    keyVault: flag().default(true).meta(effect("Create the private DNS zone for Key Vault and link it.")),
    registry: flag().default(true).meta(effect("Create the private DNS zone for the registry and link it.")),
});

export const networkSchema = z.strictObject({
    addressSpace: cidr().meta(
        effect(
            "Address range of the virtual network; every subnet is computed from it.",
            replaces("every subnet"),
        ),
    ),
    subnetPrefixLengths: subnetPrefixLengths
        .default({})
        .meta(effect("Sizes of single subnets, where the address plan's own do not fit.")),
    agentsSubnet: flag()
        .default(false)
        .meta(effect("Add a subnet for pipeline agents that reach a private API server.")),
    egress: egress.prefault({}).meta(effect("The way out of the cluster.")),
    hub: hub
        .optional()
        .meta(
            effect("An existing hub network to peer with.", undefined, { defaultText: "none: no peering" }),
        ),
    peers: z
        .array(cidr())
        .default([])
        .meta(
            effect("Ranges that are reached by peering, VPN or ExpressRoute; nothing here may overlap them."),
        ),
    trustedSources: z
        .array(cidr())
        .default([])
        .meta(
            effect(
                "Ranges outside the network that may open port 443 of the API server and the private endpoints: VPN clients, jump hosts.",
            ),
        ),
    privateDns: privateDns.prefault({}).meta(effect("Private DNS zones that this stack owns.")),
});
