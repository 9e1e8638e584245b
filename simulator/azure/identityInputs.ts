import { azureResourceType } from "./index";
import type { AzureResourceType } from "../resourceType";

/** Inputs that say which resource it is: another value means another resource. */
export function identityInputs(type: string): string[] {
    if (!type.startsWith("azure-native:")) {
        return [];
    }
    const row = azureResourceType(type);
    return [...new Set([...row.nameInputs, ...placeInputs(row), "location"])];
}

/** The input with the resource's own name, which the provider makes up where it is not given. */
export function ownNameInput(type: string): string | undefined {
    return type.startsWith("azure-native:") ? azureResourceType(type).nameInputs.at(-1) : undefined;
}

function placeInputs({ scope }: AzureResourceType): string[] {
    if (scope === "resourceGroup") {
        return ["resourceGroupName"];
    }
    return scope === "subscription" ? [] : [scope.extensionOf];
}
