import * as monitor from "@pulumi/azure-native/monitor";
import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as pulumi from "@pulumi/pulumi";
import { planAddresses } from "./internal/addressPlan";
import type { AddressPlan, SubnetRole } from "./internal/addressPlan";
import { azureName } from "./internal/naming";
import { networkProblems, outboundTypes } from "./internal/networkRules";
import { nsgRules } from "./internal/nsgRules";
import { recreatable } from "./internal/protection";
import type { NetworkArgs } from "./networkArgs";
import { createEgress } from "./networkEgress";
import type { Egress } from "./networkEgress";
import { createHubPeering } from "./networkPeering";

const defaults = {
    apiServerSubnet: true,
    agentsSubnet: false,
    publicIngress: false,
    keyVaultZone: true,
    registryZone: true,
};

/** Subnets with machines that call out. The others hold load balancer front ends, private endpoints and machines of AKS. */
const subnetsWithEgress: readonly SubnetRole[] = ["agents", "systemNodes", "userNodes"];

/**
 * A virtual network for one cluster: subnets by role from a computed address plan, a security group each, one explicit
 * way out, peering with a hub, and private DNS zones. No subnet has Azure's implicit Internet access.
 */
export class Network extends pulumi.ComponentResource {
    /** Id of the virtual network. */
    public readonly virtualNetworkId: pulumi.Output<string>;
    /** Name of the virtual network. */
    public readonly virtualNetworkName: pulumi.Output<string>;
    /** Id of the subnet for the system node pool. Egress and security group are attached once it is known. */
    public readonly systemNodesSubnetId: pulumi.Output<string>;
    /** Id of the subnet for all other node pools. Egress and security group are attached once it is known. */
    public readonly userNodesSubnetId: pulumi.Output<string>;
    /** Id of the subnet for internal load balancers. */
    public readonly ingressSubnetId: pulumi.Output<string>;
    /** Name of the subnet for internal load balancers, as the annotation of a Service wants it. */
    public readonly ingressSubnetName: pulumi.Output<string>;
    /** Id of the subnet for private endpoints. */
    public readonly privateEndpointsSubnetId: pulumi.Output<string>;
    /** Id of the subnet that is delegated to AKS for the API server; absent without it. */
    public readonly apiServerSubnetId?: pulumi.Output<string>;
    /** Id of the subnet for build agents; absent without it. */
    public readonly agentsSubnetId?: pulumi.Output<string>;
    /** Id of the route table that leads to the firewall; absent with another egress. */
    public readonly routeTableId?: pulumi.Output<string>;
    /** Id of the private DNS zone for key vaults, known once it is linked to the network; absent without it. */
    public readonly keyVaultZoneId?: pulumi.Output<string>;
    /** Id of the private DNS zone for registries, known once it is linked to the network; absent without it. */
    public readonly registryZoneId?: pulumi.Output<string>;
    /** Id of the private DNS zone for the API server, known once it is linked to the network; absent without it. */
    public readonly apiServerZoneId?: pulumi.Output<string>;
    /** Public addresses that outbound traffic comes from, for the allow lists of others; empty where a firewall or AKS has them. */
    public readonly egressPublicIpAddresses: pulumi.Output<string[]>;
    /** Outbound type that a cluster in this network must have: userAssignedNATGateway, userDefinedRouting or loadBalancer. */
    public readonly outboundType: pulumi.Output<string>;

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Network", name, {}, opts);
        const problems = networkProblems(args);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }
        const plan = planAddresses({
            addressSpace: args.addressSpace,
            prefixLengths: args.subnetPrefixLengths,
            apiServerSubnet: args.apiServerSubnet ?? defaults.apiServerSubnet,
            agentsSubnet: args.agentsSubnet ?? defaults.agentsSubnet,
        });
        const egress = createEgress(this, name, args);
        const virtualNetwork = new network.VirtualNetwork(
            `${name}-vnet`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                tags: args.tags,
                virtualNetworkName: azureName("virtualNetwork", args.baseName),
                // Subnets and peerings are resources of their own; lists of them here would delete those.
                addressSpace: { addressPrefixes: [args.addressSpace] },
            },
            { parent: this },
        );
        createDiagnostics(this, `${name}-vnet`, args, virtualNetwork.id, ["AllMetrics"]);
        // Peering comes before the subnets: what starts in them may find its way out, or names, in the hub only.
        const peering =
            args.hub && createHubPeering(this, name, args.resourceGroupName, args.hub, virtualNetwork);
        const subnets = createSubnets(this, name, args, plan, egress, virtualNetwork, peering);
        const zoneId = (role: string, zoneName: string) =>
            createZone(this, name, args, role, zoneName, virtualNetwork);

        this.virtualNetworkId = virtualNetwork.id;
        this.virtualNetworkName = virtualNetwork.name;
        this.systemNodesSubnetId = subnets.systemNodes.id;
        this.userNodesSubnetId = subnets.userNodes.id;
        this.ingressSubnetId = subnets.ingress.id;
        this.ingressSubnetName = pulumi.output(azureName("subnet", args.baseName, "ingress"));
        this.privateEndpointsSubnetId = subnets.privateEndpoints.id;
        this.apiServerSubnetId = subnets.apiServer?.id;
        this.agentsSubnetId = subnets.agents?.id;
        this.routeTableId = egress.routeTableId;
        if (args.privateDns?.keyVault ?? defaults.keyVaultZone) {
            this.keyVaultZoneId = zoneId("key-vault", "privatelink.vaultcore.azure.net");
        }
        if (args.privateDns?.registry ?? defaults.registryZone) {
            this.registryZoneId = zoneId("registry", "privatelink.azurecr.io");
        }
        if (args.privateDns?.apiServerZoneName !== undefined) {
            this.apiServerZoneId = zoneId("api-server", args.privateDns.apiServerZoneName);
        }
        this.egressPublicIpAddresses = egress.publicIpAddresses;
        this.outboundType = pulumi.output(outboundTypes[egress.type]);
        this.registerOutputs({
            virtualNetworkId: this.virtualNetworkId,
            virtualNetworkName: this.virtualNetworkName,
            systemNodesSubnetId: this.systemNodesSubnetId,
            userNodesSubnetId: this.userNodesSubnetId,
            ingressSubnetId: this.ingressSubnetId,
            ingressSubnetName: this.ingressSubnetName,
            privateEndpointsSubnetId: this.privateEndpointsSubnetId,
            apiServerSubnetId: this.apiServerSubnetId,
            agentsSubnetId: this.agentsSubnetId,
            routeTableId: this.routeTableId,
            keyVaultZoneId: this.keyVaultZoneId,
            registryZoneId: this.registryZoneId,
            apiServerZoneId: this.apiServerZoneId,
            egressPublicIpAddresses: this.egressPublicIpAddresses,
            outboundType: this.outboundType,
        });
    }
}

