import * as assert from "node:assert/strict";
import { driftIn } from "../../automation/drift";
import { types } from "../../stack/resourceTypes";
import { change } from "./fixtures";

const pool = (more: Record<string, unknown>) => ({
    agentPoolProfiles: [{ enableAutoScaling: true, ...more }],
});

function cluster(path: string, before: unknown, after: unknown, current: Record<string, unknown> = pool({})) {
    return change({
        operation: "update",
        type: types.cluster,
        name: "cluster",
        paths: [path],
        differences: [{ path, before, after }],
        current,
    });
}

describe("drift", () => {
    const owned: [string, unknown, unknown][] = [
        ["agentPoolProfiles[0].count", 2, 3],
        ["agentPoolProfiles[0].nodeImageVersion", "AKSUbuntu-1", "AKSUbuntu-2"],
        ["agentPoolProfiles[0].currentOrchestratorVersion", "1.36.3", "1.36.4"],
        ["currentKubernetesVersion", "1.36.3", "1.36.4"],
        ["kubernetesVersion", "1.36", "1.36.4"],
        ["eTag", "a", "b"],
    ];
    for (const [path, before, after] of owned) {
        it(`leaves out ${path} of the cluster, and says why`, () => {
            const { changes, ignored } = driftIn([cluster(path, before, after)]);
            assert.deepEqual(changes, []);
            assert.equal(ignored[0]?.path, path);
            assert.ok(ignored[0].why.length > 10);
        });
    }

    it("leaves out the count of an autoscaled pool, and of no other", () => {
        const scaled = (enableAutoScaling: boolean) =>
            change({
                operation: "update",
                type: types.agentPool,
                paths: ["count"],
                differences: [{ path: "count", before: 2, after: 3 }],
                current: { enableAutoScaling },
            });
        assert.deepEqual(driftIn([scaled(true)]).changes, []);
        assert.equal(driftIn([scaled(false)]).changes.length, 1);
        const byHand = cluster("agentPoolProfiles[0].count", 2, 3, pool({ enableAutoScaling: false }));
        assert.equal(driftIn([byHand]).changes.length, 1);
    });

    it("names another minor version, unless the channel raises it", () => {
        const raised = (upgradeChannel: string) =>
            cluster("currentKubernetesVersion", "1.35.7", "1.36.3", {
                autoUpgradeProfile: { upgradeChannel },
            });
        assert.equal(driftIn([raised("patch")]).changes.length, 1);
        assert.deepEqual(driftIn([raised("stable")]).changes, []);
    });

    it("keeps what else changed in the same resource", () => {
        const both = change({
            operation: "update",
            type: types.cluster,
            paths: ["agentPoolProfiles[0].count", "disableLocalAccounts"],
            differences: [
                { path: "agentPoolProfiles[0].count", before: 2, after: 3 },
                { path: "disableLocalAccounts", before: true, after: false },
            ],
            current: pool({}),
        });
        const { changes, ignored } = driftIn([both]);
        assert.deepEqual(
            changes.map(({ paths, differences }) => [paths, differences.map(({ path }) => path)]),
            [[["disableLocalAccounts"], ["disableLocalAccounts"]]],
        );
        assert.equal(ignored.length, 1);
    });

    it("leaves nothing out on a guess: a property without values is drift", () => {
        const vague = change({ operation: "update", type: types.cluster, paths: ["agentPoolProfiles"] });
        assert.equal(driftIn([vague]).changes.length, 1);
        const silent = change({ operation: "update", type: types.cluster });
        assert.equal(driftIn([silent]).changes.length, 1);
    });

    it("names what is gone, of every type", () => {
        const gone = change({ operation: "delete", type: types.agentPool });
        assert.deepEqual(driftIn([gone]).changes, [gone]);
    });
});
