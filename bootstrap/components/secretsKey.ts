import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { vaultBasics, vaultKeyOptions } from "../../components/internal/vault";
import { firewallOf, vaultRanges } from "../internal/stateNetwork";
import { guardService } from "./keptService";
import type { KeptServiceArgs } from "./keptService";

/** Arguments of a secrets key. */
export interface SecretsKeyArgs extends KeptServiceArgs {
    /** Name of the vault, unique in all of Azure. Changing this replaces the vault. */
    vaultName: string;
    /** Entra tenant that the vault trusts, a GUID. */
    tenantId: string;
}

const keyName = "pulumi";

/**
 * The key that encrypts the secrets in the states, in a vault of its own: RBAC only, recoverable, never purged before its
 * time. The key has no rotation policy: Pulumi asks for the newest version, which could not read what an older one wrote.
 */
export class SecretsKey extends pulumi.ComponentResource {
    /** Id of the key: what roles on it are assigned at. */
    public readonly keyId: pulumi.Output<string>;
    /** Name of the vault. */
    public readonly vaultName: pulumi.Output<string>;
    /** What `--secrets-provider` of `pulumi stack init` takes. */
    public readonly providerUrl: pulumi.Output<string>;

    constructor(name: string, args: SecretsKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone-bootstrap:index:SecretsKey", name, args, opts);
        const { resourceGroupName, network } = args;
        const { publicNetworkAccess, defaultAction } = firewallOf(network);

        const vault = new keyvault.Vault(
            `${name}-vault`,
            {
                resourceGroupName,
                location: args.location,
                vaultName: args.vaultName,
                properties: {
                    ...vaultBasics,
                    tenantId: args.tenantId,
                    softDeleteRetentionInDays: 90,
                    enablePurgeProtection: true,
                    publicNetworkAccess,
                    networkAcls: {
                        defaultAction,
                        bypass: keyvault.NetworkRuleBypassOptions.None,
                        ipRules: vaultRanges(network).map((value) => ({ value })),
                    },
                },
                tags: args.tags,
            },
            { parent: this },
        );
        const key = new keyvault.Key(
            `${name}-key`,
            {
                resourceGroupName,
                vaultName: vault.name,
                keyName,
                // Pulumi encrypts one data key for each stack, and decrypts it; nothing else.
                properties: { kty: "RSA", keySize: 3072, keyOps: ["encrypt", "decrypt"] },
                tags: args.tags,
            },
            // Without the key nobody can read the secrets of any state, nor of its earlier versions.
            vaultKeyOptions(this),
        );

        guardService(this, name, args, {
            id: vault.id,
            groupId: "vault",
            lockReason: "Holds the key of the secrets in the Pulumi state.",
        });

        this.keyId = key.id;
        this.vaultName = vault.name;
        this.providerUrl = pulumi.interpolate`azurekeyvault://${vault.name}.vault.azure.net/keys/${key.name}`;
        this.registerOutputs({
            keyId: this.keyId,
            vaultName: this.vaultName,
            providerUrl: this.providerUrl,
        });
    }
}
