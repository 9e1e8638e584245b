import { guidFrom } from "../../components/internal/guid";

/** What a role of our own allows. */
export interface CustomRole {
    /** Beginning of the role's name; names are unique in the tenant, so the base name is added. */
    title: string;
    description: string;
    actions: readonly string[];
    dataActions: readonly string[];
}

/** The roles that no built-in one is narrow enough for. */
export const customRoles = {
    /**
     * Resource Policy Contributor could exempt resources from the company's policies and define new ones; User Access
     * Administrator could grant every role.
     */
    policyAssigner: {
        title: "Landing zone policy assigner",
        description: "Assigns policies that are defined already; neither defines nor exempts.",
        actions: [
            "Microsoft.Authorization/policyAssignments/read",
            "Microsoft.Authorization/policyAssignments/write",
            "Microsoft.Authorization/policyAssignments/delete",
        ],
        dataActions: [],
    },
    /** Key Vault Crypto User could disable the key, back it up, and sign with it. */
    keyDecrypter: {
        title: "Landing zone state decrypter",
        description: "Decrypts with a key: all that reading the secrets of a Pulumi state takes.",
        actions: [],
        dataActions: ["Microsoft.KeyVault/vaults/keys/read", "Microsoft.KeyVault/vaults/keys/decrypt/action"],
    },
    /**
     * Azure Kubernetes Service RBAC Reader reads neither secrets, where Helm keeps its releases, nor role bindings, nor what
     * is outside namespaces; the next wider built-in role writes. This is the only data action that covers custom resources:
     * https://learn.microsoft.com/azure/aks/manage-azure-rbac
     */
    clusterReader: {
        title: "Landing zone cluster reader",
        description: "Reads everything inside clusters, secrets included; changes nothing.",
        actions: [],
        dataActions: ["Microsoft.ContainerService/managedClusters/*/read"],
    },
} as const satisfies Record<string, CustomRole>;

/** Key of the table of own roles. */
export type CustomRoleKey = keyof typeof customRoles;

/** GUID of an own role's definition: the same for the same subscription, so that nothing has to be looked up. */
export function customRoleId(subscriptionId: string, key: CustomRoleKey): string {
    return guidFrom(`${subscriptionId}/${key}`, 8);
}
