import * as assert from "node:assert/strict";
import { accessGrants } from "../../plan/access";
import { addressRanges } from "../../stack/addressPlan";
import { componentTree, countsByType } from "../../plan/componentTree";
import { StackView } from "../../stack/stackView";
import type { CapturedResource } from "../../simulator/capture";
import { remove, resource, setInput } from "../support/editing";
import { sampleConfig } from "./sampleProgram";
import { sampleStack } from "./sampleStack";
import type { EditableStack } from "./sampleStack";

describe("address plan", () => {
    it("lists subnets by address, whatever order they were registered in", async () => {
        const stack = await sampleStack((editable) => {
            setInput(editable, "network-private-endpoints-subnet", "addressPrefix", "10.10.200.0/26");
            setInput(editable, "network-system-nodes-subnet", "addressPrefix", "10.10.9.0/24");
        });
        const subnets = addressRanges(stack).filter(({ kind }) => kind === "subnet");
        assert.deepEqual(
            subnets.map(({ range }) => range),
            ["10.10.2.0/24", "10.10.9.0/24", "10.10.200.0/26"],
        );
    });

    it("says what a subnet is delegated to and how it is routed", async () => {
        const stack = await sampleStack((editable) => {
            setInput(editable, "network-user-nodes-subnet", "natGateway", undefined);
            setInput(editable, "network-user-nodes-subnet", "routeTable", { id: "/route" });
            setInput(editable, "network-private-endpoints-subnet", "delegations", [
                { serviceName: "Microsoft.ContainerService/managedClusters" },
                { serviceName: "Microsoft.ServiceNetworking/trafficControllers" },
            ]);
        });
        const roles = addressRanges(stack).map(({ role }) => role);
        assert.ok(roles.includes("user nodes, routed"));
        assert.ok(roles.includes("private endpoints, delegated to AKS, delegated to trafficControllers"));
    });

    it("names the networks that a stack peers with", async () => {
        const stack = await sampleStack((editable) => {
            const peering = structuredClone(resource(editable, "network-vnet"));
            editable.update.resources.push({
                ...peering,
                urn: `${peering.urn}-peering`,
                type: "azure-native:network:VirtualNetworkPeering",
                inputs: { remoteVirtualNetwork: { id: "/subscriptions/s/virtualNetworks/vnet-hub" } },
            });
        });
        assert.deepEqual(addressRanges(stack).at(-1), {
            kind: "peer",
            range: "10.0.0.0/16",
            name: "vnet-hub",
            usableAddresses: 65536,
            role: "outside this network, reachable by peering",
        });
    });
});

