import { textAt } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";

type Told = Pick<CapturedResource, "type" | "inputs" | "state">;

/** Inputs that name the parent of what is part of something else, by the last part of its type in Azure. */
const parentNames: Readonly<Record<string, string>> = {
    agentPools: "resourceName",
    federatedIdentityCredentials: "resourceName",
    maintenanceConfigurations: "resourceName",
    privateDnsZoneGroups: "privateEndpointName",
    replications: "registryName",
    subnets: "virtualNetworkName",
    virtualNetworkLinks: "privateZoneName",
};

/**
 * The id that Azure gives a resource, or `namespace/name` of an object in the cluster: the engine tells policies all of a
 * resource but this. Undefined where it cannot be put together.
 * @param subscriptionId That of the resource's provider.
 */
export function platformId(
    { type, inputs, state }: Told,
    subscriptionId: string | undefined,
): string | undefined {
    if (type.startsWith("kubernetes:")) {
        const name = textAt(state, "metadata", "name");
        const namespace = textAt(state, "metadata", "namespace");
        return name === undefined ? undefined : namespace === undefined ? name : `${namespace}/${name}`;
    }
    if (!type.startsWith("azure-native:") || subscriptionId === undefined) {
        return undefined;
    }
    const group = textAt(inputs, "resourceGroupName");
    const name = textAt(state, "name");
    const [provider, ...kinds] = (textAt(state, "type") ?? "").split("/");
    const names = kinds.length === 2 ? [textAt(inputs, parentNames[kinds[1] ?? ""] ?? ""), name] : [name];
    if (
        group === undefined ||
        provider === undefined ||
        kinds.length !== names.length ||
        names.includes(undefined)
    ) {
        return undefined;
    }
    const path = kinds.map((kind, index) => `${kind}/${names[index] ?? ""}`).join("/");
    return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${provider}/${path}`;
}
