import * as authorization from "@pulumi/azure-native/authorization";
import * as compute from "@pulumi/azure-native/compute";
import * as pulumi from "@pulumi/pulumi";
import { azureName } from "./internal/naming";
import { roleAssignmentOptions } from "./internal/roleAssignment";
import { roleDefinitionId } from "./internal/roles";
import { PrincipalType } from "./shared";

/** Arguments of a disk encryption set. */
export interface DiskEncryptionArgs {
    /** Resource group of the disk encryption set. Changing this replaces the set. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the set: that of its disks and its vault. Changing this replaces the set. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`; the set is called `des-<baseName>`. Changing this replaces the set. */
    baseName: string;
    /** Subscription of the set and its vault, a GUID. */
    subscriptionId: string;
    /** Id of the vault that holds the key. It must have purge protection and let trusted services pass its firewall. */
    keyVaultId: pulumi.Input<string>;
    /** Address of the key with its version: an entry of a vault's `keyUris`. Disks follow later versions by themselves. */
    keyUri: pulumi.Input<string>;
    /** Tags of the set. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}

const versionedKeyUri = /^https:\/\/[^/]+\/keys\/[^/]+\/[0-9a-f]{32}$/i;

/** A disk encryption set with a key of the customer's, and the right of its identity to use that key. */
export class DiskEncryption extends pulumi.ComponentResource {
    /** Id of the disk encryption set; resolves when its identity may use the key. */
    public readonly id: pulumi.Output<string>;
    /** Object id of the set's identity. */
    public readonly principalId: pulumi.Output<string>;

    constructor(name: string, args: DiskEncryptionArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:DiskEncryption", name, {}, opts);
        if (typeof args.keyUri === "string" && !versionedKeyUri.test(args.keyUri)) {
            throw new pulumi.ResourceError(
                `\`keyUri\` is "${args.keyUri}": Azure takes the address of a key with its version, like ` +
                    "https://<vault>.vault.azure.net/keys/<key>/<version>. Pass an entry of the vault's `keyUris`.",
                this,
            );
        }

        const set = new compute.DiskEncryptionSet(
            `${name}-set`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                diskEncryptionSetName: azureName("diskEncryptionSet", args.baseName),
                encryptionType: compute.DiskEncryptionSetType.EncryptionAtRestWithCustomerKey,
                identity: { type: compute.DiskEncryptionSetIdentityType.SystemAssigned },
                activeKey: { keyUrl: args.keyUri, sourceVault: { id: args.keyVaultId } },
                rotationToLatestKeyVersionEnabled: true,
                tags: args.tags,
            },
            { parent: this },
        );
        // Azure sets the identity whenever one was asked for, as it was above.
        const principalId = set.identity.apply((identity) => identity?.principalId) as pulumi.Output<string>;
        const access = new authorization.RoleAssignment(
            `${name}-keyVaultCryptoServiceEncryptionUser-set`,
            {
                scope: args.keyVaultId,
                principalId,
                principalType: PrincipalType.ServicePrincipal,
                roleDefinitionId: roleDefinitionId(
                    args.subscriptionId,
                    "keyVaultCryptoServiceEncryptionUser",
                ),
            },
            roleAssignmentOptions(this),
        );

        this.id = pulumi.all([set.id, access.id]).apply(([id]) => id);
        this.principalId = principalId;
        this.registerOutputs({ id: this.id, principalId: this.principalId });
    }
}
