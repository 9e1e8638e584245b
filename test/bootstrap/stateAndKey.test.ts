import * as assert from "node:assert/strict";
import type { CapturedResource, Deployment } from "../support/harness";
import { deployBootstrap, endpoints, subscription, tenantId } from "./bootstrapStacks";

const account = "azure-native:storage:StorageAccount";
const vault = "azure-native:keyvault:Vault";
const key = "azure-native:keyvault:Key";
const lock = "azure-native:authorization:ManagementLockByScope";
const endpoint = "azure-native:network:PrivateEndpoint";
const group = "rg-lz-prod-weu-ops";
const accountId = `${subscription}/resourceGroups/${group}/providers/Microsoft.Storage/storageAccounts/stlzprodweuops16f8a`;

const properties = (resource: CapturedResource) => resource.inputs["properties"] as Record<string, unknown>;

describe("bootstrap, state and key", () => {
    let open: Deployment;
    let restricted: Deployment;
    let closed: Deployment;

    before(async () => {
        open = await deployBootstrap();
        restricted = await deployBootstrap({
            stateNetwork: { exposure: "Restricted", allowedIpRanges: ["203.0.113.7", "198.51.100.0/24"] },
        });
        closed = await deployBootstrap({
            stateNetwork: { exposure: "Private", privateEndpoints: endpoints },
        });
    });

    it("keep the state in an account that knows Entra logins only", () => {
        const { inputs, id } = open.one(account);
        assert.equal(id?.replace(/[0-9a-f]{5}$/, ""), accountId.replace(/[0-9a-f]{5}$/, ""));
        const { accountName, networkRuleSet, ...rest } = inputs;
        assert.match(String(accountName), /^stlzprodweuops[0-9a-f]{5}$/);
        assert.deepEqual(networkRuleSet, { defaultAction: "Allow", bypass: "None", ipRules: [] });
        assert.deepEqual(rest, {
            resourceGroupName: group,
            location: "westeurope",
            kind: "StorageV2",
            sku: { name: "Standard_ZRS" },
            accessTier: "Hot",
            allowBlobPublicAccess: false,
            allowSharedKeyAccess: false,
            defaultToOAuthAuthentication: true,
            allowCrossTenantReplication: false,
            enableHttpsTrafficOnly: true,
            minimumTlsVersion: "TLS1_2",
            isLocalUserEnabled: false,
            publicNetworkAccess: "Enabled",
            tags: { environment: "prod", "managed-by": "pulumi", workload: "lz" },
        });
    });

    it("keep versions and what is deleted for the time that is set, and no longer", async () => {
        const kept = await deployBootstrap({ state: { retentionInDays: 30, redundancy: "Standard_GZRS" } });
        assert.deepEqual(kept.one(account).inputs["sku"], { name: "Standard_GZRS" });
        const { inputs } = kept.one("azure-native:storage:BlobServiceProperties");
        assert.deepEqual(
            [
                inputs["isVersioningEnabled"],
                inputs["deleteRetentionPolicy"],
                inputs["containerDeleteRetentionPolicy"],
            ],
            [true, { enabled: true, days: 30 }, { enabled: true, days: 30 }],
        );
        const { policy } = kept.one("azure-native:storage:ManagementPolicy").inputs as {
            policy: { rules: { definition: unknown }[] };
        };
        assert.deepEqual(
            policy.rules.map(({ definition }) => definition),
            [
                {
                    filters: { blobTypes: ["blockBlob"] },
                    actions: { version: { delete: { daysAfterCreationGreaterThan: 30 } } },
                },
            ],
        );
        const container = kept.one("azure-native:storage:BlobContainer");
        assert.deepEqual(
            [container.inputs["containerName"], container.inputs["publicAccess"]],
            ["state", "None"],
        );
    });

    it("encrypt secrets with a key in a vault that knows roles only and cannot be purged", () => {
        const { networkAcls, ...rest } = properties(open.one(vault));
        assert.deepEqual(networkAcls, { defaultAction: "Allow", bypass: "None", ipRules: [] });
        assert.deepEqual(rest, {
            tenantId,
            sku: { family: "A", name: "standard" },
            enableRbacAuthorization: true,
            enableSoftDelete: true,
            softDeleteRetentionInDays: 90,
            enablePurgeProtection: true,
            enabledForDeployment: false,
            enabledForDiskEncryption: false,
            enabledForTemplateDeployment: false,
            publicNetworkAccess: "Enabled",
        });
        assert.deepEqual(open.one(key).inputs["properties"], {
            kty: "RSA",
            keySize: 3072,
            keyOps: ["encrypt", "decrypt"],
        });
        const { retainOnDelete, ignoreChanges } = open.one(key).options;
        assert.deepEqual([retainOnDelete, ignoreChanges], [true, ["properties", "tags"]]);
    });

    it("let only listed addresses in where they are restricted", () => {
        const { inputs } = restricted.one(account);
        assert.deepEqual(
            [inputs["publicNetworkAccess"], inputs["networkRuleSet"]],
            [
                "Enabled",
                {
                    defaultAction: "Deny",
                    bypass: "None",
                    ipRules: [{ iPAddressOrRange: "203.0.113.7" }, { iPAddressOrRange: "198.51.100.0/24" }],
                },
            ],
        );
        const { publicNetworkAccess, networkAcls } = properties(restricted.one(vault));
        assert.deepEqual(
            [publicNetworkAccess, networkAcls],
            [
                "Enabled",
                {
                    defaultAction: "Deny",
                    bypass: "None",
                    ipRules: [{ value: "203.0.113.7/32" }, { value: "198.51.100.0/24" }],
                },
            ],
        );
        assert.deepEqual(restricted.ofType(endpoint), []);
    });

    it("have private addresses and no others where they are private", () => {
        const { inputs } = closed.one(account);
        const { publicNetworkAccess, networkAcls } = properties(closed.one(vault));
        const denied = { defaultAction: "Deny", bypass: "None", ipRules: [] };
        assert.deepEqual(
            [inputs["publicNetworkAccess"], inputs["networkRuleSet"], publicNetworkAccess, networkAcls],
            ["Disabled", denied, "Disabled", denied],
        );
        const linked = closed.ofType(endpoint).map((each) => {
            const [connection] = each.inputs["privateLinkServiceConnections"] as {
                privateLinkServiceId: string;
                groupIds: string[];
            }[];
            const target = closed.resources.find(({ id }) => id === connection?.privateLinkServiceId);
            const { id } = each.inputs["subnet"] as { id: string };
            return [connection?.groupIds, target?.type, id];
        });
        assert.deepEqual(linked.sort(), [
            [["blob"], account, endpoints.subnetId],
            [["vault"], vault, endpoints.subnetId],
        ]);
        const registered = closed
            .ofType("azure-native:network:PrivateDnsZoneGroup")
            .map(({ inputs: { privateDnsZoneConfigs } }) => privateDnsZoneConfigs);
        assert.deepEqual(registered.map((configs) => JSON.stringify(configs)).sort(), [
            JSON.stringify([{ name: "blob", privateDnsZoneId: endpoints.blobZoneId }]),
            JSON.stringify([{ name: "vault", privateDnsZoneId: endpoints.vaultZoneId }]),
        ]);
    });

    it("are locked and protected unless told otherwise", async () => {
        const locked = open
            .ofType(lock)
            .map(({ inputs }) => [
                open.resources.find(({ id }) => id === inputs["scope"])?.type,
                inputs["level"],
            ]);
        assert.deepEqual(locked.sort(), [
            [vault, "CanNotDelete"],
            [account, "CanNotDelete"],
        ]);
        assert.deepEqual(open.protectedNames(), [
            "group",
            "prod-deploy-identity",
            "prod-drift-identity",
            "prod-preview-identity",
            "secrets-key",
            "secrets-vault",
            "state-account",
            "state-blobs",
            "state-container",
        ]);
        const loose = await deployBootstrap({ protection: { protect: false, locks: false } });
        assert.deepEqual([loose.ofType(lock), loose.protectedNames()], [[], []]);
    });

    it("are told to the pipelines, and nothing of it is secret", () => {
        const { storageAccountName, keyVaultName, ...rest } = open.outputs;
        assert.match(String(keyVaultName), /^kv-lz-prod-weu-ops-[0-9a-f]{5}$/);
        const principal = (name: string) =>
            open.one("azure-native:managedidentity:UserAssignedIdentity", name).state;
        assert.deepEqual(rest, {
            tenantId,
            subscriptionId: subscription.split("/")[2],
            resourceGroupName: group,
            backendUrl: `azblob://state?storage_account=${String(storageAccountName)}`,
            secretsProvider: `azurekeyvault://${String(keyVaultName)}.vault.azure.net/keys/pulumi`,
            deployClientIds: { prod: principal("prod-deploy-identity")["clientId"] },
            deployPrincipalIds: { prod: principal("prod-deploy-identity")["principalId"] },
            previewClientIds: { prod: principal("prod-preview-identity")["clientId"] },
            previewPrincipalIds: { prod: principal("prod-preview-identity")["principalId"] },
            driftClientIds: { prod: principal("prod-drift-identity")["clientId"] },
            driftPrincipalIds: { prod: principal("prod-drift-identity")["principalId"] },
        });
        assert.deepEqual(open.captured.secretOutputs, []);
    });
});
