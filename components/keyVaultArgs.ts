import type * as pulumi from "@pulumi/pulumi";
import type { PrincipalType, PrivateEndpointArgs } from "./shared";

/** What a principal may do in a vault: the built-in Azure roles that the landing zone gives out. */
export const KeyVaultRole = {
    /** Reads secret values. What workloads need. */
    SecretsUser: "SecretsUser",
    /** Reads and writes secrets. For pipelines and people who fill the vault. */
    SecretsOfficer: "SecretsOfficer",
    /** Reads certificates with their private keys. For ingress controllers. */
    CertificateUser: "CertificateUser",
    /** Reads names and settings, no secret values. */
    Reader: "Reader",
    /** Encrypts and decrypts with keys. What the API server's encryption of etcd needs. */
    CryptoUser: "CryptoUser",
    /** Wraps and unwraps keys. What disk encryption sets need. */
    CryptoServiceEncryptionUser: "CryptoServiceEncryptionUser",
    /** Manages the vault, reads no data. What the cluster needs to link itself to a private vault. */
    Contributor: "Contributor",
} as const;
/** One of the values of the constant of the same name. */
export type KeyVaultRole = (typeof KeyVaultRole)[keyof typeof KeyVaultRole];

/** A role in the vault for one principal. */
export interface KeyVaultRoleAssignmentArgs {
    /** Short name of the principal within the program, for example `payments-api`. Changing this replaces the assignment. */
    key: string;
    /** Object id of the principal. Changing this replaces the assignment. */
    principalId: pulumi.Input<string>;
    /** What kind of principal the object id belongs to. */
    principalType: PrincipalType;
    /** What the principal may do. Changing this replaces the assignment. */
    role: KeyVaultRole;
}

/** Arguments of a key vault. */
export interface KeyVaultArgs {
    /** Resource group of the vault. Changing this replaces the vault. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the vault and its private endpoint. Changing this replaces the vault. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`; names the private endpoint. */
    baseName: string;
    /** Name of the vault: 3 to 24 letters, digits and hyphens, unique in all of Azure. Changing this replaces the vault. */
    vaultName: string;
    /** Subscription that the role definitions are read from, a GUID. */
    subscriptionId: string;
    /** Entra tenant that the vault trusts, a GUID. */
    tenantId: string;
    /** Days that a deleted vault, secret or key can be recovered, 7 to 90. Azure refuses a change later. Defaults to 90. */
    softDeleteRetentionInDays?: number;
    /** Refuses to purge deleted vaults, secrets and keys before their time. Cannot be switched off again. Defaults to true. */
    purgeProtection?: boolean;
    /** Recovers the deleted vault of this name instead of creating one. For one run only: Azure refuses it when none exists. Defaults to false. */
    recoverDeletedVault?: boolean;
    /** Opens the vault to the public addresses in `allowedIpRanges`. Defaults to false. */
    publicNetworkAccess?: boolean;
    /** Public IPv4 addresses or ranges that may connect; needs `publicNetworkAccess`. Defaults to none. */
    allowedIpRanges?: string[];
    /** Lets services that Microsoft trusts pass the firewall; disk encryption sets need it. Defaults to false. */
    trustedServicesBypass?: boolean;
    /** Private endpoint of the vault. Defaults to none, which leaves only what the firewall admits. */
    privateEndpoint?: PrivateEndpointArgs;
    /** Names of RSA keys to create, for the API server's encryption and for disks. Kept in the vault when removed here. Defaults to none. */
    keys?: string[];
    /** Who may do what in the vault. Defaults to nobody. */
    roleAssignments?: KeyVaultRoleAssignmentArgs[];
    /** Id of the Log Analytics workspace that gets the audit logs. Defaults to none. */
    logAnalyticsWorkspaceId?: pulumi.Input<string>;
    /** Tags of the vault, its keys and its endpoint. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}
