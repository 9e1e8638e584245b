import { createHash } from "node:crypto";
import type * as network from "@pulumi/azure-native/network";
import type * as privatedns from "@pulumi/azure-native/privatedns";
import type { AzureResourceType } from "../../resourceType";
import { deterministicGuid } from "../deterministicGuid";
import { define } from "./define";

const provisioningState = "Succeeded";

/** A repeatable number below `limit` for a text. */
function numberFrom(text: string, limit: number): number {
    return createHash("sha256").update(text).digest().readUInt32BE(0) % limit;
}

/** A made-up public address: 198.18.0.0/15 is set aside for tests (RFC 2544), no host on the Internet has it. */
function publicAddress(id: string): string {
    const offset = 1 + numberFrom(id, 2 ** 17 - 2);
    return `198.${18 + (offset >> 16)}.${(offset >> 8) & 255}.${offset & 255}`;
}

/** The rules that every network security group has by nature, after all rules of its own. */
function defaultSecurityRules(id: string): Record<string, unknown>[] {
    const rule = (
        name: string,
        priority: number,
        direction: string,
        access: string,
        sourceAddressPrefix: string,
        destinationAddressPrefix: string,
    ) => ({
        id: `${id}/defaultSecurityRules/${name}`,
        name,
        priority,
        direction,
        access,
        protocol: "*",
        sourceAddressPrefix,
        sourcePortRange: "*",
        destinationAddressPrefix,
        destinationPortRange: "*",
        provisioningState,
    });
    return [
        rule("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
        rule("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
        rule("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
        rule("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
        rule("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
        rule("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
    ];
}

/** Objects that live inside another one get ids below it, by their name. */
function withIds<T extends { name?: string }>(
    items: readonly T[] | undefined,
    parent: string,
): Record<string, unknown>[] {
    return (items ?? []).map((item) => ({ ...item, id: `${parent}/${item.name ?? ""}`, provisioningState }));
}

/** Microsoft.Network, its private DNS zones included. */
export const networkTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:network:VirtualNetwork": define<network.VirtualNetworkArgs>({
        armType: "Microsoft.Network/virtualNetworks",
        nameInputs: ["virtualNetworkName"],
        scope: "resourceGroup",
        compute: ({ id }) => ({ resourceGuid: deterministicGuid(id), provisioningState }),
    }),
    "azure-native:network:Subnet": define<network.SubnetArgs>({
        armType: "Microsoft.Network/virtualNetworks/subnets",
        nameInputs: ["virtualNetworkName", "subnetName"],
        scope: "resourceGroup",
        compute: ({ id, inputs }) => ({
            provisioningState,
            ...(inputs.delegations ? { delegations: withIds(inputs.delegations, `${id}/delegations`) } : {}),
        }),
    }),
    "azure-native:network:NetworkSecurityGroup": define<network.NetworkSecurityGroupArgs>({
        armType: "Microsoft.Network/networkSecurityGroups",
        nameInputs: ["networkSecurityGroupName"],
        scope: "resourceGroup",
        compute: ({ id, inputs }) => ({
            resourceGuid: deterministicGuid(id),
            provisioningState,
            securityRules: withIds(inputs.securityRules, `${id}/securityRules`),
            defaultSecurityRules: defaultSecurityRules(id),
        }),
    }),
    "azure-native:network:RouteTable": define<network.RouteTableArgs>({
        armType: "Microsoft.Network/routeTables",
        nameInputs: ["routeTableName"],
        scope: "resourceGroup",
        compute: ({ id, inputs }) => ({
            resourceGuid: deterministicGuid(id),
            provisioningState,
            routes: withIds(inputs.routes, `${id}/routes`),
        }),
    }),
    "azure-native:network:PublicIPAddress": define<network.PublicIPAddressArgs>({
        armType: "Microsoft.Network/publicIPAddresses",
        nameInputs: ["publicIpAddressName"],
        scope: "resourceGroup",
        compute: ({ id, inputs }) => ({
            resourceGuid: deterministicGuid(id),
            provisioningState,
            // A dynamic address exists only while something uses it.
            ...(inputs.publicIPAllocationMethod === "Static" ? { ipAddress: publicAddress(id) } : {}),
        }),
    }),
    "azure-native:network:NatGateway": define<network.NatGatewayArgs>({
        armType: "Microsoft.Network/natGateways",
        nameInputs: ["natGatewayName"],
        scope: "resourceGroup",
        compute: ({ id }) => ({ resourceGuid: deterministicGuid(id), provisioningState }),
    }),
    "azure-native:network:VirtualNetworkPeering": define<network.VirtualNetworkPeeringArgs>({
        armType: "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        nameInputs: ["virtualNetworkName", "virtualNetworkPeeringName"],
        scope: "resourceGroup",
        // Azure says so once both sides exist; until then the first one is "Initiated".
        compute: () => ({ provisioningState, peeringState: "Connected", peeringSyncLevel: "FullyInSync" }),
    }),
    "azure-native:network:PrivateEndpoint": define<network.PrivateEndpointArgs>({
        armType: "Microsoft.Network/privateEndpoints",
        nameInputs: ["privateEndpointName"],
        scope: "resourceGroup",
        compute: ({ id, name, inputs }) => {
            const [group = ""] = id.split("/providers/");
            const nic = inputs.customNetworkInterfaceName ?? `${name}.nic.${deterministicGuid(id)}`;
            const approved = {
                privateLinkServiceConnectionState: {
                    status: "Approved",
                    description: "Auto-Approved",
                    actionsRequired: "None",
                },
            };
            return {
                provisioningState,
                customDnsConfigs: [],
                networkInterfaces: [{ id: `${group}/providers/Microsoft.Network/networkInterfaces/${nic}` }],
                privateLinkServiceConnections: withIds(
                    inputs.privateLinkServiceConnections,
                    `${id}/privateLinkServiceConnections`,
                ).map((connection) => ({ ...connection, ...approved })),
            };
        },
    }),
    "azure-native:network:PrivateDnsZoneGroup": define<network.PrivateDnsZoneGroupArgs>({
        armType: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        nameInputs: ["privateEndpointName", "privateDnsZoneGroupName"],
        scope: "resourceGroup",
        compute: () => ({ provisioningState }),
    }),
    "azure-native:privatedns:PrivateZone": define<privatedns.PrivateZoneArgs>({
        armType: "Microsoft.Network/privateDnsZones",
        nameInputs: ["privateZoneName"],
        scope: "resourceGroup",
        // The limits are Azure's for every zone; the counts are those of a zone that was made a moment ago.
        compute: ({ id }) => ({
            provisioningState,
            internalId: Buffer.from(`Immutable;${deterministicGuid(id)};0`).toString("base64"),
            maxNumberOfRecordSets: 25000,
            maxNumberOfVirtualNetworkLinks: 1000,
            maxNumberOfVirtualNetworkLinksWithRegistration: 100,
            numberOfRecordSets: 1,
            numberOfVirtualNetworkLinks: 0,
            numberOfVirtualNetworkLinksWithRegistration: 0,
        }),
    }),
    "azure-native:privatedns:VirtualNetworkLink": define<privatedns.VirtualNetworkLinkArgs>({
        armType: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        nameInputs: ["privateZoneName", "virtualNetworkLinkName"],
        scope: "resourceGroup",
        compute: () => ({ provisioningState, virtualNetworkLinkState: "Completed" }),
    }),
};
