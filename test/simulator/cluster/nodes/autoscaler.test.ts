import * as assert from "node:assert/strict";
import { poolsToGrow } from "../../../../simulator/cluster/nodes/autoscaler";
import type { Pod } from "../../../../simulator/cluster/nodes/autoscaler";
import type { NodePool } from "../../../../simulator/cluster/nodes/nodePools";
import { basicPool } from "./pools";

describe("simulator/cluster/nodes/autoscaler", () => {
    const scaled: NodePool = { ...basicPool, autoscaling: { minCount: 0, maxCount: 3 } };
    const tainted: NodePool = {
        ...scaled,
        name: "batch",
        taints: ["batch=yes:NoSchedule"],
        labels: { kind: "batch" },
    };
    const waiting = (
        spec: Pod["spec"] = {},
        message = "0/3 nodes are available: 3 Insufficient cpu.",
    ): Pod => ({
        metadata: { name: "p" },
        spec,
        status: {
            phase: "Pending",
            conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }],
        },
    });
    const names = (pods: Pod[], sizes: [NodePool, number][]) =>
        poolsToGrow(
            pods,
            sizes.map(([pool, nodes]) => ({ pool, nodes })),
        ).map(({ name }) => name);
    const cpu = (amount: string) => ({ containers: [{ resources: { requests: { cpu: amount } } }] });
    const tolerations = [{ key: "batch", operator: "Exists" }];
    const required = (operator: string, values?: string[]) => ({
        affinity: {
            nodeAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerms: [{ matchExpressions: [{ key: "kind", operator, values }] }],
                },
            },
        },
    });

    it("adds a node for a pod without room, one at a time", () => {
        assert.deepEqual(names([waiting(), waiting()], [[scaled, 1]]), ["apps"]);
    });

    it("never goes beyond the limit", () => {
        assert.deepEqual(names([waiting()], [[scaled, 2]]), ["apps"]);
        assert.deepEqual(names([waiting()], [[scaled, 3]]), []);
        assert.deepEqual(names([waiting()], [[basicPool, 0]]), []);
    });

    it("adds nothing for pods that have a node, or wait for something else", () => {
        assert.deepEqual(names([{ ...waiting(), spec: { nodeName: "n" } }], [[scaled, 1]]), []);
        const volume = "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.";
        assert.deepEqual(names([waiting({}, volume)], [[scaled, 1]]), []);
        assert.deepEqual(names([{ metadata: { name: "new" }, spec: {}, status: {} }], [[scaled, 1]]), []);
    });

    it("adds nothing for a pod that no node of the pool could take", () => {
        assert.deepEqual(names([waiting(cpu("3860m"))], [[scaled, 1]]), ["apps"]);
        assert.deepEqual(names([waiting(cpu("3861m"))], [[scaled, 1]]), []);
        assert.deepEqual(names([waiting({ nodeSelector: { kind: "batch" } })], [[scaled, 1]]), []);
    });

    it("chooses the pool whose taints and labels fit", () => {
        const both: [NodePool, number][] = [
            [tainted, 0],
            [scaled, 0],
        ];
        assert.deepEqual(names([waiting()], both), ["apps"]);
        assert.deepEqual(names([waiting({ tolerations })], both), ["batch"]);
        assert.deepEqual(names([waiting({ tolerations, ...required("In", ["batch"]) })], both), ["batch"]);
        assert.deepEqual(names([waiting({ tolerations, ...required("NotIn", ["batch"]) })], both), ["apps"]);
        assert.deepEqual(names([waiting(required("Exists"))], both), []);
        assert.deepEqual(names([waiting({ tolerations: [{ key: "batch", value: "no" }] })], both), ["apps"]);
    });
});
