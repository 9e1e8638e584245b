import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Access } from "../../components/access";
import type { AccessArgs } from "../../components/access";
import { deploy, failureOf, testEnvironment } from "../support/harness";
import type { Deployment } from "../support/harness";

const clusterId =
    `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test` +
    "/providers/Microsoft.ContainerService/managedClusters/aks-test";
const admins = { key: "admins", objectId: "aaaaaaaa-4444-4444-8444-444444444444" };
const shop = { key: "shop", objectId: "bbbbbbbb-4444-4444-8444-444444444444" };
const auditors = { key: "auditors", objectId: "cccccccc-4444-4444-8444-444444444444" };

const baseline: AccessArgs = {
    subscriptionId: testEnvironment.subscriptionId,
    clusterId,
    adminGroups: [admins],
    namespaces: [
        { namespace: "shop-dev", developers: [shop], readers: [auditors] },
        { namespace: "shop-stage", developers: [shop], readers: [auditors, admins] },
    ],
};

function access(change: Partial<AccessArgs> = {}, opts?: pulumi.ComponentResourceOptions) {
    return { assignmentIds: new Access("access", { ...baseline, ...change }, opts).assignmentIds };
}

const assignmentType = "azure-native:authorization:RoleAssignment";
const roleNames: Record<string, string> = {
    "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b": "RBAC Cluster Admin",
    "4abbcc35-e782-43d8-92c5-2d3f1bd2253f": "Cluster User",
    "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb": "RBAC Writer",
    "7f6c6a51-bcf8-42ba-9220-52d62157d7db": "RBAC Reader",
};

/** Each assignment as "logical name: group has role on scope". */
function grants(deployment: Deployment): string[] {
    return deployment.ofType(assignmentType).map(({ name, inputs }) => {
        const group = [admins, shop, auditors].find(
            ({ objectId }) => objectId === inputs["principalId"],
        )?.key;
        const role = roleNames[String(inputs["roleDefinitionId"]).split("/").at(-1) ?? ""];
        return `${name}: ${group} has ${role} on ${String(inputs["scope"]).replace(clusterId, "cluster")}`;
    });
}

const expected = [
    "access-aksClusterUser-admins: admins has Cluster User on cluster",
    "access-aksClusterUser-auditors: auditors has Cluster User on cluster",
    "access-aksClusterUser-shop: shop has Cluster User on cluster",
    "access-aksRbacClusterAdmin-admins: admins has RBAC Cluster Admin on cluster",
    "access-aksRbacReader-shop-dev.auditors: auditors has RBAC Reader on cluster/namespaces/shop-dev",
    "access-aksRbacReader-shop-stage.admins: admins has RBAC Reader on cluster/namespaces/shop-stage",
    "access-aksRbacReader-shop-stage.auditors: auditors has RBAC Reader on cluster/namespaces/shop-stage",
    "access-aksRbacWriter-shop-dev.shop: shop has RBAC Writer on cluster/namespaces/shop-dev",
    "access-aksRbacWriter-shop-stage.shop: shop has RBAC Writer on cluster/namespaces/shop-stage",
];

