import * as assert from "node:assert/strict";
import { simulateAzureResource } from "../../simulator/azure";
import { testEnvironment } from "../support/harness";

const clusterType = "azure-native:containerservice:ManagedCluster";

function clusterState(inputs: Record<string, unknown>): Record<string, unknown> {
    return simulateAzureResource({
        type: clusterType,
        logicalName: "cluster",
        inputs: {
            resourceGroupName: "rg",
            resourceName: "aks",
            location: "West Europe",
            dnsPrefix: "lz",
            ...inputs,
        },
        environment: testEnvironment,
    }).state;
}

describe("simulated clusters", () => {
    it("have a public host name unless they are private", () => {
        const { fqdn, privateFQDN } = clusterState({});
        assert.match(String(fqdn), /^lz-[0-9a-f]{8}\.hcp\.westeurope\.azmk8s\.io$/);
        assert.equal(privateFQDN, undefined);
    });

    for (const [profile, pattern] of [
        [{}, /^lz-[0-9a-f]{8}\.[0-9a-f-]{36}\.privatelink\.westeurope\.azmk8s\.io$/],
        [{ enableVnetIntegration: true }, /^lz-[0-9a-f]{8}\.[0-9a-f-]{36}\.private\.westeurope\.azmk8s\.io$/],
        [
            { privateDNSZone: "/zones/private.westeurope.azmk8s.io" },
            /^lz-[0-9a-f]{8}\.private\.westeurope\.azmk8s\.io$/,
        ],
    ] as const) {
        it(`are private with ${JSON.stringify(profile)}`, () => {
            const { fqdn, privateFQDN } = clusterState({
                apiServerAccessProfile: { enablePrivateCluster: true, ...profile },
            });
            assert.equal(fqdn, undefined);
            assert.match(String(privateFQDN), pattern);
        });
    }

    it("have both names when they publish their own", () => {
        const { fqdn, privateFQDN } = clusterState({
            apiServerAccessProfile: { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: true },
        });
        assert.ok(fqdn !== undefined && privateFQDN !== undefined);
    });

    it("have an issuer only when asked to", () => {
        const issuer = clusterState({ oidcIssuerProfile: { enabled: true } })["oidcIssuerProfile"];
        assert.match(
            JSON.stringify(issuer),
            new RegExp(
                `"https://westeurope\\.oic\\.prod-aks\\.azure\\.com/${testEnvironment.tenantId}/[0-9a-f-]{36}/"`,
            ),
        );
        assert.deepEqual(clusterState({ oidcIssuerProfile: { enabled: false } })["oidcIssuerProfile"], {
            enabled: false,
        });
    });

    for (const [asked, runs] of [
        ["1.36", "1.36.3"],
        ["1.35.2", "1.35.2"],
        ["1.40", "1.40.0"],
        [undefined, "1.36.3"],
    ] as const) {
        it(`run ${runs} when asked for ${asked ?? "nothing"}`, () => {
            const state = clusterState({ kubernetesVersion: asked, agentPoolProfiles: [{ name: "system" }] });
            assert.equal(state["currentKubernetesVersion"], runs);
            assert.deepEqual(state["agentPoolProfiles"], [
                {
                    name: "system",
                    provisioningState: "Succeeded",
                    powerState: { code: "Running" },
                    currentOrchestratorVersion: runs,
                },
            ]);
        });
    }

    it("name what AKS creates after the cluster where nobody else does", () => {
        const state = clusterState({});
        assert.equal(state["nodeResourceGroup"], "MC_rg_aks_westeurope");
        const { kubeletidentity } = state["identityProfile"] as { kubeletidentity: { resourceId: string } };
        assert.match(
            kubeletidentity.resourceId,
            /\/resourceGroups\/MC_rg_aks_westeurope\/.*\/aks-agentpool$/,
        );
        assert.equal(state["provisioningState"], "Succeeded");
    });

    it("give enabled add-ons an identity in the node resource group", () => {
        const { addonProfiles } = clusterState({
            nodeResourceGroup: "rg-nodes",
            addonProfiles: { omsagent: { enabled: true, config: {} }, azurepolicy: { enabled: false } },
        }) as { addonProfiles: Record<string, { identity?: { resourceId: string } }> };
        assert.match(addonProfiles["omsagent"]?.identity?.resourceId ?? "", /\/rg-nodes\/.*\/omsagent-aks$/);
        assert.deepEqual(addonProfiles["azurepolicy"], { enabled: false });
    });
});
