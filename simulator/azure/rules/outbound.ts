import { AzureError } from "../azureError";
import type { ExistingResource, Rule, Subscription } from "../subscription";
import { clusterInputsOf, poolsOf } from "./clusters";
import { textsAt, valuesAt } from "./ids";

// https://learn.microsoft.com/azure/aks/egress-outboundtype
const allowedNextHops = ["VirtualAppliance", "VirtualNetworkGateway"];

/**
 * The way out that a cluster asks for must be there on the subnets of its nodes before AKS begins. Codes and words from
 * https://github.com/jenkins-infra/azure/pull/719 (NAT gateway), https://aka.ms/aks/outboundtype (route table) and
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/8609 (next hop).
 */
export const wayOutMustBeThere: Rule = (operation, azure) => {
    const cluster = operation.kind === "delete" ? undefined : clusterInputsOf(operation, azure);
    const [outboundType] = textsAt(cluster, "networkProfile.outboundType");
    const judge = outboundType === undefined ? undefined : judges[outboundType];
    if (!judge) {
        return undefined;
    }
    for (const pool of poolsOf(operation.type, operation.inputs)) {
        for (const id of textsAt(pool, "vnetSubnetID")) {
            const subnet = azure.find(id);
            const error = subnet && judge(subnet, azure);
            if (error) {
                return error;
            }
        }
    }
    return undefined;
};

type Judge = (subnet: ExistingResource, azure: Subscription) => AzureError | undefined;

const judges: Readonly<Record<string, Judge>> = {
    userAssignedNATGateway: ({ id, inputs }) =>
        textsAt(inputs, "natGateway.id").length === 0
            ? new AzureError(
                  "SubnetNotAssociatedWithNATGateway",
                  `Subnet '${id}' must have a NAT gateway associated for outbound connection.`,
              )
            : undefined,
    userDefinedRouting: ({ id, inputs }, azure) => {
        const [routeTable] = textsAt(inputs, "routeTable.id");
        if (routeTable === undefined) {
            return new AzureError(
                "ExistingRouteTableNotAssociatedWithSubnet",
                `An existing route table has not been associated with subnet ${id}. Please update the route table ` +
                    "association",
            );
        }
        // A table without a default route may still learn one from the network that the VNet is connected to.
        const [nextHop] = valuesAt(azure.find(routeTable)?.inputs, "routes[*]")
            .filter((route) => textsAt(route, "addressPrefix")[0] === "0.0.0.0/0")
            .flatMap((route) => textsAt(route, "nextHopType"));
        return nextHop === undefined || allowedNextHops.includes(nextHop)
            ? undefined
            : new AzureError(
                  "RouteTableInvalidNextHop",
                  `Default route 0.0.0.0/0 has a next hop of ${nextHop} but only next hops of VirtualAppliance or ` +
                      "VirtualNetworkGateway are allowed. Please see http://aka.ms/aks/outboundtype for more details",
              );
    },
};
