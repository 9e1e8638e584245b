import * as assert from "node:assert/strict";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { WorkloadIdentity } from "../../components/workloadIdentity";
import type { WorkloadIdentityArgs } from "../../components/workloadIdentity";
import { created, deploy, failureOf, testEnvironment } from "../support/harness";

const group = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test`;
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-lz-test-shop`;
const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-test`;
const secretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
const issuerUrl = "https://westeurope.oic.prod-aks.azure.com/tenant/issuer/";
const tags = { environment: "test" };

const baseline: WorkloadIdentityArgs = {
    resourceGroupName: "rg-test",
    location: "westeurope",
    baseName: "lz-test",
    identityName: "shop",
    subscriptionId: testEnvironment.subscriptionId,
    issuerUrl,
    subjects: [
        { namespace: "shop-dev", serviceAccount: "api" },
        { namespace: "shop-stage", serviceAccount: "api" },
        { namespace: "shop-stage", serviceAccount: "worker" },
    ],
    tags,
};
const readSecrets = { key: "read-secrets", scope: vaultId, roleDefinitionId: secretsUser };

function identity(change: Partial<WorkloadIdentityArgs> = {}, opts?: pulumi.ComponentResourceOptions) {
    const { id, clientId, principalId } = new WorkloadIdentity("shop", { ...baseline, ...change }, opts);
    return { id, clientId, principalId };
}

const credentialType = "azure-native:managedidentity:FederatedIdentityCredential";
const accountType = "kubernetes:core/v1:ServiceAccount";
const everythingCreated = [
    "aks-landing-zone:index:WorkloadIdentity shop",
    "azure-native:authorization:RoleAssignment shop-role-read-secrets",
    `${credentialType} shop-credential-shop-dev.api`,
    `${credentialType} shop-credential-shop-stage.api`,
    `${credentialType} shop-credential-shop-stage.worker`,
    "azure-native:managedidentity:UserAssignedIdentity shop-identity",
    `${accountType} shop-account-shop-dev.api`,
    `${accountType} shop-account-shop-stage.api`,
    `${accountType} shop-account-shop-stage.worker`,
];

describe("WorkloadIdentity", () => {
    it("creates the same resources in a preview as in an update", async () => {
        const program = () => identity({ roleAssignments: [readSecrets] });
        assert.deepEqual(created(await deploy(program)), everythingCreated);
        assert.deepEqual(created(await deploy(program, { preview: true })), everythingCreated);
    });

    it("is one tagged identity, without roles by default", async () => {
        const deployment = await deploy(() => identity());
        assert.deepEqual(deployment.one("azure-native:managedidentity:UserAssignedIdentity").inputs, {
            resourceGroupName: "rg-test",
            location: "westeurope",
            resourceName: "id-lz-test-shop",
            tags,
        });
        assert.deepEqual(deployment.ofType("azure-native:authorization:RoleAssignment"), []);
        assert.equal(deployment.outputs["id"], identityId);
        assert.match(String(deployment.outputs["clientId"]), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        assert.notEqual(deployment.outputs["clientId"], deployment.outputs["principalId"]);
    });

    it("puts every resource under the component and protects all but its rights", async () => {
        const deployment = await deploy(() =>
            identity({ roleAssignments: [readSecrets] }, { protect: true }),
        );
        for (const resource of deployment.resources.filter(({ custom }) => custom)) {
            assert.equal(deployment.parentName(resource), "shop", resource.name);
        }
        const all = deployment.resources.filter(({ custom }) => custom).map(({ name }) => name);
        assert.deepEqual(
            all.filter((name) => !deployment.protectedNames().includes(name)),
            ["shop-role-read-secrets"],
        );
    });

    it("trusts the tokens of exactly the listed service accounts", async () => {
        const deployment = await deploy(() => identity());
        const credentials = deployment.ofType(credentialType).map(({ inputs }) => inputs);
        const trusting = (name: string, subject: string) => ({
            resourceGroupName: "rg-test",
            resourceName: "id-lz-test-shop",
            federatedIdentityCredentialResourceName: name,
            issuer: issuerUrl,
            subject,
            audiences: ["api://AzureADTokenExchange"],
        });
        assert.deepEqual(credentials, [
            trusting("shop-dev_api", "system:serviceaccount:shop-dev:api"),
            trusting("shop-stage_api", "system:serviceaccount:shop-stage:api"),
            trusting("shop-stage_worker", "system:serviceaccount:shop-stage:worker"),
        ]);
    });

    it("writes one credential after the other and leaves their removal to the identity's", async () => {
        const deployment = await deploy(() => identity());
        const identityUrn = deployment.one("azure-native:managedidentity:UserAssignedIdentity").urn;
        const credentials = deployment.ofType(credentialType);
        assert.deepEqual(
            credentials.map((credential) => deployment.dependencyNames(credential)),
            [
                ["shop-identity"],
                ["shop-credential-shop-dev.api", "shop-identity"],
                ["shop-credential-shop-stage.api", "shop-identity"],
            ],
        );
        for (const { options } of credentials) {
            assert.equal(options.deletedWith, identityUrn);
        }
    });

    it("creates service accounts that name the identity, after their namespace and credential", async () => {
        const deployment = await deploy(() => {
            const namespace = new Namespace("ready", { metadata: { name: "shop-dev" } });
            return identity({
                subjects: [{ namespace: "shop-dev", serviceAccount: "api" }],
                namespacesReady: [namespace.id],
            });
        });
        const account = deployment.one(accountType);
        assert.deepEqual(account.inputs, {
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: {
                namespace: "shop-dev",
                name: "api",
                annotations: {
                    "azure.workload.identity/client-id": deployment.outputs["clientId"],
                    "azure.workload.identity/tenant-id": testEnvironment.tenantId,
                },
            },
            automountServiceAccountToken: false,
        });
        assert.deepEqual(deployment.dependencyNames(account), [
            "ready",
            "shop-credential-shop-dev.api",
            "shop-identity",
        ]);
    });

    it("lets its service accounts go with the cluster", async () => {
        const deployment = await deploy(() => {
            const cluster = new ResourceGroup("cluster", { resourceGroupName: "rg-test" });
            return identity({}, { deletedWith: cluster });
        });
        const { urn } = deployment.one("azure-native:resources:ResourceGroup");
        const accounts = deployment.ofType(accountType);
        assert.deepEqual(
            accounts.map(({ options }) => options.deletedWith),
            [urn, urn, urn],
        );
    });

    it("leaves the service accounts to others when asked to", async () => {
        const deployment = await deploy(() => identity({ createServiceAccounts: false }));
        assert.deepEqual(deployment.ofType(accountType), []);
        assert.equal(deployment.ofType(credentialType).length, 3);
    });

    it("has the given roles, by full id or by the GUID of a built-in role", async () => {
        const custom = `/subscriptions/${testEnvironment.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/own`;
        const deployment = await deploy(() =>
            identity({
                roleAssignments: [readSecrets, { key: "own", scope: group, roleDefinitionId: custom }],
            }),
        );
        const assignments = deployment.ofType("azure-native:authorization:RoleAssignment");
        const { principalId } = deployment.outputs;
        assert.deepEqual(Object.fromEntries(assignments.map(({ name, inputs }) => [name, inputs])), {
            "shop-role-read-secrets": {
                scope: vaultId,
                principalId,
                principalType: "ServicePrincipal",
                roleDefinitionId:
                    `/subscriptions/${testEnvironment.subscriptionId}/providers/Microsoft.Authorization/` +
                    `roleDefinitions/${secretsUser}`,
            },
            "shop-role-own": {
                scope: group,
                principalId,
                principalType: "ServicePrincipal",
                roleDefinitionId: custom,
            },
        });
        for (const { options } of assignments) {
            assert.deepEqual(options.replaceOnChanges, ["roleDefinitionId"]);
            assert.deepEqual(options.errorHooks, ["retry-while-azure-settles"]);
        }
    });

    it("accepts 20 service accounts", async () => {
        const subjects = Array.from({ length: 20 }, (_, index) => ({
            namespace: "shop",
            serviceAccount: `api-${index}`,
        }));
        const deployment = await deploy(() => identity({ subjects }));
        assert.equal(deployment.ofType(credentialType).length, 20);
    });

    describe("refuses", () => {
        const subjects = (count: number) =>
            Array.from({ length: count }, (_, index) => ({
                namespace: "shop",
                serviceAccount: `api-${index}`,
            }));
        const refusals: [what: string, change: Partial<WorkloadIdentityArgs>, message: string][] = [
            [
                "an identity name that Azure does not allow",
                { identityName: "shop api" },
                '`identityName` is "shop api": use 1 to 60 letters, digits, hyphens and underscores.',
            ],
            [
                "an identity for nobody",
                { subjects: [] },
                "`subjects` is empty: an identity that no service account may use is of no use. List at least one.",
            ],
            [
                "more than 20 service accounts",
                { subjects: subjects(21) },
                "`subjects` has 21 entries: Azure allows 20 for one identity. Use another identity for the rest.",
            ],
            [
                "the same service account twice",
                { subjects: [...subjects(1), ...subjects(1)] },
                '`subjects` has "system:serviceaccount:shop:api-0" twice, which Azure refuses. Remove one of them.',
            ],
            [
                "what is no namespace name",
                { subjects: [{ namespace: "Shop", serviceAccount: "api" }] },
                '`subjects` has namespace "Shop": Kubernetes allows up to 63 lower-case letters, digits and hyphens, starting ' +
                    "and ending with a letter or digit.",
            ],
            [
                "what is no service account name",
                { subjects: [{ namespace: "shop", serviceAccount: "api_v1" }] },
                '`subjects` has service account "api_v1": Kubernetes allows up to 253 lower-case letters, digits, hyphens and ' +
                    "periods, starting and ending with a letter or digit.",
            ],
            [
                "two roles with one key",
                { roleAssignments: [readSecrets, { ...readSecrets, scope: group }] },
                '`roleAssignments` has two entries with key "read-secrets". Give every role a key of its own.',
            ],
            [
                "a role twice",
                { roleAssignments: [readSecrets, { ...readSecrets, key: "again" }] },
                `\`roleAssignments\` gives role "${secretsUser}" on "${vaultId}" twice, which Azure refuses. ` +
                    "Remove one of them.",
            ],
        ];
        for (const [what, change, message] of refusals) {
            it(what, async () => {
                assert.equal(await failureOf(() => identity(change)), message);
            });
        }
    });
});
