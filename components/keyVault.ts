import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as monitor from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import { keyVaultProblems } from "./internal/keyVaultRules";
import { recreatable } from "./internal/protection";
import { roleAssignmentOptions } from "./internal/roleAssignment";
import { roleDefinitionId } from "./internal/roles";
import type { RoleKey } from "./internal/roles";
import { withPrefix } from "./internal/serviceFirewall";
import { vaultBasics, vaultKeyOptions } from "./internal/vault";
import type { KeyVaultArgs } from "./keyVaultArgs";
import { PrivateLink } from "./privateLink";

const defaults = {
    softDeleteRetentionInDays: 90,
    purgeProtection: true,
    recoverDeletedVault: false,
    publicNetworkAccess: false,
    trustedServicesBypass: false,
    // The largest RSA key that the API server's encryption and disk encryption both accept.
    keySizeInBits: 4096,
};

// What the API server's encryption (encrypt, decrypt) and disk encryption (wrapKey, unwrapKey) do with a key; no signing.
const keyOperations = ["encrypt", "decrypt", "wrapKey", "unwrapKey"];

// Vaults offer two log categories; both are rare events that say who did what.
const auditCategories = ["AuditEvent", "AzurePolicyEvaluationDetails"];

/**
 * A key vault that grants access by Azure roles only, cannot be purged, and refuses every network but its private
 * endpoint unless told otherwise. Optionally holds the keys of the cluster's encryption. Secret values are not managed.
 */
export class KeyVault extends pulumi.ComponentResource {
    /** Id of the vault. */
    public readonly id: pulumi.Output<string>;
    /** Name of the vault. */
    public readonly name: pulumi.Output<string>;
    /** Address of the vault's data plane, for example `https://kv-lz-dev-weu.vault.azure.net/`. */
    public readonly uri: pulumi.Output<string>;
    /** Id of the private endpoint; absent without one. Resolves when the vault's name leads to its private address. */
    public readonly privateEndpointId?: pulumi.Output<string>;
    /** Address of each key in `keys` with its current version, by key name. */
    public readonly keyUris: pulumi.Output<{ [key: string]: string }>;

    constructor(name: string, args: KeyVaultArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:KeyVault", name, {}, opts);
        const problems = keyVaultProblems(args);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }

        const vault = new keyvault.Vault(
            `${name}-vault`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                vaultName: args.vaultName,
                properties: vaultProperties(args),
                tags: args.tags,
            },
            { parent: this },
        );

        const keyUris: { [key: string]: pulumi.Output<string> } = {};
        for (const keyName of args.keys ?? []) {
            const key = new keyvault.Key(
                `${name}-key-${keyName}`,
                {
                    resourceGroupName: args.resourceGroupName,
                    vaultName: vault.name,
                    keyName,
                    properties: { kty: "RSA", keySize: defaults.keySizeInBits, keyOps: keyOperations },
                    tags: args.tags,
                },
                vaultKeyOptions(this),
            );
            keyUris[keyName] = key.keyUriWithVersion;
        }

        for (const { key, principalId, principalType, role } of args.roleAssignments ?? []) {
            const roleKey: RoleKey = `keyVault${role}`;
            new authorization.RoleAssignment(
                `${name}-${roleKey}-${key}`,
                {
                    scope: vault.id,
                    principalId,
                    principalType,
                    roleDefinitionId: roleDefinitionId(args.subscriptionId, roleKey),
                },
                roleAssignmentOptions(this),
            );
        }

        if (args.privateEndpoint) {
            const link = new PrivateLink(
                `${name}-private-link`,
                {
                    resourceGroupName: args.resourceGroupName,
                    location: args.location,
                    baseName: args.baseName,
                    serviceId: vault.id,
                    groupId: "vault",
                    endpoint: args.privateEndpoint,
                    tags: args.tags,
                },
                { parent: this, ...recreatable },
            );
            this.privateEndpointId = link.endpointId;
        }

        if (args.logAnalyticsWorkspaceId !== undefined) {
            new monitor.DiagnosticSetting(
                `${name}-audit-logs`,
                {
                    resourceUri: vault.id,
                    name: "audit-logs",
                    workspaceId: args.logAnalyticsWorkspaceId,
                    logAnalyticsDestinationType: "Dedicated",
                    logs: auditCategories.map((category) => ({ category, enabled: true })),
                },
                { parent: this, ...recreatable },
            );
        }

        this.id = vault.id;
        this.name = vault.name;
        this.uri = vault.properties.vaultUri;
        this.keyUris = pulumi.output(keyUris);
        this.registerOutputs({
            id: this.id,
            name: this.name,
            uri: this.uri,
            privateEndpointId: this.privateEndpointId,
            keyUris: this.keyUris,
        });
    }
}

function vaultProperties(args: KeyVaultArgs) {
    const bypass = args.trustedServicesBypass ?? defaults.trustedServicesBypass;
    return {
        ...vaultBasics,
        tenantId: args.tenantId,
        softDeleteRetentionInDays: args.softDeleteRetentionInDays ?? defaults.softDeleteRetentionInDays,
        // Azure refuses `false`: purge protection is switched on for ever or not mentioned.
        ...((args.purgeProtection ?? defaults.purgeProtection) ? { enablePurgeProtection: true } : {}),
        // Azure refuses `recover` unless a deleted vault of that name exists.
        ...((args.recoverDeletedVault ?? defaults.recoverDeletedVault)
            ? { createMode: keyvault.CreateMode.Recover }
            : {}),
        publicNetworkAccess:
            (args.publicNetworkAccess ?? defaults.publicNetworkAccess) ? "Enabled" : "Disabled",
        networkAcls: {
            defaultAction: "Deny",
            bypass: bypass ? "AzureServices" : "None",
            ipRules: (args.allowedIpRanges ?? []).map((range) => ({ value: withPrefix(range) })),
        },
    };
}
