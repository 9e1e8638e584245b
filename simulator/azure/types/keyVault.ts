import type { AzureResourceType } from "../../resourceType";

export const keyVaultTypes: Readonly<Record<string, AzureResourceType>> = {};
