import { UnknownTokenError } from "../resourceType";
import type { ResourceRequest, SimulatedResource } from "../resourceType";
import { deterministicGuid } from "../azure/deterministicGuid";

/** Answers as the Entra ID provider does for groups. */
export function simulateEntraResource(request: ResourceRequest): SimulatedResource {
    if (request.type !== "azuread:index/group:Group") {
        throw new UnknownTokenError("resource type", request.type, "simulator/entra/index.ts");
    }
    const objectId = deterministicGuid(`group ${String(request.inputs["displayName"])}`);
    return { id: `/groups/${objectId}`, state: { ...request.inputs, objectId } };
}
