import { UnknownTokenError } from "../resourceType";
import type {
    AzureResourceType,
    ResourceRequest,
    SimulatedEnvironment,
    SimulatedResource,
} from "../resourceType";
import { armIdentity } from "./armId";
import { azureFunctions } from "./functions";
import { azureResourceTypes } from "./types";

/** Answers a resource request as Azure Resource Manager would: ARM id and state with computed properties. */
export function simulateAzureResource(request: ResourceRequest): SimulatedResource {
    const row = azureResourceType(request.type);
    const { id, name } = armIdentity(row, request);
    const computed = row.compute?.({ ...request, id, name }) ?? {};
    return { id, state: { ...request.inputs, name, type: row.armType, ...computed } };
}

/** The table row of a type; an unknown type is an error that names it. */
export function azureResourceType(type: string): AzureResourceType {
    const row = azureResourceTypes[type];
    if (!row) {
        throw new UnknownTokenError("resource type", type, "simulator/azure/types/");
    }
    return row;
}

/** Answers a provider function such as `listManagedClusterUserCredentials`. */
export function simulateAzureFunction(
    token: string,
    args: Record<string, unknown>,
    environment: SimulatedEnvironment,
): Record<string, unknown> {
    const answer = azureFunctions[token];
    if (!answer) {
        throw new UnknownTokenError("function", token, "simulator/azure/functions.ts");
    }
    return answer(args, environment);
}
