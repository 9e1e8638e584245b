import type { AzureResourceType } from "../../resourceType";

export const monitorTypes: Readonly<Record<string, AzureResourceType>> = {};