describe("access in words", () => {
    const grantOf = async (change: (stack: EditableStack) => void, config: unknown = sampleConfig) => {
        const stack = await sampleStack(change);
        const wanted = stack.resources.find(({ name }) => name === "cluster-admins");
        const grants = accessGrants(stack, config);
        const grant = grants.find(
            ({ principalId, kind }) => kind === "azure" && principalId === wanted?.inputs["principalId"],
        );
        assert.ok(grant);
        return grant;
    };
    const scope = (value: string) => (stack: EditableStack) =>
        setInput(stack, "cluster-admins", "scope", value);

    const scopes: readonly (readonly [scope: string, words: string])[] = [
        ["/subscriptions/s", "the subscription"],
        ["/subscriptions/s/resourceGroups/rg-sample", "resource group rg-sample"],
        [
            "/subscriptions/s/resourcegroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-hub",
            "virtual network vnet-hub (outside this stack)",
        ],
        [
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/logs",
            "storageAccounts logs (outside this stack)",
        ],
    ];
    for (const [value, words] of scopes) {
        it(`calls ${value} "${words}"`, async () => assert.equal((await grantOf(scope(value))).scope, words));
    }

    it("are listed by principal, then by scope, then by role", async () => {
        const grants = accessGrants(await sampleStack(), sampleConfig);
        const keys = grants.map(({ principal, scope: where, role }) => [principal, where, role]);
        const sorted = [...keys].sort(
            ([principal = "", where = "", role = ""], [otherPrincipal = "", otherWhere = "", other = ""]) =>
                principal.localeCompare(otherPrincipal) ||
                where.localeCompare(otherWhere) ||
                role.localeCompare(other),
        );
        assert.ok(new Set(grants.map(({ principal }) => principal)).size > 2);
        assert.deepEqual(keys, sorted);
    });

    it("does not tell capitals apart in ids", async () => {
        const grant = await grantOf((stack) => {
            scope((resource(stack, "cluster-cluster").id ?? "").toUpperCase())(stack);
        });
        assert.equal(grant.scope, "cluster AKS-SAMPLE");
    });

    const id = "44444444-4444-4444-8444-444444444444";
    const names: readonly (readonly [what: string, config: unknown, name: string])[] = [
        ["the key of a group", { access: { groups: { ops: id } } }, "group ops"],
        ["the deployer", { access: { deployer: { objectId: id } } }, "deployer"],
        [
            "a group rather than another mention",
            { keyVault: { readers: [id] }, access: { groups: { ops: id } } },
            "group ops",
        ],
        ["the key path of any other", { keyVault: { readers: [id] } }, "keyVault.readers.0"],
        ["the bare id of a stranger", {}, `group ${id}`],
    ];
    for (const [what, config, name] of names) {
        it(`uses ${what}`, async () =>
            assert.equal((await grantOf(() => undefined, config)).principal, name));
    }

    it("names groups and identities that the stack makes", async () => {
        const grant = await grantOf((stack) => {
            const group = structuredClone(resource(stack, "group"));
            stack.update.resources.push({
                ...group,
                urn: `${group.urn}-ops`,
                type: "azuread:index/group:Group",
                state: { displayName: "Operators", objectId: id },
            });
        });
        assert.equal(grant.principal, "group Operators");
        const grafana = await grantOf((stack) => {
            resource(stack, "monitoring-workspace").state["identity"] = { principalId: id };
        });
        assert.equal(grafana.principal, "identity of log-sample");
    });

    it("shows the GUID of a role that no table has", async () => {
        const unknown = "99999999-9999-4999-8999-999999999999";
        const grant = await grantOf((stack) =>
            setInput(stack, "cluster-admins", "roleDefinitionId", `/x/${unknown}`),
        );
        assert.equal(grant.role, `role ${unknown}`);
    });
});

describe("component tree", () => {
    const view = (resources: readonly Partial<CapturedResource>[]) =>
        new StackView(resources as CapturedResource[]);
    const root = { urn: "stack", type: "pulumi:pulumi:Stack", name: "s", custom: false };
    const component = (name: string, parent = "stack") => ({
        urn: name,
        type: "a:index:Outer",
        name,
        parent,
        custom: false,
    });
    const leaf = (name: string, parent: string) => ({
        urn: name,
        type: "a:b:Leaf",
        name,
        parent,
        custom: true,
    });

    it("counts resources below resources and in components inside components", () => {
        const tree = componentTree(
            view([
                root,
                component("outer"),
                leaf("one", "outer"),
                leaf("two", "one"),
                component("inner", "outer"),
                leaf("three", "inner"),
            ]),
        );
        assert.equal(tree.total, 3);
        const [outer] = tree.children;
        assert.deepEqual(
            [outer?.total, outer?.resources, outer?.children[0]?.total],
            [3, [{ type: "Leaf", count: 2 }], 1],
        );
    });

    it("puts sisters together only when they hold the same", () => {
        const tree = componentTree(
            view([
                root,
                component("a"),
                component("b"),
                component("c"),
                leaf("1", "a"),
                leaf("2", "b"),
                leaf("3", "c"),
                leaf("4", "c"),
            ]),
        );
        assert.deepEqual(
            tree.children.map(({ names }) => names),
            [["a", "b"], ["c"]],
        );
    });

    it("counts by type without components", async () => {
        const before = countsByType(await sampleStack());
        const after = countsByType(await sampleStack((stack) => remove(stack, "cluster-admins")));
        assert.deepEqual(before[0], { type: "RoleAssignment", count: 5 });
        assert.deepEqual(after[0], { type: "RoleAssignment", count: 4 });
        assert.ok(!before.some(({ type }) => type === "Cluster" || type === "Stack"));
    });
});
