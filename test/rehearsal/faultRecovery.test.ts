import * as assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { differencesFromAzure, differencesOfEndStates } from "../../rehearsal/faults/convergence";
import { sampledMoments } from "../../rehearsal/faults/moments";
import { differencesFromCluster } from "../../rehearsal/faults/orphans";
import { killTree, treeOf } from "../../rehearsal/faults/processTree";
import { importFile } from "../../rehearsal/faults/recovery";
import type { RecordedResource } from "../../rehearsal/faults/recovery";
import { azureIdOf, whereaboutsIn } from "../../rehearsal/faults/whereabouts";
import { waitUntil } from "../../simulator/cluster/waiting";
import type { KubernetesApi } from "../../simulator/cluster/kubernetesApi";
import {
    credential,
    entityOf,
    environment,
    group,
    groupType,
    role,
    roleType,
    scope,
    urnOf,
    user,
} from "./faultFixtures";

const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

describe("rehearsal faults: Azure against the state", () => {
    it("finds nothing where both are the same, whatever the case of an id", () => {
        const shouting = entityOf(group, { id: scope.toUpperCase() });
        assert.deepEqual(differencesFromAzure([shouting], [group]), []);
    });

    it("finds what the state does not know", () => {
        assert.deepEqual(differencesFromAzure([entityOf(group)], []), [`orphaned in Azure: ${scope}`]);
    });

    it("finds what only the state has", () => {
        assert.deepEqual(differencesFromAzure([], [group]), [`only in the state: ${group.urn} (${scope})`]);
    });

    it("takes for gone what was deleted to be made anew", () => {
        const replaced = { ...group, pendingReplacement: true };
        assert.deepEqual(differencesFromAzure([], [replaced]), []);
        assert.deepEqual(differencesFromAzure([entityOf(group)], [replaced]), [
            `orphaned in Azure: ${scope}`,
        ]);
    });

    it("finds another type and another input", () => {
        assert.deepEqual(differencesFromAzure([entityOf(group, { type: roleType })], [group]), [
            `of type ${groupType} in the state, of type ${roleType} in Azure: ${scope}`,
        ]);
        const changed = entityOf(group, { inputs: { ...group.inputs, tags: { team: "other" } } });
        assert.deepEqual(differencesFromAzure([changed], [group]), [
            `different in Azure and in the state: tags.team of ${group.urn}`,
        ]);
    });

    it("takes secrets for equal, and a secret and a plain value for different", () => {
        const cipher = { ...group, inputs: { key: { [signature]: secret, ciphertext: "abc" } } };
        const plain = entityOf(group, { inputs: { key: { [signature]: secret, value: "open" } } });
        assert.deepEqual(differencesFromAzure([plain], [cipher]), []);
        assert.equal(
            differencesFromAzure([entityOf(group, { inputs: { key: "open" } })], [cipher]).length,
            1,
        );
    });

    it("leaves to others what is not in Azure", () => {
        assert.deepEqual(differencesFromAzure([], [credential("a"), { urn: "c", type: "component" }]), []);
    });
});

describe("rehearsal faults: two end states", () => {
    it("are the same with other made-up names, wherever these are used", () => {
        const one = [role("guid-1"), credential("made-1"), user("made-1")];
        const other = [role("guid-2"), credential("made-2"), user("made-2")];
        assert.deepEqual(differencesOfEndStates(one, other), []);
    });

    it("differ in a resource too few, too many, or with another input or id", () => {
        assert.deepEqual(differencesOfEndStates([group, role("a")], [role("a")]), [`missing: ${group.urn}`]);
        assert.deepEqual(differencesOfEndStates([], [group]), [`too much: ${group.urn}`]);
        const moved = { ...group, id: `${scope}-2`, inputs: { ...group.inputs, location: "northeurope" } };
        assert.deepEqual(differencesOfEndStates([group], [moved]), [
            `different at the end: id of ${group.urn}`,
            `different at the end: inputs.location of ${group.urn}`,
        ]);
    });

    it("differ where a name that somebody chose is another", () => {
        assert.equal(differencesOfEndStates([user("a")], [user("b")]).length, 1);
    });
});

