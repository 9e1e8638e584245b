import type * as pulumi from "@pulumi/pulumi";

/** How traffic from nodes and agents leaves the network. */
export const EgressType = {
    /** Through a NAT gateway of the network's own with static public addresses. */
    NatGateway: "NatGateway",
    /** Through a firewall that exists elsewhere, by a route for 0.0.0.0/0. */
    Firewall: "Firewall",
    /** Through the outbound rule of the load balancer that AKS creates. Agents get no way out. */
    LoadBalancer: "LoadBalancer",
} as const;
/** One of the values of the constant of the same name. */
export type EgressType = (typeof EgressType)[keyof typeof EgressType];

/** Sizes of the subnets as prefix lengths: 24 stands for a /24. Changing one can move the subnets after it, which Azure refuses while anything is in them. */
export interface SubnetPrefixLengthsArgs {
    /** Subnet of the system node pool, one address per node. Defaults to 24, 251 usable addresses. */
    systemNodes?: number;
    /** Subnet of the other node pools, one address per node. Defaults to half of the network, at most a /19. */
    userNodes?: number;
    /** Subnet of internal load balancers, one address per front end. Defaults to 26, 59 usable addresses. */
    ingress?: number;
    /** Subnet of the API server, 28 at most. Defaults to 28, which is enough for one cluster. */
    apiServer?: number;
    /** Subnet of private endpoints. Defaults to 26, 59 usable addresses. */
    privateEndpoints?: number;
    /** Subnet of build agents. Defaults to 26, 59 usable addresses. */
    agents?: number;
}

/** The way out of the network and what it needs. */
export interface EgressArgs {
    /** Kind of egress. It decides the outbound type of a cluster in the network, which replaces the cluster when it changes. Defaults to NatGateway. */
    type?: EgressType;
    /** For NatGateway: how many public addresses, 1 to 16; each gives 64,512 ports for connections. Defaults to 1. */
    natGatewayPublicIpCount?: number;
    /** For NatGateway: minutes until an idle connection is dropped, 4 to 120. Defaults to 4. */
    natGatewayIdleTimeoutInMinutes?: number;
    /** For NatGateway: availability zone "1", "2" or "3" of the gateway and its addresses. Defaults to none: Azure picks one. Changing this replaces both, addresses included. */
    natGatewayZone?: string;
    /** For Firewall, and required there: the firewall's private IPv4 address, the next hop of the route. */
    firewallPrivateIpAddress?: string;
}

/** An existing hub network to peer with. */
export interface HubPeeringArgs {
    /** Resource id of the hub's virtual network; it may be in another subscription. Changing this replaces the peerings. */
    virtualNetworkId: string;
    /** Entra tenant of the hub's subscription, a GUID. Defaults to the tenant that the environment's credentials belong to. */
    tenantId?: string;
    /** Whether traffic to on-premises networks goes through the hub's VPN or ExpressRoute gateway. Defaults to false. */
    useHubGateway?: boolean;
    /** Whether the hub's side of the peering is created too, with the deployer's rights in the hub. Defaults to true; false leaves it to the hub's owner. */
    peerBack?: boolean;
}

/** Private DNS zones that are created and linked to the network. */
export interface PrivateDnsArgs {
    /** Whether there is a zone for key vaults, privatelink.vaultcore.azure.net. Defaults to true; false where a hub resolves it. */
    keyVault?: boolean;
    /** Whether there is a zone for container registries, privatelink.azurecr.io. Defaults to true; false where a hub resolves it. */
    registry?: boolean;
    /** Name of a zone for private API servers, such as private.westeurope.azmk8s.io. Defaults to none: AKS makes its own. Changing this replaces the zone. */
    apiServerZoneName?: string;
}

/** Arguments of the Network component. */
export interface NetworkArgs {
    /** Name of the resource group that everything is created in. Changing this replaces everything. */
    resourceGroupName: pulumi.Input<string>;
    /** Azure region, for example westeurope. Changing this replaces everything. */
    location: pulumi.Input<string>;
    /** Common part of the Azure names, for example lz-dev-weu. Changing this replaces everything. */
    baseName: string;
    /** Address range of the virtual network in CIDR notation, for example 10.10.0.0/20; the defaults want a /22 or larger. Changing this moves the subnets, which Azure refuses while anything is in them. */
    addressSpace: string;
    /** Overlay range that pods of the cluster get their addresses from, outside `addressSpace`. Security groups see it between nodes and must let it pass. */
    podCidr: string;
    /** Sizes of subnets that differ from the defaults. */
    subnetPrefixLengths?: SubnetPrefixLengthsArgs;
    /** Whether there is a subnet for an API server inside the network. Defaults to true. The other subnets stay where they are either way. */
    apiServerSubnet?: boolean;
    /** Whether there is a subnet for build agents. Defaults to false. The other subnets stay where they are either way. */
    agentsSubnet?: boolean;
    /** How traffic leaves the network. Defaults to a NAT gateway with one public address. */
    egress?: EgressArgs;
    /** Existing hub network to peer with. Defaults to none. */
    hub?: HubPeeringArgs;
    /** Whether clients on the Internet may reach ports 80 and 443 of a public load balancer. Defaults to false. */
    publicIngress?: boolean;
    /** Ranges outside the network, in CIDR notation, that may open port 443 of the API server and the private endpoints: VPN clients, jump hosts, authorised public ranges. Defaults to none. */
    trustedSources?: string[];
    /** Private DNS zones. Defaults to those for key vaults and registries. */
    privateDns?: PrivateDnsArgs;
    /** Id of a Log Analytics workspace for the logs of the network and its security groups. Defaults to none. */
    logAnalyticsWorkspaceId?: pulumi.Input<string>;
    /** Tags of every resource that can have them. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}
