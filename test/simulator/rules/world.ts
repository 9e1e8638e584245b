import type { ExistingResource, Operation } from "../../../simulator/azure/subscription";
import { TestSubscription } from "../../support/subscription";

type Inputs = Record<string, unknown>;

const resourceGroupName = "rg-test";
const location = "westeurope";

/** Role definitions by short name; ids from Microsoft's list of built-in roles. */
export const roles = {
    contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    managedIdentityOperator: "f1a07417-d97a-45cb-824c-7a7467783830",
    networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
    privateDnsZoneContributor: "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
    reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
};

/** Everything that a private cluster with its own network, zone and identities needs, made an hour ago; no cluster. */
export class World extends TestSubscription {
    readonly group = this.add("azure-native:resources:ResourceGroup", { resourceGroupName, location });
    readonly network = this.add("azure-native:network:VirtualNetwork", {
        resourceGroupName,
        location,
        virtualNetworkName: "vnet",
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
    });
    readonly securityGroup = this.add("azure-native:network:NetworkSecurityGroup", {
        resourceGroupName,
        location,
        networkSecurityGroupName: "nsg",
    });
    readonly routeTable = this.add("azure-native:network:RouteTable", {
        resourceGroupName,
        location,
        routeTableName: "routes",
        routes: [{ name: "default", addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance" }],
    });
    readonly address = this.add("azure-native:network:PublicIPAddress", {
        resourceGroupName,
        location,
        publicIpAddressName: "address",
        zones: ["1", "2", "3"],
    });
    readonly natGateway = this.add("azure-native:network:NatGateway", {
        resourceGroupName,
        location,
        natGatewayName: "nat",
        publicIpAddresses: [{ id: this.address.id }],
    });
    readonly subnet = this.add(
        ...subnet("nodes", "10.0.0.0/24", {
            networkSecurityGroup: { id: this.securityGroup.id },
            natGateway: { id: this.natGateway.id },
            routeTable: { id: this.routeTable.id },
        }),
    );
    readonly apiServerSubnet = this.add(...subnet("api-server", "10.0.1.0/28"));
    readonly zone = this.add("azure-native:privatedns:PrivateZone", {
        resourceGroupName,
        location: "Global",
        privateZoneName: "privatelink.westeurope.azmk8s.io",
    });
    readonly controlPlane = this.add(...identity("control-plane"));
    readonly kubelet = this.add(...identity("kubelet"));
    readonly zoneRole = this.assign("privateDnsZoneContributor", this.zone.id);
    readonly subnetRole = this.assign("networkContributor", this.subnet.id);
    readonly apiServerRole = this.assign("networkContributor", this.apiServerSubnet.id);
    readonly kubeletRole = this.assign("managedIdentityOperator", this.kubelet.id);

    /** Gives the control plane a role, an hour ago if not said. */
    assign(role: keyof typeof roles, scope: string, secondsAgo?: number): ExistingResource {
        return this.add(
            "azure-native:authorization:RoleAssignment",
            {
                roleAssignmentName: `${role} ${scope.replaceAll("/", "-")}`,
                scope,
                principalId: this.controlPlane.state["principalId"],
                principalType: "ServicePrincipal",
                roleDefinitionId: `/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/${roles[role]}`,
            },
            secondsAgo,
        );
    }

    /** Takes a resource away and puts nothing in its place. */
    without(resource: ExistingResource): this {
        this.remove(resource.id);
        return this;
    }

    /** Inputs of the cluster; `changes` replaces top-level ones. */
    clusterInputs(changes: Inputs = {}): Inputs {
        return {
            resourceGroupName,
            location,
            resourceName: "aks",
            dnsPrefix: "aks",
            enableRBAC: true,
            identity: { type: "UserAssigned", userAssignedIdentities: [this.controlPlane.id] },
            identityProfile: { kubeletidentity: { resourceId: this.kubelet.id } },
            apiServerAccessProfile: {
                enablePrivateCluster: true,
                privateDNSZone: this.zone.id,
                subnetId: this.apiServerSubnet.id,
            },
            networkProfile: { networkPlugin: "azure", outboundType: "userAssignedNATGateway" },
            oidcIssuerProfile: { enabled: true },
            agentPoolProfiles: [
                { name: "system", vmSize: "Standard_D4ds_v5", count: 3, vnetSubnetID: this.subnet.id },
            ],
            ...changes,
        };
    }

    createCluster(changes?: Inputs): Operation {
        return this.create("azure-native:containerservice:ManagedCluster", this.clusterInputs(changes));
    }

    poolInputs(changes: Inputs = {}): Inputs {
        return {
            resourceGroupName,
            resourceName: "aks",
            agentPoolName: "apps",
            vmSize: "Standard_D4ds_v5",
            count: 2,
            maxPods: 50,
            availabilityZones: ["1", "2"],
            vnetSubnetID: this.subnet.id,
            ...changes,
        };
    }

    createPool(changes?: Inputs): Operation {
        return this.create("azure-native:containerservice:AgentPool", this.poolInputs(changes));
    }

    createCredential(name: string, of = "kubelet"): Operation {
        return this.create("azure-native:managedidentity:FederatedIdentityCredential", {
            resourceGroupName,
            resourceName: of,
            federatedIdentityCredentialResourceName: name,
        });
    }

    createVault(changes: Inputs = {}): Operation {
        return this.create("azure-native:keyvault:Vault", {
            resourceGroupName,
            location,
            vaultName: "vault",
            properties: { softDeleteRetentionInDays: 90 },
            ...changes,
        });
    }

    createEndpoint(): Operation {
        return this.create("azure-native:network:PrivateEndpoint", {
            resourceGroupName,
            location,
            privateEndpointName: "endpoint",
            subnet: { id: this.apiServerSubnet.id },
        });
    }
}

/** Type and inputs of a subnet of the world's network. */
export function subnet(name: string, addressPrefix: string, more: Inputs = {}): [string, Inputs] {
    return [
        "azure-native:network:Subnet",
        { resourceGroupName, virtualNetworkName: "vnet", subnetName: name, addressPrefix, ...more },
    ];
}

/** Type and inputs of an identity. */
export function identity(name: string): [string, Inputs] {
    return [
        "azure-native:managedidentity:UserAssignedIdentity",
        { resourceGroupName, location, resourceName: name },
    ];
}
