import * as authorization from "@pulumi/azure-native/authorization";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import type { SubnetGrantArgs } from "./clusterArgs";
import { azureName } from "./internal/naming";
import { roleAssignmentOptions } from "./internal/roleAssignment";
import { roleDefinitionId } from "./internal/roles";
import type { RoleKey } from "./internal/roles";

/** Arguments of a cluster's identities. */
export interface ClusterIdentityArgs {
    /** Resource group of the identities. Changing this replaces them. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the identities. Changing this replaces them. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`. Changing this replaces the identities. */
    baseName: string;
    /** Subscription that the role definitions are read from, a GUID. */
    subscriptionId: string;
    /** Subnets in which the cluster may place nodes and load balancers. */
    subnets: SubnetGrantArgs[];
    /** Id of the subnet of the API server. Defaults to none. */
    apiServerSubnetId?: pulumi.Input<string>;
    /** Id of the route table of the node subnets. Defaults to none. */
    routeTableId?: pulumi.Input<string>;
    /** Id of the virtual network, where the cluster links a DNS zone to it or provisions nodes by itself. Defaults to none. */
    virtualNetworkId?: pulumi.Input<string>;
    /** Id of the private DNS zone of the API server. Defaults to none. */
    privateDnsZoneId?: pulumi.Input<string>;
    /** Id of the vault with the key that encrypts etcd. Defaults to none. */
    kmsKeyVaultId?: pulumi.Input<string>;
    /** Whether that vault is private, so that the cluster must create a private link to it. Defaults to false. */
    kmsPrivateVault?: boolean;
    /** Id of the disk encryption set. Defaults to none. */
    diskEncryptionSetId?: pulumi.Input<string>;
    /** Id of the resource group in which the file driver makes private endpoints for shares, with their DNS zone. Defaults to none. */
    fileShareResourceGroupId?: pulumi.Input<string>;
    /** Tags of the identities. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}

/** One role of the control plane: what it may do and where. */
interface Grant {
    role: RoleKey;
    /** Short name of the scope, part of the logical name. */
    scopeKey: string;
    scope: pulumi.Input<string>;
}

/**
 * The two identities of a cluster: the control plane's, with the rights that this cluster needs and no others, and the
 * kubelet's, which starts with none. Bringing both makes it possible to assign roles before the cluster exists.
 */
export class ClusterIdentity extends pulumi.ComponentResource {
    /** Id of the control plane's identity. */
    public readonly controlPlaneId: pulumi.Output<string>;
    /** Object id of the control plane's identity, for role assignments. */
    public readonly controlPlanePrincipalId: pulumi.Output<string>;
    /** Id of the kubelet's identity. */
    public readonly kubeletId: pulumi.Output<string>;
    /** Object id of the kubelet's identity, for role assignments such as pulling from a registry. */
    public readonly kubeletPrincipalId: pulumi.Output<string>;
    /** Client id of the kubelet's identity. */
    public readonly kubeletClientId: pulumi.Output<string>;
    /** Ids of the role assignments; a cluster must wait for them. */
    public readonly roleAssignmentIds: pulumi.Output<string[]>;

    constructor(name: string, args: ClusterIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:ClusterIdentity", name, {}, opts);
        const controlPlane = this.createIdentity(name, args, "control-plane");
        const kubelet = this.createIdentity(name, args, "kubelet");

        const assignments = grantsOf(args, kubelet.id).map(
            ({ role, scopeKey, scope }) =>
                new authorization.RoleAssignment(
                    `${name}-control-plane-${role}-${scopeKey}`,
                    {
                        scope,
                        principalId: controlPlane.principalId,
                        principalType: "ServicePrincipal",
                        roleDefinitionId: roleDefinitionId(args.subscriptionId, role),
                    },
                    roleAssignmentOptions(this),
                ),
        );

        this.controlPlaneId = controlPlane.id;
        this.controlPlanePrincipalId = controlPlane.principalId;
        this.kubeletId = kubelet.id;
        this.kubeletPrincipalId = kubelet.principalId;
        this.kubeletClientId = kubelet.clientId;
        this.roleAssignmentIds = pulumi.all(assignments.map(({ id }) => id));
        this.registerOutputs({
            controlPlaneId: this.controlPlaneId,
            controlPlanePrincipalId: this.controlPlanePrincipalId,
            kubeletId: this.kubeletId,
            kubeletPrincipalId: this.kubeletPrincipalId,
            kubeletClientId: this.kubeletClientId,
            roleAssignmentIds: this.roleAssignmentIds,
        });
    }

    private createIdentity(
        name: string,
        { resourceGroupName, location, baseName, tags }: ClusterIdentityArgs,
        role: string,
    ): managedidentity.UserAssignedIdentity {
        return new managedidentity.UserAssignedIdentity(
            `${name}-${role}`,
            { resourceGroupName, location, resourceName: azureName("identity", baseName, role), tags },
            { parent: this },
        );
    }
}

/** Everything that the control plane may do, each right as narrow as AKS accepts it. */
function grantsOf(args: ClusterIdentityArgs, kubeletId: pulumi.Input<string>): Grant[] {
    const grants: Grant[] = [
        // AKS puts the kubelet's identity on every node.
        { role: "managedIdentityOperator", scopeKey: "kubelet", scope: kubeletId },
        ...args.subnets.map(({ key, subnetId }): Grant => ({
            role: "networkContributor",
            scopeKey: key,
            scope: subnetId,
        })),
    ];
    const optional: [RoleKey, string, pulumi.Input<string> | undefined][] = [
        // The API server's load balancer and machines join this subnet.
        ["networkContributor", "api-server", args.apiServerSubnetId],
        ["networkContributor", "route-table", args.routeTableId],
        // A private DNS zone is linked to the network as a whole, and node auto-provisioning looks for subnets in it.
        ["networkContributor", "virtual-network", args.virtualNetworkId],
        ["privateDnsZoneContributor", "api-server-zone", args.privateDnsZoneId],
        ["keyVaultCryptoUser", "kms-vault", args.kmsKeyVaultId],
        // AKS creates a private endpoint to the vault, which the vault has to approve.
        ["keyVaultContributor", "kms-vault", args.kmsPrivateVault ? args.kmsKeyVaultId : undefined],
        ["reader", "disk-encryption-set", args.diskEncryptionSetId],
        // The file driver acts as this identity; a private share takes an endpoint and a DNS zone, whose names nobody knows yet.
        ["networkContributor", "file-shares", args.fileShareResourceGroupId],
        ["privateDnsZoneContributor", "file-shares", args.fileShareResourceGroupId],
    ];
    for (const [role, scopeKey, scope] of optional) {
        if (scope !== undefined) {
            grants.push({ role, scopeKey, scope });
        }
    }
    return grants;
}
