import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Registry } from "../../components/registry";
import { RegistrySku } from "../../components/registryArgs";
import type { CacheRuleArgs, RegistryArgs } from "../../components/registryArgs";
import { created, deploy, failureOf, testEnvironment } from "../support/harness";

const group = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test`;
const subnetId = `${group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/endpoints`;
const zoneId = `${group}/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io`;
const workspaceId = `${group}/providers/Microsoft.OperationalInsights/workspaces/log`;
const registryId = `${group}/providers/Microsoft.ContainerRegistry/registries/crtest`;
const credentialSetId = `${registryId}/credentialSets/docker-hub`;
const kubelet = "44444444-4444-4444-8444-444444444444";
const tags = { environment: "test" };

const baseline: RegistryArgs = {
    resourceGroupName: "rg-test",
    location: "westeurope",
    baseName: "lz-test",
    registryName: "crtest",
    subscriptionId: testEnvironment.subscriptionId,
    tags,
};
const mcr: CacheRuleArgs = {
    name: "mcr-oss",
    sourceRepository: "mcr.microsoft.com/oss/*",
    targetRepository: "mcr/oss/*",
};
const everything: Partial<RegistryArgs> = {
    replicaLocations: ["northeurope", "francecentral"],
    privateEndpoint: { subnetId, privateDnsZoneId: zoneId },
    pullPrincipals: [{ key: "kubelet", principalId: kubelet }],
    cacheRules: [mcr],
    logAnalyticsWorkspaceId: workspaceId,
};
const standard: Partial<RegistryArgs> = { sku: RegistrySku.Standard, publicNetworkAccess: true };

function registry(
    change: Partial<RegistryArgs> = {},
    opts?: pulumi.ComponentResourceOptions,
): Record<string, unknown> {
    const created = new Registry("registry", { ...baseline, ...change }, opts);
    const { id, name, loginServer, pullAssignmentIds, privateEndpointId } = created;
    return { id, name, loginServer, pullAssignmentIds, ...(privateEndpointId ? { privateEndpointId } : {}) };
}

async function registryInputs(change: Partial<RegistryArgs>): Promise<Record<string, unknown>> {
    const deployment = await deploy(() => registry(change));
    return deployment.one("azure-native:containerregistry:Registry").inputs;
}

const everythingCreated = [
    "aks-landing-zone:index:PrivateLink registry-private-link",
    "aks-landing-zone:index:Registry registry",
    "azure-native:authorization:RoleAssignment registry-acrPull-kubelet",
    "azure-native:containerregistry:CacheRule registry-cache-mcr-oss",
    "azure-native:containerregistry:Registry registry-registry",
    "azure-native:containerregistry:Replication registry-replica-francecentral",
    "azure-native:containerregistry:Replication registry-replica-northeurope",
    "azure-native:monitor:DiagnosticSetting registry-logs",
    "azure-native:network:PrivateDnsZoneGroup registry-private-link-dns",
    "azure-native:network:PrivateEndpoint registry-private-link-endpoint",
];

describe("Registry", () => {
    it("is by default one private Premium registry without passwords", async () => {
        const deployment = await deploy(() => registry());
        assert.deepEqual(created(deployment), [
            "aks-landing-zone:index:Registry registry",
            "azure-native:containerregistry:Registry registry-registry",
        ]);
        assert.deepEqual(deployment.one("azure-native:containerregistry:Registry").inputs, {
            resourceGroupName: "rg-test",
            location: "westeurope",
            registryName: "crtest",
            sku: { name: "Premium" },
            adminUserEnabled: false,
            anonymousPullEnabled: false,
            zoneRedundancy: "Enabled",
            dataEndpointEnabled: true,
            publicNetworkAccess: "Disabled",
            networkRuleBypassOptions: "None",
            networkRuleSet: { defaultAction: "Deny", ipRules: [] },
            policies: {
                exportPolicy: { status: "disabled" },
                retentionPolicy: { status: "enabled", days: 7 },
            },
            tags,
        });
        assert.deepEqual(deployment.outputs, {
            id: registryId,
            name: "crtest",
            loginServer: "crtest.azurecr.io",
            pullAssignmentIds: [],
        });
    });

    it("creates the same resources in a preview as in an update", async () => {
        assert.deepEqual(created(await deploy(() => registry(everything))), everythingCreated);
        assert.deepEqual(
            created(await deploy(() => registry(everything), { preview: true })),
            everythingCreated,
        );
    });

    it("puts every resource under the component and protects what holds data", async () => {
        const deployment = await deploy(() => registry(everything, { protect: true }));
        for (const resource of deployment.resources.filter(({ custom }) => custom)) {
            const isLinked = resource.name.startsWith("registry-private-link-");
            assert.equal(
                deployment.parentName(resource),
                isLinked ? "registry-private-link" : "registry",
                resource.name,
            );
        }
        assert.deepEqual(deployment.protectedNames(), ["registry-registry"]);
    });

    it("tags everything that takes tags", async () => {
        const deployment = await deploy(() => registry(everything));
        const tagged = deployment.resources.filter(({ custom, inputs }) => custom && "tags" in inputs);
        assert.deepEqual(Object.fromEntries(tagged.map(({ name, inputs }) => [name, inputs["tags"]])), {
            "registry-registry": tags,
            "registry-replica-northeurope": tags,
            "registry-replica-francecentral": tags,
            "registry-private-link-endpoint": tags,
        });
    });

    for (const sku of [RegistrySku.Basic, RegistrySku.Standard]) {
        it(`sends ${sku} nothing that only Premium knows`, async () => {
            assert.deepEqual(await registryInputs({ sku, publicNetworkAccess: true }), {
                resourceGroupName: "rg-test",
                location: "westeurope",
                registryName: "crtest",
                sku: { name: sku },
                adminUserEnabled: false,
                anonymousPullEnabled: false,
                publicNetworkAccess: "Enabled",
                // What the SDK fills in by itself: what these tiers have in any case.
                networkRuleBypassOptions: "AzureServices",
                zoneRedundancy: "Disabled",
                tags,
            });
        });
    }

    it("accepts on Standard what says that a Premium setting is off", async () => {
        const off = {
            zoneRedundant: false,
            dataEndpoint: false,
            trustedServicesBypass: false,
            replicaLocations: [],
        };
        const inputs = await registryInputs({
            ...standard,
            ...off,
            untaggedRetentionInDays: 0,
            exportEnabled: true,
        });
        assert.deepEqual(inputs["sku"], { name: "Standard" });
        assert.equal("policies" in inputs, false);
    });

    it("switches single Premium settings", async () => {
        assert.equal((await registryInputs({ zoneRedundant: false }))["zoneRedundancy"], "Disabled");
        assert.equal((await registryInputs({ dataEndpoint: false }))["dataEndpointEnabled"], false);
        assert.equal(
            (await registryInputs({ trustedServicesBypass: true }))["networkRuleBypassOptions"],
            "AzureServices",
        );
        assert.deepEqual((await registryInputs({ exportEnabled: true }))["policies"], {
            exportPolicy: { status: "enabled" },
            retentionPolicy: { status: "enabled", days: 7 },
        });
        assert.deepEqual((await registryInputs({ untaggedRetentionInDays: 365 }))["policies"], {
            exportPolicy: { status: "disabled" },
            retentionPolicy: { status: "enabled", days: 365 },
        });
        assert.deepEqual((await registryInputs({ untaggedRetentionInDays: 0 }))["policies"], {
            exportPolicy: { status: "disabled" },
            // The days are what the SDK fills in by itself.
            retentionPolicy: { status: "disabled", days: 7 },
        });
    });

    it("opens Premium to listed public addresses only, spelled as Azure stores them", async () => {
        const inputs = await registryInputs({
            publicNetworkAccess: true,
            exportEnabled: true,
            allowedIpRanges: ["203.0.113.7/32", "198.51.100.0/24"],
        });
        assert.equal(inputs["publicNetworkAccess"], "Enabled");
        assert.deepEqual(inputs["networkRuleSet"], {
            defaultAction: "Deny",
            ipRules: [
                { action: "Allow", iPAddressOrRange: "203.0.113.7" },
                { action: "Allow", iPAddressOrRange: "198.51.100.0/24" },
            ],
        });
    });

    it("keeps a replica in each region, made one after the other", async () => {
        const deployment = await deploy(() =>
            registry({ replicaLocations: ["northeurope", "francecentral"] }),
        );
        const [first, second] = ["northeurope", "francecentral"].map((location) =>
            deployment.one("azure-native:containerregistry:Replication", `registry-replica-${location}`),
        );
        assert.deepEqual(first?.inputs, {
            resourceGroupName: "rg-test",
            registryName: "crtest",
            replicationName: "northeurope",
            location: "northeurope",
            regionEndpointEnabled: true,
            zoneRedundancy: "Enabled",
            tags,
        });
        assert.ok(first && second);
        assert.deepEqual(deployment.dependencyNames(first), ["registry-registry"]);
        assert.deepEqual(deployment.dependencyNames(second), [
            "registry-registry",
            "registry-replica-northeurope",
        ]);
        for (const { options } of [first, second]) {
            assert.deepEqual(options.replaceOnChanges, ["zoneRedundancy"]);
            assert.equal(options.deleteBeforeReplace, true);
        }
    });

    it("spreads replicas over zones as the registry itself", async () => {
        const deployment = await deploy(() =>
            registry({ zoneRedundant: false, replicaLocations: ["northeurope"] }),
        );
        const replica = deployment.one("azure-native:containerregistry:Replication");
        assert.equal(replica.inputs["zoneRedundancy"], "Disabled");
    });

    it("gets a private endpoint, after its replicas, with its address in the private zone", async () => {
        const deployment = await deploy(() => registry(everything));
        const endpoint = deployment.one("azure-native:network:PrivateEndpoint");
        assert.equal(endpoint.inputs["privateEndpointName"], "pep-lz-test-registry");
        assert.equal((endpoint.inputs["subnet"] as { id: string }).id, subnetId);
        assert.deepEqual(endpoint.inputs["privateLinkServiceConnections"], [
            { name: "registry", privateLinkServiceId: registryId, groupIds: ["registry"] },
        ]);
        assert.deepEqual(deployment.dependencyNames(endpoint), [
            "registry-registry",
            "registry-replica-francecentral",
            "registry-replica-northeurope",
        ]);
        assert.deepEqual(
            deployment.one("azure-native:network:PrivateDnsZoneGroup").inputs["privateDnsZoneConfigs"],
            [{ name: "registry", privateDnsZoneId: zoneId }],
        );
        assert.equal(deployment.outputs["privateEndpointId"], endpoint.id);
    });

    it("lets the kubelet identity pull, and no more", async () => {
        const deployment = await deploy(() =>
            registry({ pullPrincipals: [{ key: "kubelet", principalId: kubelet }] }),
        );
        const assignment = deployment.one("azure-native:authorization:RoleAssignment");
        assert.deepEqual(assignment.inputs, {
            scope: registryId,
            principalId: kubelet,
            principalType: "ServicePrincipal",
            roleDefinitionId:
                `/subscriptions/${testEnvironment.subscriptionId}/providers/Microsoft.Authorization/` +
                "roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
        });
        assert.deepEqual(assignment.options.replaceOnChanges, ["roleDefinitionId"]);
        assert.deepEqual(assignment.options.errorHooks, ["retry-while-azure-settles"]);
        assert.deepEqual(deployment.outputs["pullAssignmentIds"], [assignment.id]);
    });

    it("caches other registries by rule", async () => {
        const hub = {
            name: "docker-nginx",
            sourceRepository: "docker.io/library/nginx",
            targetRepository: "docker/nginx",
            credentialSetId,
        };
        const deployment = await deploy(() => registry({ ...standard, cacheRules: [mcr, hub] }));
        const rules = deployment.ofType("azure-native:containerregistry:CacheRule");
        assert.deepEqual(Object.fromEntries(rules.map(({ name, inputs }) => [name, inputs])), {
            "registry-cache-mcr-oss": {
                resourceGroupName: "rg-test",
                registryName: "crtest",
                cacheRuleName: "mcr-oss",
                sourceRepository: "mcr.microsoft.com/oss/*",
                targetRepository: "mcr/oss/*",
            },
            "registry-cache-docker-nginx": {
                resourceGroupName: "rg-test",
                registryName: "crtest",
                cacheRuleName: "docker-nginx",
                sourceRepository: "docker.io/library/nginx",
                targetRepository: "docker/nginx",
                credentialSetResourceId: credentialSetId,
            },
        });
        for (const { options } of rules) {
            assert.deepEqual(options.replaceOnChanges, ["sourceRepository", "targetRepository"]);
            assert.equal(options.deleteBeforeReplace, true);
        }
    });

    it("sends logins, pushes and pulls to the workspace", async () => {
        const deployment = await deploy(() => registry({ logAnalyticsWorkspaceId: workspaceId }));
        assert.deepEqual(deployment.one("azure-native:monitor:DiagnosticSetting").inputs, {
            resourceUri: registryId,
            name: "audit-logs",
            workspaceId,
            logs: [
                { category: "ContainerRegistryLoginEvents", enabled: true },
                { category: "ContainerRegistryRepositoryEvents", enabled: true },
            ],
        });
    });

    describe("refuses", () => {
        const premiumOnly = (setting: string) =>
            `\`sku\` is "Standard" but Azure offers ${setting} on Premium only. Leave that out or set \`sku\` to "Premium".`;
        const refusals: [what: string, change: Partial<RegistryArgs>, message: string][] = [
            [
                "a name with characters that Azure does not allow",
                { registryName: "cr-test" },
                '`registryName` is "cr-test": Azure allows letters and digits only, at least 5 characters. Choose another name.',
            ],
            ["zones on Standard", { ...standard, zoneRedundant: true }, premiumOnly("`zoneRedundant`")],
            [
                "replicas on Standard",
                { ...standard, replicaLocations: ["northeurope"] },
                premiumOnly("`replicaLocations`"),
            ],
            [
                "a data endpoint on Standard",
                { ...standard, dataEndpoint: true },
                premiumOnly("`dataEndpoint`"),
            ],
            [
                "a firewall on Standard",
                { ...standard, allowedIpRanges: ["203.0.113.7"] },
                premiumOnly("`allowedIpRanges`"),
            ],
            [
                "a firewall bypass on Standard",
                { ...standard, trustedServicesBypass: true },
                premiumOnly("`trustedServicesBypass`"),
            ],
            [
                "retention on Standard",
                { ...standard, untaggedRetentionInDays: 7 },
                premiumOnly("`untaggedRetentionInDays`"),
            ],
            [
                "export off on Standard",
                { ...standard, exportEnabled: false },
                premiumOnly("`exportEnabled: false`"),
            ],
            [
                "a private endpoint on Standard",
                { ...standard, privateEndpoint: { subnetId, privateDnsZoneId: zoneId } },
                premiumOnly("`privateEndpoint`"),
            ],
            [
                "several Premium settings on Standard, in one message",
                { ...standard, zoneRedundant: true, dataEndpoint: true },
                premiumOnly("`zoneRedundant`, `dataEndpoint`"),
            ],
            [
                "a Basic registry that nobody said is public",
                { sku: RegistrySku.Basic },
                '`sku` is "Basic", which Azure cannot make private, and `publicNetworkAccess` is not true. ' +
                    'Set `publicNetworkAccess: true` to accept that, or set `sku` to "Premium".',
            ],
            [
                "a Standard registry that shall be private",
                { sku: RegistrySku.Standard, publicNetworkAccess: false },
                '`sku` is "Standard", which Azure cannot make private, and `publicNetworkAccess` is not true. ' +
                    'Set `publicNetworkAccess: true` to accept that, or set `sku` to "Premium".',
            ],
            [
                "export off on a registry with public access",
                { publicNetworkAccess: true, allowedIpRanges: ["203.0.113.7"] },
                "`publicNetworkAccess` is true but `exportEnabled` is false: Azure switches export off only on registries " +
                    "without public access. Set `exportEnabled: true` or `publicNetworkAccess: false`.",
            ],
            [
                "public ranges without public access",
                { allowedIpRanges: ["203.0.113.7"] },
                "`allowedIpRanges` is set but `publicNetworkAccess` is false: the ranges would have no effect. " +
                    "Set `publicNetworkAccess: true` or remove the ranges.",
            ],
            [
                "public access for nobody",
                { publicNetworkAccess: true, exportEnabled: true },
                "`publicNetworkAccess` is true but `allowedIpRanges` is empty: every public address would be refused. " +
                    "List the public addresses that may connect, or set `publicNetworkAccess: false`.",
            ],
            [
                "a retention time that is too long",
                { untaggedRetentionInDays: 366 },
                "`untaggedRetentionInDays` is 366: Azure allows whole numbers up to 365; 0 keeps untagged manifests for ever.",
            ],
            [
                "a negative retention time",
                { untaggedRetentionInDays: -1 },
                "`untaggedRetentionInDays` is -1: Azure allows whole numbers up to 365; 0 keeps untagged manifests for ever.",
            ],
            [
                "a region by its display name",
                { replicaLocations: ["North Europe"] },
                '`replicaLocations` has "North Europe", which is no region name. Write it like "northeurope", ' +
                    "lower-case and without spaces.",
            ],
            [
                "two replicas in a region",
                { replicaLocations: ["northeurope", "northeurope"] },
                '`replicaLocations` has "northeurope" twice: Azure keeps one replica in a region. Remove one.',
            ],
            [
                "a replica where the registry is, however that is spelled",
                { location: "West Europe", replicaLocations: ["westeurope"] },
                '`replicaLocations` has "westeurope", where the registry itself is. List other regions only.',
            ],
            [
                "two principals with one key",
                {
                    pullPrincipals: [
                        { key: "kubelet", principalId: kubelet },
                        { key: "kubelet", principalId: testEnvironment.deployerObjectId },
                    ],
                },
                '`pullPrincipals` has two entries with key "kubelet". Give every principal a key of its own.',
            ],
            [
                "a principal twice",
                {
                    pullPrincipals: [
                        { key: "kubelet", principalId: kubelet },
                        { key: "other", principalId: kubelet },
                    ],
                },
                `\`pullPrincipals\` has principal "${kubelet}" twice, which Azure refuses. Remove one of them.`,
            ],
            [
                "a cache rule with a short name",
                { cacheRules: [{ ...mcr, name: "mcr" }] },
                '`cacheRules` rule "mcr" has a name that Azure refuses: it allows 5 to 50 letters, digits and hyphens. Rename it.',
            ],
            [
                "a source that Azure does not cache",
                { cacheRules: [{ ...mcr, sourceRepository: "docker.elastic.co/beats/*" }] },
                '`cacheRules` rule "mcr-oss" has `sourceRepository` "docker.elastic.co/beats/*", whose registry Azure does not ' +
                    "cache. It caches docker.io, mcr.microsoft.com, quay.io, public.ecr.aws, ghcr.io, nvcr.io, " +
                    "registry.k8s.io, gcr.io, eu.gcr.io, *.pkg.dev.",
            ],
            [
                "a source without a repository",
                { cacheRules: [{ ...mcr, sourceRepository: "quay.io", targetRepository: "quay" }] },
                '`cacheRules` rule "mcr-oss" has `sourceRepository` "quay.io", which names no repository. ' +
                    'Write it like "quay.io/library/nginx" or "quay.io/*".',
            ],
            [
                "Docker Hub without a login",
                { cacheRules: [{ ...mcr, sourceRepository: "docker.io/library/*" }] },
                '`cacheRules` rule "mcr-oss" has no `credentialSetId`: Azure pulls from docker.io with a login only. ' +
                    "Create a credential set in the registry and give its id.",
            ],
            [
                "Microsoft's registry with a login",
                { cacheRules: [{ ...mcr, credentialSetId }] },
                '`cacheRules` rule "mcr-oss" has a `credentialSetId`: Azure pulls from mcr.microsoft.com without a login only. ' +
                    "Remove it.",
            ],
            [
                "a wildcard on one side only",
                { cacheRules: [{ ...mcr, targetRepository: "mcr/oss" }] },
                '`cacheRules` rule "mcr-oss" maps "mcr.microsoft.com/oss/*" to "mcr/oss": Azure allows one wildcard, as the ' +
                    "whole last path segment, and in both or in neither.",
            ],
            [
                "a wildcard within a segment",
                { cacheRules: [{ ...mcr, sourceRepository: "mcr.microsoft.com/oss*" }] },
                '`cacheRules` rule "mcr-oss" maps "mcr.microsoft.com/oss*" to "mcr/oss/*": Azure allows one wildcard, as the ' +
                    "whole last path segment, and in both or in neither.",
            ],
            [
                "two rules of one name",
                { cacheRules: [mcr, { ...mcr, targetRepository: "other/*" }] },
                '`cacheRules` has two rules called "mcr-oss". Give every rule a name of its own.',
            ],
            [
                "two rules for one target",
                { cacheRules: [mcr, { ...mcr, name: "mcr-other" }] },
                '`cacheRules` has two rules for `targetRepository` "mcr/oss/*", which Azure refuses. Remove one of them.',
            ],
            [
                "a wildcard rule within another",
                { cacheRules: [mcr, { ...mcr, name: "mcr-all", targetRepository: "mcr/*" }] },
                '`cacheRules` rule "mcr-oss" lies within rule "mcr-all" ("mcr/oss/*" in "mcr/*"), which Azure refuses. ' +
                    "Narrow or remove one of them.",
            ],
        ];
        for (const [what, change, message] of refusals) {
            it(what, async () => {
                assert.equal(await failureOf(() => registry(change)), message);
            });
        }
    });

    it("accepts a fixed rule within a wildcard and wildcards side by side", async () => {
        const deployment = await deploy(() =>
            registry({
                cacheRules: [
                    mcr,
                    {
                        name: "mcr-pause",
                        sourceRepository: "mcr.microsoft.com/oss/pause",
                        targetRepository: "mcr/oss/pause",
                    },
                    {
                        name: "google",
                        sourceRepository: "europe-docker.pkg.dev/project/*",
                        targetRepository: "mcr/osso/*",
                    },
                ],
            }),
        );
        assert.equal(deployment.ofType("azure-native:containerregistry:CacheRule").length, 3);
    });
});
