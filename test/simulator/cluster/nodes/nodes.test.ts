import * as assert from "node:assert/strict";
import { machineSize } from "../../../../simulator/cluster/nodes/machineSize";
import { nodeName, nodeObject } from "../../../../simulator/cluster/nodes/nodeObject";
import { poolsOf } from "../../../../simulator/cluster/nodes/nodePools";
import { allocatable } from "../../../../simulator/cluster/nodes/reservations";
import { basicPool, clusterId, existingCluster, existingPool } from "./pools";

describe("simulator/cluster/nodes/machineSize", () => {
    const sizes: [string, number, number][] = [
        ["Standard_D4ds_v5", 4, 16],
        ["Standard_D4pds_v6", 4, 16],
        ["Standard_D2ls_v5", 2, 4],
        ["Standard_E4ds_v5", 4, 32],
        ["Standard_F4s_v2", 4, 8],
        ["Standard_B2ms", 2, 8],
        ["Standard_B2s", 2, 4],
        ["Standard_L8s_v3", 8, 64],
        ["Standard_DS3_v2", 4, 14],
        ["Standard_NC24ads_A100_v4", 24, 220],
    ];
    for (const [name, vCpus, memoryInGib] of sizes) {
        it(`${name} has ${vCpus} vCPUs and ${memoryInGib} GiB`, () => {
            assert.deepEqual(machineSize(name), { vCpus, memoryInGib });
        });
    }
});

describe("simulator/cluster/nodes/reservations", () => {
    // Microsoft's own examples, and the rows and gaps of its table.
    const cases: [string, number, number, number, string, number, number][] = [
        ["8 GB, 30 pods: 650 MB and the threshold", 2, 8, 30, "Linux", 1900, 8192 - 650 - 100],
        ["4 GB, 70 pods: a quarter, as it is less", 1, 4, 70, "Linux", 940, 4096 - 1024 - 100],
        ["4 cores", 4, 16, 110, "Linux", 3860, 16384 - 2250 - 100],
        ["64 cores", 64, 256, 30, "Linux", 63_260, 262_144 - 650 - 100],
        ["6 cores, between two rows", 6, 24, 30, "Linux", 5840, 24_576 - 650 - 100],
        ["96 cores, beyond the table", 96, 384, 30, "Linux", 94_940, 393_216 - 650 - 100],
        ["Windows keeps 2 GB more", 2, 8, 30, "Windows", 1900, 8192 - 650 - 100 - 2048],
    ];
    for (const [title, vCpus, memoryInGib, maxPods, osType, cpuInMillicores, memoryInMib] of cases) {
        it(title, () => {
            assert.deepEqual(allocatable({ vCpus, memoryInGib }, maxPods, osType), {
                cpuInMillicores,
                memoryInMib,
            });
        });
    }
});

describe("simulator/cluster/nodes/nodePools", () => {
    it("takes the pools of the cluster's creation and those that were added", () => {
        const cluster = existingCluster([
            { name: "system", vmSize: "Standard_D2ds_v5", mode: "System", count: 2 },
        ]);
        const pools = poolsOf(cluster, [
            cluster,
            existingPool("apps", { vmSize: "Standard_D4ds_v5", count: 1 }),
            existingPool("other", { count: 1 }, `${clusterId}2`),
        ]);
        assert.deepEqual(
            pools.map(({ name, mode, count, location }) => [name, mode, count, location]),
            [
                ["system", "System", 2, "westeurope"],
                ["apps", "User", 1, "westeurope"],
            ],
        );
    });

    it("begins an autoscaled pool with its least number of nodes", () => {
        const scaled = { count: 5, enableAutoScaling: true, minCount: 0, maxCount: 4 };
        const [pool] = poolsOf(existingCluster([{ name: "a", ...scaled }]), []);
        assert.equal(pool?.count, 0);
        assert.deepEqual(pool?.autoscaling, { minCount: 0, maxCount: 4 });
    });

    const versions: [string | undefined, string][] = [
        [undefined, "1.36.3"],
        ["1.36", "1.36.3"],
        ["1.35", "1.35.0"],
        ["1.35.7", "1.35.7"],
    ];
    for (const [wanted, version] of versions) {
        it(`has version ${version} where ${wanted ?? "nothing"} is asked for`, () => {
            const cluster = existingCluster([{ name: "a", orchestratorVersion: wanted }]);
            assert.equal(poolsOf(cluster, [])[0]?.version, version);
        });
    }
});

