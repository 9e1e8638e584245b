import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";
import { PrivateLink } from "../../components";
import { deletionLock, recreatable } from "../../components/internal/protection";
import type { StateNetwork } from "../internal/stateNetwork";

/** What the arguments of state and key have in common: each is a service of Azure that must neither go nor be open. */
export interface KeptServiceArgs {
    /** Resource group of the service. Changing this replaces the service. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the service. Changing this replaces the service. */
    location: string;
    /** Common part of Azure names; names the private endpoint. */
    baseName: string;
    /** From where the service is reached. */
    network: StateNetwork;
    /** Lets Azure refuse to delete the service. */
    lock: boolean;
    /** Tags of the service, of what is in it and of its endpoint. */
    tags: { [key: string]: string };
}

/** The private DNS zone in which a part of a service gets its name. */
const zoneOf = { blob: "blobZoneId", vault: "vaultZoneId" } as const;

/** A service that is there, and what its guards are to be. */
export interface KeptService {
    /** Id of the service. */
    id: pulumi.Input<string>;
    /** Azure's name for the part of the service that gets a private address. */
    groupId: keyof typeof zoneOf;
    /** Why there is a lock, for whoever meets it. */
    lockReason: string;
}

/** Creates a service's private endpoint and lock, as far as it gets them, as children of its component. */
export function guardService(
    parent: pulumi.Resource,
    name: string,
    { resourceGroupName, location, baseName, network, lock, tags }: KeptServiceArgs,
    { id, groupId, lockReason }: KeptService,
): void {
    if (network.privateEndpoints) {
        const { subnetId, ...zones } = network.privateEndpoints;
        const endpoint = { subnetId, privateDnsZoneId: zones[zoneOf[groupId]] };
        new PrivateLink(
            `${name}-private-link`,
            { resourceGroupName, location, baseName, serviceId: id, groupId, endpoint, tags },
            { parent, ...recreatable },
        );
    }
    if (lock) {
        new authorization.ManagementLockByScope(`${name}-lock`, deletionLock(baseName, id, lockReason), {
            parent,
            ...recreatable,
        });
    }
}
