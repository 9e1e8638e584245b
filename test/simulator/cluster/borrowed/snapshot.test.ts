import * as assert from "node:assert/strict";
import { newlyMade, restoringPatch } from "../../../../simulator/cluster/borrowed/snapshot";
import type { Snapshot } from "../../../../simulator/cluster/borrowed/snapshot";
import type { KubernetesObject } from "../../../../simulator/cluster/kubernetesApi";

const snapshot: Snapshot = {
    names: { kind: ["before"] },
    namespaces: { default: { labels: { mine: "1", level: "baseline" } } },
};

const madeBy = (name: string, ...managers: string[]): KubernetesObject => ({
    metadata: { name, managedFields: managers.map((manager) => ({ manager })) },
});

const patched = (labels: Record<string, string>, ...keys: string[]): KubernetesObject => ({
    metadata: {
        name: "default",
        labels,
        managedFields: [
            {
                manager: "pulumi-kubernetes-1234",
                fieldsV1: {
                    "f:metadata": {
                        "f:labels": { ".": {}, ...Object.fromEntries(keys.map((key) => [`f:${key}`, {}])) },
                    },
                },
            },
            { manager: "kubectl", fieldsV1: { "f:metadata": { "f:labels": { "f:mine": {} } } } },
        ],
    },
});

describe("simulator/cluster/borrowed/snapshot", () => {
    it("takes for newly made what the engine and Helm in it made, and nobody else", () => {
        const objects = [
            madeBy("before", "pulumi-kubernetes"),
            madeBy("by-engine", "pulumi-kubernetes"),
            madeBy("by-helm", "pulumi-resource-kubernetes", "kube-apiserver"),
            madeBy("by-user", "kubectl-create"),
            madeBy("kube-system", "pulumi-kubernetes"),
            { metadata: { name: "by-nobody" } },
        ];
        assert.deepEqual(
            newlyMade(snapshot, "kind", objects).map(({ metadata }) => metadata.name),
            ["by-engine", "by-helm"],
        );
    });

    it("gives back labels that the engine changed or added, and leaves the others alone", () => {
        const now = patched({ mine: "2", level: "restricted", added: "x" }, "level", "added");
        assert.deepEqual(restoringPatch(snapshot, now), {
            metadata: { labels: { level: "baseline", added: null } },
        });
    });

    it("has nothing to give back where nothing is different, or the namespace is new", () => {
        assert.equal(restoringPatch(snapshot, patched({ mine: "2", level: "baseline" }, "level")), undefined);
        assert.equal(restoringPatch(snapshot, madeBy("new", "pulumi-kubernetes")), undefined);
    });
});
