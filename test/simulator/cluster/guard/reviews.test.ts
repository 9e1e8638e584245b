import * as assert from "node:assert/strict";
import { roles } from "../../../../components/internal/roles";
import type { ExistingResource } from "../../../../simulator/azure/subscription";
import { accessReviewAnswer, tokenReviewAnswer } from "../../../../simulator/cluster/guard/reviews";

const clusterId =
    "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks";

const existing = (type: string, id: string, inputs: object, createdAt = 0): ExistingResource => ({
    id,
    type: `azure-native:${type}`,
    inputs: inputs as Record<string, unknown>,
    state: {},
    createdAt,
});
const cluster = (enableAzureRBAC: boolean) =>
    existing("containerservice:ManagedCluster", clusterId.toUpperCase(), { aadProfile: { enableAzureRBAC } });
const assignment = existing(
    "authorization:RoleAssignment",
    `${clusterId}/providers/Microsoft.Authorization/roleAssignments/1`,
    { principalId: "me", roleDefinitionId: roles.aksRbacClusterAdmin.id, scope: clusterId },
    100,
);

describe("simulator/cluster/guard/reviews", () => {
    const spec = { extra: { oid: ["me"] }, resourceAttributes: { verb: "get", resource: "pods" } };
    const status = (resources: ExistingResource[], now: number, review: object = spec) =>
        (
            accessReviewAnswer({ spec: review }, clusterId, resources, now) as {
                status: { allowed: boolean; denied?: boolean; reason: string };
            }
        ).status;

    it("lets a role work a minute after its assignment, and not before", () => {
        assert.equal(status([cluster(true), assignment], 159).allowed, false);
        assert.match(status([cluster(true), assignment], 159).reason, /Update role assignment/);
        assert.equal(status([cluster(true), assignment], 160).allowed, true);
    });

    it("has no opinion where the cluster does without Azure RBAC, and none on people of Kubernetes' own", () => {
        assert.equal(status([cluster(false), assignment], 999).allowed, false);
        assert.equal(status([cluster(true), assignment], 999, { ...spec, extra: {} }).allowed, false);
        assert.match(status([cluster(false), assignment], 999).reason, /no(t have)? opinion/);
    });

    it("never denies: the cluster's own roles may still allow it", () => {
        assert.equal(status([cluster(true)], 999).denied, undefined);
    });

    it("names people by object id, with their groups", () => {
        const person = { name: "developer", objectId: "id-1", groups: ["g-1"] } as const;
        const holder = (token: string) => (token === "good" ? { ...person, groups: ["g-1"] } : undefined);
        assert.deepEqual(tokenReviewAnswer({ spec: { token: "good" } }, holder), {
            apiVersion: "authentication.k8s.io/v1",
            kind: "TokenReview",
            status: {
                authenticated: true,
                user: { username: "id-1", groups: ["g-1"], extra: { oid: ["id-1"] } },
            },
        });
        assert.match(
            JSON.stringify(tokenReviewAnswer({ spec: { token: "bad" } }, holder)),
            /"authenticated":false/,
        );
    });
});
