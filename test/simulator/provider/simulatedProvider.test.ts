import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { deterministicGuid } from "../../../simulator/azure/deterministicGuid";
import { azureResourceTypes } from "../../../simulator/azure/types";
import type { EntityStore } from "../../../simulator/provider/entityStore";
import { identityInputs } from "../../../simulator/azure/identityInputs";
import type { SimulatedProvider } from "../../../simulator/provider/simulatedProvider";
import { LostAnswerError } from "../../../simulator/provider/operations";
import { testEnvironment } from "../../support/harness";
import { TestAzure } from "../../support/simulatedAzure";

type Values = Record<string, unknown>;

const subscription = `/subscriptions/${testEnvironment.subscriptionId}`;
const group = { resourceGroupName: "rg-test", location: "westeurope" };
const groupId = `${subscription}/resourceGroups/rg-test`;
const vnet = {
    resourceGroupName: "rg-test",
    virtualNetworkName: "vnet",
    location: "westeurope",
    tags: { a: "1" },
};
const vnetId = `${groupId}/providers/Microsoft.Network/virtualNetworks/vnet`;
const secret = (value: unknown) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value,
});

const urn = (type: string, name = "x") => `urn:pulumi:dev::p::test:index:Parent$${type}::${name}`;
const groupUrn = urn("azure-native:resources:ResourceGroup");
const vnetUrn = urn("azure-native:network:VirtualNetwork");
const subnetUrn = urn("azure-native:network:Subnet");
const assignmentUrn = urn("azure-native:authorization:RoleAssignment");
const lockUrn = urn("azure-native:authorization:ManagementLockByScope");

