import { AzureError } from "../azureError";
import type { ExistingResource, Rule, Subscription } from "../subscription";
import {
    agentPoolType,
    clusterType,
    natGatewayType,
    privateEndpointType,
    privateZoneType,
    publicAddressType,
    resourceGroupType,
    routeTableType,
    securityGroupType,
    subnetType,
    virtualNetworkType,
    zoneLinkType,
} from "../typeTokens";
import { isWithin, nameOf, sameId, textsAt } from "./ids";

/** A kind of resource that cannot go while others use it. */
interface Holding {
    /** Where other resources name it, by their type. */
    readonly usedBy: Readonly<Record<string, readonly string[]>>;
    refusal(id: string, users: readonly ExistingResource[]): AzureError;
}

const holdings: Readonly<Record<string, Holding>> = {
    // https://github.com/microsoft/nav-arm-templates/issues/161
    [subnetType]: {
        usedBy: {
            [clusterType]: [
                "agentPoolProfiles[*].vnetSubnetID",
                "agentPoolProfiles[*].podSubnetID",
                "apiServerAccessProfile.subnetId",
            ],
            [agentPoolType]: ["vnetSubnetID", "podSubnetID"],
            [privateEndpointType]: ["subnet.id"],
        },
        refusal: (id, users) =>
            new AzureError(
                "InUseSubnetCannotBeDeleted",
                `Subnet ${nameOf(id)} is in use by ${users[0]?.id} and cannot be deleted. In order to delete the subnet, ` +
                    "delete all the resources within the subnet. See aka.ms/deletesubnet.",
            ),
    },
    // https://learn.microsoft.com/azure/virtual-network/manage-network-security-group
    [securityGroupType]: {
        usedBy: { [subnetType]: ["networkSecurityGroup.id"] },
        refusal: (id, users) =>
            new AzureError(
                "InUseNetworkSecurityGroupCannotBeDeleted",
                `Network security group ${id} cannot be deleted because it is in use by the following resources: ` +
                    `${listed(users)}. In order to delete the Network security group, remove the association with the ` +
                    "resource(s). To learn how to do this, see aka.ms/deletensg.",
            ),
    },
    // https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/inuseroutetablecannotbedeleted-error
    [routeTableType]: {
        usedBy: { [subnetType]: ["routeTable.id"] },
        refusal: (id) =>
            new AzureError(
                "InUseRouteTableCannotBeDeleted",
                `Route table ${nameOf(id)} is in use and cannot be deleted.`,
            ),
    },
    // https://github.com/Azure-Samples/Copilot-Studio-with-Azure-AI-Search/issues/62
    [natGatewayType]: {
        usedBy: { [subnetType]: ["natGateway.id"] },
        refusal: (id, users) =>
            new AzureError(
                "CannotDeleteNatGatewayAssociatedToSubnet",
                `NAT Gateway ${id} is still configured on ${users.length} subnets. Remove NAT Gateway from all referenced ` +
                    "subnets and then delete NAT Gateway.",
            ),
    },
    // https://github.com/hashicorp/terraform-provider-azurerm/issues/688
    [publicAddressType]: {
        usedBy: {
            [natGatewayType]: ["publicIpAddresses[*].id"],
            [clusterType]: ["networkProfile.loadBalancerProfile.outboundIPs.publicIPs[*].id"],
        },
        refusal: (id, users) =>
            new AzureError(
                "PublicIPAddressCannotBeDeleted",
                `Public IP address ${id} can not be deleted since it is still allocated to resource ${users[0]?.id}. In ` +
                    "order to delete the public IP, disassociate/detach the Public IP address from the resource.  To " +
                    "learn how to do this, see aka.ms/deletepublicip.",
            ),
    },
    // https://github.com/learntocloud/networking-lab/issues/8. AKS links a cluster's own zone to its network itself
    // (https://learn.microsoft.com/azure/aks/private-clusters), under a name that it makes from the cluster's.
    [privateZoneType]: {
        usedBy: { [clusterType]: ["apiServerAccessProfile.privateDNSZone"] },
        refusal: (id, users) =>
            new AzureError(
                "CannotDeleteResource",
                "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: " +
                    `'${users.map((user) => `${relative(id)}/virtualNetworkLinks/${nameOf(user.id)}`).join("', '")}'. ` +
                    "Please delete all nested resources before deleting this resource.",
            ),
    },
};

