import type { AzureResourceType } from "../../resourceType";

export const containerRegistryTypes: Readonly<Record<string, AzureResourceType>> = {};