describe("rehearsal faults: the cluster against the state", () => {
    const object = (name: string, manager: string) => ({
        metadata: { name, namespace: "kured", managedFields: [{ manager }] },
    });
    const clusterWith = (secrets: object[]) =>
        ({
            find: () =>
                Promise.resolve({ resources: [{ name: "secrets", kind: "Secret", namespaced: true }] }),
            list: () => Promise.resolve(secrets),
        }) as unknown as KubernetesApi;

    it("finds objects of the provider that the state does not know, and no others", async () => {
        const secrets = [
            object("a", "pulumi-kubernetes"),
            object("lost", "pulumi-kubernetes"),
            object("patched", "pulumi-kubernetes-be87331c"),
            object("helm", "pulumi-resource-kubernetes"),
        ];
        assert.deepEqual(await differencesFromCluster([credential("a")], clusterWith(secrets)), [
            "orphaned in the cluster: Secret kured/lost",
        ]);
    });

    it("finds objects that only the state has", async () => {
        assert.deepEqual(await differencesFromCluster([credential("a")], clusterWith([])), [
            "only in the state: Secret kured/a",
        ]);
    });

    it("takes for gone what was deleted to be made anew", async () => {
        const replaced = { ...credential("a"), pendingReplacement: true };
        assert.deepEqual(await differencesFromCluster([replaced, credential("b")], clusterWith([])), [
            "only in the state: Secret kured/b",
        ]);
    });
});

describe("rehearsal faults: recovery", () => {
    it("imports a resource under its own URN, with its parent, provider and inputs", () => {
        const parent = urnOf("aks:index:Network", "network");
        const child = {
            ...group,
            urn: `urn:pulumi:dev::project::aks:index:Network$${groupType}::with::colons`,
            parent,
            provider: `${urnOf("pulumi:providers:azure-native", "azure")}::c0ffee`,
        };
        const azure = urnOf("pulumi:providers:azure-native", "azure");
        assert.deepEqual(importFile([child]), {
            resources: [
                {
                    type: groupType,
                    name: "with::colons",
                    id: scope,
                    parent,
                    provider: azure,
                    inputs: group.inputs,
                },
            ],
            nameTable: { [parent]: parent, [azure]: azure },
        });
    });

    it("works out a Resource Manager id, and finds an Entra group by its display name", () => {
        const unknown = { ...group, id: undefined };
        assert.equal(azureIdOf(unknown, [entityOf(group)], environment), scope);
        assert.equal(azureIdOf(unknown, [], environment), undefined);
        const type = "azuread:index/group:Group";
        const admins: RecordedResource = { urn: urnOf(type, "g"), type, inputs: { displayName: "admins" } };
        const existing = entityOf({ ...admins, id: "/groups/1" });
        assert.equal(azureIdOf(admins, [existing], environment), "/groups/1");
        assert.equal(
            azureIdOf({ ...admins, inputs: { displayName: "b" } }, [existing], environment),
            undefined,
        );
    });

    it("asks Helm's own records for a release, and judges by the latest", async () => {
        const statuses = { "1": "deployed", "2": "pending-upgrade" };
        const records = Object.entries(statuses).map(([version, status]) => ({
            metadata: { name: `v${version}`, labels: { version, status } },
        }));
        const where = (list: object[]) =>
            whereaboutsIn({
                entities: () => [],
                environment,
                api: () => Promise.resolve({ list: () => Promise.resolve(list) } as unknown as KubernetesApi),
                settled: () => Promise.resolve(),
            });
        assert.equal(await where(records).idOf(user("a")), "kured/kured");
        assert.equal(await where(records).isHalfInstalled(user("a")), true);
        assert.equal(await where(records.slice(0, 0)).idOf(user("a")), undefined);
        const deployed = [{ metadata: { name: "v1", labels: { version: "1", status: "deployed" } } }];
        assert.equal(await where(deployed).isHalfInstalled(user("a")), false);
    });
});

describe("rehearsal faults: killing", () => {
    /** A process that is dead and that nobody asked about yet (Z) does not run. */
    const runs = (pid: number) => {
        const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
        return /^[^Z]/.test(stdout.trim());
    };

    it("samples each stretch once, the same for the same seed", () => {
        const moments = sampledMoments(200, 10, 4);
        moments.forEach((moment, index) => {
            assert.ok(
                moment >= index * 20 + 1 && moment <= (index + 1) * 20,
                `${moment} in stretch ${index}`,
            );
        });
        assert.deepEqual(sampledMoments(200, 10, 4), moments);
        assert.notDeepEqual(sampledMoments(200, 10, 5), moments);
    });

    it("finds all that a process started, and nothing else", () => {
        const rows = [
            { pid: 5, parent: 3 },
            { pid: 2, parent: 1 },
            { pid: 3, parent: 2 },
            { pid: 4, parent: 1 },
        ];
        assert.deepEqual(treeOf(2, rows), [2, 3, 5]);
    });

    it("kills children in process groups of their own", async function () {
        this.timeout(20_000);
        const script = `const c = require("node:child_process").spawn("sleep", ["60"], { detached: true });
            console.log(c.pid); setInterval(() => undefined, 1000);`;
        const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
        const [line] = (await once(parent.stdout, "data")) as [Buffer];
        const child = Number(line.toString("utf8"));
        assert.equal(runs(child), true);
        killTree(parent.pid ?? 0);
        await once(parent, "exit");
        await waitUntil("the end of the child", 10, () => !runs(child));
    });
});
