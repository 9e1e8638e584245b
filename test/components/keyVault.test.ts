import * as assert from "node:assert/strict";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { KeyVault } from "../../components/keyVault";
import { KeyVaultRole } from "../../components/keyVaultArgs";
import type { KeyVaultArgs } from "../../components/keyVaultArgs";
import { PrincipalType } from "../../components/shared";
import { created, deploy, failureOf, testEnvironment } from "../support/harness";

const group = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test`;
const subnetId = `${group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/endpoints`;
const zoneId = `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net`;
const workspaceId = `${group}/providers/Microsoft.OperationalInsights/workspaces/log`;
const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-test`;
const reader = "44444444-4444-4444-8444-444444444444";
const tags = { environment: "test" };

const baseline: KeyVaultArgs = {
    resourceGroupName: "rg-test",
    location: "westeurope",
    baseName: "lz-test",
    vaultName: "kv-test",
    subscriptionId: testEnvironment.subscriptionId,
    tenantId: testEnvironment.tenantId,
    tags,
};
const grant = {
    key: "app",
    principalId: reader,
    principalType: PrincipalType.ServicePrincipal,
    role: KeyVaultRole.SecretsUser,
};
const everything: Partial<KeyVaultArgs> = {
    privateEndpoint: { subnetId, privateDnsZoneId: zoneId },
    keys: ["etcd", "disks"],
    roleAssignments: [grant],
    logAnalyticsWorkspaceId: workspaceId,
};

function vault(
    change: Partial<KeyVaultArgs> = {},
    opts?: pulumi.ComponentResourceOptions,
): Record<string, unknown> {
    const { id, name, uri, privateEndpointId, keyUris } = new KeyVault(
        "vault",
        { ...baseline, ...change },
        opts,
    );
    return { id, name, uri, keyUris, ...(privateEndpointId ? { privateEndpointId } : {}) };
}

async function propertiesOf(change: Partial<KeyVaultArgs> = {}): Promise<Record<string, unknown>> {
    const deployment = await deploy(() => vault(change));
    return deployment.one("azure-native:keyvault:Vault").inputs["properties"] as Record<string, unknown>;
}

const everythingCreated = [
    "aks-landing-zone:index:KeyVault vault",
    "aks-landing-zone:index:PrivateLink vault-private-link",
    "azure-native:authorization:RoleAssignment vault-keyVaultSecretsUser-app",
    "azure-native:keyvault:Key vault-key-disks",
    "azure-native:keyvault:Key vault-key-etcd",
    "azure-native:keyvault:Vault vault-vault",
    "azure-native:monitor:DiagnosticSetting vault-audit-logs",
    "azure-native:network:PrivateDnsZoneGroup vault-private-link-dns",
    "azure-native:network:PrivateEndpoint vault-private-link-endpoint",
];

describe("KeyVault", () => {
    it("is by default one closed vault that cannot be purged", async () => {
        const deployment = await deploy(() => vault());
        assert.deepEqual(created(deployment), [
            "aks-landing-zone:index:KeyVault vault",
            "azure-native:keyvault:Vault vault-vault",
        ]);
        assert.deepEqual(deployment.one("azure-native:keyvault:Vault").inputs, {
            resourceGroupName: "rg-test",
            location: "westeurope",
            vaultName: "kv-test",
            properties: {
                tenantId: testEnvironment.tenantId,
                sku: { family: "A", name: "standard" },
                enableRbacAuthorization: true,
                enableSoftDelete: true,
                softDeleteRetentionInDays: 90,
                enablePurgeProtection: true,
                enabledForDeployment: false,
                enabledForDiskEncryption: false,
                enabledForTemplateDeployment: false,
                publicNetworkAccess: "Disabled",
                networkAcls: { defaultAction: "Deny", bypass: "None", ipRules: [] },
            },
            tags,
        });
        assert.deepEqual(deployment.outputs, {
            id: vaultId,
            name: "kv-test",
            uri: "https://kv-test.vault.azure.net/",
            keyUris: {},
        });
    });

    it("creates the same resources in a preview as in an update", async () => {
        assert.deepEqual(created(await deploy(() => vault(everything))), everythingCreated);
        assert.deepEqual(
            created(await deploy(() => vault(everything), { preview: true })),
            everythingCreated,
        );
    });

    it("puts every resource under the component and protects what holds data", async () => {
        const deployment = await deploy(() => vault(everything, { protect: true }));
        for (const resource of deployment.resources.filter(({ custom }) => custom)) {
            const isLinked = resource.name.startsWith("vault-private-link-");
            assert.equal(
                deployment.parentName(resource),
                isLinked ? "vault-private-link" : "vault",
                resource.name,
            );
        }
        assert.deepEqual(deployment.protectedNames(), ["vault-key-disks", "vault-key-etcd", "vault-vault"]);
    });

    it("tags everything that takes tags", async () => {
        const deployment = await deploy(() => vault(everything));
        const tagged = deployment.resources.filter(({ custom, inputs }) => custom && "tags" in inputs);
        assert.deepEqual(Object.fromEntries(tagged.map(({ name, inputs }) => [name, inputs["tags"]])), {
            "vault-vault": tags,
            "vault-key-etcd": tags,
            "vault-key-disks": tags,
            "vault-private-link-endpoint": tags,
        });
    });

    it("leaves purge protection unmentioned when it is off: Azure refuses false", async () => {
        const properties = await propertiesOf({ purgeProtection: false });
        assert.equal("enablePurgeProtection" in properties, false);
        assert.equal(properties["enableSoftDelete"], true);
    });

    it("mentions a create mode only when a deleted vault is to be recovered", async () => {
        assert.equal("createMode" in (await propertiesOf()), false);
        assert.equal("createMode" in (await propertiesOf({ recoverDeletedVault: false })), false);
        assert.equal((await propertiesOf({ recoverDeletedVault: true }))["createMode"], "recover");
    });

    it("takes another retention time", async () => {
        assert.equal((await propertiesOf({ softDeleteRetentionInDays: 7 }))["softDeleteRetentionInDays"], 7);
    });

    it("opens to listed public addresses only, spelled as Azure stores them", async () => {
        const properties = await propertiesOf({
            publicNetworkAccess: true,
            allowedIpRanges: ["203.0.113.7", "198.51.100.0/24"],
        });
        assert.equal(properties["publicNetworkAccess"], "Enabled");
        assert.deepEqual(properties["networkAcls"], {
            defaultAction: "Deny",
            bypass: "None",
            ipRules: [{ value: "203.0.113.7/32" }, { value: "198.51.100.0/24" }],
        });
    });

    it("lets trusted services pass only when asked to", async () => {
        const properties = await propertiesOf({ trustedServicesBypass: true });
        assert.deepEqual(properties["networkAcls"], {
            defaultAction: "Deny",
            bypass: "AzureServices",
            ipRules: [],
        });
        assert.equal(properties["publicNetworkAccess"], "Disabled");
    });

    it("gets a private endpoint with its address in the private zone", async () => {
        const deployment = await deploy(() =>
            vault({ privateEndpoint: { subnetId, privateDnsZoneId: zoneId } }),
        );
        const endpoint = deployment.one("azure-native:network:PrivateEndpoint");
        assert.deepEqual(endpoint.inputs, {
            resourceGroupName: "rg-test",
            location: "westeurope",
            privateEndpointName: "pep-lz-test-vault",
            // The policies are what the SDK fills in for any subnet reference; Azure takes the id alone.
            subnet: {
                id: subnetId,
                privateEndpointNetworkPolicies: "Disabled",
                privateLinkServiceNetworkPolicies: "Enabled",
            },
            privateLinkServiceConnections: [
                { name: "vault", privateLinkServiceId: vaultId, groupIds: ["vault"] },
            ],
            tags,
        });
        assert.equal(endpoint.options.deleteBeforeReplace, true);
        assert.deepEqual(deployment.one("azure-native:network:PrivateDnsZoneGroup").inputs, {
            resourceGroupName: "rg-test",
            privateEndpointName: "pep-lz-test-vault",
            privateDnsZoneGroupName: "default",
            privateDnsZoneConfigs: [{ name: "vault", privateDnsZoneId: zoneId }],
        });
        assert.equal(deployment.outputs["privateEndpointId"], endpoint.id);
    });

    it("gives out its endpoint's id only once the vault's name leads to it", async () => {
        const deployment = await deploy(() => {
            const { privateEndpointId } = vault({ privateEndpoint: { subnetId, privateDnsZoneId: zoneId } });
            new UserAssignedIdentity("user", {
                resourceGroupName: "rg-test",
                resourceName: "id-user",
                tags: { endpoint: privateEndpointId as pulumi.Output<string> },
            });
        });
        assert.deepEqual(
            deployment.dependencyNames(deployment.one("azure-native:managedidentity:UserAssignedIdentity")),
            ["vault-private-link-dns", "vault-private-link-endpoint"],
        );
    });

    it("creates keys that outlive the program and are never rewritten", async () => {
        const deployment = await deploy(() => vault({ keys: ["etcd"] }));
        const key = deployment.one("azure-native:keyvault:Key");
        assert.deepEqual(key.inputs, {
            resourceGroupName: "rg-test",
            vaultName: "kv-test",
            keyName: "etcd",
            properties: { kty: "RSA", keySize: 4096, keyOps: ["encrypt", "decrypt", "wrapKey", "unwrapKey"] },
            tags,
        });
        assert.equal(key.options.retainOnDelete, true);
        assert.deepEqual(key.options.ignoreChanges, ["properties", "tags"]);
        const { etcd } = deployment.outputs["keyUris"] as Record<string, string>;
        assert.match(etcd ?? "", /^https:\/\/kv-test\.vault\.azure\.net\/keys\/etcd\/[0-9a-f]{32}$/);
    });

    it("gives each principal its role on the vault and waits for new principals", async () => {
        const owner = { ...grant, principalType: PrincipalType.Group, role: KeyVaultRole.SecretsOfficer };
        const deployment = await deploy(() => vault({ roleAssignments: [grant, owner] }));
        const assignments = deployment.ofType("azure-native:authorization:RoleAssignment");
        const role = (id: string) =>
            `/subscriptions/${testEnvironment.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
        assert.deepEqual(Object.fromEntries(assignments.map(({ name, inputs }) => [name, inputs])), {
            "vault-keyVaultSecretsUser-app": {
                scope: vaultId,
                principalId: reader,
                principalType: "ServicePrincipal",
                roleDefinitionId: role("4633458b-17de-408a-b874-0445c86b69e6"),
            },
            "vault-keyVaultSecretsOfficer-app": {
                scope: vaultId,
                principalId: reader,
                principalType: "Group",
                roleDefinitionId: role("b86a8fe4-44ce-4948-aee5-eccb2c155cd7"),
            },
        });
        for (const { options } of assignments) {
            assert.deepEqual(options.replaceOnChanges, ["roleDefinitionId"]);
            assert.deepEqual(options.errorHooks, ["retry-while-azure-settles"]);
        }
    });

    for (const [role, guid] of [
        [KeyVaultRole.SecretsUser, "4633458b-17de-408a-b874-0445c86b69e6"],
        [KeyVaultRole.SecretsOfficer, "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"],
        [KeyVaultRole.CertificateUser, "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba"],
        [KeyVaultRole.Reader, "21090545-7ca7-4776-b22c-e363652d74d2"],
        [KeyVaultRole.CryptoUser, "12338af0-0e69-4776-bea7-57ae8d297424"],
        [KeyVaultRole.CryptoServiceEncryptionUser, "e147488a-f6f5-4113-8e2d-b22465e65bf6"],
        [KeyVaultRole.Contributor, "f25e0fa2-a7c8-4377-a976-54943a77a395"],
    ] as const) {
        it(`knows the role ${role}`, async () => {
            const deployment = await deploy(() => vault({ roleAssignments: [{ ...grant, role }] }));
            const assignment = deployment.one(
                "azure-native:authorization:RoleAssignment",
                `vault-keyVault${role}-app`,
            );
            assert.equal(String(assignment.inputs["roleDefinitionId"]).split("/").at(-1), guid);
        });
    }

    it("sends its audit logs to the workspace", async () => {
        const deployment = await deploy(() => vault({ logAnalyticsWorkspaceId: workspaceId }));
        assert.deepEqual(deployment.one("azure-native:monitor:DiagnosticSetting").inputs, {
            resourceUri: vaultId,
            name: "audit-logs",
            workspaceId,
            logAnalyticsDestinationType: "Dedicated",
            logs: [
                { category: "AuditEvent", enabled: true },
                { category: "AzurePolicyEvaluationDetails", enabled: true },
            ],
        });
    });

    describe("refuses", () => {
        const refusals: [what: string, change: Partial<KeyVaultArgs>, message: string][] = [
            [
                "a name that is too long",
                { vaultName: "kv-landing-zone-westeurope" },
                '`vaultName` is "kv-landing-zone-westeurope": it has 26 characters, Azure allows 24. Choose another name.',
            ],
            [
                "a name with characters that Azure does not allow",
                { vaultName: "kv_test" },
                '`vaultName` is "kv_test": Azure allows letters, digits and single hyphens, starting with a letter and ending ' +
                    "with a letter or digit, at least 3 characters. Choose another name.",
            ],
            [
                "a retention time that is too short",
                { softDeleteRetentionInDays: 6 },
                "`softDeleteRetentionInDays` is 6: Azure allows whole numbers from 7 to 90.",
            ],
            [
                "a retention time that is too long",
                { softDeleteRetentionInDays: 91 },
                "`softDeleteRetentionInDays` is 91: Azure allows whole numbers from 7 to 90.",
            ],
            [
                "a broken retention time",
                { softDeleteRetentionInDays: 7.5 },
                "`softDeleteRetentionInDays` is 7.5: Azure allows whole numbers from 7 to 90.",
            ],
            [
                "public ranges without public access",
                { allowedIpRanges: ["203.0.113.7"] },
                "`allowedIpRanges` is set but `publicNetworkAccess` is false: the ranges would have no effect. " +
                    "Set `publicNetworkAccess: true` or remove the ranges.",
            ],
            [
                "public access for nobody",
                { publicNetworkAccess: true },
                "`publicNetworkAccess` is true but `allowedIpRanges` is empty: every public address would be refused. " +
                    "List the public addresses that may connect, or set `publicNetworkAccess: false`.",
            ],
            [
                "a key name that Azure does not allow",
                { keys: ["disk_key"] },
                '`keys` has "disk_key": Azure allows 1 to 127 letters, digits and hyphens. Rename the key.',
            ],
            [
                "the same key twice, in whatever case",
                { keys: ["Etcd", "etcd"] },
                '`keys` has "etcd" twice: a vault holds one key of a name. Remove one of them.',
            ],
            [
                "keys that could be purged",
                { keys: ["etcd"], purgeProtection: false },
                "`keys` has names but `purgeProtection` is false: Azure encrypts disks only with a key that nobody can " +
                    "purge, and what a purged key encrypted is lost. Set `purgeProtection: true` or remove `keys`.",
            ],
            [
                "two principals with one key",
                { roleAssignments: [grant, { ...grant, principalId: testEnvironment.deployerObjectId }] },
                '`roleAssignments` has two entries with key "app" and role "SecretsUser". ' +
                    "Give every principal a key of its own.",
            ],
            [
                "a second assignment of the same role",
                { roleAssignments: [grant, { ...grant, key: "other" }] },
                `\`roleAssignments\` gives role "SecretsUser" to principal "${reader}" twice, which Azure refuses. ` +
                    "Remove one of them.",
            ],
        ];
        for (const [what, change, message] of refusals) {
            it(what, async () => {
                assert.equal(await failureOf(() => vault(change)), message);
            });
        }

        it("several faults in one message", async () => {
            assert.equal(
                await failureOf(() => vault({ vaultName: "kv_test", softDeleteRetentionInDays: 1 })),
                '`vaultName` is "kv_test": Azure allows letters, digits and single hyphens, starting with a letter and ending ' +
                    "with a letter or digit, at least 3 characters. Choose another name.\n" +
                    "`softDeleteRetentionInDays` is 1: Azure allows whole numbers from 7 to 90.",
            );
        });
    });

    it("compares only principals that are known beforehand", async () => {
        const unknown = pulumi.output(reader);
        const deployment = await deploy(() =>
            vault({
                roleAssignments: [
                    { ...grant, principalId: unknown },
                    { ...grant, key: "b", principalId: unknown },
                ],
            }),
        );
        assert.equal(deployment.ofType("azure-native:authorization:RoleAssignment").length, 2);
    });
});
