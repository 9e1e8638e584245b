import { roles } from "../../components/internal/roles";

/** A role of Azure, or of this program. */
export interface Role {
    /** GUID of the definition. */
    id: string;
    title: string;
}

/**
 * Azure's built-in roles that the pipelines and the operators get. Ids from Microsoft's list of built-in roles
 * (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles), Locks Contributor read there in
 * MicrosoftDocs/azure-docs commit f1785a66. They are no rows of components/internal/roles.ts: what stands there may be
 * assigned by the pipelines themselves (`delegation.ts`).
 */
export const builtInRoles = {
    contributor: { id: "b24988ac-6180-42a0-ab88-20f7382dd24c", title: "Contributor" },
    roleAdministrator: {
        id: "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        title: "Role Based Access Control Administrator",
    },
    locksContributor: { id: "28bf596f-4eb7-45ce-b5bc-6cf482fec137", title: "Locks Contributor" },
    blobDataContributor: {
        id: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        title: "Storage Blob Data Contributor",
    },
    blobDataReader: { id: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", title: "Storage Blob Data Reader" },
    keyVaultCryptoUser: roles.keyVaultCryptoUser,
    aksClusterUser: roles.aksClusterUser,
    reader: roles.reader,
} as const satisfies Record<string, Role>;

/** The id of a role's definition in the form that Azure answers with. */
export function definitionId(subscriptionId: string, { id }: Role): string {
    return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
}
