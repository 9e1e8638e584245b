import { azureRoles } from "../../components/internal/azureRoles";

/**
 * Azure's built-in roles that the pipelines and the operators get. Not all are rows of components/internal/roles.ts: what
 * stands there may be assigned by the pipelines themselves (`delegation.ts`).
 */
export const builtInRoles = {
    contributor: azureRoles.contributor,
    roleAdministrator: azureRoles.roleAdministrator,
    locksContributor: azureRoles.locksContributor,
    blobDataContributor: azureRoles.blobDataContributor,
    blobDataReader: azureRoles.blobDataReader,
    keyVaultCryptoUser: azureRoles.keyVaultCryptoUser,
    aksClusterUser: azureRoles.aksClusterUser,
    reader: azureRoles.reader,
} as const;
