import * as assert from "node:assert/strict";
import * as resources from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { immutableProperties } from "../../components/internal/nodePoolName";
import { NodePool } from "../../components/nodePool";
import type { NodePoolArgs } from "../../components/nodePoolArgs";
import { deploy, failureOf, testEnvironment } from "../support/harness";
import type { Deployment } from "../support/harness";

const agentPool = "azure-native:containerservice:AgentPool";
const groupId = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-lz-test-weu-cluster`;
const clusterId = `${groupId}/providers/Microsoft.ContainerService/managedClusters/aks-lz-test-weu`;
const subnetId = `${groupId}/providers/Microsoft.Network/virtualNetworks/vnet-lz-test-weu/subnets/snet-user-nodes`;

/** The least that a pool needs; every test changes one thing. */
function baseline(): NodePoolArgs {
    return {
        resourceGroupName: "rg-lz-test-weu-cluster",
        clusterName: "aks-lz-test-weu",
        clusterId,
        poolName: "apps",
        vmSize: "Standard_D4ds_v5",
        subnetId,
        minCount: 1,
        maxCount: 5,
        tags: { environment: "test" },
    };
}

function deployPool(
    change: Partial<NodePoolArgs> = {},
    options: { preview?: boolean; component?: pulumi.ComponentResourceOptions } = {},
): Promise<Deployment> {
    return deploy(
        () => {
            const pool = new NodePool("test", { ...baseline(), ...change }, options.component);
            return { id: pool.id, name: pool.name };
        },
        { preview: options.preview },
    );
}

async function poolInputs(change?: Partial<NodePoolArgs>): Promise<Record<string, unknown>> {
    return (await deployPool(change)).one(agentPool).inputs;
}

const poolNameOf = async (change?: Partial<NodePoolArgs>) =>
    String((await poolInputs(change))["agentPoolName"]);

/** A cluster with Windows nodes; `osType` alone is refused, see below. */
const windows: Partial<NodePoolArgs> = { osType: "Windows", dataplane: "Azure", poolName: "win" };

describe("NodePool", () => {
    it("creates one agent pool, in a preview as in an update", async () => {
        for (const preview of [false, true]) {
            const deployment = await deployPool({}, { preview });
            const made = deployment.resources.filter(({ type }) => type !== "pulumi:pulumi:Stack");
            assert.deepEqual(
                made.map(({ type, name }) => [type, name]),
                [
                    ["aks-landing-zone:index:NodePool", "test"],
                    [agentPool, "test-agent-pool"],
                ],
            );
            assert.equal(deployment.parentName(deployment.one(agentPool)), "test");
        }
    });

    it("describes the pool to Azure in full by default", async () => {
        const { agentPoolName, ...inputs } = await poolInputs();
        assert.match(String(agentPoolName), /^apps[0-9a-f]{4}$/);
        assert.deepEqual(inputs, {
            resourceGroupName: "rg-lz-test-weu-cluster",
            resourceName: "aks-lz-test-weu",
            vnetSubnetID: subnetId,
            mode: "User",
            type: "VirtualMachineScaleSets",
            vmSize: "Standard_D4ds_v5",
            osType: "Linux",
            osSKU: "Ubuntu",
            osDiskType: "Ephemeral",
            maxPods: 110,
            enableAutoScaling: true,
            count: 1,
            minCount: 1,
            maxCount: 5,
            enableNodePublicIP: false,
            enableEncryptionAtHost: false,
            enableFIPS: false,
            scaleSetPriority: "Regular",
            securityProfile: { enableSecureBoot: true, enableVTPM: true },
            upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 0 },
            tags: { environment: "test" },
        });
    });

    it("takes every choice of a Linux pool", async () => {
        const inputs = await poolInputs({
            mode: "System",
            osSku: "AzureLinux",
            zones: ["2", "1"],
            ephemeralOsDisk: false,
            osDiskSizeInGb: 256,
            maxPods: 60,
            labels: { tier: "batch" },
            taints: ["CriticalAddonsOnly=true:NoSchedule"],
            fips: true,
            encryptionAtHost: true,
            sshDisabled: true,
            upgrade: { maxSurge: "1", drainTimeoutInMinutes: 60, nodeSoakInMinutes: 10 },
        });
        const { mode, osSKU, availabilityZones, osDiskType, osDiskSizeGB, maxPods, nodeLabels, nodeTaints } =
            inputs;
        assert.deepEqual(
            { mode, osSKU, availabilityZones, osDiskType, osDiskSizeGB, maxPods, nodeLabels, nodeTaints },
            {
                mode: "System",
                osSKU: "AzureLinux",
                availabilityZones: ["1", "2"],
                osDiskType: "Managed",
                osDiskSizeGB: 256,
                maxPods: 60,
                nodeLabels: { tier: "batch" },
                nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
            },
        );
        assert.equal(inputs["enableFIPS"], true);
        assert.equal(inputs["enableEncryptionAtHost"], true);
        assert.deepEqual(inputs["securityProfile"], {
            enableSecureBoot: false,
            enableVTPM: false,
            sshAccess: "Disabled",
        });
        assert.deepEqual(inputs["upgradeSettings"], {
            maxSurge: "1",
            drainTimeoutInMinutes: 60,
            nodeSoakDurationInMinutes: 10,
        });
    });

    it("upgrades without extra nodes on request", async () => {
        const inputs = await poolInputs({ upgrade: { maxSurge: "0", maxUnavailable: "1" } });
        assert.deepEqual(inputs["upgradeSettings"], {
            maxSurge: "0",
            maxUnavailable: "1",
            drainTimeoutInMinutes: 30,
            nodeSoakDurationInMinutes: 0,
        });
    });

    it("uses Arm64 machines, without trusted launch", async () => {
        const inputs = await poolInputs({ vmSize: "Standard_D4pds_v5" });
        assert.equal(inputs["vmSize"], "Standard_D4pds_v5");
        assert.deepEqual(inputs["securityProfile"], { enableSecureBoot: false, enableVTPM: false });
    });

    it("keeps trusted launch with FIPS on Ubuntu and gives it up on request", async () => {
        const trusted = { enableSecureBoot: true, enableVTPM: true };
        const plain = { enableSecureBoot: false, enableVTPM: false };
        assert.deepEqual((await poolInputs({ fips: true }))["securityProfile"], trusted);
        assert.deepEqual((await poolInputs({ trustedLaunch: false }))["securityProfile"], plain);
    });

    describe("with a GPU", () => {
        const vmSize = "Standard_NC24ads_A100_v4";

        it("has no trusted launch where AKS installs the driver on Ubuntu", async () => {
            const inputs = await poolInputs({ vmSize });
            assert.deepEqual(inputs["securityProfile"], { enableSecureBoot: false, enableVTPM: false });
            assert.deepEqual([inputs["gpuProfile"], inputs["gpuInstanceProfile"]], [undefined, undefined]);
        });

        it("leaves the driver to others, splits the GPU and keeps trusted launch", async () => {
            const inputs = await poolInputs({
                vmSize,
                gpu: { installDriver: false, instanceProfile: "MIG2g" },
            });
            assert.deepEqual(inputs["gpuProfile"], { driver: "None" });
            assert.equal(inputs["gpuInstanceProfile"], "MIG2g");
            assert.deepEqual(inputs["securityProfile"], { enableSecureBoot: true, enableVTPM: true });
        });

        it("says so when AKS shall install the driver", async () => {
            const inputs = await poolInputs({ vmSize, osSku: "AzureLinux", gpu: {} });
            assert.deepEqual(inputs["gpuProfile"], { driver: "Install" });
            assert.deepEqual(inputs["securityProfile"], { enableSecureBoot: true, enableVTPM: true });
        });
    });

    describe("on Spot capacity", () => {
        it("has AKS's label and taint, and no upgrade settings, which AKS refuses", async () => {
            const inputs = await poolInputs({
                spot: {},
                labels: { tier: "batch" },
                taints: ["dedicated=batch:NoSchedule"],
                upgrade: { maxSurge: "50%" },
            });
            assert.equal(inputs["scaleSetPriority"], "Spot");
            assert.equal(inputs["scaleSetEvictionPolicy"], "Delete");
            assert.equal(inputs["spotMaxPrice"], -1);
            assert.deepEqual(inputs["nodeLabels"], {
                tier: "batch",
                "kubernetes.azure.com/scalesetpriority": "spot",
            });
            assert.deepEqual(inputs["nodeTaints"], [
                "dedicated=batch:NoSchedule",
                "kubernetes.azure.com/scalesetpriority=spot:NoSchedule",
            ]);
            assert.equal(inputs["upgradeSettings"], undefined);
        });

        it("takes a price and an eviction policy, and the taint only once", async () => {
            const inputs = await poolInputs({
                spot: { maxPrice: 0.5, evictionPolicy: "Deallocate" },
                ephemeralOsDisk: false,
                taints: ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"],
            });
            assert.equal(inputs["scaleSetEvictionPolicy"], "Deallocate");
            assert.equal(inputs["spotMaxPrice"], 0.5);
            assert.deepEqual(inputs["nodeTaints"], ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]);
        });
    });

    it("has Windows nodes in a cluster with Azure's dataplane, under a name of six characters", async () => {
        const inputs = await poolInputs(windows);
        assert.equal(inputs["osType"], "Windows");
        assert.equal(inputs["osSKU"], "Windows2022");
        assert.match(String(inputs["agentPoolName"]), /^wi[0-9a-f]{4}$/);
        assert.deepEqual(inputs["securityProfile"], { enableSecureBoot: false, enableVTPM: false });
    });

    it("has a fixed size without the autoscaler, which a change of the arguments changes", async () => {
        const pool = (await deployPool({ autoscaling: false, minCount: 3, maxCount: 3 })).one(agentPool);
        const { enableAutoScaling, count, minCount, maxCount } = pool.inputs;
        assert.deepEqual([enableAutoScaling, count, minCount, maxCount], [false, 3, undefined, undefined]);
        assert.deepEqual(pool.options.ignoreChanges, []);
    });

    describe("name in Azure", () => {
        const other: [string, Partial<NodePoolArgs>][] = [
            ["poolName", { poolName: "jobs" }],
            ["vmSize", { vmSize: "Standard_D8ds_v5" }],
            ["subnetId", { subnetId: `${subnetId}-2` }],
            ["zones", { zones: ["1", "2", "3"] }],
            ["ephemeralOsDisk", { ephemeralOsDisk: false }],
            ["osDiskSizeInGb", { osDiskSizeInGb: 128 }],
            ["maxPods", { maxPods: 60 }],
            ["encryptionAtHost", { encryptionAtHost: true }],
            ["spot", { spot: {} }],
            ["spot.maxPrice", { spot: { maxPrice: 1 } }],
            ["spot.evictionPolicy", { spot: { evictionPolicy: "Deallocate" }, ephemeralOsDisk: false }],
            ["gpu.installDriver", { vmSize: "Standard_NC24ads_A100_v4", gpu: { installDriver: false } }],
            [
                "gpu.instanceProfile",
                { vmSize: "Standard_NC24ads_A100_v4", gpu: { instanceProfile: "MIG1g" } },
            ],
            ["osType", windows],
        ];

        it("changes with everything that Azure cannot change in place", async () => {
            const names = [await poolNameOf()];
            for (const [, change] of other) {
                names.push(await poolNameOf(change));
            }
            assert.equal(new Set(names).size, names.length, names.join(", "));
        });

        it("covers every replaced property that the component sets", async () => {
            const before = await poolInputs();
            const changed = new Set<string>();
            for (const [, change] of other) {
                const after = await poolInputs(change);
                for (const property of immutableProperties) {
                    if (JSON.stringify(after[property]) !== JSON.stringify(before[property])) {
                        changed.add(property);
                    }
                }
            }
            // The component never sets these, or always to the same value.
            const constant = ["enableNodePublicIP", "kubeletDiskType", "podSubnetID"];
            assert.deepEqual([...changed, ...constant].sort(), [...immutableProperties].sort());
        });

        it("stays with everything else", async () => {
            const name = await poolNameOf();
            for (const change of [
                { minCount: 2, maxCount: 9 },
                { mode: "System" },
                { osSku: "AzureLinux" },
                { labels: { tier: "batch" } },
                { taints: ["dedicated=batch:NoSchedule"] },
                { fips: true },
                { trustedLaunch: false },
                { sshDisabled: true },
                { upgrade: { maxSurge: "1" } },
                { tags: {} },
                { zones: [] },
            ] satisfies Partial<NodePoolArgs>[]) {
                assert.equal(await poolNameOf(change), name, JSON.stringify(change));
            }
        });

        it("does not depend on the order of the zones", async () => {
            assert.equal(await poolNameOf({ zones: ["3", "1"] }), await poolNameOf({ zones: ["1", "3"] }));
        });
    });

    describe("options", () => {
        it("replace what Azure cannot change, leave the autoscaler its count, give time and retry", async () => {
            const { options } = (await deployPool()).one(agentPool);
            assert.deepEqual(options.replaceOnChanges, [...immutableProperties]);
            assert.deepEqual(options.ignoreChanges, ["count"]);
            assert.deepEqual(options.customTimeouts, { create: "60m", update: "90m", delete: "60m" });
            assert.deepEqual(options.errorHooks, ["retry-while-azure-settles"]);
            assert.equal(options.deleteBeforeReplace, false);
            assert.equal(options.deletedWith, undefined);
            assert.equal(options.protect, false);
        });

        it("let the pool go with the cluster that the caller names, and protect it", async () => {
            const deployment = await deploy(() => {
                const cluster = new resources.ResourceGroup("cluster", { resourceGroupName: "rg" });
                new NodePool("test", baseline(), { deletedWith: cluster, protect: true });
            });
            const { options } = deployment.one(agentPool);
            assert.equal(options.deletedWith, deployment.one("azure-native:resources:ResourceGroup").urn);
            assert.equal(options.protect, true);
        });

        it("make the pool wait for the cluster and for what the caller names", async () => {
            const deployment = await deploy(() => {
                const [cluster, before] = ["cluster", "before"].map(
                    (name) => new resources.ResourceGroup(name, { resourceGroupName: name }),
                );
                assert.ok(cluster && before);
                new NodePool("test", { ...baseline(), clusterId: cluster.id, waitFor: [before.id] });
            });
            const dependencies = deployment.dependencyNames(deployment.one(agentPool));
            assert.deepEqual(dependencies, ["before", "cluster"]);
        });
    });

    it("gives its id and its Azure name", async () => {
        const deployment = await deployPool();
        const pool = deployment.one(agentPool);
        assert.deepEqual(deployment.outputs, { id: pool.id, name: pool.inputs["agentPoolName"] });
        assert.equal(pool.id, `${clusterId}/agentPools/${String(pool.inputs["agentPoolName"])}`);
        assert.deepEqual(deployment.captured.secretOutputs, []);
    });

    describe("refuses", () => {
        const cases: [string, Partial<NodePoolArgs>, string][] = [
            [
                "a name with capitals",
                { poolName: "Apps" },
                '`poolName` is "Apps": Azure allows 1 to 12 lower-case letters and digits for a Linux pool, starting with a letter. Choose another name.',
            ],
            [
                "a long name for Windows",
                { ...windows, poolName: "windows" },
                '`poolName` is "windows": Azure allows 1 to 6 lower-case letters and digits for a Windows pool, starting with a letter. Choose another name.',
            ],
            [
                "a size that is none",
                { vmSize: "D4ds_v5" },
                '`vmSize` is "D4ds_v5": that is no machine size. Write it as Azure does, with capitals, for example Standard_D4ds_v5.',
            ],
            [
                "an ephemeral disk on a size without a local disk",
                { vmSize: "Standard_E8as_v5" },
                '`ephemeralOsDisk` is true but Standard_E8as_v5 has no local disk to put it on. Choose a size with a "d" after the number of cores, or set `ephemeralOsDisk` to false.',
            ],
            [
                "FIPS on Arm64 with Ubuntu",
                { vmSize: "Standard_D4pds_v5", fips: true },
                "`fips` is true on the Arm64 size Standard_D4pds_v5 with Ubuntu: AKS has FIPS images for Arm64 of AzureLinux only. Set `osSku` to AzureLinux or choose another size.",
            ],
            [
                "trusted launch on Arm64",
                { vmSize: "Standard_D4pds_v5", trustedLaunch: true },
                "`trustedLaunch` is true but AKS does not have it for Arm64 sizes such as Standard_D4pds_v5. Leave it out or set it to false.",
            ],
            [
                "trusted launch with FIPS on Azure Linux",
                { osSku: "AzureLinux", fips: true, trustedLaunch: true },
                "`trustedLaunch` is true but with FIPS AKS has it for Ubuntu only. Leave it out or set it to false.",
            ],
            [
                "trusted launch with AKS's GPU driver on Ubuntu",
                { vmSize: "Standard_NC24ads_A100_v4", trustedLaunch: true },
                "`trustedLaunch` is true but on Ubuntu secure boot refuses the GPU driver that AKS installs. Leave it out or set it to false.",
            ],
            [
                "trusted launch on Windows",
                { ...windows, trustedLaunch: true },
                "`trustedLaunch` is true but AKS does not have it for Windows. Leave it out or set it to false.",
            ],
            [
                "GPU settings without a GPU",
                { gpu: {} },
                "`gpu` is set but Standard_D4ds_v5 has no GPU. Choose a size of the N series or remove `gpu`.",
            ],
            [
                "a Linux image for Windows",
                { ...windows, osSku: "Ubuntu" },
                "`osSku` is Ubuntu, which is no Windows image. Windows pools use Windows2022.",
            ],
            [
                "too many pods",
                { maxPods: 251 },
                "`maxPods` is 251: AKS allows whole numbers from 10 to 250 for this pool.",
            ],
            [
                "too few pods in a system pool",
                { mode: "System", maxPods: 29 },
                "`maxPods` is 29: AKS allows whole numbers from 30 to 250 for this pool.",
            ],
            [
                "a disk that is too small",
                { osDiskSizeInGb: 20 },
                "`osDiskSizeInGb` is 20: AKS allows whole GiB from 30 to 2048. Leave it out for AKS's choice.",
            ],
            [
                "a zone that is none",
                { zones: ["westeurope-1"] },
                '`zones` is ["westeurope-1"]: availability zones are single digits, each named once, such as ["1", "2", "3"].',
            ],
            [
                "a zone named twice",
                { zones: ["1", "1"] },
                '`zones` is ["1","1"]: availability zones are single digits, each named once, such as ["1", "2", "3"].',
            ],
            [
                "fewer than no nodes",
                { minCount: -1 },
                "`minCount` is -1: AKS allows whole numbers from 0 to 1000 for this pool.",
            ],
            [
                "a system pool without a node",
                { mode: "System", minCount: 0 },
                "`minCount` is 0: AKS allows whole numbers from 1 to 1000 for this pool.",
            ],
            [
                "no node at most",
                { minCount: 0, maxCount: 0 },
                "`maxCount` is 0: AKS allows whole numbers from 1 to 1000 for this pool.",
            ],
            [
                "more nodes at least than at most",
                { minCount: 6 },
                "`minCount` is 6, more than `maxCount`, which is 5. Raise `maxCount` or lower `minCount`.",
            ],
            [
                "a fixed size that is two",
                { autoscaling: false },
                "`autoscaling` is false but `minCount` is 1 and `maxCount` is 5: a pool of fixed size has one number of nodes. Set both to it, or leave `autoscaling` on.",
            ],
            [
                "Windows beside Cilium",
                { ...windows, dataplane: undefined },
                "`osType` is Windows but the cluster's dataplane is Cilium, which AKS has for Linux nodes only. Use a cluster with `network.dataplane: Azure`, a new one since it cannot be changed later, and set `dataplane: Azure` here, or use Linux.",
            ],
            [
                "Windows for system services",
                { ...windows, mode: "System" },
                "`mode` is System but `osType` is Windows: the cluster's own services run on Linux. Set `mode` to User.",
            ],
            [
                "Windows on Arm64",
                { ...windows, vmSize: "Standard_D4pds_v5" },
                '`vmSize` is Standard_D4pds_v5, an Arm64 size, but `osType` is Windows: AKS has Windows for x64 only. Choose a size without "p".',
            ],
            [
                "Spot for system services",
                { mode: "System", spot: {} },
                "`spot` is set but `mode` is System: AKS keeps the cluster's own services off Spot nodes. Set `mode` to User.",
            ],
            [
                "Spot for nothing",
                { spot: { maxPrice: 0 } },
                "`spot.maxPrice` is 0: Azure allows -1, up to the normal price, or more than 0 USD an hour.",
            ],
            [
                "stopping machines whose disk would be lost",
                { spot: { evictionPolicy: "Deallocate" } },
                "`spot.evictionPolicy` is Deallocate but `ephemeralOsDisk` is true: a machine whose disk is on the host cannot be stopped and kept. Set `ephemeralOsDisk` to false or the policy to Delete.",
            ],
            [
                "a label of AKS's own",
                { labels: { "kubernetes.azure.com/mode": "user" } },
                '`labels` has "kubernetes.azure.com/mode": AKS keeps the prefix kubernetes.azure.com/ for itself. Use a prefix of your own.',
            ],
            [
                "a taint without an effect",
                { taints: ["dedicated=batch"] },
                '`taints` has "dedicated=batch": write key=value:Effect with the effect NoSchedule, PreferNoSchedule or NoExecute.',
            ],
            [
                "a surge that is no amount",
                { upgrade: { maxSurge: "a third" } },
                '`upgrade.maxSurge` is "a third": write a number of nodes or a percentage, such as "1" or "33%".',
            ],
            [
                "an upgrade that cannot move",
                { upgrade: { maxSurge: "0" } },
                '`upgrade.maxSurge` is "0" and `upgrade.maxUnavailable` is not more: an upgrade could neither add a node nor take one out. Make one of them more than 0.',
            ],
            [
                "system nodes without a substitute",
                { mode: "System", upgrade: { maxUnavailable: "1" } },
                '`upgrade.maxUnavailable` is "1" but `mode` is System: AKS does not take system nodes out without a substitute. Use `upgrade.maxSurge`.',
            ],
            [
                "a hasty drain",
                { upgrade: { drainTimeoutInMinutes: 4 } },
                "`upgrade.drainTimeoutInMinutes` is 4: AKS allows whole minutes from 5 to 1440.",
            ],
            [
                "a drain of more than a day",
                { upgrade: { drainTimeoutInMinutes: 1441 } },
                "`upgrade.drainTimeoutInMinutes` is 1441: AKS allows whole minutes from 5 to 1440.",
            ],
            [
                "a long soak",
                { upgrade: { nodeSoakInMinutes: 31 } },
                "`upgrade.nodeSoakInMinutes` is 31: AKS allows whole minutes from 0 to 30.",
            ],
        ];
        const extremes: [string, Partial<NodePoolArgs>][] = [
            ["the shortest drain", { upgrade: { drainTimeoutInMinutes: 5 } }],
            ["the longest drain", { upgrade: { drainTimeoutInMinutes: 1440 } }],
            ["the longest soak", { upgrade: { nodeSoakInMinutes: 30 } }],
            ["the lowest price", { spot: { maxPrice: 0.00001 } }],
        ];
        for (const [what, change] of extremes) {
            it(`not yet ${what}`, async () => {
                await poolInputs(change);
            });
        }

        for (const [what, change, message] of cases) {
            it(what, async () => {
                assert.equal(
                    await failureOf(() => void new NodePool("test", { ...baseline(), ...change })),
                    message,
                );
            });
        }

        it("several faults at once, each in a line", async () => {
            const message = await failureOf(
                () => void new NodePool("test", { ...baseline(), maxPods: 5, minCount: 9 }),
            );
            assert.equal(
                message,
                [
                    "`maxPods` is 5: AKS allows whole numbers from 10 to 250 for this pool.",
                    "`minCount` is 9, more than `maxCount`, which is 5. Raise `maxCount` or lower `minCount`.",
                ].join("\n"),
            );
        });
    });
});
