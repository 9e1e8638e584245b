import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { orderingReasons, pathMeasurement, reasonFor } from "../../bench/criticalPath";
import { projectFolder } from "../support/stacks";

const urn = (typeAndName: string) => `urn:pulumi:dev::aks-landing-zone::lz:index:Part$${typeAndName}`;
const provider = "urn:pulumi:dev::aks-landing-zone::pulumi:providers:kubernetes::kubernetes";
const pool = urn("azure-native:containerservice:AgentPool::pool-apps-agent-pool");
const nodeWindow = urn("azure-native:containerservice:MaintenanceConfiguration::cluster-node-window");

describe("bench/criticalPath", () => {
    it("gives each order the program's reason", () => {
        const role = (name: string) => urn(`azure-native:authorization:RoleAssignment::${name}`);
        const subnet = (name: string) => urn(`azure-native:network:Subnet::${name}`);
        const found = [
            [pool, nodeWindow],
            [provider, pool],
            [provider, role("cluster-aksRbacClusterAdmin-deployer")],
            [provider, role("registry-acrPull-kubelet")],
            [subnet("network-a"), subnet("network-b")],
        ].map(([from = "", on = ""]) => reasonFor({ from, on }));
        const ready =
            "Policies judge workloads from the start, images can be pulled, and nodes are there to run them (program.ts)";
        assert.deepEqual(found, [
            "AKS runs one operation on a cluster at a time (program/cluster.ts)",
            ready,
            "The deployer may do nothing in the cluster before its role is there (program/kubernetes.ts)",
            ready,
            "Azure writes a virtual network one change at a time (components/network.ts)",
        ]);
    });

    it("says so where the program gives none", () => {
        // The other way round, and the type as a component's child only.
        assert.equal(reasonFor({ from: nodeWindow, on: pool }), "no reason given");
        const child = urn("azure-native:containerservice:AgentPool$lz:index:Other::other");
        assert.equal(reasonFor({ from: child, on: nodeWindow }), "no reason given");
    });

    it("quotes what still stands in the program", () => {
        const lost = orderingReasons.filter(({ reason, statedIn }) => {
            const text = readFileSync(join(projectFolder, statedIn), "utf8");
            return !text.replace(/\s*\n\s*(?:\/\/|\*) /g, " ").includes(reason);
        });
        assert.deepEqual(lost, []);
    });

    it("measures the estimate against its bound and lists every order that lengthens it", () => {
        const orderings = [
            {
                from: provider,
                on: pool,
                kind: "dependsOn" as const,
                savesSeconds: 90,
                declaredAt: "program/kubernetes.ts:156",
            },
            { from: nodeWindow, on: pool, kind: "argument" as const, savesSeconds: 0.2 },
        ];
        assert.deepEqual(pathMeasurement("dev", { seconds: 1010, lowerBound: 1000, orderings }), {
            name: "dev, estimated up",
            against: "lower bound of its graph",
            ratio: { median: 1.01, least: 1.01, most: 1.01 },
            goal: 1.05,
            figures: {
                seconds: 1010,
                lowerBound: 1000,
                "kubernetes waits for pool-apps-agent-pool":
                    "1 min 30 s, dependsOn at program/kubernetes.ts:156: Policies judge workloads from the start, images can be pulled, and nodes are there to run them (program.ts)",
                "cluster-node-window waits for pool-apps-agent-pool":
                    "0.2 s, argument at a place that the state does not name: no reason given",
            },
        });
    });
});
