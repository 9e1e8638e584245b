import * as assert from "node:assert/strict";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { DiskEncryption } from "../../components/diskEncryption";
import type { DiskEncryptionArgs } from "../../components/diskEncryption";
import { created, deploy, failureOf, testEnvironment } from "../support/harness";

const group = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test`;
const setId = `${group}/providers/Microsoft.Compute/diskEncryptionSets/des-lz-test`;
const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-test`;
const keyUri = `https://kv-test.vault.azure.net/keys/disks/${"0123456789abcdef".repeat(2)}`;
const tags = { environment: "test" };

const baseline: DiskEncryptionArgs = {
    resourceGroupName: "rg-test",
    location: "westeurope",
    baseName: "lz-test",
    subscriptionId: testEnvironment.subscriptionId,
    keyVaultId: vaultId,
    keyUri,
    tags,
};

function encryption(change: Partial<DiskEncryptionArgs> = {}, opts?: pulumi.ComponentResourceOptions) {
    const { id, principalId } = new DiskEncryption("disks", { ...baseline, ...change }, opts);
    return { id, principalId };
}

const everythingCreated = [
    "aks-landing-zone:index:DiskEncryption disks",
    "azure-native:authorization:RoleAssignment disks-keyVaultCryptoServiceEncryptionUser-set",
    "azure-native:compute:DiskEncryptionSet disks-set",
];

describe("DiskEncryption", () => {
    it("creates the same resources in a preview as in an update", async () => {
        assert.deepEqual(created(await deploy(() => encryption())), everythingCreated);
        assert.deepEqual(created(await deploy(() => encryption(), { preview: true })), everythingCreated);
    });

    it("encrypts with the vault's key and follows its later versions", async () => {
        const deployment = await deploy(() => encryption());
        assert.deepEqual(deployment.one("azure-native:compute:DiskEncryptionSet").inputs, {
            resourceGroupName: "rg-test",
            location: "westeurope",
            diskEncryptionSetName: "des-lz-test",
            encryptionType: "EncryptionAtRestWithCustomerKey",
            identity: { type: "SystemAssigned" },
            activeKey: { keyUrl: keyUri, sourceVault: { id: vaultId } },
            rotationToLatestKeyVersionEnabled: true,
            tags,
        });
    });

    it("lets the set's own identity use the key, and nobody else", async () => {
        const deployment = await deploy(() => encryption());
        const assignment = deployment.one("azure-native:authorization:RoleAssignment");
        assert.deepEqual(assignment.inputs, {
            scope: vaultId,
            principalId: deployment.outputs["principalId"],
            principalType: "ServicePrincipal",
            roleDefinitionId:
                `/subscriptions/${testEnvironment.subscriptionId}/providers/Microsoft.Authorization/` +
                "roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6",
        });
        assert.match(
            String(deployment.outputs["principalId"]),
            /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        );
        assert.deepEqual(assignment.options.errorHooks, ["retry-while-azure-settles"]);
        assert.deepEqual(assignment.options.replaceOnChanges, ["roleDefinitionId"]);
    });

    it("gives out its id only once the identity may use the key", async () => {
        const deployment = await deploy(() => {
            const { id } = encryption();
            new managedidentity.UserAssignedIdentity("user", {
                resourceGroupName: "rg-test",
                resourceName: "id-user",
                tags: { set: id },
            });
            return { id };
        });
        assert.equal(deployment.outputs["id"], setId);
        assert.deepEqual(
            deployment.dependencyNames(deployment.one("azure-native:managedidentity:UserAssignedIdentity")),
            ["disks-keyVaultCryptoServiceEncryptionUser-set", "disks-set"],
        );
    });

    it("is the parent of both, and protects the set", async () => {
        const deployment = await deploy(() => encryption({}, { protect: true }));
        for (const resource of deployment.resources.filter(({ custom }) => custom)) {
            assert.equal(deployment.parentName(resource), "disks", resource.name);
        }
        assert.deepEqual(deployment.protectedNames(), ["disks-set"]);
    });

    it("accepts a key that is not known yet", async () => {
        const deployment = await deploy(() => encryption({ keyUri: pulumi.output("https://kv/keys/disks") }));
        assert.deepEqual(created(deployment), everythingCreated);
    });

    it("refuses a key without a version", async () => {
        assert.equal(
            await failureOf(() => encryption({ keyUri: "https://kv-test.vault.azure.net/keys/disks" })),
            '`keyUri` is "https://kv-test.vault.azure.net/keys/disks": Azure takes the address of a key with its version, like ' +
                "https://<vault>.vault.azure.net/keys/<key>/<version>. Pass an entry of the vault's `keyUris`.",
        );
    });
});