/** The subnets by role, in the order of the plan; a plan leaves out optional ones only. */
type Subnets = { [role in Exclude<SubnetRole, OptionalRole>]: network.Subnet } & {
    [role in OptionalRole]?: network.Subnet;
};
type OptionalRole = "apiServer" | "agents";

function createSubnets(
    parent: pulumi.Resource,
    name: string,
    args: NetworkArgs,
    plan: AddressPlan,
    egress: Egress,
    virtualNetwork: network.VirtualNetwork,
    peering: network.VirtualNetworkPeering | undefined,
): Subnets {
    const { resourceGroupName, location, tags, baseName } = args;
    const facts = {
        subnets: Object.fromEntries(plan.map(({ role, cidr }) => [role, cidr])),
        podCidr: args.podCidr,
        trustedSources: args.trustedSources ?? [],
        publicIngress: args.publicIngress ?? defaults.publicIngress,
    };
    const subnets: Partial<Subnets> = {};
    let previous: pulumi.Resource | undefined = peering;
    for (const { role, name: roleName, cidr } of plan) {
        const securityGroup = new network.NetworkSecurityGroup(
            `${name}-${roleName}-nsg`,
            {
                resourceGroupName,
                location,
                tags,
                networkSecurityGroupName: azureName("networkSecurityGroup", baseName, roleName),
                securityRules: nsgRules(role, facts),
            },
            { parent },
        );
        createDiagnostics(parent, `${name}-${roleName}-nsg`, args, securityGroup.id, []);
        const callsOut = subnetsWithEgress.includes(role);
        const subnet: network.Subnet = new network.Subnet(
            `${name}-${roleName}-subnet`,
            {
                resourceGroupName,
                virtualNetworkName: virtualNetwork.name,
                subnetName: azureName("subnet", baseName, roleName),
                addressPrefix: cidr,
                defaultOutboundAccess: false,
                networkSecurityGroup: { id: securityGroup.id },
                natGateway: callsOut && egress.natGatewayId ? { id: egress.natGatewayId } : undefined,
                routeTable: callsOut && egress.routeTableId ? { id: egress.routeTableId } : undefined,
                // Enabled, security groups also guard private endpoints. In other subnets AKS may put its own (that of a
                // private API server), which must stay reachable for whoever AKS lets in.
                privateEndpointNetworkPolicies:
                    role === "privateEndpoints" ? "NetworkSecurityGroupEnabled" : "Disabled",
                delegations:
                    role === "apiServer"
                        ? [
                              {
                                  name: "aks-api-server",
                                  serviceName: "Microsoft.ContainerService/managedClusters",
                              },
                          ]
                        : undefined,
            },
            // Azure writes a virtual network one change at a time: parallel subnets fail with AnotherOperationInProgress.
            { parent, dependsOn: previous },
        );
        subnets[role] = subnet;
        previous = subnet;
    }
    return subnets as Subnets;
}

/** Creates a private DNS zone and its link; the id that it returns is known when names resolve. */
function createZone(
    parent: pulumi.Resource,
    name: string,
    args: NetworkArgs,
    role: string,
    zoneName: string,
    virtualNetwork: network.VirtualNetwork,
): pulumi.Output<string> {
    const { resourceGroupName, tags } = args;
    const zone = new privatedns.PrivateZone(
        `${name}-${role}-zone`,
        { resourceGroupName, location: "Global", tags, privateZoneName: zoneName },
        { parent },
    );
    const link = new privatedns.VirtualNetworkLink(
        `${name}-${role}-zone-link`,
        {
            resourceGroupName,
            location: "Global",
            tags,
            privateZoneName: zone.name,
            virtualNetworkLinkName: virtualNetwork.name,
            virtualNetwork: { id: virtualNetwork.id },
            registrationEnabled: false,
        },
        { parent },
    );
    return pulumi.all([zone.id, link.id]).apply(([id]) => id);
}

function createDiagnostics(
    parent: pulumi.Resource,
    ofResource: string,
    args: NetworkArgs,
    resourceUri: pulumi.Output<string>,
    metrics: string[],
): void {
    if (args.logAnalyticsWorkspaceId === undefined) {
        return;
    }
    new monitor.DiagnosticSetting(
        `${ofResource}-diagnostics`,
        {
            name: "network-logs",
            resourceUri,
            workspaceId: args.logAnalyticsWorkspaceId,
            // Without `logAnalyticsDestinationType`: Azure has no tables of their own for these types.
            logs: [{ categoryGroup: "allLogs", enabled: true }],
            metrics: metrics.map((category) => ({ category, enabled: true })),
        },
        { parent, ...recreatable },
    );
}
