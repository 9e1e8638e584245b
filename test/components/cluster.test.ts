import * as assert from "node:assert/strict";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../components/cluster";
import type { AdvancedNetworkingArgs } from "../../components/clusterArgs";
import { roles } from "../../components/internal/roles";
import {
    adminGroup,
    baseline,
    deployerObjectId,
    diskEncryptionSetId,
    groupId,
    identityId,
    keyId,
    networkId,
    routeTableId,
    subnetId,
    subscriptionId,
    tenantId,
    vaultId,
    window,
    workspaceId,
    zoneId,
} from "../support/clusterFixture";
import type { Change } from "../support/clusterFixture";
import { deploy } from "../support/harness";
import type { Deployment } from "../support/harness";

const types = {
    cluster: "azure-native:containerservice:ManagedCluster",
    window: "azure-native:containerservice:MaintenanceConfiguration",
    identity: "azure-native:managedidentity:UserAssignedIdentity",
    assignment: "azure-native:authorization:RoleAssignment",
};

function deployCluster(
    change: Change = () => ({}),
    options: { preview?: boolean; component?: pulumi.ComponentResourceOptions } = {},
): Promise<Deployment> {
    const args = baseline();
    return deploy(
        () => {
            const cluster = new Cluster("test", { ...args, ...change(args) }, options.component);
            const outputs = {
                id: cluster.id,
                readyId: cluster.readyId,
                name: cluster.name,
                fqdn: cluster.fqdn,
                privateFqdn: cluster.privateFqdn,
                oidcIssuerUrl: cluster.oidcIssuerUrl,
                nodeResourceGroupName: cluster.nodeResourceGroupName,
                controlPlanePrincipalId: cluster.controlPlanePrincipalId,
                kubeletIdentityId: cluster.kubeletIdentityId,
                kubeletIdentityPrincipalId: cluster.kubeletIdentityPrincipalId,
                kubeletIdentityClientId: cluster.kubeletIdentityClientId,
                deployerAccessId: cluster.deployerAccessId,
            };
            const present = Object.entries(outputs).filter(([, output]) => output !== undefined);
            return { ...Object.fromEntries(present), resourceUrn: cluster.resource.urn };
        },
        { preview: options.preview },
    );
}

async function clusterInputs(change?: Change): Promise<Record<string, unknown>> {
    return (await deployCluster(change)).one(types.cluster).inputs;
}

/** Role assignments of the control plane in words: role and scope. */
function grants(deployment: Deployment): Record<string, string> {
    return Object.fromEntries(
        deployment
            .ofType(types.assignment)
            .filter(({ name }) => name.startsWith("test-identity-control-plane-"))
            .map(({ name, inputs }) => [
                name.replace("test-identity-control-plane-", ""),
                String(inputs["scope"]),
            ]),
    );
}

const listed = (deployment: Deployment) =>
    deployment.resources
        .filter(({ type }) => type !== "pulumi:pulumi:Stack")
        .map(({ type, name }) => [type, name]);

const baselineResources = [
    ["aks-landing-zone:index:Cluster", "test"],
    ["aks-landing-zone:index:ClusterIdentity", "test-identity"],
    [types.assignment, "test-aksRbacClusterAdmin-deployer"],
    [types.assignment, "test-identity-control-plane-managedIdentityOperator-kubelet"],
    [types.assignment, "test-identity-control-plane-networkContributor-api-server"],
    [types.assignment, "test-identity-control-plane-networkContributor-system-nodes"],
    [types.cluster, "test-managed-cluster"],
    [types.identity, "test-identity-control-plane"],
    [types.identity, "test-identity-kubelet"],
];

const everything: Change = (args) => ({
    tier: "Premium",
    longTermSupport: true,
    apiServer: { ...args.apiServer, privateDnsZoneId: zoneId },
    network: {
        ...args.network,
        virtualNetworkId: networkId,
        routeTableId,
        outboundType: "userDefinedRouting",
    },
    upgrades: { clusterWindow: window, nodeWindow: { ...window, dayOfWeek: "Saturday" } },
    encryption: { kmsKeyId: keyId, kmsKeyVaultId: vaultId, kmsPrivateVault: true, diskEncryptionSetId },
});

