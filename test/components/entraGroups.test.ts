import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EntraGroups } from "../../components/entraGroups";
import type { EntraGroupArgs } from "../../components/entraGroups";
import { deploy, failureOf, testEnvironment } from "../support/harness";

const groupType = "azuread:index/group:Group";
const owner = "abcdef00-4444-4444-8444-444444444444";
const admins: EntraGroupArgs = { key: "admins", displayName: "AKS test admins" };
const developers: EntraGroupArgs = {
    key: "shop-developers",
    displayName: "AKS test shop developers",
    description: "Developers of the shop",
    ownerObjectIds: [owner, testEnvironment.deployerObjectId],
};

function groups(list: EntraGroupArgs[], opts?: pulumi.ComponentResourceOptions) {
    return { objectIds: new EntraGroups("groups", { groups: list }, opts).objectIds };
}

describe("EntraGroups", () => {
    it("creates the same groups in a preview as in an update", async () => {
        for (const preview of [false, true]) {
            const deployment = await deploy(() => groups([admins, developers]), { preview });
            assert.deepEqual(
                deployment.resources
                    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
                    .map(({ name }) => name),
                ["groups", "groups-admins", "groups-shop-developers"],
            );
        }
    });

    it("creates security groups with names of their own and leaves members to others", async () => {
        const deployment = await deploy(() => groups([admins, developers]));
        assert.deepEqual(deployment.one(groupType, "groups-admins").inputs, {
            displayName: "AKS test admins",
            securityEnabled: true,
            preventDuplicateNames: true,
        });
        assert.deepEqual(deployment.one(groupType, "groups-shop-developers").inputs, {
            displayName: "AKS test shop developers",
            description: "Developers of the shop",
            securityEnabled: true,
            preventDuplicateNames: true,
            owners: [owner, testEnvironment.deployerObjectId],
        });
    });

    it("gives out object ids by key", async () => {
        const deployment = await deploy(() => groups([admins, developers]));
        const objectIdOf = (name: string) => deployment.one(groupType, name).state["objectId"];
        assert.deepEqual(deployment.outputs["objectIds"], {
            admins: objectIdOf("groups-admins"),
            "shop-developers": objectIdOf("groups-shop-developers"),
        });
        assert.notEqual(objectIdOf("groups-admins"), objectIdOf("groups-shop-developers"));
    });

    it("is the parent of the groups, and protects them", async () => {
        const deployment = await deploy(() => groups([admins, developers], { protect: true }));
        for (const resource of deployment.ofType(groupType)) {
            assert.equal(deployment.parentName(resource), "groups");
            assert.equal(resource.options.protect, true);
        }
    });

    describe("refuses", () => {
        const refusals: [what: string, list: EntraGroupArgs[], message: string][] = [
            [
                "two groups with one key",
                [admins, { ...admins, displayName: "other" }],
                '`groups` has two entries with key "admins". Give every group a key of its own.',
            ],
            [
                "two groups with one name, in whatever case",
                [admins, { key: "other", displayName: "aks TEST admins" }],
                '`groups` has two groups with `displayName` "aks test admins". Rename one of them.',
            ],
            [
                "a group without a name",
                [{ ...admins, displayName: " " }],
                '`groups` entry "admins" has a `displayName` of 0 characters: Entra allows 1 to 256.',
            ],
            [
                "a group with a long name",
                [{ ...admins, displayName: "a".repeat(257) }],
                '`groups` entry "admins" has a `displayName` of 257 characters: Entra allows 1 to 256.',
            ],
            [
                "an owner by name",
                [{ ...admins, ownerObjectIds: ["admin@example.com"] }],
                '`groups` entry "admins" has owner "admin@example.com", which is no object id. ' +
                    "Give the owner's GUID from Entra.",
            ],
            [
                "an owner twice, in whatever case",
                [{ ...admins, ownerObjectIds: [owner, owner.toUpperCase()] }],
                `\`groups\` entry "admins" has owner "${owner}" twice, which Entra refuses. Remove one of them.`,
            ],
        ];
        for (const [what, list, message] of refusals) {
            it(what, async () => {
                assert.equal(await failureOf(() => groups(list)), message);
            });
        }
    });
});
