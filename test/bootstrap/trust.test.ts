import * as assert from "node:assert/strict";
import type { Deployment } from "../support/harness";
import { connection, deployBootstrap, deployBootstrapStack, tenantId } from "./bootstrapStacks";

const gitHub = "https://token.actions.githubusercontent.com";
const entra = `https://login.microsoftonline.com/${tenantId}/v2.0`;

/** `identity credential` to issuer and subject. */
function credentials(deployment: Deployment): Record<string, unknown> {
    return Object.fromEntries(
        deployment
            .ofType("azure-native:managedidentity:FederatedIdentityCredential")
            .map(({ inputs }) => [
                `${String(inputs["resourceName"])} ${String(inputs["federatedIdentityCredentialResourceName"])}`,
                [inputs["issuer"], inputs["subject"]],
            ]),
    );
}

describe("bootstrap, whose tokens are accepted", () => {
    it("are jobs of the environment to deploy, and pull requests and the main branch to preview", async () => {
        const deployment = await deployBootstrap({ stacks: { prod: {} } });
        assert.deepEqual(credentials(deployment), {
            "id-lz-prod-weu-ops-prod-deploy github-environment": [
                gitHub,
                "repo:Example/aks-landing-zone:environment:prod",
            ],
            "id-lz-prod-weu-ops-prod-preview github-pull-request": [
                gitHub,
                "repo:Example/aks-landing-zone:pull_request",
            ],
            "id-lz-prod-weu-ops-prod-preview github-branch": [
                gitHub,
                "repo:Example/aks-landing-zone:ref:refs/heads/main",
            ],
        });
    });

    it("name the ids of a repository with immutable subjects", async () => {
        const deployment = await deployBootstrap({
            github: {
                repository: "Example/aks-landing-zone",
                ids: { owner: "123456", repository: "456789" },
                branch: "trunk",
            },
            stacks: { prod: { githubEnvironment: "production" } },
        });
        const repository = "repo:Example@123456/aks-landing-zone@456789";
        assert.deepEqual(Object.values(credentials(deployment)).sort(), [
            [gitHub, `${repository}:environment:production`],
            [gitHub, `${repository}:pull_request`],
            [gitHub, `${repository}:ref:refs/heads/trunk`],
        ]);
    });

    it("are those of two service connections where there is Azure DevOps", async () => {
        const deployment = await deployBootstrap();
        const { "id-lz-prod-weu-ops-prod-deploy azure-devops": deploy } = credentials(deployment);
        const { "id-lz-prod-weu-ops-prod-preview azure-devops": preview } = credentials(deployment);
        assert.deepEqual(
            [deploy, preview],
            [
                [entra, connection(1)],
                [entra, connection(2)],
            ],
        );
        assert.equal(Object.keys(credentials(deployment)).length, 5);
    });

    it("have the audience that Entra asks for, and are written one after the other", async () => {
        const deployment = await deployBootstrap();
        const all = deployment.ofType("azure-native:managedidentity:FederatedIdentityCredential");
        for (const { inputs } of all) {
            assert.deepEqual(inputs["audiences"], ["api://AzureADTokenExchange"]);
        }
        const waitsFor = Object.fromEntries(
            all.map((credential) => [
                credential.name,
                deployment.dependencyNames(credential).filter((name) => name.includes("-credential-")),
            ]),
        );
        assert.deepEqual(waitsFor, {
            "prod-deploy-credential-github-environment": [],
            "prod-deploy-credential-azure-devops": ["prod-deploy-credential-github-environment"],
            "prod-preview-credential-github-pull-request": [],
            "prod-preview-credential-github-branch": ["prod-preview-credential-github-pull-request"],
            "prod-preview-credential-azure-devops": ["prod-preview-credential-github-branch"],
        });
    });

    for (const stack of ["dev", "prod"]) {
        it(`are never the same for two identities in ${stack}`, async () => {
            const subjects = Object.values(credentials(await deployBootstrapStack(stack))).map(String);
            assert.equal(subjects.length, 5);
            assert.equal(new Set(subjects).size, subjects.length);
        });
    }
});
