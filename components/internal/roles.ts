import { azureRoles, definitionId } from "./azureRoles";

/** Azure built-in roles that the landing zone assigns, by name: what a deployment of it is allowed to assign. */
export const roles = {
    acrPull: azureRoles.acrPull,
    aksClusterUser: azureRoles.aksClusterUser,
    aksRbacClusterAdmin: azureRoles.aksRbacClusterAdmin,
    aksRbacReader: azureRoles.aksRbacReader,
    aksRbacWriter: azureRoles.aksRbacWriter,
    grafanaAdmin: azureRoles.grafanaAdmin,
    grafanaViewer: azureRoles.grafanaViewer,
    keyVaultCertificateUser: azureRoles.keyVaultCertificateUser,
    keyVaultContributor: azureRoles.keyVaultContributor,
    keyVaultCryptoServiceEncryptionUser: azureRoles.keyVaultCryptoServiceEncryptionUser,
    keyVaultCryptoUser: azureRoles.keyVaultCryptoUser,
    keyVaultReader: azureRoles.keyVaultReader,
    keyVaultSecretsOfficer: azureRoles.keyVaultSecretsOfficer,
    keyVaultSecretsUser: azureRoles.keyVaultSecretsUser,
    managedIdentityOperator: azureRoles.managedIdentityOperator,
    monitoringDataReader: azureRoles.monitoringDataReader,
    monitoringReader: azureRoles.monitoringReader,
    networkContributor: azureRoles.networkContributor,
    privateDnsZoneContributor: azureRoles.privateDnsZoneContributor,
    reader: azureRoles.reader,
} as const;

/** Key of the table of roles. */
export type RoleKey = keyof typeof roles;

/** The id of a role's definition in the form that Azure answers with. */
export function roleDefinitionId(subscriptionId: string, role: RoleKey): string {
    return definitionId(subscriptionId, roles[role].id);
}
