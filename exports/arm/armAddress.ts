import { ExportError } from "../exportError";

/** The parts of a Resource Manager id. */
export interface ArmAddress {
    /** Full resource type: `Microsoft.Network/virtualNetworks/subnets`. */
    type: string;
    /** One name for each segment of the type behind the namespace. */
    names: readonly string[];
    /** What it belongs to: a resource group, the subscription itself, or the resource that it extends. */
    place: GroupPlace | SubscriptionPlace | ExtensionPlace;
}

/** A resource group, by its name. */
export interface GroupPlace {
    kind: "group";
    subscriptionId: string;
    resourceGroup: string;
}

/** A subscription. */
export interface SubscriptionPlace {
    kind: "subscription";
    subscriptionId: string;
}

/** Another resource, which may itself extend one. */
export interface ExtensionPlace {
    kind: "extension";
    of: ArmAddress;
}

const groupType = "Microsoft.Resources/resourceGroups";

/** Takes a Resource Manager id apart. An id of another scope than a subscription is an error. */
export function armAddress(id: string): ArmAddress {
    const [front = "", ...providers] = id.split("/providers/");
    const [, subscriptionId, resourceGroup] =
        /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?$/i.exec(front) ?? [];
    if (subscriptionId === undefined) {
        throw new ExportError(
            `the id "${id}" is in no subscription: the export writes a template of one subscription and what is in it`,
        );
    }
    const subscription: SubscriptionPlace = { kind: "subscription", subscriptionId };
    if (providers.length === 0) {
        return { type: groupType, names: [resourceGroup ?? ""], place: subscription };
    }
    const start: ArmAddress["place"] =
        resourceGroup === undefined ? subscription : { kind: "group", subscriptionId, resourceGroup };
    let place: ArmAddress["place"] = start;
    let address: ArmAddress | undefined;
    for (const provider of providers) {
        const [namespace = "", ...segments] = provider.split("/");
        address = {
            type: [namespace, ...segments.filter((_, index) => index % 2 === 0)].join("/"),
            names: segments.filter((_, index) => index % 2 === 1),
            place,
        };
        place = { kind: "extension", of: address };
    }
    return address ?? { type: groupType, names: [], place: start };
}

/** The resource group or subscription that an address is in, at the end of what it extends. */
export function homeOf({ place }: ArmAddress): GroupPlace | SubscriptionPlace {
    return place.kind === "extension" ? homeOf(place.of) : place;
}

/** True for the id of a resource group itself. */
export function isGroup({ type }: ArmAddress): boolean {
    return type === groupType;
}
