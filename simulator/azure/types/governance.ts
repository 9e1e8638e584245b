import type { AzureResourceType } from "../../resourceType";

export const governanceTypes: Readonly<Record<string, AzureResourceType>> = {};
