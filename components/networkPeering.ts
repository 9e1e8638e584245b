import * as network from "@pulumi/azure-native/network";
import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import { parseVirtualNetworkId } from "./internal/virtualNetworkId";
import type { HubPeeringArgs } from "./networkArgs";

const defaults = {
    useHubGateway: false,
    peerBack: true,
};

/**
 * Creates the peering of a virtual network with its hub, both sides where the caller may, as children of the network.
 * Returns the peering that is made last, the network's own.
 */
export function createHubPeering(
    parent: pulumi.Resource,
    name: string,
    resourceGroupName: pulumi.Input<string>,
    args: HubPeeringArgs,
    virtualNetwork: network.VirtualNetwork,
): network.VirtualNetworkPeering {
    const hub = parseVirtualNetworkId(args.virtualNetworkId);
    if (!hub) {
        throw new pulumi.ResourceError(
            `"${args.virtualNetworkId}" is not the id of a virtual network`,
            parent,
        );
    }
    const useHubGateway = args.useHubGateway ?? defaults.useHubGateway;
    let hubSide: network.VirtualNetworkPeering | undefined;
    if (args.peerBack ?? defaults.peerBack) {
        // The subscription of a resource is that of its provider, and a hub mostly has a subscription of its own.
        // Credentials come from the environment.
        const provider = new Provider(
            `${name}-hub`,
            { subscriptionId: hub.subscriptionId, tenantId: args.tenantId },
            { parent },
        );
        hubSide = new network.VirtualNetworkPeering(
            `${name}-from-hub-peering`,
            {
                resourceGroupName: hub.resourceGroupName,
                virtualNetworkName: hub.name,
                virtualNetworkPeeringName: pulumi.interpolate`peer-to-${virtualNetwork.name}`,
                remoteVirtualNetwork: { id: virtualNetwork.id },
                allowVirtualNetworkAccess: true,
                allowForwardedTraffic: false,
                allowGatewayTransit: useHubGateway,
                useRemoteGateways: false,
            },
            { parent, provider },
        );
    }
    return new network.VirtualNetworkPeering(
        `${name}-to-hub-peering`,
        {
            resourceGroupName,
            virtualNetworkName: virtualNetwork.name,
            virtualNetworkPeeringName: `peer-to-${hub.name}`,
            remoteVirtualNetwork: { id: args.virtualNetworkId },
            allowVirtualNetworkAccess: true,
            // The hub's firewall passes on traffic that does not come from the hub itself.
            allowForwardedTraffic: true,
            allowGatewayTransit: false,
            useRemoteGateways: useHubGateway,
        },
        // Each side writes both networks, and Azure writes a network one change at a time. The hub's side goes first
        // because Azure refuses the use of a remote gateway until that side permits it.
        { parent, dependsOn: hubSide },
    );
}
