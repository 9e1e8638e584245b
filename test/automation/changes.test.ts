import * as assert from "node:assert/strict";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { changesFrom } from "../../automation/changes";
import { types } from "../../stack/resourceTypes";

interface StepOptions {
    name?: string;
    type?: string;
    custom?: boolean;
    protect?: boolean;
    before?: Record<string, unknown>;
    after?: Record<string, unknown>;
    outputs?: [Record<string, unknown>, Record<string, unknown>];
    keys?: string[];
    diffs?: string[];
}

let sequence = 0;

function step(op: StepEventMetadata["op"], options: StepOptions = {}): StepEventMetadata {
    const { name = "one", type = types.registry, custom = true, protect = false, before, after } = options;
    const urn = `urn:pulumi:dev::aks-landing-zone::${type}::${name}`;
    const state = (inputs: Record<string, unknown>, outputs: Record<string, unknown>) => ({
        ...{ type, urn, custom, protect, id: "id", parent: "", provider: "" },
        ...{ inputs, outputs },
    });
    const [oldOutputs, newOutputs] = options.outputs ?? [{}, {}];
    return {
        ...{ op, urn, type, provider: "" },
        ...(op === "create" ? {} : { old: state(before ?? {}, oldOutputs) }),
        ...(op === "delete" ? {} : { new: state(after ?? {}, newOutputs) }),
        ...(options.keys ? { keys: options.keys } : {}),
        ...(options.diffs ? { diffs: options.diffs } : {}),
    };
}

const began = (metadata: StepEventMetadata): EngineEvent => ({
    ...{ sequence: sequence++, timestamp: 0 },
    resourcePreEvent: { metadata },
});
const ended = (metadata: StepEventMetadata): EngineEvent => ({
    ...{ sequence: sequence++, timestamp: 0 },
    resOutputsEvent: { metadata },
});

describe("changes", () => {
    it("count what stays, without components and the stack", () => {
        const { changes, unchanged } = changesFrom([
            began(step("same")),
            began(step("same", { name: "component", custom: false })),
            began(step("same", { name: "stack", type: types.stack })),
            began(step("read", { name: "looked-up" })),
        ]);
        assert.deepEqual([changes, unchanged], [[], 2]);
    });

    it("do not count what is left out before it was ever made", () => {
        const made = step("same", { name: "made" });
        const never = step("same", { name: "never" });
        const state = { ...step("same").new, id: "" } as StepEventMetadata["new"];
        const { unchanged } = changesFrom([began(made), began({ ...never, old: state, new: state })]);
        assert.equal(unchanged, 1);
    });

    it("make one replacement of the three steps, with its reason", () => {
        const options = {
            before: { registryName: "a", sku: { name: "Basic" } },
            after: { registryName: "b", sku: { name: "Basic" } },
            keys: ["registryName"],
            diffs: ["registryName"],
            protect: true,
        };
        const { changes } = changesFrom([
            began(step("create-replacement", options)),
            began(step("replace", options)),
            began(step("delete-replaced", options)),
        ]);
        assert.equal(changes.length, 1);
        const [change] = changes;
        assert.deepEqual(
            [change?.operation, change?.replaceKeys, change?.paths, change?.isProtected],
            ["replace", ["registryName"], ["registryName"], true],
        );
        assert.deepEqual(change?.differences, [{ path: "registryName", before: "a", after: "b" }]);
    });

    it("take the deletion of what an earlier replacement left for a deletion", () => {
        const { changes } = changesFrom([began(step("delete-replaced"))]);
        assert.deepEqual(
            changes.map(({ operation }) => operation),
            ["delete"],
        );
    });

    it("name properties in full, by values where the engine names the top only", () => {
        const { changes } = changesFrom([
            began(
                step("update", {
                    before: { tags: { "cost-center": "a" }, pools: [{ count: 1 }], other: 1 },
                    after: { tags: { "cost-center": "b" }, pools: [{ count: 2 }], other: 2 },
                    diffs: ["tags", "pools"],
                }),
            ),
        ]);
        assert.deepEqual(changes[0]?.paths, ["pools[0].count", 'tags["cost-center"]']);
    });

    it("learn at the end of a step what a refresh found", () => {
        const found = step("update", {
            outputs: [{ publicNetworkAccess: "Enabled" }, { publicNetworkAccess: "Disabled" }],
            diffs: ["publicNetworkAccess"],
        });
        const { changes, unchanged } = changesFrom([
            began(step("refresh")),
            ended(found),
            began(step("refresh", { name: "other" })),
            ended(step("same", { name: "other" })),
        ]);
        assert.equal(unchanged, 1);
        assert.deepEqual(changes[0]?.differences, [
            { path: "publicNetworkAccess", before: "Enabled", after: "Disabled" },
        ]);
        assert.deepEqual(changes[0].current, { publicNetworkAccess: "Disabled" });
    });

    it("leave out what was begun and failed", () => {
        const metadata = step("create");
        const failure: EngineEvent = {
            ...{ sequence: 1, timestamp: 0 },
            resOpFailedEvent: { metadata, status: 1, steps: 1 },
        };
        assert.deepEqual(changesFrom([began(metadata), failure]).changes, []);
    });

    it("tell different values of the same property apart, and not what is drawn by chance", () => {
        const digest = (type: string, after: Record<string, unknown>) =>
            changesFrom([began(step("create", { type, after }))]).changes[0]?.inputsDigest;
        assert.notEqual(digest(types.registry, { a: 1 }), digest(types.registry, { a: 2 }));
        assert.equal(digest(types.registry, { a: 1, b: 2 }), digest(types.registry, { b: 2, a: 1 }));
        assert.equal(
            digest(types.roleAssignment, { roleAssignmentName: "x", scope: "s" }),
            digest(types.roleAssignment, { roleAssignmentName: "y", scope: "s" }),
        );
    });
});
