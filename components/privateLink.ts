import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { azureName } from "./internal/naming";
import { after } from "./internal/ordering";
import type { PrivateEndpointArgs } from "./shared";

/** Arguments of a private link. */
export interface PrivateLinkArgs {
    /** Resource group of the endpoint. Changing this replaces the endpoint. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the endpoint, which must be that of its subnet. Changing this replaces the endpoint. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`; the endpoint is called `pep-<baseName>-<groupId>`. */
    baseName: string;
    /** Id of the service that gets a private address. Changing this replaces the endpoint. */
    serviceId: pulumi.Input<string>;
    /** Azure's name for the part of the service that is linked, for example `vault` or `registry`. Changing this replaces the endpoint. */
    groupId: string;
    /** Subnet and DNS zone of the endpoint. */
    endpoint: PrivateEndpointArgs;
    /** Ids to wait for before the endpoint is created. Defaults to none. */
    waitFor?: pulumi.Input<string>[];
    /** Tags of the endpoint. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}

/** A private endpoint of a service and its address in the private DNS zone: one is of no use without the other. */
export class PrivateLink extends pulumi.ComponentResource {
    /** Id of the private endpoint; resolves when the service's name leads to its private address. */
    public readonly endpointId: pulumi.Output<string>;

    constructor(name: string, args: PrivateLinkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:PrivateLink", name, {}, opts);

        const endpoint = new network.PrivateEndpoint(
            `${name}-endpoint`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                privateEndpointName: azureName("privateEndpoint", args.baseName, args.groupId),
                subnet: { id: args.endpoint.subnetId },
                privateLinkServiceConnections: [
                    { name: args.groupId, privateLinkServiceId: args.serviceId, groupIds: [args.groupId] },
                ],
                tags: args.tags,
            },
            {
                parent: this,
                // The name is fixed, so a move to another subnet must remove the old endpoint first.
                deleteBeforeReplace: true,
                // Callers order the endpoint after changes to the service that no input of it expresses.
                dependsOn: after(...(args.waitFor ?? [])),
            },
        );
        const registration = new network.PrivateDnsZoneGroup(
            `${name}-dns`,
            {
                resourceGroupName: args.resourceGroupName,
                privateEndpointName: endpoint.name,
                privateDnsZoneGroupName: "default",
                privateDnsZoneConfigs: [
                    { name: args.groupId, privateDnsZoneId: args.endpoint.privateDnsZoneId },
                ],
            },
            { parent: this },
        );

        this.endpointId = pulumi.all([endpoint.id, registration.id]).apply(([id]) => id);
        this.registerOutputs({ endpointId: this.endpointId });
    }
}
