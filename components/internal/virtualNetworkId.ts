import { isGuid } from "./guid";

/** The parts of a virtual network's resource id. */
export interface VirtualNetworkId {
    readonly subscriptionId: string;
    readonly resourceGroupName: string;
    readonly name: string;
}

// Azure ignores case in resource ids.
const shape =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/virtualNetworks\/([^/]+)$/i;

/** Takes a virtual network's resource id apart; undefined when the text is not one. */
export function parseVirtualNetworkId(id: string): VirtualNetworkId | undefined {
    const [, subscriptionId = "", resourceGroupName = "", name = ""] = shape.exec(id) ?? [];
    return isGuid(subscriptionId) ? { subscriptionId, resourceGroupName, name } : undefined;
}
