/** A role that Azure has of itself. */
export interface Role {
    /** GUID of the definition. */
    readonly id: string;
    /** Name as the portal shows it. */
    readonly title: string;
}

/**
 * Azure's built-in roles that anything here names, whoever holds them. Ids from Microsoft's list of built-in roles
 * (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles), read 2026-04-09; Monitoring Data Reader
 * from the managed Prometheus onboarding template (Azure/prometheus-collector), Locks Contributor from
 * MicrosoftDocs/azure-docs commit f1785a66.
 */
export const azureRoles = {
    acrPull: { id: "7f951dda-4ed3-4680-a7ca-43fe172d538d", title: "AcrPull" },
    aksClusterUser: {
        id: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
        title: "Azure Kubernetes Service Cluster User Role",
    },
    aksRbacAdmin: {
        id: "3498e952-d568-435e-9b2c-8d77e338d7f7",
        title: "Azure Kubernetes Service RBAC Admin",
    },
    aksRbacClusterAdmin: {
        id: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
        title: "Azure Kubernetes Service RBAC Cluster Admin",
    },
    aksRbacReader: {
        id: "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
        title: "Azure Kubernetes Service RBAC Reader",
    },
    aksRbacWriter: {
        id: "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
        title: "Azure Kubernetes Service RBAC Writer",
    },
    blobDataContributor: {
        id: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        title: "Storage Blob Data Contributor",
    },
    blobDataReader: { id: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", title: "Storage Blob Data Reader" },
    contributor: { id: "b24988ac-6180-42a0-ab88-20f7382dd24c", title: "Contributor" },
    grafanaAdmin: { id: "22926164-76b3-42b3-bc55-97df8dab3e41", title: "Grafana Admin" },
    grafanaViewer: { id: "60921a7e-fef1-4a43-9b16-a26c52ad4769", title: "Grafana Viewer" },
    keyVaultCertificateUser: {
        id: "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
        title: "Key Vault Certificate User",
    },
    keyVaultContributor: { id: "f25e0fa2-a7c8-4377-a976-54943a77a395", title: "Key Vault Contributor" },
    keyVaultCryptoServiceEncryptionUser: {
        id: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
        title: "Key Vault Crypto Service Encryption User",
    },
    keyVaultCryptoUser: { id: "12338af0-0e69-4776-bea7-57ae8d297424", title: "Key Vault Crypto User" },
    keyVaultReader: { id: "21090545-7ca7-4776-b22c-e363652d74d2", title: "Key Vault Reader" },
    keyVaultSecretsOfficer: {
        id: "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        title: "Key Vault Secrets Officer",
    },
    keyVaultSecretsUser: { id: "4633458b-17de-408a-b874-0445c86b69e6", title: "Key Vault Secrets User" },
    locksContributor: { id: "28bf596f-4eb7-45ce-b5bc-6cf482fec137", title: "Locks Contributor" },
    managedIdentityOperator: {
        id: "f1a07417-d97a-45cb-824c-7a7467783830",
        title: "Managed Identity Operator",
    },
    monitoringDataReader: { id: "b0d8363b-8ddd-447d-831f-62ca05bff136", title: "Monitoring Data Reader" },
    monitoringReader: { id: "43d0d8ad-25c7-4714-9337-8ba259a9fe05", title: "Monitoring Reader" },
    networkContributor: { id: "4d97b98b-1d4f-4787-a291-c67834d212e7", title: "Network Contributor" },
    owner: { id: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", title: "Owner" },
    privateDnsZoneContributor: {
        id: "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
        title: "Private DNS Zone Contributor",
    },
    reader: { id: "acdd72a7-3385-48ef-bd42-f606fba81ae7", title: "Reader" },
    roleAdministrator: {
        id: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        title: "Role Based Access Control Administrator",
    },
    userAccessAdministrator: {
        id: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
        title: "User Access Administrator",
    },
} as const satisfies Record<string, Role>;

/**
 * The id of a role's definition, from its GUID, in the form that Azure answers with: subscription-qualified. The short form
 * shows a difference after every refresh.
 */
export function definitionId(subscriptionId: string, guid: string): string {
    return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
}
