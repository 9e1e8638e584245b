import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { azureName } from "./internal/naming";
import { EgressType } from "./networkArgs";
import type { EgressArgs, NetworkArgs } from "./networkArgs";

const defaults = {
    type: EgressType.NatGateway,
    natGatewayPublicIpCount: 1,
    // Azure's own default; longer keeps ports busy that new connections could use.
    natGatewayIdleTimeoutInMinutes: 4,
};

/** The way out of a network: what its subnets carry, and how others see it. */
export interface Egress {
    /** Kind of egress, with the default filled in. */
    type: EgressType;
    /** Gateway to attach to subnets that call out. */
    natGatewayId?: pulumi.Output<string>;
    /** Route table to attach to subnets that call out. */
    routeTableId?: pulumi.Output<string>;
    /** Public addresses that outbound traffic comes from, where this network has them. */
    publicIpAddresses: pulumi.Output<string[]>;
}

/** Creates the resources of a network's egress as children of the network. Expects settings that were checked. */
export function createEgress(parent: pulumi.Resource, name: string, args: NetworkArgs): Egress {
    const egress = args.egress ?? {};
    const type = egress.type ?? defaults.type;
    switch (type) {
        case EgressType.NatGateway:
            return createNatGateway(parent, name, args, egress);
        case EgressType.Firewall:
            return createFirewallRoute(parent, name, args, egress);
        case EgressType.LoadBalancer:
            return { type, publicIpAddresses: pulumi.output([]) };
    }
}

function createNatGateway(
    parent: pulumi.Resource,
    name: string,
    args: NetworkArgs,
    egress: EgressArgs,
): Egress {
    const { resourceGroupName, location, tags, baseName } = args;
    const zone = egress.natGatewayZone;
    const zones = zone === undefined ? undefined : [zone];
    // The zone cannot be changed in place. It is part of the names, so that a gateway in another zone can be built and
    // attached before the old one is deleted. Said aloud: azure-native deletes first what has a name that was given to it.
    const options = { parent, deleteBeforeReplace: false };
    const inZone = (role?: string) =>
        [role, zone && `z${zone}`].filter((part) => part !== undefined).join("-");

    const count = egress.natGatewayPublicIpCount ?? defaults.natGatewayPublicIpCount;
    const addresses = Array.from({ length: count }, (_, index) => `egress-${index + 1}`).map(
        (role) =>
            new network.PublicIPAddress(
                `${name}-${role}-ip`,
                {
                    resourceGroupName,
                    location,
                    tags,
                    publicIpAddressName: azureName("publicIpAddress", baseName, inZone(role)),
                    sku: { name: "Standard", tier: "Regional" },
                    publicIPAddressVersion: "IPv4",
                    publicIPAllocationMethod: "Static",
                    zones,
                },
                options,
            ),
    );
    const natGateway = new network.NatGateway(
        `${name}-nat-gateway`,
        {
            resourceGroupName,
            location,
            tags,
            natGatewayName: azureName("natGateway", baseName, inZone()),
            sku: { name: "Standard" },
            idleTimeoutInMinutes:
                egress.natGatewayIdleTimeoutInMinutes ?? defaults.natGatewayIdleTimeoutInMinutes,
            publicIpAddresses: addresses.map(({ id }) => ({ id })),
            zones,
        },
        options,
    );
    return {
        type: EgressType.NatGateway,
        natGatewayId: natGateway.id,
        publicIpAddresses: pulumi
            .all(addresses.map(({ ipAddress }) => ipAddress))
            .apply((known) => known.filter((address) => address !== undefined)),
    };
}

function createFirewallRoute(
    parent: pulumi.Resource,
    name: string,
    args: NetworkArgs,
    egress: EgressArgs,
): Egress {
    const { resourceGroupName, location, tags, baseName } = args;
    const routeTable = new network.RouteTable(
        `${name}-route-table`,
        {
            resourceGroupName,
            location,
            tags,
            routeTableName: azureName("routeTable", baseName),
            // Routes learned from a hub gateway would be more specific than 0.0.0.0/0 and lead around the firewall.
            disableBgpRoutePropagation: true,
            routes: [
                {
                    name: "default-to-firewall",
                    addressPrefix: "0.0.0.0/0",
                    nextHopType: "VirtualAppliance",
                    nextHopIpAddress: egress.firewallPrivateIpAddress,
                },
            ],
        },
        { parent },
    );
    return { type: EgressType.Firewall, routeTableId: routeTable.id, publicIpAddresses: pulumi.output([]) };
}
