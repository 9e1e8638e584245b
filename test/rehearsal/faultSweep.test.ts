import * as assert from "node:assert/strict";
import { faultedOnce, neverDisturbed, unexpectedFailures } from "../../rehearsal/faults/creationSweep";
import { denyPolicy } from "../../rehearsal/faults/denyPolicy";
import { firstCreationFails, kubernetesTargets } from "../../rehearsal/faults/faultTargets";
import { levelsOf, widestLevels } from "../../rehearsal/faults/levels";
import type { RecordedResource } from "../../rehearsal/faults/recovery";
import type { OperationRecord } from "../../simulator/provider/operationLog";
import { credential, group, groupType, urnOf, user } from "./faultFixtures";

describe("rehearsal faults: every creation fails once", () => {
    const patch: RecordedResource = {
        urn: urnOf("kubernetes:core/v1:NamespacePatch", "patch"),
        type: "kubernetes:core/v1:NamespacePatch",
        inputs: { apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system" } },
    };
    const release: RecordedResource = {
        ...user("a"),
        outputs: {
            resourceNames: {
                "ServiceAccount/v1": ["kured/kured"],
                "DaemonSet.apps/apps/v1": ["kured/reboots"],
            },
        },
    };

    it("asks for one fault for each resource of Azure and Entra ID, and for nothing else", () => {
        const type = "azuread:index/group:Group";
        const admins: RecordedResource = { urn: urnOf(type, "admins"), type };
        const fault = { operation: "create", times: 1, effect: "refuse" };
        assert.deepEqual(firstCreationFails([group, admins, patch, { urn: "c", type: "a:b:C" }], "refuse"), [
            { ...fault, type: groupType, name: "group" },
            { ...fault, type, name: "admins" },
        ]);
    });

    it("names what the cluster is to refuse: objects, made-up names, patches, and the workload of a release", () => {
        const chosen = { ...credential("fixed"), inputs: { kind: "Secret", metadata: { name: "fixed" } } };
        const targets = kubernetesTargets([group, chosen, credential("made-1"), patch, release]);
        assert.deepEqual(
            targets.map(({ denied }) => denied),
            [
                { operation: "CREATE", kind: "Secret", namespace: "", name: "fixed" },
                { operation: "CREATE", kind: "Secret", namespace: "kured", namePrefix: "credential-" },
                { operation: "UPDATE", kind: "Namespace", namespace: "", name: "kube-system" },
                { operation: "CREATE", kind: "DaemonSet", namespace: "kured", name: "reboots" },
            ],
        );
    });

    it("says so of a release without a workload", () => {
        assert.throws(() => kubernetesTargets([user("a")]), /has no workload/);
    });

    it("writes a policy that refuses these by name and by prefix", () => {
        const write = { operation: "CREATE", kind: "Secret", namespace: "kured" } as const;
        const policy = denyPolicy("p", [
            { ...write, name: "a" },
            { ...write, namePrefix: "b-" },
        ]) as { spec: { validations: { expression: string }[] } };
        assert.equal(
            policy.spec.validations[0]?.expression,
            '!(variables.key in ["CREATE/Secret/kured/a"]) && !["CREATE/Secret/kured/b-"].exists(prefix, variables.key.startsWith(prefix))',
        );
    });

    it("finds a creation that was not disturbed, or twice", () => {
        const record = { kind: "create", fault: "refuse", urn: group.urn } as OperationRecord;
        assert.deepEqual(faultedOnce([group], [record], "refuse"), []);
        const times = (count: number) => [
            `creation was disturbed ${count} times in place of once: ${group.urn}`,
        ];
        assert.deepEqual(faultedOnce([group], [], "refuse"), times(0));
        assert.deepEqual(faultedOnce([group], [record, record], "refuse"), times(2));
        assert.deepEqual(faultedOnce([group], [{ ...record, kind: "update" }], "refuse"), times(0));
        assert.deepEqual(faultedOnce([group], [record], "timeOut"), times(0));
    });

    it("finds resources that were spared, components and providers left out", () => {
        const release = { ...user("a"), custom: true };
        const azure = { urn: "azure", type: "pulumi:providers:azure-native", custom: true };
        const all = [group, release, azure, { urn: "c", type: "a:b:C" }];
        assert.deepEqual(neverDisturbed(all, [group.urn]), [
            `its creation was never disturbed: ${release.urn}`,
        ]);
        assert.deepEqual(neverDisturbed(all, [group.urn, release.urn]), []);
    });

    it("finds failures that nobody had meant", () => {
        const failures = new Map([
            ["meant", 1],
            ["twice", 2],
            ["other", 1],
        ]);
        assert.deepEqual(unexpectedFailures(failures, new Set(["meant", "twice"])), [
            "failed 2 times, 1 meant: twice",
            "failed 1 times, 0 meant: other",
        ]);
    });

    it("counts levels along dependencies, parents and providers, and takes the widest of them", () => {
        const at = (name: string, waits: Partial<RecordedResource> = {}): RecordedResource => ({
            urn: name,
            type: groupType,
            custom: true,
            ...waits,
        });
        const resources = [
            at("last", { dependencies: ["child", "unknown"] }),
            at("stack"),
            at("component", { custom: false, parent: "stack" }),
            at("azure", { parent: "stack" }),
            at("entra", { parent: "stack" }),
            at("child", { parent: "component", provider: "azure::id" }),
        ];
        assert.deepEqual(Object.fromEntries(levelsOf(resources)), {
            stack: 0,
            component: 1,
            azure: 1,
            entra: 1,
            child: 2,
            last: 3,
        });
        const names = (count: number) => widestLevels(resources, count).map(({ urn }) => urn);
        assert.deepEqual(names(1), ["azure", "entra"]);
        assert.deepEqual(names(Infinity).sort(), ["azure", "child", "entra", "last", "stack"]);
    });
});