describe("simulator/provider/simulatedProvider", () => {
    let azure: TestAzure;
    let provider: SimulatedProvider;
    let store: EntityStore;

    beforeEach(() => {
        azure = new TestAzure();
        ({ provider, store } = azure);
    });

    afterEach(() => azure.remove());

    describe("creation", () => {
        it("answers with the id and state of the simulator, and remembers them", async () => {
            await provider.create(groupUrn, group);
            const { id, state } = await provider.create(vnetUrn, vnet);
            assert.equal(id, vnetId);
            assert.equal(state["provisioningState"], "Succeeded");
            assert.deepEqual(
                store.all().map((entity) => entity.id),
                [groupId, vnetId],
            );
        });

        it("refuses what exists already", async () => {
            await provider.create(groupUrn, group);
            await assert.rejects(provider.create(groupUrn, group), {
                message: `cannot create already existing resource '${groupId}'`,
            });
        });

        it("refuses a resource group that does not exist", async () => {
            await assert.rejects(provider.create(vnetUrn, vnet), {
                message: `Code="ResourceGroupNotFound" Message="Resource group 'rg-test' could not be found."`,
            });
            assert.deepEqual(store.all(), []);
        });

        it("refuses a parent that does not exist", async () => {
            await provider.create(groupUrn, group);
            const subnet = { resourceGroupName: "rg-test", virtualNetworkName: "vnet", subnetName: "a" };
            await assert.rejects(provider.create(subnetUrn, subnet), {
                message:
                    `Code="ParentResourceNotFound" Message="Failed to perform 'write' on resource(s) of type ` +
                    `'virtualNetworks/subnets', because the parent resource '${vnetId}' could not be found."`,
            });
            await provider.create(vnetUrn, vnet);
            await provider.create(subnetUrn, subnet);
        });

        it("refuses a scope that does not exist, and takes places within a resource for the resource", async () => {
            await provider.create(groupUrn, group);
            const assignment = (scope: string) => ({
                scope,
                principalId: "p",
                roleDefinitionId: "r",
                roleAssignmentName: deterministicGuid(scope),
            });
            await assert.rejects(provider.create(assignmentUrn, assignment(vnetId)), {
                message:
                    `Code="ResourceNotFound" Message="The Resource 'Microsoft.Network/virtualNetworks/vnet' ` +
                    `under resource group 'rg-test' was not found."`,
            });
            await assert.rejects(
                provider.create(assignmentUrn, assignment(`${subscription}/resourceGroups/no`)),
                {
                    message: `Code="ResourceGroupNotFound" Message="Resource group 'no' could not be found."`,
                },
            );
            await provider.create(vnetUrn, vnet);
            await provider.create(assignmentUrn, assignment(`${vnetId}/namespaces/inside`));
            await provider.create(assignmentUrn, assignment(subscription));
        });

        it("refuses a second assignment of a role, whatever its name", async () => {
            const assignment = { scope: subscription, principalId: "p", roleDefinitionId: "r" };
            await provider.create(assignmentUrn, {
                ...assignment,
                roleAssignmentName: deterministicGuid("1"),
            });
            const second = { ...assignment, roleAssignmentName: deterministicGuid("2") };
            await assert.rejects(provider.create(assignmentUrn, second), {
                message: `Code="RoleAssignmentExists" Message="The role assignment already exists."`,
            });
        });

        it("refuses a type that no table knows, before anything is created", async () => {
            const unknown = urn("azure-native:network:VirtualWan");
            assert.throws(() => provider.check(unknown, {}, {}), /does not know the resource type/);
            await assert.rejects(provider.create(unknown, {}), /does not know the resource type/);
        });
    });

    describe("names", () => {
        it("makes one up where none is given, and keeps it", () => {
            const inputs = { scope: subscription, principalId: "p", roleDefinitionId: "r" };
            const first = provider.check(assignmentUrn, {}, inputs);
            assert.match(String(first["roleAssignmentName"]), /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
            const again = provider.check(assignmentUrn, first, inputs);
            assert.deepEqual(again, first);
            const other = provider.check(assignmentUrn, {}, inputs);
            assert.notEqual(other["roleAssignmentName"], first["roleAssignmentName"]);
        });
    });

    describe("differences", () => {
        const stateOf = async () => {
            await provider.create(groupUrn, group);
            return (await provider.create(vnetUrn, vnet)).state;
        };

        it("finds none between the same inputs, secret or not", async () => {
            const state = await stateOf();
            const news = { ...vnet, tags: secret({ a: "1" }) };
            assert.deepEqual(provider.diff(vnetUrn, state, news), {
                detailed: {},
                replaces: [],
                deleteBeforeReplace: false,
            });
        });

        it("updates in place what is not part of the identity", async () => {
            const state = await stateOf();
            const news = { ...vnet, tags: { a: "2" } };
            assert.deepEqual(provider.diff(vnetUrn, state, news), {
                detailed: { "tags.a": "update" },
                replaces: [],
                deleteBeforeReplace: false,
            });
        });

        for (const property of ["virtualNetworkName", "resourceGroupName", "location"]) {
            it(`replaces when ${property} changes`, async () => {
                const state = await stateOf();
                const news = { ...vnet, [property]: "other" };
                assert.deepEqual(provider.diff(vnetUrn, state, news), {
                    detailed: { [property]: "update-replace" },
                    replaces: [property],
                    deleteBeforeReplace: true,
                });
            });
        }

        it("knows the identity inputs of every type: each segment of the name, and the place", () => {
            for (const [type, row] of Object.entries(azureResourceTypes)) {
                const inputs = identityInputs(type);
                assert.ok(
                    row.nameInputs.every((input) => inputs.includes(input)),
                    type,
                );
                assert.ok(row.scope !== "resourceGroup" || inputs.includes("resourceGroupName"), type);
                assert.ok(typeof row.scope === "string" || inputs.includes(row.scope.extensionOf), type);
                assert.ok(inputs.includes("location"), type);
            }
        });
    });

    describe("reading, changing and deleting", () => {
        it("reads what exists with its inputs, and says of all else that it is gone", async () => {
            await provider.create(groupUrn, group);
            const read = await provider.read(groupId, groupUrn);
            assert.deepEqual([read?.id, read?.inputs], [groupId, group]);
            assert.equal(await provider.read(vnetId, vnetUrn), undefined);
        });

        it("changes what exists, and refuses to change what does not", async () => {
            await provider.create(groupUrn, group);
            const news = { ...group, tags: { a: "1" } };
            const { state } = await provider.update(groupId, groupUrn, news);
            assert.deepEqual(state["tags"], { a: "1" });
            assert.deepEqual((await provider.read(groupId, groupUrn))?.inputs, news);
            await assert.rejects(provider.update(vnetId, vnetUrn, vnet), /Code="ResourceNotFound"/);
        });

        it("keeps the object id of a group of Entra that is renamed", async () => {
            const entraUrn = urn("azuread:index/group:Group");
            const created = await provider.create(entraUrn, { displayName: "one" });
            const objectId = created.state["objectId"];
            const { state } = await provider.update(created.id, entraUrn, { displayName: "two" });
            assert.deepEqual([state["displayName"], state["objectId"]], ["two", objectId]);
        });

        it("deletes a resource with all that is in it, and does not mind when it is gone", async () => {
            await provider.create(groupUrn, group);
            await provider.create(vnetUrn, vnet);
            await provider.delete(groupId, groupUrn);
            assert.deepEqual(store.all(), []);
            await provider.delete(vnetId, vnetUrn);
        });

        it("does not delete below a lock; the lock itself may go", async () => {
            await provider.create(groupUrn, group);
            await provider.create(vnetUrn, vnet);
            const lock = await provider.create(lockUrn, {
                scope: groupId,
                lockName: "l",
                level: "CanNotDelete",
            });
            await assert.rejects(provider.delete(vnetId, vnetUrn), {
                message:
                    `Code="ScopeLocked" Message="The scope '${vnetId}' cannot perform delete operation because ` +
                    `following scope(s) are locked: '${groupId}'. Please remove the lock and try again."`,
            });
            await provider.delete(lock.id, lockUrn);
            await provider.delete(vnetId, vnetUrn);
            assert.deepEqual(
                store.all().map(({ id }) => id),
                [groupId],
            );
        });
    });

    describe("replacement", () => {
        it("deletes first, unless the provider made up the name itself", () => {
            const inputs = { scope: subscription, principalId: "p", roleDefinitionId: "r" };
            const named = { ...inputs, roleAssignmentName: "n" };
            for (const [given, deleteBeforeReplace] of [
                [provider.check(assignmentUrn, {}, inputs), false],
                [provider.check(assignmentUrn, {}, named), true],
            ] as const) {
                const olds = { __inputs: given };
                const news = provider.check(assignmentUrn, given, { ...given, scope: groupId });
                const answer = provider.diff(assignmentUrn, olds, news);
                assert.deepEqual(
                    [answer.replaces, answer.deleteBeforeReplace],
                    [["scope"], deleteBeforeReplace],
                );
                const same = provider.diff(assignmentUrn, olds, provider.check(assignmentUrn, given, given));
                assert.deepEqual([same.detailed, same.deleteBeforeReplace], [{}, false]);
            }
        });

        it("is not asked for by an input that only says what Azure had chosen by itself", () => {
            const { location, ...before } = vnet;
            const olds = { ...vnet, __inputs: before };
            assert.deepEqual(provider.diff(vnetUrn, olds, vnet), {
                detailed: { location: "add" },
                replaces: [],
                deleteBeforeReplace: false,
            });
            const other = provider.diff(vnetUrn, { ...olds, location: `not ${location}` }, vnet);
            assert.deepEqual(other.detailed, { location: "add-replace" });
        });

        it("is not asked for in Entra ID", () => {
            const entraUrn = urn("azuread:index/group:Group");
            const answer = provider.diff(entraUrn, { __inputs: { displayName: "a" } }, { displayName: "b" });
            assert.deepEqual(answer.detailed, { displayName: "update" });
            assert.equal(answer.deleteBeforeReplace, false);
        });

        it("prefers the inputs that the engine has", () => {
            const olds = { __inputs: { ...vnet, location: "elsewhere" } };
            assert.deepEqual(provider.diff(vnetUrn, olds, vnet, vnet).detailed, {});
        });
    });

    describe("clusters", () => {
        const clusterUrn = urn("azure-native:containerservice:ManagedCluster");
        const poolUrn = urn("azure-native:containerservice:AgentPool");
        const cluster = { ...group, resourceName: "aks" };
        const clusterId = `${groupId}/providers/Microsoft.ContainerService/managedClusters/aks`;

        it("follow every change of a cluster or pool, once it is stored, and nothing else", async () => {
            const { followed } = azure.clusters;
            const pool = { resourceGroupName: "rg-test", resourceName: "aks", agentPoolName: "a" };
            await provider.create(groupUrn, group);
            await provider.create(vnetUrn, vnet);
            assert.deepEqual(followed, []);
            await provider.create(clusterUrn, cluster);
            const { id: poolId } = await provider.create(poolUrn, pool);
            await provider.update(poolId, poolUrn, { ...pool, count: 2 });
            await provider.drift({ id: poolId, path: ["count"], value: 3 });
            await provider.delete(poolId, poolUrn);
            assert.deepEqual(followed, [
                [groupId, vnetId, clusterId],
                [groupId, vnetId, clusterId, poolId],
                [groupId, vnetId, clusterId, poolId],
                [groupId, vnetId, clusterId, poolId],
                [groupId, vnetId, clusterId],
            ]);
            await provider.delete(groupId, groupUrn);
            assert.deepEqual(followed.at(-1), []);
        });

        it("are brought to life again when the provider starts", async () => {
            await provider.create(groupUrn, group);
            await provider.start();
            assert.deepEqual(azure.clusters.followed, [[groupId]]);
        });

        it("are part of the operation: its answer waits for them, and their fault is its own", async () => {
            await provider.create(groupUrn, group);
            azure.clusters.follow = () => Promise.reject(new Error("no etcd"));
            await assert.rejects(provider.create(clusterUrn, cluster), { message: "no etcd" });
            azure.clusters.follow = () => Promise.resolve();
            await provider.update(clusterId, clusterUrn, cluster);
        });
    });

    it("remembers when something was created, whatever is done to it later", async () => {
        azure.clock.isHeld = true;
        await azure.clock.pass(100);
        azure.clock.isHeld = false;
        await provider.create(groupUrn, group);
        assert.equal(store.find(groupId)?.createdAt, 102);
        await provider.update(groupId, groupUrn, { ...group, tags: {} });
        await provider.drift({ id: groupId, path: ["tags"], value: { a: "1" } });
        assert.equal(store.find(groupId)?.createdAt, 102);
    });

    it("does not know what to update once somebody else has deleted it", async () => {
        await provider.create(groupUrn, group);
        azure.clock.isHeld = true;
        const refused = assert.rejects(provider.update(groupId, groupUrn, group), /Code="ResourceNotFound"/);
        store.remove(groupId);
        await azure.clock.pass(2);
        await refused;
        assert.deepEqual(store.all(), []);
    });

    it("has nothing to report of a deletion whose answer was lost", async () => {
        await provider.create(groupUrn, group);
        azure.faults.replaceAll([{ operation: "delete", times: 1, effect: "loseAnswer" }]);
        await assert.rejects(provider.delete(groupId, groupUrn), LostAnswerError);
        await provider.delete(groupId, groupUrn);
    });

    it("gives a secret back as one", async () => {
        const tags = secret({ token: "s3cret" });
        const { state } = await provider.create(groupUrn, { ...group, tags });
        assert.deepEqual(state["tags"], tags);
        assert.deepEqual((state["__inputs"] as Values)["tags"], tags);
    });

    describe("credentials of a cluster", () => {
        const token = "azure-native:containerservice:listManagedClusterUserCredentials";
        const args = { resourceGroupName: "rg-test", resourceName: "aks" };

        it("are refused for a cluster that does not exist", () => {
            assert.throws(
                () => provider.invoke(token, args),
                /Code="ResourceNotFound".*managedClusters\/aks/,
            );
        });

        it("have Azure's shape, the address of the real API server, and the canary", async () => {
            await provider.create(groupUrn, group);
            await provider.create(urn("azure-native:containerservice:ManagedCluster"), { ...group, ...args });
            const outputs = provider.invoke(token, args) as unknown;
            const [answer] = (outputs as { kubeconfigs: { name: string; value: string }[] }).kubeconfigs;
            assert.equal(answer?.name, "clusterUser");
            const kubeconfig = parse(Buffer.from(answer?.value ?? "", "base64").toString()) as {
                clusters: { cluster: Values }[];
                users: { user: Values }[];
            };
            assert.equal(kubeconfig.clusters[0]?.cluster["server"], "https://127.0.0.1:6443");
            const user = kubeconfig.users[0]?.user;
            assert.deepEqual((user?.["exec"] as Values)["args"], [
                "get-token",
                "--environment",
                "AzurePublicCloud",
                "--server-id",
                "6dae42f8-4368-4678-94ff-3960e28e3630",
                "--client-id",
                "80faf920-1908-4b52-b5ef-a8e7bedfc67a",
                "--tenant-id",
                testEnvironment.tenantId,
                "--login",
                "devicecode",
            ]);
            assert.equal(user?.["token"], "canary-token");
        });
    });
});
