import * as assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { Governance, PolicyEffect, PolicyPodSecurityLevel } from "../../components/governance";
import type { BudgetArgs, GovernanceArgs } from "../../components/governance";
import { created, deploy, failureOf, testEnvironment } from "../support/harness";

const group = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test`;
const vaultId = `${group}/providers/Microsoft.KeyVault/vaults/kv-test`;
const definitions = "/providers/Microsoft.Authorization/policyDefinitions";
const initiatives = "/providers/Microsoft.Authorization/policySetDefinitions";

const baseline: GovernanceArgs = { baseName: "lz-test", scopeId: group };

const budget: BudgetArgs = {
    scopeId: group,
    amountPerMonth: 500,
    startDate: "2026-10-01",
    contactEmails: ["owner@example.com"],
};

function govern(change: Partial<GovernanceArgs> = {}, opts?: pulumi.ComponentResourceOptions) {
    const { policyAssignmentIds, budgetId, lockIds } = new Governance(
        "rules",
        { ...baseline, ...change },
        opts,
    );
    return { policyAssignmentIds, lockIds, ...(budgetId && { budgetId }) };
}

const createdByDefault = [
    "aks-landing-zone:index:Governance rules",
    "azure-native:authorization:PolicyAssignment rules-https-ingress",
    "azure-native:authorization:PolicyAssignment rules-internal-load-balancers",
    "azure-native:authorization:PolicyAssignment rules-no-default-namespace",
    "azure-native:authorization:PolicyAssignment rules-no-external-ips",
    "azure-native:authorization:PolicyAssignment rules-pod-security",
];
const alwaysExcluded = [
    "aks-istio-system",
    "azure-arc",
    "azure-extensions-usage-system",
    "dataprotection-microsoft",
    "flux-system",
    "gatekeeper-system",
    "kube-system",
];

describe("Governance", () => {
    it("creates the same resources in a preview as in an update", async () => {
        assert.deepEqual(created(await deploy(() => govern())), createdByDefault);
        assert.deepEqual(created(await deploy(() => govern(), { preview: true })), createdByDefault);
    });

    it("creates the same resources in a preview as in an update with everything on", async () => {
        const all: Partial<GovernanceArgs> = {
            policies: {
                readOnlyRootFilesystem: true,
                allowedImagesRegex: "^crtest\\.azurecr\\.io/.+$",
                containerLimits: { cpu: "2", memory: "4Gi" },
            },
            budget,
            locks: [{ key: "key-vault", resourceId: vaultId, reason: "Holds keys." }],
        };
        const expected = [
            ...createdByDefault,
            "azure-native:authorization:ManagementLockByScope rules-lock-key-vault",
            "azure-native:authorization:PolicyAssignment rules-allowed-images",
            "azure-native:authorization:PolicyAssignment rules-container-limits",
            "azure-native:authorization:PolicyAssignment rules-read-only-root",
            "azure-native:consumption:Budget rules-budget",
        ].sort();
        assert.deepEqual(created(await deploy(() => govern(all))), expected);
        assert.deepEqual(created(await deploy(() => govern(all), { preview: true })), expected);
    });

    it("is the parent of everything and hands protection on", async () => {
        const deployment = await deploy(() =>
            govern(
                { budget, locks: [{ key: "key-vault", resourceId: vaultId, reason: "Holds keys." }] },
                { protect: true },
            ),
        );
        const children = deployment.resources.filter(({ custom }) => custom);
        assert.equal(children.length, 7);
        for (const child of children) {
            assert.equal(deployment.parentName(child), "rules", child.name);
            assert.equal(child.options.protect, true, child.name);
        }
    });

    describe("policies", () => {
        const assignment = async (key: string, change: GovernanceArgs["policies"] = {}) =>
            (await deploy(() => govern({ policies: change }))).one(
                "azure-native:authorization:PolicyAssignment",
                `rules-${key}`,
            ).inputs;

        it("report pods below the baseline standard, outside the system's namespaces", async () => {
            assert.deepEqual(await assignment("pod-security"), {
                scope: group,
                policyAssignmentName: "lz-test-pod-security",
                displayName: "Pods meet the baseline pod security standard (lz-test)",
                description:
                    "Kubernetes' pod security standard \"baseline\" for Linux pods. Change the pod's security context.",
                policyDefinitionId: `${initiatives}/a8640138-9b0a-4a28-b8cb-1666c838647d`,
                parameters: { effect: { value: "Audit" }, excludedNamespaces: { value: alwaysExcluded } },
                enforcementMode: "Default",
            });
        });

        it("compare with the restricted standard on demand", async () => {
            const inputs = await assignment("pod-security", {
                podSecurityLevel: PolicyPodSecurityLevel.Restricted,
            });
            assert.equal(inputs["policyDefinitionId"], `${initiatives}/42b8ef37-b724-4e24-bbc8-7a7708edfe00`);
            assert.equal(inputs["displayName"], "Pods meet the restricted pod security standard (lz-test)");
        });

        it("all have the chosen effect", async () => {
            for (const effect of Object.values(PolicyEffect)) {
                const deployment = await deploy(() => govern({ policies: { effect } }));
                for (const { name, inputs } of deployment.ofType(
                    "azure-native:authorization:PolicyAssignment",
                )) {
                    assert.deepEqual(
                        (inputs["parameters"] as Record<string, unknown>)["effect"],
                        { value: effect },
                        name,
                    );
                }
            }
        });

        it("all add the given namespaces to those that are never checked", async () => {
            const deployment = await deploy(() =>
                govern({ policies: { excludedNamespaces: ["kured", "kube-system", "a-first"] } }),
            );
            const assignments = deployment.ofType("azure-native:authorization:PolicyAssignment");
            assert.equal(assignments.length, 5);
            for (const { name, inputs } of assignments) {
                const { excludedNamespaces } = inputs["parameters"] as { excludedNamespaces: unknown };
                assert.deepEqual(
                    excludedNamespaces,
                    { value: ["a-first", ...alwaysExcluded, "kured"] },
                    name,
                );
            }
        });

        const parametersOf = async (key: string, change: GovernanceArgs["policies"] = {}) => {
            const inputs = await assignment(key, change);
            const { effect, excludedNamespaces, ...own } = inputs["parameters"] as Record<string, unknown>;
            assert.ok(effect && excludedNamespaces);
            return { id: inputs["policyDefinitionId"], own };
        };

        it("ask for internal load balancers, HTTPS, tenants' namespaces and no external IPs", async () => {
            assert.deepEqual(await parametersOf("internal-load-balancers"), {
                id: `${definitions}/3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e`,
                own: {},
            });
            assert.deepEqual(await parametersOf("https-ingress"), {
                id: `${definitions}/1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d`,
                own: {},
            });
            assert.deepEqual(await parametersOf("no-default-namespace"), {
                id: `${definitions}/9f061a12-e40d-4183-a00e-171812443373`,
                own: {},
            });
            assert.deepEqual(await parametersOf("no-external-ips"), {
                id: `${definitions}/d46c275d-1680-448d-b2ec-e495a3b6cc89`,
                own: { allowedExternalIPs: { value: [] } },
            });
        });

        it("ask for read-only containers, allowed images and limits on demand", async () => {
            assert.deepEqual(await parametersOf("read-only-root", { readOnlyRootFilesystem: true }), {
                id: `${definitions}/df49d893-a74c-421d-bc95-c663042e5b80`,
                own: {},
            });
            assert.deepEqual(
                await parametersOf("allowed-images", { allowedImagesRegex: "^crtest\\.azurecr\\.io/.+$" }),
                {
                    id: `${definitions}/febd0533-8e55-448f-b837-bd0e06f16469`,
                    own: { allowedContainerImagesRegex: { value: "^crtest\\.azurecr\\.io/.+$" } },
                },
            );
            assert.deepEqual(
                await parametersOf("container-limits", { containerLimits: { cpu: "2", memory: "4Gi" } }),
                {
                    id: `${definitions}/e345eecc-fa47-480f-9e88-67dcc122b164`,
                    own: { cpuLimit: { value: "2" }, memoryLimit: { value: "4Gi" } },
                },
            );
        });

        it("can be left out one by one", async () => {
            const deployment = await deploy(() =>
                govern({
                    policies: {
                        internalLoadBalancersOnly: false,
                        httpsIngressOnly: false,
                        noDefaultNamespace: false,
                        noExternalIps: false,
                    },
                }),
            );
            assert.deepEqual(created(deployment), [
                "aks-landing-zone:index:Governance rules",
                "azure-native:authorization:PolicyAssignment rules-pod-security",
            ]);
        });

        it("give out their ids, so that workloads can wait", async () => {
            const { outputs } = await deploy(() => govern());
            assert.deepEqual(
                outputs["policyAssignmentIds"],
                [
                    "pod-security",
                    "internal-load-balancers",
                    "https-ingress",
                    "no-default-namespace",
                    "no-external-ips",
                ].map((key) => `${group}/providers/Microsoft.Authorization/policyAssignments/lz-test-${key}`),
            );
        });
    });

    describe("budget", () => {
        const monthly = async (change: Partial<BudgetArgs> = {}) =>
            (await deploy(() => govern({ budget: { ...budget, ...change } }))).one(
                "azure-native:consumption:Budget",
            ).inputs;

        it("is created on demand only", async () => {
            const { outputs } = await deploy(() => govern());
            assert.equal(outputs["budgetId"], undefined);
            const withBudget = await deploy(() => govern({ budget }));
            assert.equal(
                withBudget.outputs["budgetId"],
                `${group}/providers/Microsoft.Consumption/budgets/bgt-lz-test`,
            );
        });

        it("tells of 80 and 100 percent spent and of a forecast of 100 percent", async () => {
            const notification = (threshold: number, thresholdType: string) => ({
                enabled: true,
                operator: "GreaterThanOrEqualTo",
                threshold,
                thresholdType,
                contactEmails: ["owner@example.com"],
            });
            assert.deepEqual(await monthly(), {
                scope: group,
                budgetName: "bgt-lz-test",
                category: "Cost",
                amount: 500,
                timeGrain: "Monthly",
                timePeriod: { startDate: "2026-10-01T00:00:00Z" },
                notifications: {
                    "actual-80-percent": notification(80, "Actual"),
                    "actual-100-percent": notification(100, "Actual"),
                    "forecast-100-percent": notification(100, "Forecasted"),
                },
            });
        });

        it("takes other thresholds, and none of one kind", async () => {
            const inputs = await monthly({ actualThresholds: [50], forecastThresholds: [] });
            assert.deepEqual(Object.keys(inputs["notifications"] as object), ["actual-50-percent"]);
        });
    });

    describe("locks", () => {
        it("take a reason of 512 characters, the most that Azure allows, and no longer one", async () => {
            const withReason = (length: number) =>
                govern({ locks: [{ key: "vault", resourceId: vaultId, reason: "x".repeat(length) }] });
            const deployment = await deploy(() => withReason(512));
            const { notes } = deployment.one("azure-native:authorization:ManagementLockByScope").inputs;
            assert.equal(String(notes).length, 512);
            assert.equal(
                await failureOf(() => withReason(513)),
                '`locks` "vault" has a reason of 513 characters, Azure allows 1 to 512. Say in a sentence why the resource must not be deleted.',
            );
        });

        it("keep a resource from being deleted and say why", async () => {
            const deployment = await deploy(() =>
                govern({
                    locks: [
                        { key: "key-vault", resourceId: vaultId, reason: "Holds the keys of the disks." },
                    ],
                }),
            );
            assert.deepEqual(deployment.one("azure-native:authorization:ManagementLockByScope").inputs, {
                scope: vaultId,
                lockName: "lz-test-do-not-delete",
                level: "CanNotDelete",
                notes: "Holds the keys of the disks.",
            });
            assert.deepEqual(deployment.outputs["lockIds"], [
                `${vaultId}/providers/Microsoft.Authorization/locks/lz-test-do-not-delete`,
            ]);
        });
    });

    const refused: [string, Partial<GovernanceArgs>, string[]][] = [
        [
            "what is no namespace",
            { policies: { excludedNamespaces: ["Kured"] } },
            [
                '`policies.excludedNamespaces` has "Kured", which is no namespace. Use lower-case letters, digits and hyphens, at most 63.',
            ],
        ],
        [
            "what is no regular expression",
            { policies: { allowedImagesRegex: "^(" } },
            [
                '`policies.allowedImagesRegex` is "^(", which is no regular expression. Write it like ^myregistry\\.azurecr\\.io/.+$',
            ],
        ],
        [
            "an expression that foreign registries meet",
            { policies: { allowedImagesRegex: "crtest.azurecr.io" } },
            [
                '`policies.allowedImagesRegex` is "crtest.azurecr.io", which matches anywhere in an image\'s name: a foreign registry could carry yours in its path. Start it with ^.',
            ],
        ],
        [
            "limits that Kubernetes does not understand",
            { policies: { containerLimits: { cpu: "two", memory: "4 GB" } } },
            [
                '`policies.containerLimits.cpu` is "two", which is no Kubernetes quantity. Write it like 500m or 2.',
                '`policies.containerLimits.memory` is "4 GB", which is no Kubernetes quantity. Write it like 512Mi or 4Gi.',
            ],
        ],
        [
            "names that are too long for an assignment",
            {
                baseName: "a-base-name-that-is-rather-long-for-a-name",
                policies: { noDefaultNamespace: false, noExternalIps: false, httpsIngressOnly: false },
            },
            [
                '"a-base-name-that-is-rather-long-for-a-name-internal-load-balancers" cannot be the name of a policy assignment: it has 66 characters, Azure allows 64. Use a shorter `baseName`.',
            ],
        ],
        [
            "budgets of nothing, in the middle of a month, that tell nobody",
            { budget: { ...budget, amountPerMonth: 0, startDate: "2026-10-15", contactEmails: [] } },
            [
                "`budget.amountPerMonth` is 0, a budget is an amount above 0. Give what a month may cost.",
                '`budget.startDate` is "2026-10-15", Azure allows the first day of a month only. Write it like 2026-10-01.',
                "`budget.contactEmails` is empty: nobody would be told. Give at least one e-mail address.",
            ],
        ],
        [
            "a budget from before Azure had budgets, and what is no address",
            { budget: { ...budget, startDate: "2017-05-01", contactEmails: ["owner"] } },
            [
                '`budget.startDate` is "2017-05-01", Azure allows 2017-06-01 and later. Use the first day of the current month.',
                '`budget.contactEmails` has "owner", which is no e-mail address. Write it like name@example.com.',
            ],
        ],
        [
            "more thresholds than Azure takes",
            { budget: { ...budget, actualThresholds: [50, 75, 90, 100], forecastThresholds: [100, 120] } },
            [
                "`budget.actualThresholds` and `forecastThresholds` have 6 values together, Azure allows 1 to 5. Keep those that somebody acts on.",
            ],
        ],
        [
            "no threshold at all",
            { budget: { ...budget, actualThresholds: [], forecastThresholds: [] } },
            [
                "`budget.actualThresholds` and `forecastThresholds` have 0 values together, Azure allows 1 to 5. Keep those that somebody acts on.",
            ],
        ],
        [
            "thresholds out of range and repeated ones",
            { budget: { ...budget, actualThresholds: [0, 80, 80], forecastThresholds: [1001] } },
            [
                "`budget.actualThresholds` has 0, Azure allows percents above 0 up to 1000. 80 means 80 % of the amount.",
                "`budget.actualThresholds` has 80 twice. Remove one of them.",
                "`budget.forecastThresholds` has 1001, Azure allows percents above 0 up to 1000. 80 means 80 % of the amount.",
            ],
        ],
        [
            "locks with the same key or without a reason",
            {
                locks: [
                    { key: "vault", resourceId: vaultId, reason: "Holds keys." },
                    { key: "vault", resourceId: group, reason: " " },
                ],
            },
            [
                '`locks` has the key "vault" twice. Give each lock its own key.',
                '`locks` "vault" has a reason of 0 characters, Azure allows 1 to 512. Say in a sentence why the resource must not be deleted.',
            ],
        ],
    ];
    for (const [what, change, messages] of refused) {
        it(`refuses ${what}`, async () => {
            assert.equal(await failureOf(() => govern(change)), messages.join("\n"));
        });
    }
});