describe("simulator/cluster/nodes/nodeObject", () => {
    it("names nodes as AKS does, counting in base 36", () => {
        assert.match(nodeName(basicPool, 0), /^aks-apps-\d{8}-vmss000000$/);
        assert.match(nodeName(basicPool, 35), /-vmss00000z$/);
        assert.match(nodeName(basicPool, 36), /-vmss000010$/);
        assert.notEqual(nodeName(basicPool, 0), nodeName({ ...basicPool, clusterId: "other" }, 0));
        assert.equal(nodeName({ ...basicPool, osType: "Windows", name: "win" }, 10), "akswin00000a");
    });

    it("spreads nodes over the zones in turn", () => {
        const zones = [0, 1, 2, 3].map(
            (index) => nodeObject(basicPool, index).metadata.labels["topology.kubernetes.io/zone"],
        );
        assert.deepEqual(zones, ["westeurope-1", "westeurope-2", "westeurope-3", "westeurope-1"]);
        const none = nodeObject({ ...basicPool, zones: [] }, 0);
        assert.equal(none.metadata.labels["topology.kubernetes.io/zone"], "0");
    });

    it("has the labels of AKS, of the kubelet and of the pool, and no other's", () => {
        const { labels } = nodeObject({ ...basicPool, mode: "System", labels: { team: "shop" } }, 0).metadata;
        assert.equal(labels["team"], "shop");
        assert.equal(labels["agentpool"], "apps");
        assert.equal(labels["kubernetes.azure.com/agentpool"], "apps");
        assert.equal(labels["kubernetes.azure.com/mode"], "system");
        assert.equal(labels["kubernetes.azure.com/cluster"], "MC_rg_aks");
        assert.equal(labels["node.kubernetes.io/instance-type"], "Standard_D4ds_v5");
        assert.equal(labels["kubernetes.io/arch"], "amd64");
        assert.equal(labels["kubernetes.io/os"], "linux");
        assert.equal(labels["kubernetes.azure.com/scalesetpriority"], undefined);
        const arm = nodeObject({ ...basicPool, vmSize: "Standard_D4pds_v5" }, 0);
        assert.equal(arm.metadata.labels["kubernetes.io/arch"], "arm64");
    });

    it("has the taints of the pool, and on Spot that of AKS, once", () => {
        const spot = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule";
        const pool = {
            ...basicPool,
            isSpot: true,
            taints: ["CriticalAddonsOnly=true:NoSchedule", "a:NoExecute", spot],
        };
        const node = nodeObject(pool, 0);
        assert.deepEqual(node.spec.taints, [
            { key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" },
            { key: "a", effect: "NoExecute" },
            { key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" },
        ]);
        assert.equal(node.metadata.labels["kubernetes.azure.com/scalesetpriority"], "spot");
        assert.equal(nodeObject({ ...pool, taints: [] }, 0).spec.taints.length, 1);
    });

    it("has the size of its machine, and for pods what AKS leaves of it", () => {
        const { capacity, allocatable: left, nodeInfo } = nodeObject(basicPool, 0).status;
        assert.deepEqual(capacity, { cpu: "4", memory: "16Gi", pods: "110", "ephemeral-storage": "128Gi" });
        assert.deepEqual(left, { ...capacity, cpu: "3860m", memory: "14034Mi" });
        assert.equal(nodeInfo["kubeletVersion"], "v1.36.3");
    });

    it("names its machine in Azure", () => {
        assert.match(
            nodeObject(basicPool, 2).spec.providerID,
            /^azure:\/\/\/subscriptions\/1{8}-[^/]+\/resourceGroups\/mc_rg_aks\/providers\/Microsoft.Compute\/virtualMachineScaleSets\/aks-apps-\d{8}-vmss\/virtualMachines\/2$/,
        );
    });
});
