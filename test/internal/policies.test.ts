import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { budgetNotifications, budgetProblems } from "../../components/internal/budget";
import {
    alwaysExcludedNamespaces,
    planAssignments,
    policyProblems,
} from "../../components/internal/policies";
import type { PolicySettings } from "../../components/internal/policies";

const settings: PolicySettings = {
    podSecurityLevel: "Baseline",
    effect: "Audit",
    excludedNamespaces: [],
    internalLoadBalancersOnly: true,
    httpsIngressOnly: true,
    noDefaultNamespace: true,
    noExternalIps: true,
    readOnlyRootFilesystem: true,
    allowedImagesRegex: "^crtest\\.azurecr\\.io/.+$",
    containerLimits: { cpu: "2", memory: "4Gi" },
};
const nothingOn: PolicySettings = {
    podSecurityLevel: "Baseline",
    effect: "Audit",
    excludedNamespaces: [],
    internalLoadBalancersOnly: false,
    httpsIngressOnly: false,
    noDefaultNamespace: false,
    noExternalIps: false,
    readOnlyRootFilesystem: false,
};

describe("planAssignments", () => {
    it("assigns the pod security initiative whatever else is on", () => {
        assert.deepEqual(
            planAssignments("lz", nothingOn).map(({ key }) => key),
            ["pod-security"],
        );
    });

    it("adds one assignment for each policy that is on", () => {
        const keysWith = (change: Partial<PolicySettings>) =>
            planAssignments("lz", { ...nothingOn, ...change })
                .map(({ key }) => key)
                .slice(1);
        assert.deepEqual(keysWith({ internalLoadBalancersOnly: true }), ["internal-load-balancers"]);
        assert.deepEqual(keysWith({ httpsIngressOnly: true }), ["https-ingress"]);
        assert.deepEqual(keysWith({ noDefaultNamespace: true }), ["no-default-namespace"]);
        assert.deepEqual(keysWith({ noExternalIps: true }), ["no-external-ips"]);
        assert.deepEqual(keysWith({ readOnlyRootFilesystem: true }), ["read-only-root"]);
        assert.deepEqual(keysWith({ allowedImagesRegex: "^a/.+$" }), ["allowed-images"]);
        assert.deepEqual(keysWith({ containerLimits: { cpu: "1", memory: "1Gi" } }), ["container-limits"]);
    });

    it("assigns each definition once, under a name of its own", () => {
        const planned = planAssignments("lz", settings);
        assert.equal(planned.length, 8);
        for (const property of ["key", "name", "policyDefinitionId", "displayName"] as const) {
            assert.equal(
                new Set(planned.map((assignment) => assignment[property])).size,
                planned.length,
                property,
            );
        }
        for (const { policyDefinitionId } of planned) {
            assert.match(
                policyDefinitionId,
                /^\/providers\/Microsoft\.Authorization\/policy(Set)?Definitions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
            );
        }
    });

    it("wraps every parameter as Azure wants it", () => {
        for (const { key, parameters } of planAssignments("lz", settings)) {
            for (const [name, parameter] of Object.entries(parameters)) {
                assert.deepEqual(Object.keys(parameter), ["value"], `${key} ${name}`);
            }
        }
    });

    it("never checks the system's namespaces, sorts the list and names each namespace once", () => {
        const namespace = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
        fc.assert(
            fc.property(
                fc.array(fc.oneof(namespace, fc.constantFrom(...alwaysExcludedNamespaces))),
                (excludedNamespaces) => {
                    for (const { parameters } of planAssignments("lz", { ...settings, excludedNamespaces })) {
                        const list = parameters["excludedNamespaces"]?.value as string[];
                        for (const wanted of [
                            "kube-system",
                            "gatekeeper-system",
                            "azure-arc",
                            ...excludedNamespaces,
                        ]) {
                            assert.ok(list.includes(wanted), wanted);
                        }
                        assert.deepEqual(list, [...new Set(list)].sort());
                    }
                },
            ),
        );
    });

    it("gives the same list for namespaces in another order", () => {
        assert.deepEqual(
            planAssignments("lz", { ...settings, excludedNamespaces: ["kured", "ingress"] }),
            planAssignments("lz", { ...settings, excludedNamespaces: ["ingress", "kured"] }),
        );
    });
});

describe("policyProblems", () => {
    it("accepts good settings", () => {
        assert.deepEqual(policyProblems("lz-prod-weu", settings), []);
        assert.deepEqual(policyProblems("lz-prod-weu", nothingOn), []);
    });

    it("accepts base names exactly as long as the longest assignment's name allows", () => {
        const longest = Math.max(...planAssignments("", settings).map(({ name }) => name.length));
        assert.deepEqual(policyProblems("a".repeat(64 - longest), settings), []);
        assert.equal(policyProblems("a".repeat(65 - longest), settings).length, 1);
    });
});

describe("budgetProblems", () => {
    const budget = {
        amountPerMonth: 100,
        startDate: "2026-10-01",
        contactEmails: ["owner@example.com"],
        actualThresholds: [80],
        forecastThresholds: [100],
    };

    it("accepts the first day of every month and no other day", () => {
        fc.assert(
            fc.property(
                fc.date({ min: new Date("2017-06-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
                (date) => {
                    const startDate = date.toISOString().slice(0, 10);
                    assert.equal(
                        budgetProblems({ ...budget, startDate }).length,
                        startDate.endsWith("-01") ? 0 : 1,
                        startDate,
                    );
                },
            ),
        );
        for (const startDate of [
            "2026-13-01",
            "2026-00-01",
            "2026-1-01",
            "01-10-2026",
            "2026-10-01T00:00:00Z",
            "",
        ]) {
            assert.equal(budgetProblems({ ...budget, startDate }).length, 1, startDate);
        }
    });

    it("gives every threshold a notification of its own", () => {
        const notifications = budgetNotifications({
            ...budget,
            actualThresholds: [50, 100],
            forecastThresholds: [100],
        });
        assert.deepEqual(
            Object.entries(notifications).map(([key, { thresholdType, threshold }]) => [
                key,
                thresholdType,
                threshold,
            ]),
            [
                ["actual-50-percent", "Actual", 50],
                ["actual-100-percent", "Actual", 100],
                ["forecast-100-percent", "Forecasted", 100],
            ],
        );
    });
});
