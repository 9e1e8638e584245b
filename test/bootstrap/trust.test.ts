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
    it("are jobs of the environment to deploy, pull requests and main to preview, and main alone to look for drift", async () => {
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
            "id-lz-prod-weu-ops-prod-drift github-branch": [
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
            [gitHub, `${repository}:ref:refs/heads/trunk`],
        ]);
    });

    it("are those of three service connections where there is Azure DevOps", async () => {
        const deployment = await deployBootstrap();
        const { "id-lz-prod-weu-ops-prod-deploy azure-devops": deploy } = credentials(deployment);
        const { "id-lz-prod-weu-ops-prod-preview azure-devops": preview } = credentials(deployment);
        const { "id-lz-prod-weu-ops-prod-drift azure-devops": drift } = credentials(deployment);
        assert.deepEqual(
            [deploy, preview, drift],
            [
                [entra, connection(1)],
                [entra, connection(2)],
                [entra, connection(3)],
            ],
        );
        assert.equal(Object.keys(credentials(deployment)).length, 7);
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
            "prod-drift-credential-github-branch": [],
            "prod-drift-credential-azure-devops": ["prod-drift-credential-github-branch"],
        });
    });

    for (const stack of ["dev", "prod"]) {
        it(`are the same for two identities in ${stack} only of main, which may preview and look for drift`, async () => {
            const all = Object.entries(credentials(await deployBootstrapStack(stack)));
            assert.equal(all.length, 7);
            const holders = new Map<string, string[]>();
            for (const [credential, token] of all) {
                holders.set(String(token), [...(holders.get(String(token)) ?? []), credential]);
            }
            const shared = [...holders].filter(([, of]) => of.length > 1);
            assert.deepEqual(
                shared.map(([token, of]) => [/:ref:refs\/heads\/main$/.test(token), of.sort()]),
                [
                    [
                        true,
                        ["drift", "preview"].map(
                            (use) => `id-lz-${stack}-weu-ops-${stack}-${use} github-branch`,
                        ),
                    ],
                ],
            );
        });

        it(`read what is inside a cluster in ${stack} by none that a pull request can have`, async () => {
            const deployment = await deployBootstrapStack(stack);
            const identityOf = (principalId: unknown) =>
                deployment
                    .ofType("azure-native:managedidentity:UserAssignedIdentity")
                    .find(({ state }) => state["principalId"] === principalId)?.inputs["resourceName"];
            const inside = deployment
                .ofType("azure-native:authorization:RoleDefinition")
                .filter(({ inputs }) => JSON.stringify(inputs).includes("Microsoft.ContainerService/"))
                .map(({ inputs }) => String(inputs["roleDefinitionId"]));
            const readers = deployment
                .ofType("azure-native:authorization:RoleAssignment")
                .filter(({ inputs }) =>
                    inside.some((guid) => String(inputs["roleDefinitionId"]).endsWith(guid)),
                )
                .map(({ inputs }) => identityOf(inputs["principalId"]));
            assert.deepEqual(readers, [`id-lz-${stack}-weu-ops-${stack}-drift`]);
            const trusted = Object.entries(credentials(deployment))
                .filter(([credential]) => credential.startsWith(`${String(readers[0])} `))
                .map(([, token]) => String(token));
            assert.equal(trusted.length, 2);
            assert.ok(trusted.some((token) => token.endsWith(":ref:refs/heads/main")));
            assert.ok(!trusted.some((token) => token.includes("pull_request")));
        });
    }
});