describe("Access", () => {
    it("gives each group its role where it works, and the cluster's address once", async () => {
        assert.deepEqual(grants(await deploy(() => access())).sort(), expected);
    });

    it("creates the same assignments in a preview as in an update", async () => {
        const deployment = await deploy(() => access(), { preview: true });
        assert.deepEqual(grants(deployment).sort(), expected);
    });

    it("gives administrators alone access when there are no namespaces", async () => {
        assert.deepEqual(grants(await deploy(() => access({ namespaces: undefined }))), [
            "access-aksRbacClusterAdmin-admins: admins has RBAC Cluster Admin on cluster",
            "access-aksClusterUser-admins: admins has Cluster User on cluster",
        ]);
    });

    it("gives a namespace with developers or readers only what is listed", async () => {
        const namespaces = [
            { namespace: "a", developers: [shop] },
            { namespace: "b", readers: [auditors] },
            { namespace: "c" },
        ];
        assert.deepEqual(grants(await deploy(() => access({ adminGroups: [], namespaces }))).sort(), [
            "access-aksClusterUser-auditors: auditors has Cluster User on cluster",
            "access-aksClusterUser-shop: shop has Cluster User on cluster",
            "access-aksRbacReader-b.auditors: auditors has RBAC Reader on cluster/namespaces/b",
            "access-aksRbacWriter-a.shop: shop has RBAC Writer on cluster/namespaces/a",
        ]);
    });

    it("assigns to groups, by the subscription's role definitions, and waits for new groups", async () => {
        const deployment = await deploy(() => access());
        for (const assignment of deployment.ofType(assignmentType)) {
            const { inputs, options } = assignment;
            assert.equal(inputs["principalType"], "Group");
            assert.match(
                String(inputs["roleDefinitionId"]),
                /^\/subscriptions\/11111111-1111-4111-8111-111111111111\/providers\/Microsoft\.Authorization\/roleDefinitions\//,
            );
            assert.equal("roleAssignmentName" in inputs, false);
            assert.deepEqual(options.replaceOnChanges, ["roleDefinitionId"]);
            assert.deepEqual(options.errorHooks, ["retry-while-azure-settles"]);
            assert.equal(deployment.parentName(assignment), "access");
        }
    });

    it("gives out the id of every assignment", async () => {
        const deployment = await deploy(() => access());
        assert.deepEqual(
            (deployment.outputs["assignmentIds"] as string[]).sort(),
            deployment
                .ofType(assignmentType)
                .map(({ id }) => id)
                .sort(),
        );
        assert.equal((deployment.outputs["assignmentIds"] as string[]).length, 9);
    });

    it("keeps access revocable though it is protected", async () => {
        const deployment = await deploy(() => access({}, { protect: true }));
        assert.equal(deployment.ofType(assignmentType).length, 9);
        assert.deepEqual(deployment.protectedNames(), []);
    });

    it("accepts groups that are created in the same run", async () => {
        const created = { key: "created", objectId: pulumi.output(shop.objectId) };
        const deployment = await deploy(() =>
            access({ namespaces: [{ namespace: "shop-dev", developers: [created] }] }),
        );
        assert.equal(deployment.ofType(assignmentType).length, 4);
    });

    describe("refuses", () => {
        const refusals: [what: string, change: Partial<AccessArgs>, message: string][] = [
            [
                "what is no namespace name",
                { namespaces: [{ namespace: "Shop" }] },
                '`namespaces` has "Shop", which is no namespace name: Kubernetes allows up to 63 lower-case letters, digits ' +
                    "and hyphens, starting and ending with a letter or digit.",
            ],
            [
                "a namespace twice",
                { namespaces: [{ namespace: "shop" }, { namespace: "shop" }] },
                '`namespaces` has "shop" twice. Merge the two entries.',
            ],
            [
                "an administrator group twice",
                { adminGroups: [admins, admins] },
                '`adminGroups` has two entries with key "admins". Remove one of them.',
            ],
            [
                "a developer group twice in a namespace",
                { namespaces: [{ namespace: "shop", developers: [shop, shop] }] },
                '`developers` of namespace "shop" has two entries with key "shop". Remove one of them.',
            ],
            [
                "a reader group twice in a namespace",
                { namespaces: [{ namespace: "shop", readers: [shop, shop] }] },
                '`readers` of namespace "shop" has two entries with key "shop". Remove one of them.',
            ],
            [
                "a group by name",
                { adminGroups: [{ key: "admins", objectId: "AKS admins" }], namespaces: [] },
                '`objectId` of group "admins" is "AKS admins". Give the group\'s GUID from Entra.',
            ],
            [
                "one key for two groups",
                { namespaces: [{ namespace: "shop", developers: [{ ...shop, key: "admins" }] }] },
                '`objectId` of group "admins" has two different values. Give every group a key of its own.',
            ],
            [
                "two keys for one group",
                { namespaces: [{ namespace: "shop", developers: [{ ...admins, key: "shop" }] }] },
                `\`objectId\` "${admins.objectId}" has two keys, so Azure would refuse the second assignment of a role. ` +
                    "Use one key.",
            ],
        ];
        for (const [what, change, message] of refusals) {
            it(what, async () => {
                assert.equal(await failureOf(() => access(change)), message);
            });
        }
    });
});