describe("Cluster", () => {
    describe("resources", () => {
        it("creates exactly these by default", async () => {
            assert.deepEqual(listed(await deployCluster()).sort(), baselineResources);
        });

        it("creates the same in a preview as in an update", async () => {
            for (const change of [undefined, everything]) {
                const update = listed(await deployCluster(change)).sort();
                assert.deepEqual(listed(await deployCluster(change, { preview: true })).sort(), update);
            }
        });

        it("hangs every child below the component or its identities", async () => {
            const deployment = await deployCluster(everything);
            for (const resource of deployment.resources.filter(({ custom }) => custom)) {
                const inIdentity = resource.name.startsWith("test-identity-");
                assert.equal(
                    deployment.parentName(resource),
                    inIdentity ? "test-identity" : "test",
                    resource.name,
                );
            }
        });

        it("protects what cannot be made again, and leaves access and windows changeable", async () => {
            const protectedNames = async (component: pulumi.ComponentResourceOptions) =>
                (await deployCluster(everything, { component })).resources
                    .filter(({ custom, options }) => custom && options.protect)
                    .map(({ name }) => name)
                    .sort();
            assert.deepEqual(await protectedNames({ protect: true }), [
                "test-identity-control-plane",
                "test-identity-kubelet",
                "test-managed-cluster",
            ]);
            assert.deepEqual(await protectedNames({}), []);
        });

        it("puts the tags on identities, cluster and nodes", async () => {
            const deployment = await deployCluster();
            const tags = { environment: "test" };
            for (const { name, inputs } of [
                ...deployment.ofType(types.identity),
                deployment.one(types.cluster),
            ]) {
                assert.deepEqual(inputs["tags"], tags, name);
            }
            const [pool] = deployment.one(types.cluster).inputs["agentPoolProfiles"] as Record<
                string,
                unknown
            >[];
            assert.deepEqual(pool?.["tags"], tags);
        });
    });

    it("describes the cluster to Azure in full by default", async () => {
        const kubelet = (await deployCluster()).one(types.identity, "test-identity-kubelet").state;
        assert.deepEqual(await clusterInputs(), {
            resourceGroupName: "rg-lz-test-weu-cluster",
            resourceName: "aks-lz-test-weu",
            location: "westeurope",
            tags: { environment: "test" },
            sku: { name: "Base", tier: "Standard" },
            supportPlan: "KubernetesOfficial",
            kubernetesVersion: "1.36",
            dnsPrefix: "aks-lz-test-weu",
            nodeResourceGroup: "rg-lz-test-weu-nodes",
            nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
            identity: { type: "UserAssigned", userAssignedIdentities: [identityId("control-plane")] },
            identityProfile: {
                kubeletidentity: {
                    resourceId: identityId("kubelet"),
                    clientId: kubelet["clientId"],
                    objectId: kubelet["principalId"],
                },
            },
            enableRBAC: true,
            disableLocalAccounts: true,
            aadProfile: {
                managed: true,
                enableAzureRBAC: true,
                tenantID: tenantId,
                adminGroupObjectIDs: [adminGroup],
            },
            oidcIssuerProfile: { enabled: true },
            apiServerAccessProfile: {
                disableRunCommand: true,
                enableVnetIntegration: true,
                subnetId: subnetId("api-server"),
                enablePrivateCluster: true,
                enablePrivateClusterPublicFQDN: false,
                privateDNSZone: "system",
            },
            networkProfile: {
                networkPlugin: "azure",
                networkPluginMode: "overlay",
                networkDataplane: "cilium",
                networkPolicy: "cilium",
                ipFamilies: ["IPv4"],
                podCidr: "10.244.0.0/16",
                podCidrs: ["10.244.0.0/16"],
                serviceCidr: "10.245.0.0/16",
                serviceCidrs: ["10.245.0.0/16"],
                dnsServiceIP: "10.245.0.10",
                outboundType: "userAssignedNATGateway",
                loadBalancerSku: "standard",
            },
            agentPoolProfiles: [
                {
                    name: "system",
                    mode: "System",
                    type: "VirtualMachineScaleSets",
                    vmSize: "Standard_D4ds_v5",
                    vnetSubnetID: subnetId("system-nodes"),
                    osType: "Linux",
                    osSKU: "Ubuntu",
                    osDiskType: "Ephemeral",
                    maxPods: 110,
                    enableAutoScaling: true,
                    count: 2,
                    minCount: 2,
                    maxCount: 4,
                    enableNodePublicIP: false,
                    enableEncryptionAtHost: false,
                    enableFIPS: false,
                    securityProfile: { enableSecureBoot: true, enableVTPM: true },
                    nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
                    upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30 },
                    tags: { environment: "test" },
                },
            ],
            autoScalerProfile: {
                expander: "least-waste",
                scaleDownUnneededTime: "10m",
                scaleDownDelayAfterAdd: "10m",
                scaleDownUtilizationThreshold: "0.5",
                scanInterval: "10s",
                maxGracefulTerminationSec: "600",
                balanceSimilarNodeGroups: "true",
                skipNodesWithLocalStorage: "false",
                skipNodesWithSystemPods: "true",
            },
            // `defaultNodePools` and `keyVaultNetworkAccess` come from the SDK and mean nothing while their feature is off.
            nodeProvisioningProfile: { mode: "Manual", defaultNodePools: "Auto" },
            autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
            addonProfiles: {
                azurepolicy: { enabled: true, config: { version: "v2" } },
                azureKeyvaultSecretsProvider: {
                    enabled: true,
                    config: { enableSecretRotation: "true", rotationPollInterval: "2m" },
                },
                omsagent: { enabled: false },
            },
            azureMonitorProfile: { metrics: { enabled: false } },
            metricsProfile: { costAnalysis: { enabled: true } },
            securityProfile: {
                workloadIdentity: { enabled: true },
                imageCleaner: { enabled: true, intervalHours: 168 },
                azureKeyVaultKms: { enabled: false, keyVaultNetworkAccess: "Public" },
            },
            serviceMeshProfile: { mode: "Disabled" },
            storageProfile: {
                diskCSIDriver: { enabled: true },
                fileCSIDriver: { enabled: true },
                blobCSIDriver: { enabled: false },
                snapshotController: { enabled: true },
            },
            workloadAutoScalerProfile: {
                keda: { enabled: false },
                verticalPodAutoscaler: { enabled: false },
            },
        });
    });

    describe("identities", () => {
        it("get the rights of the smallest cluster and no others", async () => {
            assert.deepEqual(grants(await deployCluster()), {
                "managedIdentityOperator-kubelet": identityId("kubelet"),
                "networkContributor-system-nodes": subnetId("system-nodes"),
                "networkContributor-api-server": subnetId("api-server"),
            });
        });

        it("get a right per subnet, route table, zone, network, vault and disk encryption set that is in use", async () => {
            const deployment = await deployCluster((args) => {
                const changed = everything(args);
                const nodeSubnets = ["system-nodes", "user-nodes", "ingress"].map((key) => ({
                    key,
                    subnetId: subnetId(key),
                }));
                return { ...changed, network: { ...args.network, ...changed.network, nodeSubnets } };
            });
            assert.deepEqual(grants(deployment), {
                "managedIdentityOperator-kubelet": identityId("kubelet"),
                "networkContributor-system-nodes": subnetId("system-nodes"),
                "networkContributor-user-nodes": subnetId("user-nodes"),
                "networkContributor-ingress": subnetId("ingress"),
                "networkContributor-api-server": subnetId("api-server"),
                "networkContributor-route-table": routeTableId,
                "networkContributor-virtual-network": networkId,
                "privateDnsZoneContributor-api-server-zone": zoneId,
                "keyVaultCryptoUser-kms-vault": vaultId,
                "keyVaultContributor-kms-vault": vaultId,
                "reader-disk-encryption-set": diskEncryptionSetId,
            });
        });

        it("let nodes reach a public API server that is outside the network", async () => {
            const open = { exposure: "PublicRestricted", authorizedIpRanges: ["203.0.113.0/24"] } as const;
            const ranges = async (apiServer: object) => {
                const deployment = await deployCluster(() => ({
                    apiServer: {
                        exposure: open.exposure,
                        authorizedIpRanges: [...open.authorizedIpRanges],
                        egressIpAddresses: pulumi.output(["198.51.100.4"]),
                        ...apiServer,
                    },
                }));
                const { inputs } = deployment.one("azure-native:containerservice:ManagedCluster");
                return (inputs["apiServerAccessProfile"] as { authorizedIPRanges: string[] })
                    .authorizedIPRanges;
            };
            assert.deepEqual(await ranges({ vnetIntegration: false, subnetId: undefined }), [
                "203.0.113.0/24",
                "198.51.100.4/32",
            ]);
            assert.deepEqual(await ranges({ vnetIntegration: true, subnetId: subnetId("api-server") }), [
                "203.0.113.0/24",
            ]);
        });

        it("get the rights that private file shares take, in the group that is named and only there", async () => {
            const deployment = await deployCluster(() => ({
                storage: { fileShareResourceGroupId: "/rg-network" },
            }));
            const onGroup = Object.entries(grants(deployment)).filter(([, scope]) => scope === "/rg-network");
            assert.deepEqual(onGroup.map(([grant]) => grant).sort(), [
                "networkContributor-file-shares",
                "privateDnsZoneContributor-file-shares",
            ]);
            const without = Object.keys(grants(await deployCluster(() => ({}))));
            assert.ok(!without.some((grant) => grant.endsWith("file-shares")));
        });

        it("get no right on the network where only its id is given", async () => {
            const deployment = await deployCluster(({ network }) => ({
                network: { ...network, virtualNetworkId: networkId },
            }));
            assert.equal(grants(deployment)["networkContributor-virtual-network"], undefined);
        });

        it("get a right on the network for node auto-provisioning", async () => {
            const deployment = await deployCluster(({ network }) => ({
                network: { ...network, virtualNetworkId: networkId },
                addons: { nodeAutoProvisioning: true },
            }));
            assert.equal(grants(deployment)["networkContributor-virtual-network"], networkId);
        });

        it("do not manage a public vault", async () => {
            const deployment = await deployCluster(() => ({
                encryption: { kmsKeyId: keyId, kmsKeyVaultId: vaultId },
            }));
            assert.equal(grants(deployment)["keyVaultCryptoUser-kms-vault"], vaultId);
            assert.equal(grants(deployment)["keyVaultContributor-kms-vault"], undefined);
        });

        it("have assignments in the form that Azure keeps, which retry while Entra replicates", async () => {
            const deployment = await deployCluster(everything);
            const principal = deployment.one(types.identity, "test-identity-control-plane").state[
                "principalId"
            ];
            const definitions: Record<string, string> = {
                reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
                ...Object.fromEntries(Object.entries(roles).map(([key, { id }]) => [key, id])),
            };
            for (const { name, inputs, options } of deployment.ofType(types.assignment)) {
                if (name === "test-aksRbacClusterAdmin-deployer") {
                    continue;
                }
                const role = name.split("-")[4] ?? "";
                assert.deepEqual(
                    inputs,
                    {
                        scope: inputs["scope"],
                        principalId: principal,
                        principalType: "ServicePrincipal",
                        roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${definitions[role]}`,
                    },
                    name,
                );
                assert.deepEqual(options.replaceOnChanges, ["roleDefinitionId"]);
                assert.deepEqual(options.errorHooks, ["retry-while-azure-settles"]);
            }
        });

        it("have Azure names of their own", async () => {
            const deployment = await deployCluster();
            for (const role of ["control-plane", "kubelet"]) {
                assert.deepEqual(deployment.one(types.identity, `test-identity-${role}`).inputs, {
                    resourceGroupName: "rg-lz-test-weu-cluster",
                    location: "westeurope",
                    resourceName: `id-lz-test-weu-${role}`,
                    tags: { environment: "test" },
                });
            }
        });
    });

    describe("options of the cluster resource", () => {
        it("wait for every role of the identity and for what the caller names", async () => {
            const deployment = await deployCluster(() => ({
                waitFor: [new resources.ResourceGroup("policy", { resourceGroupName: "rg" }).id],
            }));
            assert.deepEqual(
                deployment
                    .dependencyNames(deployment.one(types.cluster))
                    .filter(
                        (name) =>
                            name.includes("Contributor") || name.includes("Operator") || name === "policy",
                    ),
                [
                    "policy",
                    "test-identity-control-plane-managedIdentityOperator-kubelet",
                    "test-identity-control-plane-networkContributor-api-server",
                    "test-identity-control-plane-networkContributor-system-nodes",
                ],
            );
        });

        it("leave alone what others change, give Azure time and retry", async () => {
            const { options } = (await deployCluster()).one(types.cluster);
            assert.deepEqual(options.ignoreChanges, ["agentPoolProfiles[*].count"]);
            assert.deepEqual(options.customTimeouts, { create: "60m", update: "90m", delete: "60m" });
            assert.deepEqual(options.errorHooks, ["retry-while-azure-settles"]);
            assert.deepEqual(options.replaceOnChanges, []);
        });

        for (const [channel, ignored] of [
            ["patch", ["agentPoolProfiles[*].count"]],
            ["none", ["agentPoolProfiles[*].count"]],
            ["stable", ["agentPoolProfiles[*].count", "kubernetesVersion"]],
            ["rapid", ["agentPoolProfiles[*].count", "kubernetesVersion"]],
            ["node-image", ["agentPoolProfiles[*].count", "kubernetesVersion"]],
        ] as const) {
            it(`leave the version to its owner with the channel ${channel}`, async () => {
                const cluster = (await deployCluster(() => ({ upgrades: { channel } }))).one(types.cluster);
                assert.deepEqual(cluster.options.ignoreChanges, ignored);
                assert.deepEqual(cluster.inputs["autoUpgradeProfile"], {
                    upgradeChannel: channel,
                    nodeOSUpgradeChannel: "NodeImage",
                });
            });
        }
    });

    describe("API server", () => {
        const access = async (change: Change) => (await clusterInputs(change))["apiServerAccessProfile"];

        it("uses a zone of the stack's own", async () => {
            const profile = await access(({ apiServer, network }) => ({
                apiServer: { ...apiServer, privateDnsZoneId: zoneId },
                network: { ...network, virtualNetworkId: networkId },
            }));
            assert.equal((profile as Record<string, unknown>)["privateDNSZone"], zoneId);
        });

        it("is private by Private Link without network integration", async () => {
            assert.deepEqual(
                await access(() => ({
                    apiServer: { vnetIntegration: false, publicFqdn: true, runCommand: true },
                })),
                {
                    disableRunCommand: false,
                    enableVnetIntegration: false,
                    enablePrivateCluster: true,
                    enablePrivateClusterPublicFQDN: true,
                    privateDNSZone: "system",
                },
            );
        });

        it("is open to the listed ranges only", async () => {
            const authorizedIpRanges = ["203.0.113.7", "198.51.100.0/24"];
            assert.deepEqual(
                await access(({ apiServer }) => ({
                    apiServer: { ...apiServer, exposure: "PublicRestricted", authorizedIpRanges },
                })),
                {
                    disableRunCommand: true,
                    enableVnetIntegration: true,
                    subnetId: subnetId("api-server"),
                    enablePrivateCluster: false,
                    authorizedIPRanges: authorizedIpRanges,
                },
            );
        });
    });

    it("uses Azure's dataplane with Calico for clusters with Windows nodes", async () => {
        const inputs = await clusterInputs(({ network }) => ({
            network: { ...network, dataplane: "Azure" },
        }));
        const { networkDataplane, networkPolicy } = inputs["networkProfile"] as Record<string, unknown>;
        assert.deepEqual([networkDataplane, networkPolicy], ["azure", "calico"]);
    });

    for (const [asked, sent] of [
        [{}, { enabled: false, observability: { enabled: false }, security: { enabled: false } }],
        [
            { observability: true },
            { enabled: true, observability: { enabled: true }, security: { enabled: false } },
        ],
        [
            { security: true },
            {
                enabled: true,
                observability: { enabled: false },
                security: { enabled: true, advancedNetworkPolicies: "FQDN" },
            },
        ],
    ] satisfies [AdvancedNetworkingArgs, object][]) {
        it(`names all three switches of advanced networking for ${JSON.stringify(asked)}`, async () => {
            const inputs = await clusterInputs(({ network }) => ({
                network: { ...network, advancedNetworking: asked },
            }));
            assert.deepEqual(
                (inputs["networkProfile"] as Record<string, unknown>)["advancedNetworking"],
                sent,
            );
        });
    }

    describe("system pool", () => {
        const pool = async (change: Change) =>
            ((await clusterInputs(change))["agentPoolProfiles"] as Record<string, unknown>[])[0] ?? {};

        it("takes every choice", async () => {
            const profile = await pool(({ systemPool }) => ({
                systemPool: {
                    ...systemPool,
                    name: "sys",
                    vmSize: "Standard_D4s_v5",
                    minCount: 3,
                    maxCount: 6,
                    zones: ["3", "1", "2"],
                    osDiskSizeInGb: 128,
                    ephemeralOsDisk: false,
                    osSku: "AzureLinux",
                    maxPods: 60,
                    criticalAddonsOnly: false,
                    encryptionAtHost: true,
                    fips: true,
                    sshDisabled: true,
                },
            }));
            assert.deepEqual(profile, {
                name: "sys",
                mode: "System",
                type: "VirtualMachineScaleSets",
                vmSize: "Standard_D4s_v5",
                vnetSubnetID: subnetId("system-nodes"),
                osType: "Linux",
                osSKU: "AzureLinux",
                osDiskType: "Managed",
                osDiskSizeGB: 128,
                maxPods: 60,
                availabilityZones: ["1", "2", "3"],
                enableAutoScaling: true,
                count: 3,
                minCount: 3,
                maxCount: 6,
                enableNodePublicIP: false,
                enableEncryptionAtHost: true,
                enableFIPS: true,
                // FIPS on Azure Linux: no trusted launch.
                securityProfile: { enableSecureBoot: false, enableVTPM: false, sshAccess: "Disabled" },
                upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30 },
                tags: { environment: "test" },
            });
        });

        it("gives up trusted launch on request", async () => {
            const profile = await pool(({ systemPool }) => ({
                systemPool: { ...systemPool, trustedLaunch: false },
            }));
            assert.deepEqual(profile["securityProfile"], { enableSecureBoot: false, enableVTPM: false });
        });

        it("has a fixed size with node auto-provisioning, which replaces the autoscaler", async () => {
            const inputs = await clusterInputs(({ network, systemPool }) => ({
                network: { ...network, virtualNetworkId: networkId },
                systemPool: { ...systemPool, minCount: 3 },
                addons: { nodeAutoProvisioning: true },
            }));
            const [profile] = inputs["agentPoolProfiles"] as Record<string, unknown>[];
            const { enableAutoScaling, count, minCount, maxCount } = profile ?? {};
            assert.deepEqual(
                [enableAutoScaling, count, minCount, maxCount],
                [false, 3, undefined, undefined],
            );
            assert.deepEqual(inputs["nodeProvisioningProfile"], { mode: "Auto", defaultNodePools: "Auto" });
            assert.equal(inputs["autoScalerProfile"], undefined);
        });
    });

    it("has no cost analysis on the free tier, which does not offer it", async () => {
        const inputs = await clusterInputs(() => ({ tier: "Free" }));
        assert.deepEqual(inputs["sku"], { name: "Base", tier: "Free" });
        assert.deepEqual(inputs["metricsProfile"], { costAnalysis: { enabled: false } });
    });

    it("takes cost analysis away on request", async () => {
        const inputs = await clusterInputs(() => ({ addons: { costAnalysis: false } }));
        assert.deepEqual(inputs["metricsProfile"], { costAnalysis: { enabled: false } });
    });

    it("has long-term support on the premium tier", async () => {
        const inputs = await clusterInputs(everything);
        assert.deepEqual(inputs["sku"], { name: "Base", tier: "Premium" });
        assert.equal(inputs["supportPlan"], "AKSLongTermSupport");
    });

    it("takes names of its own and an open node resource group", async () => {
        const inputs = await clusterInputs(() => ({
            dnsPrefix: "lz",
            nodeResourceGroupName: "rg-nodes",
            nodeResourceGroupLockdown: false,
        }));
        assert.deepEqual(
            [inputs["dnsPrefix"], inputs["nodeResourceGroup"], inputs["nodeResourceGroupProfile"]],
            ["lz", "rg-nodes", { restrictionLevel: "Unrestricted" }],
        );
    });

    it("derives a host name from a cluster name that could not be one", async () => {
        const inputs = await clusterInputs(() => ({ clusterName: `AKS_${"x".repeat(49)}_y` }));
        assert.equal(inputs["dnsPrefix"], `aks-${"x".repeat(49)}`);
    });

    it("reports to the workspace where asked to", async () => {
        const inputs = await clusterInputs(() => ({
            monitoring: {
                logAnalyticsWorkspaceId: workspaceId,
                containerInsights: true,
                prometheus: true,
                defender: true,
            },
        }));
        assert.deepEqual((inputs["addonProfiles"] as Record<string, unknown>)["omsagent"], {
            enabled: true,
            config: { logAnalyticsWorkspaceResourceID: workspaceId, useAADAuth: "true" },
        });
        assert.deepEqual(inputs["azureMonitorProfile"], { metrics: { enabled: true, kubeStateMetrics: {} } });
        assert.deepEqual((inputs["securityProfile"] as Record<string, unknown>)["defender"], {
            logAnalyticsWorkspaceResourceId: workspaceId,
            securityMonitoring: { enabled: true },
        });
    });

    it("reports nothing because of the workspace alone", async () => {
        const inputs = await clusterInputs(() => ({
            monitoring: { logAnalyticsWorkspaceId: workspaceId, defender: false },
        }));
        assert.deepEqual((inputs["addonProfiles"] as Record<string, unknown>)["omsagent"], {
            enabled: false,
        });
        assert.deepEqual(inputs["azureMonitorProfile"], { metrics: { enabled: false } });
        assert.deepEqual((inputs["securityProfile"] as Record<string, unknown>)["defender"], {
            securityMonitoring: { enabled: false },
        });
    });

    it("switches add-ons on and off", async () => {
        const inputs = await clusterInputs(() => ({
            addons: {
                azurePolicy: false,
                keyVaultSecrets: false,
                keda: true,
                verticalPodAutoscaler: true,
                imageCleanerIntervalInHours: 0,
                istioRevision: "asm-1-30",
                httpProxy: {
                    httpProxy: "http://proxy.example.com:3128",
                    httpsProxy: "http://proxy.example.com:3129",
                    noProxy: ["10.0.0.0/8"],
                    trustedCa: "LS0tLS1CRUdJTg==",
                },
            },
            storage: { disk: false, file: false, blob: true, snapshots: false },
        }));
        assert.deepEqual(inputs["addonProfiles"], {
            azurepolicy: { enabled: false },
            azureKeyvaultSecretsProvider: { enabled: false },
            omsagent: { enabled: false },
        });
        assert.deepEqual(inputs["workloadAutoScalerProfile"], {
            keda: { enabled: true },
            verticalPodAutoscaler: { enabled: true },
        });
        assert.deepEqual((inputs["securityProfile"] as Record<string, unknown>)["imageCleaner"], {
            enabled: false,
        });
        assert.deepEqual(inputs["serviceMeshProfile"], { mode: "Istio", istio: { revisions: ["asm-1-30"] } });
        assert.deepEqual(inputs["httpProxyConfig"], {
            httpProxy: "http://proxy.example.com:3128",
            httpsProxy: "http://proxy.example.com:3129",
            noProxy: ["10.0.0.0/8"],
            trustedCa: "LS0tLS1CRUdJTg==",
        });
        assert.deepEqual(inputs["storageProfile"], {
            diskCSIDriver: { enabled: false },
            fileCSIDriver: { enabled: false },
            blobCSIDriver: { enabled: true },
            snapshotController: { enabled: false },
        });
    });

    it("reads mounted secrets again as often as asked", async () => {
        const inputs = await clusterInputs(() => ({ addons: { secretRotationIntervalInMinutes: 15 } }));
        const { azureKeyvaultSecretsProvider } = inputs["addonProfiles"] as Record<
            string,
            { config: unknown }
        >;
        assert.deepEqual(azureKeyvaultSecretsProvider?.config, {
            enableSecretRotation: "true",
            rotationPollInterval: "15m",
        });
    });

    it("takes an autoscaler profile", async () => {
        const inputs = await clusterInputs(() => ({
            autoscaler: {
                expander: "priority",
                scaleDownUnneededTime: "20m",
                scaleDownDelayAfterAdd: "5m",
                scaleDownUtilizationThreshold: "0.7",
                scanIntervalInSeconds: 30,
                maxGracefulTerminationInSeconds: 900,
                balanceSimilarNodeGroups: false,
                skipNodesWithLocalStorage: true,
                skipNodesWithSystemPods: false,
            },
        }));
        assert.deepEqual(inputs["autoScalerProfile"], {
            expander: "priority",
            scaleDownUnneededTime: "20m",
            scaleDownDelayAfterAdd: "5m",
            scaleDownUtilizationThreshold: "0.7",
            scanInterval: "30s",
            maxGracefulTerminationSec: "900",
            balanceSimilarNodeGroups: "false",
            skipNodesWithLocalStorage: "true",
            skipNodesWithSystemPods: "false",
        });
    });

    it("encrypts etcd with a key of a private vault, and disks with a key of one's own", async () => {
        const inputs = await clusterInputs(everything);
        assert.deepEqual((inputs["securityProfile"] as Record<string, unknown>)["azureKeyVaultKms"], {
            enabled: true,
            keyId,
            keyVaultNetworkAccess: "Private",
            keyVaultResourceId: vaultId,
        });
        assert.equal(inputs["diskEncryptionSetID"], diskEncryptionSetId);
    });

    it("does not name a public vault, as Azure wants it", async () => {
        const inputs = await clusterInputs(() => ({
            encryption: { kmsKeyId: keyId, kmsKeyVaultId: vaultId },
        }));
        assert.deepEqual((inputs["securityProfile"] as Record<string, unknown>)["azureKeyVaultKms"], {
            enabled: true,
            keyId,
            keyVaultNetworkAccess: "Public",
        });
    });

    for (const [nodePatching, channel] of [
        ["Kured", "Unmanaged"],
        ["NodeImage", "NodeImage"],
        ["SecurityPatch", "SecurityPatch"],
    ] as const) {
        it(`turns the node patching ${nodePatching} into AKS's channel ${channel}`, async () => {
            const inputs = await clusterInputs(() => ({ upgrades: { nodePatching } }));
            assert.deepEqual(inputs["autoUpgradeProfile"], {
                upgradeChannel: "patch",
                nodeOSUpgradeChannel: channel,
            });
        });
    }

    describe("maintenance windows", () => {
        it("have the names that AKS looks for, one after the other", async () => {
            const deployment = await deployCluster(everything);
            const windows = deployment.ofType(types.window);
            assert.deepEqual(
                windows.map(({ name, inputs }) => [name, inputs]),
                [
                    [
                        "test-cluster-window",
                        {
                            resourceGroupName: "rg-lz-test-weu-cluster",
                            resourceName: "aks-lz-test-weu",
                            configName: "aksManagedAutoUpgradeSchedule",
                            maintenanceWindow: {
                                durationHours: 4,
                                startTime: "02:00",
                                utcOffset: "+00:00",
                                schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
                            },
                        },
                    ],
                    [
                        "test-node-window",
                        {
                            resourceGroupName: "rg-lz-test-weu-cluster",
                            resourceName: "aks-lz-test-weu",
                            configName: "aksManagedNodeOSUpgradeSchedule",
                            maintenanceWindow: {
                                durationHours: 4,
                                startTime: "02:00",
                                utcOffset: "+00:00",
                                schedule: { weekly: { dayOfWeek: "Saturday", intervalWeeks: 1 } },
                            },
                        },
                    ],
                ],
            );
            const [first, second] = windows;
            assert.ok(first && second);
            assert.ok(!deployment.dependencyNames(first).includes("test-node-window"));
            assert.ok(deployment.dependencyNames(second).includes("test-cluster-window"));
        });

        it("go with the cluster, ignore the start date and retry while the cluster is busy", async () => {
            const deployment = await deployCluster(everything);
            for (const { options } of deployment.ofType(types.window)) {
                assert.equal(options.deletedWith, deployment.one(types.cluster).urn);
                assert.deepEqual(options.ignoreChanges, ["maintenanceWindow.startDate"]);
                assert.deepEqual(options.errorHooks, ["retry-while-azure-settles"]);
            }
        });

        it("can be one alone", async () => {
            const deployment = await deployCluster(() => ({ upgrades: { nodeWindow: window } }));
            const only = deployment.one(types.window);
            assert.equal(only.inputs["configName"], "aksManagedNodeOSUpgradeSchedule");
        });

        it("are what a node pool waits for", async () => {
            const dependenciesOfReadyId = async (change: Change) => {
                const args = baseline();
                const deployment = await deploy(() => {
                    const { readyId } = new Cluster("test", { ...args, ...change(args) });
                    new resources.ResourceGroup("after", { resourceGroupName: "rg", managedBy: readyId });
                });
                return deployment.dependencyNames(deployment.one("azure-native:resources:ResourceGroup"));
            };
            assert.deepEqual(await dependenciesOfReadyId(() => ({})), ["test-managed-cluster"]);
            assert.deepEqual(await dependenciesOfReadyId(everything), [
                "test-managed-cluster",
                "test-node-window",
            ]);
        });
    });

    describe("deployer", () => {
        it("administers the cluster", async () => {
            const assignment = (await deployCluster()).one(
                types.assignment,
                "test-aksRbacClusterAdmin-deployer",
            );
            assert.deepEqual(assignment.inputs, {
                scope: `${groupId}/providers/Microsoft.ContainerService/managedClusters/aks-lz-test-weu`,
                principalId: deployerObjectId,
                principalType: "ServicePrincipal",
                roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roles.aksRbacClusterAdmin.id}`,
            });
            assert.deepEqual(assignment.options.replaceOnChanges, ["roleDefinitionId"]);
            assert.deepEqual(assignment.options.errorHooks, ["retry-while-azure-settles"]);
        });

        it("may be a person", async () => {
            const deployment = await deployCluster(({ access }) => ({
                access: { ...access, deployerPrincipalType: "User" },
            }));
            const { inputs } = deployment.one(types.assignment, "test-aksRbacClusterAdmin-deployer");
            assert.equal(inputs["principalType"], "User");
        });
    });

    describe("outputs", () => {
        it("name the cluster, its identities and its issuer", async () => {
            const deployment = await deployCluster();
            const cluster = deployment.one(types.cluster);
            const controlPlane = deployment.one(types.identity, "test-identity-control-plane").state;
            const kubelet = deployment.one(types.identity, "test-identity-kubelet").state;
            const { oidcIssuerUrl, privateFqdn, ...others } = deployment.outputs;
            assert.deepEqual(others, {
                id: cluster.id,
                readyId: cluster.id,
                name: "aks-lz-test-weu",
                nodeResourceGroupName: "rg-lz-test-weu-nodes",
                controlPlanePrincipalId: controlPlane["principalId"],
                kubeletIdentityId: identityId("kubelet"),
                kubeletIdentityPrincipalId: kubelet["principalId"],
                kubeletIdentityClientId: kubelet["clientId"],
                deployerAccessId: deployment.one(types.assignment, "test-aksRbacClusterAdmin-deployer").id,
                resourceUrn: cluster.urn,
            });
            assert.match(
                String(oidcIssuerUrl),
                new RegExp(`^https://westeurope\\.oic\\.prod-aks\\.azure\\.com/${tenantId}/[0-9a-f-]{36}/$`),
            );
            assert.match(
                String(privateFqdn),
                /^aks-lz-test-weu-[0-9a-f]{8}\.[0-9a-f-]{36}\.private\.westeurope\.azmk8s\.io$/,
            );
            assert.deepEqual(deployment.captured.secretOutputs, []);
        });

        it("name the API server in the stack's own zone", async () => {
            const { privateFqdn } = (await deployCluster(everything)).outputs;
            assert.match(
                String(privateFqdn),
                /^aks-lz-test-weu-[0-9a-f]{8}\.private\.westeurope\.azmk8s\.io$/,
            );
        });

        it("name a public API server by its public name only", async () => {
            const { fqdn, privateFqdn } = (
                await deployCluster(({ apiServer }) => ({
                    apiServer: {
                        ...apiServer,
                        exposure: "PublicRestricted",
                        authorizedIpRanges: ["203.0.113.7"],
                    },
                }))
            ).outputs;
            assert.match(String(fqdn), /^aks-lz-test-weu-[0-9a-f]{8}\.hcp\.westeurope\.azmk8s\.io$/);
            assert.equal(privateFqdn, undefined);
        });

        it("name a private API server by both names where it publishes its own", async () => {
            const { fqdn, privateFqdn } = (
                await deployCluster(({ apiServer }) => ({ apiServer: { ...apiServer, publicFqdn: true } }))
            ).outputs;
            assert.match(String(fqdn), /\.hcp\.westeurope\.azmk8s\.io$/);
            assert.match(String(privateFqdn), /\.private\.westeurope\.azmk8s\.io$/);
        });
    });

    it("accepts a full version where nobody upgrades it", async () => {
        const inputs = await clusterInputs(() => ({
            kubernetesVersion: "1.36.3",
            upgrades: { channel: "none" },
        }));
        assert.equal(inputs["kubernetesVersion"], "1.36.3");
    });
});
