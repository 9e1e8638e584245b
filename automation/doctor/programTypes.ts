import { azureResourceTypes } from "../../simulator/azure/types";

/**
 * Types of the table that the landing zone does not have: bootstrap/ makes them once, as somebody else than the deployer,
 * who needs neither right nor resource provider for them.
 */
const onlyInBootstrap: readonly RegExp[] = [
    /^azure-native:storage:/,
    /^azure-native:authorization:RoleDefinition$/,
];

/** Resource Manager types that a deployment of the landing zone may write, whatever its settings. Sorted. */
export function programArmTypes(): string[] {
    const armTypes = Object.entries(azureResourceTypes)
        .filter(([type]) => !onlyInBootstrap.some((pattern) => pattern.test(type)))
        .map(([, { armType }]) => armType);
    return [...new Set(armTypes)].sort();
}
