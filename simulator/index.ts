import { simulateAzureFunction, simulateAzureResource } from "./azure";
import { simulateEntraResource } from "./entra";
import { simulateKubernetesResource } from "./kubernetes";
import { UnknownTokenError } from "./resourceType";
import type { ResourceRequest, SimulatedEnvironment, SimulatedResource } from "./resourceType";

export type { ResourceRequest, SimulatedEnvironment, SimulatedResource } from "./resourceType";

/** Answers a custom resource of any provider that the program uses; an unknown type is an error that names it. */
export function simulateResource(request: ResourceRequest): SimulatedResource {
    const [provider = ""] = request.type.split(":");
    switch (provider) {
        case "azure-native":
            return simulateAzureResource(request);
        case "azuread":
            return simulateEntraResource(request);
        case "kubernetes":
            return simulateKubernetesResource(request);
        case "pulumi":
            if (request.type.startsWith("pulumi:providers:")) {
                return { id: `${request.logicalName}-id`, state: request.inputs };
            }
    }
    throw new UnknownTokenError("resource type", request.type, "simulator/");
}

/** Answers a provider function; an unknown function is an error that names it. */
export function simulateFunction(
    token: string,
    args: Record<string, unknown>,
    environment: SimulatedEnvironment,
): Record<string, unknown> {
    if (token.startsWith("azure-native:")) {
        return simulateAzureFunction(token, args, environment);
    }
    throw new UnknownTokenError("function", token, "simulator/");
}
