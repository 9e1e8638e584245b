import type { AzureResourceType } from "../../resourceType";

export const networkTypes: Readonly<Record<string, AzureResourceType>> = {};
