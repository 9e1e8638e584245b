import * as assert from "node:assert/strict";
import { durationOf, rolePropagation, typicalDuration, usualCreation } from "../../simulator/azure/durations";
import { azureResourceTypes } from "../../simulator/azure/types";

const cluster = "azure-native:containerservice:ManagedCluster";
const pool = "azure-native:containerservice:AgentPool";
const registry = "azure-native:containerregistry:Registry";

describe("simulator/azure/durations", () => {
    it("has a row with a source for every type that Azure is simulated for", () => {
        for (const type of Object.keys(azureResourceTypes)) {
            const { create, update, delete: deletion, source } = typicalDuration(type);
            assert.ok(create > 0 && update > 0 && deletion >= 0 && source.length > 10, type);
        }
    });

    it("refuses a type of Azure that it does not know, by name", () => {
        assert.throws(
            () => typicalDuration("azure-native:network:VirtualWan"),
            /"azure-native:network:VirtualWan"/,
        );
    });

    it("knows what a creation usually takes, of Azure's types alone", () => {
        assert.deepEqual(
            [cluster, "kubernetes:core/v1:Namespace", "azuread:index/group:Group"].map(usualCreation),
            [302, undefined, undefined],
        );
    });

    for (const [title, inputs, seconds] of [
        ["public", {}, 302],
        ["public, with more inline pools", { agentPoolProfiles: [{}, {}, {}] }, 302],
        ["private", { apiServerAccessProfile: { enablePrivateCluster: true } }, 580],
        [
            "private, with the API server in the network",
            { apiServerAccessProfile: { enablePrivateCluster: true, enableVnetIntegration: true } },
            424,
        ],
        ["of SKU Automatic", { sku: { name: "Automatic" } }, 530],
    ] as const) {
        it(`knows how long a cluster takes that is ${title}`, () => {
            assert.equal(durationOf("create", cluster, inputs), seconds);
            assert.equal(durationOf("delete", cluster, inputs), 193);
        });
    }

    for (const [title, type, before, after, seconds] of [
        ["a tag of a cluster", cluster, { tags: {} }, { tags: { a: "1" } }, 103],
        ["the version", cluster, { kubernetesVersion: "1.35" }, { kubernetesVersion: "1.36" }, 845],
        ["the network policy", cluster, {}, { networkProfile: { networkPolicy: "cilium" } }, 747],
        ["a pool's labels", pool, { nodeLabels: {} }, { nodeLabels: { a: "1" } }, 8],
        ["a pool's count", pool, { count: 1 }, { count: 2 }, 176],
        ["a pool's images", pool, { osSKU: "Ubuntu" }, { osSKU: "AzureLinux" }, 477],
    ] as const) {
        it(`knows how long it takes to change ${title}`, () => {
            assert.equal(durationOf("update", type, after, before), seconds);
        });
    }

    it("knows what else decides how long something takes", () => {
        assert.equal(durationOf("create", pool, { osType: "Linux" }), 199);
        assert.equal(durationOf("create", pool, { osType: "Windows" }), 316);
        assert.equal(durationOf("create", registry, { sku: { name: "Basic" } }), 5);
        assert.equal(durationOf("create", registry, { sku: { name: "Premium" } }), 9);
        assert.equal(durationOf("delete", "azure-native:dashboard:Grafana", {}), 416);
    });

    it("estimates what is in a cluster, and says so", () => {
        const service = "kubernetes:core/v1:Service";
        assert.equal(durationOf("create", service, { spec: { type: "LoadBalancer" } }), 45);
        assert.equal(durationOf("create", service, { spec: { type: "ClusterIP" } }), 0.2);
        assert.equal(durationOf("create", "kubernetes:helm.sh/v3:Release", {}), 67);
        assert.equal(durationOf("delete", "kubernetes:core/v1:Namespace", {}), 20);
        assert.ok(typicalDuration("kubernetes:helm.sh/v3:Release").isEstimate);
        assert.equal(rolePropagation, 60);
    });
});
