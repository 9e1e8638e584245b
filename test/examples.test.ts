import * as assert from "node:assert/strict";
import { teamPlatform } from "../examples/team-platform/teamPlatform";
import { deploy, testEnvironment } from "./support/harness";

const program = () =>
    teamPlatform({
        subscriptionId: testEnvironment.subscriptionId,
        tenantId: testEnvironment.tenantId,
        issuerUrl: "https://westeurope.oic.prod-aks.azure.com/issuer/",
    });

describe("example team-platform", () => {
    it("uses the component package by its name", async () => {
        const deployment = await deploy(program);
        const components = deployment.resources.filter(({ type }) => type.startsWith("aks-landing-zone:"));
        assert.deepEqual(components.map(({ name }) => name).sort(), [
            "api",
            "network",
            "vault",
            "vault-private-link",
        ]);
        assert.equal(deployment.outputs["vaultUri"], "https://kv-team-dev-weu.vault.azure.net/");
        const vault = deployment.one("azure-native:keyvault:Vault").inputs["properties"] as Record<
            string,
            unknown
        >;
        assert.equal(vault["publicNetworkAccess"], "Disabled");
        assert.equal(
            deployment.one("azure-native:managedidentity:FederatedIdentityCredential").inputs["subject"],
            "system:serviceaccount:payments-dev:payments-api",
        );
    });

    it("declares the same resources before the first deployment", async () => {
        const names = async (preview: boolean) =>
            (await deploy(program, { preview })).resources.map(({ type, name }) => `${type} ${name}`).sort();
        assert.deepEqual(await names(true), await names(false));
    });
});
