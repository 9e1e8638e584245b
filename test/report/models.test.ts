import * as assert from "node:assert/strict";
import { settingsSchema } from "../../config/schema";
import type { CostEstimate } from "../../plan/cost/estimate";
import type { Spread } from "../../plan/cost/lines";
import type { RuleResult } from "../../policy/evaluate";
import { datedEvents, maintenanceWindows } from "../../report/model/calendar";
import { statusCounts, statusOf, usedWaivers } from "../../report/model/controls";
import { componentCosts } from "../../report/model/costs";
import { poolTable } from "../../report/model/pools";
import { resourceTree } from "../../report/model/resourceTree";
import type { TreeNode } from "../../report/model/resourceTree";
import { settingSections } from "../../report/model/settings";
import { tenantRows } from "../../report/model/tenants";
import { planView } from "../../report/planView";
import { types } from "../../stack/resourceTypes";
import { StackView } from "../../stack/stackView";
import { oddSettings, planOf, planWith } from "./plans";

describe("models of the report", function () {
    this.timeout(120_000);

    describe("settings", () => {
        it("are those of the stack file and nothing that is worked out from them", async () => {
            const known = Object.keys(settingsSchema.shape);
            const { settings } = await planOf("dev");
            assert.deepEqual(
                Object.keys(settings).filter((key) => !known.includes(key)),
                [],
            );
            assert.ok("tenants" in settings);
        });

        it("stand side by side, defaults included, placeholders as written", async () => {
            const rows = settingSections([await planOf("dev"), await planOf("prod")]).flatMap(
                (section) => section.rows,
            );
            const row = (path: string) => rows.find((candidate) => candidate.path === path);
            assert.deepEqual(row("cluster.tier"), {
                path: "cluster.tier",
                values: ["Free", "Standard"],
                differs: true,
            });
            assert.deepEqual(row("location")?.differs, false);
            assert.deepEqual(row("nodePools.spot.minCount")?.values, ["0", undefined]);
            assert.deepEqual(row("monitoring.alertEmails")?.values, [
                "<mailbox of the platform team>",
                "<mailbox of the engineer on call>",
            ]);
            assert.deepEqual(row("cluster.apiServer.authorizedIpRanges")?.values[1], "none");
            assert.deepEqual(row("tenants.teams.analytics.network.egressCidrs[0].ports")?.values, [
                "5432",
                "5432",
            ]);
            assert.equal(new Set(rows.map(({ path }) => path)).size, rows.length);
        });

        it("are called as the configuration calls them, names with dots and spaces too", async () => {
            const plan = await planOf("dev");
            const path = 'tags["cost center"]';
            const [section] = settingSections([
                {
                    ...plan,
                    settings: { tags: { "cost center": "stand-in" } },
                    unset: [{ path, placeholder: "<cost center>", standIn: "stand-in", find: "" }],
                },
            ]);
            assert.deepEqual(section, {
                title: "tags",
                rows: [{ path, values: ["<cost center>"], differs: false }],
            });
        });

        it("keep the order of the stack file where only one stack has a setting", async () => {
            const rows = settingSections([await planOf("dev"), await planOf("prod")]).flatMap(
                (section) => section.rows,
            );
            const paths = rows.map(({ path }) => path);
            const at = (path: string) => paths.indexOf(path);
            assert.ok(at("nodePools.spot.vmSize") > at("nodePools.apps.vmSize"));
            assert.ok(at("network.egress.natGatewayPublicIpCount") > at("network.egress.type"));
            assert.ok(at("network.egress.natGatewayPublicIpCount") < at("cluster.tier"));
        });
    });

    it("lists tenants with quota, level, way out, people and workloads", async () => {
        const plan = await planOf("prod");
        const rows = tenantRows(planView(plan), plan.access);
        assert.deepEqual(
            rows.map(({ namespace }) => namespace),
            ["analytics-prod", "payments-prod", "storefront-prod"],
        );
        const [analytics, payments] = rows;
        assert.deepEqual(analytics?.egress, ["10.200.4.0/24 port 5432"]);
        assert.deepEqual(analytics.people, [
            {
                who: "group analytics-developers",
                may: ["view (Kubernetes)", "Azure Kubernetes Service RBAC Reader"],
            },
        ]);
        assert.deepEqual(Object.fromEntries(payments?.quota ?? [])["requests.cpu"], "16");
        assert.equal(payments?.quota.length, 9, "the quota of priority classes bounds nothing else");
        assert.equal(payments.podSecurity, "restricted");
        assert.deepEqual(payments.containerDefaults, [
            ["cpu", "100m", "500m"],
            ["memory", "128Mi", "512Mi"],
        ]);
        assert.deepEqual(
            payments.workloads.map(({ who }) => who),
            ["payments-api"],
        );
        assert.match(
            payments.workloads[0]?.may.join() ?? "",
            /^Key Vault Secrets User on vault kv-lz-prod-weu/,
        );
    });

    it("lists no tenant where there is none", async () => {
        const plan = await planWith("no-tenants", oddSettings["no-tenants"] ?? {});
        assert.deepEqual(tenantRows(planView(plan), plan.access), []);
    });

    it("says of each pool in which zones it is", async () => {
        const { pools, zones } = poolTable(planView(await planOf("dev")));
        assert.deepEqual(zones, ["1", "2", "3"]);
        assert.deepEqual(
            pools.map(({ name, nodes, spot }) => [name.replace(/[0-9a-f]{4}$/, ""), nodes, spot]),
            [
                ["system", "2 to 3 nodes", false],
                ["apps", "2 to 6 nodes", false],
                ["spot", "0 to 5 nodes", true],
            ],
        );
    });

    describe("calendar", () => {
        it("has AKS's windows and kured's", async () => {
            const windows = maintenanceWindows(planView(await planOf("prod")));
            assert.deepEqual(
                windows.map(({ title, when, zone, bars }) => ({ title, when, zone, bars })),
                [
                    {
                        title: "Kubernetes upgrades",
                        when: "every 2 weeks on Sunday, 02:00 to 08:00",
                        zone: "UTC+00:00",
                        bars: [{ start: 6 * 1440 + 120, end: 6 * 1440 + 480 }],
                    },
                    {
                        title: "Node images and patches",
                        when: "every Sunday, 09:00 to 13:00",
                        zone: "UTC+00:00",
                        bars: [{ start: 6 * 1440 + 540, end: 6 * 1440 + 780 }],
                    },
                    {
                        title: "Reboots by kured",
                        when: "Tuesday, Wednesday, Thursday, 01:00 to 05:00",
                        zone: "Europe/Amsterdam",
                        bars: [1, 2, 3].map((day) => ({ start: day * 1440 + 60, end: day * 1440 + 300 })),
                    },
                ],
            );
            assert.match(
                windows[1]?.note ?? "",
                /^Nothing happens in it: the node OS channel is "Unmanaged"/,
            );
        });

        it("goes on at the start of the week where a window goes over its end", async () => {
            const plan = await planWith("late", {
                "cluster.upgrades.clusterWindow": {
                    dayOfWeek: "Sunday",
                    startTime: "22:00",
                    durationInHours: 5,
                },
            });
            const [window] = maintenanceWindows(planView(plan));
            assert.deepEqual(window?.bars, [
                { start: 6 * 1440 + 1320, end: 7 * 1440 },
                { start: 0, end: 180 },
            ]);
            assert.equal(window.when, "every Sunday, 22:00 to 03:00");
        });

        it("reads kured's days and times where they are not written as by the settings", async () => {
            const releases = planView(await planOf("prod")).ofType(types.helmRelease);
            const kured = releases.find(({ name }) => name.includes("kured"));
            assert.ok(kured);
            const configuration = {
                rebootDays: ["Sunday", "tue", "mo", "never"],
                startTime: "9:00",
                endTime: "21:30:00",
            };
            const inputs = { ...kured.inputs, values: { configuration } };
            const [window] = maintenanceWindows(new StackView([{ ...kured, inputs }]));
            assert.equal(window?.when, "Monday, Tuesday, Sunday, 09:00 to 21:30");
            assert.deepEqual(
                window.bars,
                [0, 1, 6].map((day) => ({ start: day * 1440 + 540, end: day * 1440 + 1290 })),
            );
        });

        it("has the days on which waivers and support end, and budgets begin", async () => {
            const plan = await planOf("prod");
            const events = datedEvents(planView(plan), plan.checks);
            assert.deepEqual(events.slice(0, 1), [
                { date: "2026-12-01", what: "Budget bgt-lz-prod-weu begins" },
            ]);
            assert.ok(
                events.some(
                    ({ date, what }) => date === "2027-06" && what === "Support of Kubernetes 1.36 ends",
                ),
            );
            assert.deepEqual(
                events.map(({ date }) => date),
                events.map(({ date }) => date).sort(),
            );
        });
    });

    describe("controls", () => {
        const rule = (changes: Partial<RuleResult>): RuleResult => ({
            id: "a",
            topic: "t",
            title: "A",
            severity: "error",
            holds: true,
            why: "",
            mend: "",
            sources: [],
            findings: [],
            waived: [],
            ...changes,
        });
        const waived = [{ resource: "x", message: "m", reason: "r", owner: "o", expires: "2027-01-01" }];

        it("have a status, of which a standing finding is the first", () => {
            assert.equal(statusOf(rule({})), "holds");
            assert.equal(statusOf(rule({ waived })), "waived");
            assert.equal(statusOf(rule({ waived, holds: false })), "error");
            assert.equal(statusOf(rule({ holds: false, severity: "warning" })), "warning");
            assert.equal(statusOf(rule({ holds: false, severity: "info" })), "note");
        });

        it("are counted once each", async () => {
            const { checks } = await planOf("dev");
            const sum = Object.values(statusCounts(checks)).reduce((total, count) => total + count, 0);
            assert.equal(sum, checks.length);
        });

        it("have their waivers with all places, the first to end first", () => {
            const later = [
                {
                    ...waived[0],
                    resource: undefined,
                    message: "m",
                    reason: "s",
                    owner: "o",
                    expires: "2028-01-01",
                },
            ];
            const used = usedWaivers([
                rule({ id: "b", waived: later }),
                rule({
                    waived: [
                        ...waived,
                        {
                            ...waived[0],
                            resource: "y",
                            message: "m",
                            reason: "r",
                            owner: "o",
                            expires: "2027-01-01",
                        },
                    ],
                }),
            ]);
            assert.deepEqual(
                used.map(({ rule: { id }, places, expires }) => [id, places, expires]),
                [
                    ["a", ["x", "y"], "2027-01-01"],
                    ["b", ["the stack"], "2028-01-01"],
                ],
            );
        });
    });

    describe("costs", () => {
        const line = (component: string, monthly?: Spread) => ({
            component,
            resource: "r",
            item: "i",
            region: "westeurope",
            basis: monthly ? "fixed" : "unknown",
            note: "",
            ...(monthly ? { monthly } : {}),
        });
        const costs = (...lines: object[]) => componentCosts({ lines } as CostEstimate);

        it("are summed by component, the dearest first; an unknown price is no zero", () => {
            assert.deepEqual(
                costs(
                    line("small", { minimum: 1, expected: 1, maximum: 1 }),
                    line("open"),
                    line("large", { minimum: 2.1, expected: 3.1, maximum: 5 }),
                    line("large", { minimum: 0.2, expected: 0.2, maximum: 1 }),
                    line("large"),
                ).map(({ component, monthly, unknown }) => [component, monthly, unknown]),
                [
                    ["large", { minimum: 2.3, expected: 3.3, maximum: 6 }, 1],
                    ["small", { minimum: 1, expected: 1, maximum: 1 }, 0],
                    ["open", undefined, 1],
                ],
            );
        });

        it("add up to the sum of the estimate", async () => {
            const { cost } = await planOf("prod");
            const sum = componentCosts(cost).reduce(
                (total, { monthly }) => total + (monthly?.maximum ?? 0),
                0,
            );
            assert.equal(sum.toFixed(2), cost.monthly.maximum.toFixed(2));
        });
    });

    it("has every component and resource in the tree, once", async () => {
        const plan = await planOf("dev");
        const names = (node: TreeNode): string[] => [node.name, ...node.children.flatMap(names)];
        const inTree = resourceTree(planView(plan)).flatMap(names);
        const declared = plan.resources.filter(({ parent }) => parent !== undefined).map(({ name }) => name);
        assert.deepEqual(inTree.sort(), declared.sort());
    });
});
