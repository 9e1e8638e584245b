import type { AzureResourceType } from "../../resourceType";

export const containerServiceTypes: Readonly<Record<string, AzureResourceType>> = {};
