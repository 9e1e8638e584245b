import * as assert from "node:assert/strict";
import { azureRoles } from "../../../../components/internal/azureRoles";
import type { Role } from "../../../../components/internal/azureRoles";
import { roles } from "../../../../components/internal/roles";
import { isAllowed } from "../../../../simulator/cluster/guard/authorization";
import { clusterRoles } from "../../../../simulator/cluster/guard/azureRoles";
import { dataActionOf } from "../../../../simulator/cluster/guard/dataAction";

const group = "/subscriptions/1/resourceGroups/rg";
const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/aks`;
const clusterAdmin = azureRoles.aksRbacClusterAdmin;
const namespaceAdmin = azureRoles.aksRbacAdmin;
const writer = azureRoles.aksRbacWriter;
const reader = azureRoles.aksRbacReader;

/** `get pods in shop`, `create apps/deployments`, `create pods/exec in shop`. */
function request(words: string) {
    const [, verb, kind = "", , namespace] = /^(\S+) (\S+)( in (\S+))?$/.exec(words) ?? [];
    const [, apiGroup = "", resource, , subresource] =
        /^(?:([^/]*\.[^/]*|apps|batch)\/)?([^/]+)(\/(\S+))?$/.exec(kind) ?? [];
    return { resourceAttributes: { verb, group: apiGroup, resource, subresource, namespace } };
}

describe("simulator/cluster/guard/azureRoles", () => {
    it("knows every role inside a cluster that the program assigns", () => {
        const inside = Object.values(roles).filter(({ title }) => title.includes("Kubernetes Service RBAC"));
        assert.deepEqual(inside, [clusterAdmin, reader, writer]);
        inside.forEach(({ id, title }) => assert.ok(id in clusterRoles, title));
    });
});

describe("simulator/cluster/guard/dataAction", () => {
    const actions: [string, string][] = [
        ["get pods in shop", "pods/read"],
        ["watch apps/deployments in shop", "apps/deployments/read"],
        ["patch networking.k8s.io/networkpolicies in shop", "networking.k8s.io/networkpolicies/write"],
        ["deletecollection secrets in shop", "secrets/delete"],
        ["get pods/log in shop", "pods/read"],
        ["create pods/exec in shop", "pods/exec/action"],
        [
            "escalate rbac.authorization.k8s.io/roles in shop",
            "rbac.authorization.k8s.io/roles/escalate/action",
        ],
        ["frobnicate pods in shop", "pods"],
    ];
    for (const [words, action] of actions) {
        it(`${words} is ${action}`, () => assert.equal(dataActionOf(request(words)), action));
    }

    it("of a path is the path", () => {
        assert.equal(
            dataActionOf({ nonResourceAttributes: { path: "/metrics", verb: "get" } }),
            "metrics/read",
        );
    });
});

describe("simulator/cluster/guard/authorization", () => {
    const shop = `${cluster}/namespaces/shop`;
    const cases: [role: Role, scope: string, words: string, allowed: boolean][] = [
        [clusterAdmin, cluster, "delete nodes", true],
        [clusterAdmin, group, "delete nodes", true],
        [clusterAdmin, "/subscriptions/1", "create secrets in shop", true],
        [clusterAdmin, `${cluster}2`, "get pods in shop", false],
        [clusterAdmin, shop, "get pods in shop", true],
        [clusterAdmin, shop, "get pods in shopping", false],
        [clusterAdmin, shop, "get pods", false],
        [clusterAdmin, cluster, "frobnicate pods in shop", true],
        [namespaceAdmin, shop, "create rbac.authorization.k8s.io/roles in shop", true],
        [namespaceAdmin, shop, "get resourcequotas in shop", true],
        [namespaceAdmin, shop, "patch resourcequotas in shop", false],
        [namespaceAdmin, shop, "delete namespaces in shop", false],
        [writer, shop, "create apps/deployments in shop", true],
        [writer, shop, "create pods/exec in shop", true],
        [writer, shop, "get secrets in shop", true],
        [writer, shop, "get secrets in other", false],
        [writer, shop, "patch resourcequotas in shop", false],
        [writer, shop, "create rbac.authorization.k8s.io/rolebindings in shop", false],
        [writer, shop, "create azmonitoring.coreos.com/podmonitors in shop", false],
        [writer, cluster, "get nodes", false],
        [reader, shop, "list pods in shop", true],
        [reader, shop, "get pods/log in shop", true],
        [reader, shop, "get secrets in shop", false],
        [reader, shop, "create pods/exec in shop", false],
        [reader, shop, "delete pods in shop", false],
        // No data actions.
        [azureRoles.contributor, cluster, "get pods in shop", false],
    ];
    for (const [role, scope, words, allowed] of cases) {
        it(`${role.title} at ${scope} ${allowed ? "may" : "may not"} ${words}`, () => {
            const grant = {
                principalId: "ME",
                roleDefinitionId: `${group}/roleDefinitions/${role.id.toUpperCase()}`,
                scope: scope.toUpperCase(),
            };
            const review = { ...request(words), extra: { oid: ["me"] } };
            assert.equal(isAllowed(review, cluster, [grant]), allowed ? grant : undefined);
        });
    }

    it("counts the roles of groups, but not of those that Kubernetes itself names", () => {
        const review = { ...request("get pods in shop"), groups: ["team", "system:authenticated"] };
        const grant = (principalId: string) => ({
            principalId,
            roleDefinitionId: clusterAdmin.id,
            scope: cluster,
        });
        assert.ok(isAllowed(review, cluster, [grant("team")]));
        assert.equal(isAllowed(review, cluster, [grant("system:authenticated")]), undefined);
        assert.equal(isAllowed({ ...review, user: "me" }, cluster, [grant("me")]), undefined);
    });
});
