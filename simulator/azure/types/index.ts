import type { AzureResourceType } from "../../resourceType";
import { authorizationTypes } from "./authorization";
import { containerRegistryTypes } from "./containerRegistry";
import { containerServiceTypes } from "./containerService";
import { governanceTypes } from "./governance";
import { keyVaultTypes } from "./keyVault";
import { managedIdentityTypes } from "./managedIdentity";
import { monitorTypes } from "./monitor";
import { networkTypes } from "./network";
import { resourcesTypes } from "./resources";
import { storageTypes } from "./storage";

/** The one table of Azure resource types that tests, the offline plan and the simulated provider share, by Pulumi type token. */
export const azureResourceTypes: Readonly<Record<string, AzureResourceType>> = {
    ...authorizationTypes,
    ...containerRegistryTypes,
    ...containerServiceTypes,
    ...governanceTypes,
    ...keyVaultTypes,
    ...managedIdentityTypes,
    ...monitorTypes,
    ...networkTypes,
    ...resourcesTypes,
    ...storageTypes,
};