/** What others use cannot be deleted: a subnet with nodes in it, a security group, route table or NAT gateway on a subnet. */
export const mustNotBeInUse: Rule = ({ kind, id, type }, azure) => {
    if (kind !== "delete" || type === resourceGroupType) {
        return undefined;
    }
    return refusalToDelete(id, azure, () => true);
};

/**
 * A resource group takes along what is in it, but not what something outside it uses:
 * https://github.com/Azure/AKS/issues/1427
 */
export const groupMustNotBeInUse: Rule = ({ kind, id, type }, azure) => {
    if (kind !== "delete" || type !== resourceGroupType) {
        return undefined;
    }
    const stuck = azure
        .all()
        .filter(
            (resource) =>
                isWithin(resource.id, id) &&
                refusalToDelete(resource.id, azure, (user) => !isWithin(user.id, id)) !== undefined,
        );
    return stuck.length === 0
        ? undefined
        : new AzureError(
              "ResourceGroupDeletionBlocked",
              `Deletion of resource group '${nameOf(id)}' failed as resources with identifiers ` +
                  `'${stuck.map((resource) => relative(resource.id)).join(",")}' could not be deleted. The provisioning ` +
                  "state of the resource group will be rolled back. Please check audit logs for more details.",
          );
};

/** Addresses that something in a subnet has cannot be taken from it: https://aka.ms/deletesubnet. */
export const prefixInUseMustStay: Rule = ({ kind, id, type, inputs, before }, azure) => {
    const old = (before ?? azure.find(id))?.inputs["addressPrefix"];
    if (kind !== "update" || type !== subnetType || old === inputs["addressPrefix"]) {
        return undefined;
    }
    return usersOf(id, azure).length > 0
        ? new AzureError(
              "InUsePrefixCannotBeDeleted",
              `IpPrefix ${String(old)} on Subnet ${nameOf(id)} has active allocations and cannot be deleted.`,
          )
        : undefined;
};

/** The refusal to delete a resource, with what goes along, because of users that count. */
function refusalToDelete(
    id: string,
    azure: Subscription,
    counts: (user: ExistingResource) => boolean,
): AzureError | undefined {
    const resource = azure.find(id);
    // A virtual network takes its subnets along; a zone keeps its links, and does not go before them.
    const along = azure
        .all()
        .filter((part) => part.type === subnetType && isWithin(part.id, id) && !sameId(part.id, id));
    const going = resource?.type === virtualNetworkType ? along : resource ? [resource] : [];
    for (const each of going) {
        const users = [...usersOf(each.id, azure), ...linksOf(each, azure)].filter(counts);
        if (users.length > 0) {
            return holdings[each.type]?.refusal(each.id, users);
        }
    }
    return undefined;
}

function usersOf(id: string, azure: Subscription): ExistingResource[] {
    const usedBy = holdings[azure.find(id)?.type ?? ""]?.usedBy ?? {};
    return azure
        .all()
        .filter(({ type, inputs }) =>
            (usedBy[type] ?? []).some((path) => textsAt(inputs, path).some((named) => sameId(named, id))),
        );
}

function linksOf({ id, type }: ExistingResource, azure: Subscription): ExistingResource[] {
    return type === privateZoneType
        ? azure.all().filter((link) => link.type === zoneLinkType && isWithin(link.id, id))
        : [];
}

/** An id without the subscription and resource group before it. */
function relative(id: string): string {
    return id.split("/providers/").at(-1) ?? id;
}

function listed(users: readonly ExistingResource[]): string {
    return users.map(({ id }) => id).join(", ");
}
