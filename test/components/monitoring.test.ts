import * as assert from "node:assert/strict";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { Monitoring } from "../../components/monitoring";
import type { GrafanaArgs, MonitoringArgs } from "../../components/monitoring";
import { PrincipalType } from "../../components/shared";
import { created, deploy, failureOf, testEnvironment } from "../support/harness";
import type { Deployment } from "../support/harness";

const { subscriptionId } = testEnvironment;
const subscription = `/subscriptions/${subscriptionId}`;
const group = `${subscription}/resourceGroups/rg-test`;
const workspaceId = `${group}/providers/Microsoft.OperationalInsights/workspaces/log-lz-test`;
const metricsId = `${group}/providers/Microsoft.Monitor/accounts/amw-lz-test`;
const actionGroupId = `${group}/providers/Microsoft.Insights/actionGroups/ag-lz-test`;
const grafanaId = `${group}/providers/Microsoft.Dashboard/grafana/amg-test`;
const roles = `${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
const tags = { environment: "test" };

const baseline: MonitoringArgs = {
    resourceGroupName: "rg-test",
    location: "westeurope",
    baseName: "lz-test",
    subscriptionId,
    alertEmails: ["ops@example.com"],
    tags,
};

const grafanaSettings: GrafanaArgs = {
    name: "amg-test",
    adminGroups: [{ key: "platform", objectId: "44444444-4444-4444-8444-444444444444" }],
};

function monitoring(change: Partial<MonitoringArgs> = {}, opts?: pulumi.ComponentResourceOptions) {
    const made = new Monitoring("monitoring", { ...baseline, ...change }, opts);
    return {
        logAnalyticsWorkspaceId: made.logAnalyticsWorkspaceId,
        actionGroupId: made.actionGroupId,
        ...(made.azureMonitorWorkspaceId && { azureMonitorWorkspaceId: made.azureMonitorWorkspaceId }),
        ...(made.prometheusQueryEndpoint && { prometheusQueryEndpoint: made.prometheusQueryEndpoint }),
        ...(made.grafanaId && { grafanaId: made.grafanaId }),
        ...(made.grafanaEndpoint && { grafanaEndpoint: made.grafanaEndpoint }),
    };
}

function withGrafana(change: Partial<GrafanaArgs> = {}, args: Partial<MonitoringArgs> = {}) {
    return monitoring({ ...args, grafana: { ...grafanaSettings, ...change } });
}

const createdByDefault = [
    "aks-landing-zone:index:Monitoring monitoring",
    "azure-native:monitor:ActionGroup monitoring-action-group",
    "azure-native:monitor:ActivityLogAlert monitoring-deletions",
    "azure-native:monitor:ActivityLogAlert monitoring-resource-health",
    "azure-native:monitor:ActivityLogAlert monitoring-service-health",
    "azure-native:monitor:AzureMonitorWorkspace monitoring-metrics",
    "azure-native:operationalinsights:Workspace monitoring-logs",
    "azure-native:resources:Deployment monitoring-basic-plan-tables",
];

describe("Monitoring", () => {
    it("creates the same resources in a preview as in an update", async () => {
        assert.deepEqual(created(await deploy(() => monitoring())), createdByDefault);
        assert.deepEqual(created(await deploy(() => monitoring(), { preview: true })), createdByDefault);
    });

    it("gives out the ids and addresses that the other components need", async () => {
        const { outputs } = await deploy(() => monitoring());
        assert.equal(outputs["logAnalyticsWorkspaceId"], workspaceId);
        assert.equal(outputs["azureMonitorWorkspaceId"], metricsId);
        assert.match(
            String(outputs["prometheusQueryEndpoint"]),
            /^https:\/\/amw-lz-test-[0-9a-f]{4}\.westeurope\.prometheus\.monitor\.azure\.com$/,
        );
        assert.equal(outputs["actionGroupId"], actionGroupId);
        assert.equal(outputs["grafanaId"], undefined);
        assert.equal(outputs["grafanaEndpoint"], undefined);
    });

    it("is the parent of everything, protects what holds data and tags everything", async () => {
        const deployment = await deploy(() =>
            monitoring({ logAnalytics: { dailyQuotaInGb: 5 } }, { protect: true }),
        );
        const children = deployment.resources.filter(({ custom }) => custom);
        assert.equal(children.length, 8);
        for (const child of children) {
            assert.equal(deployment.parentName(child), "monitoring", child.name);
            assert.deepEqual(child.inputs["tags"], tags, child.name);
        }
        assert.deepEqual(deployment.protectedNames(), ["monitoring-logs", "monitoring-metrics"]);
    });

    describe("Log Analytics", () => {
        const workspace = async (change: Partial<MonitoringArgs>) =>
            (await deploy(() => monitoring(change))).one("azure-native:operationalinsights:Workspace").inputs;

        it("keeps logs for 30 days, without keys and without a cap", async () => {
            assert.deepEqual(await workspace({}), {
                resourceGroupName: "rg-test",
                location: "westeurope",
                workspaceName: "log-lz-test",
                sku: { name: "PerGB2018" },
                retentionInDays: 30,
                workspaceCapping: { dailyQuotaGb: -1 },
                features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
                publicNetworkAccessForIngestion: "Enabled",
                publicNetworkAccessForQuery: "Enabled",
                tags,
            });
        });

        it("takes retention and daily cap", async () => {
            const inputs = await workspace({ logAnalytics: { retentionInDays: 90, dailyQuotaInGb: 0.5 } });
            assert.equal(inputs["retentionInDays"], 90);
            assert.deepEqual(inputs["workspaceCapping"], { dailyQuotaGb: 0.5 });
        });

        it("refuses the public network when only private links may be used", async () => {
            const deployment = await deploy(() => monitoring({ privateLinkOnly: true }));
            const { inputs } = deployment.one("azure-native:operationalinsights:Workspace");
            assert.equal(inputs["publicNetworkAccessForIngestion"], "Disabled");
            assert.equal(inputs["publicNetworkAccessForQuery"], "Disabled");
            const metrics = deployment.one("azure-native:monitor:AzureMonitorWorkspace");
            assert.equal(metrics.inputs["publicNetworkAccess"], "Disabled");
        });

        it("puts the voluminous tables on the Basic plan for as long as the workspace keeps logs", async () => {
            const deployment = await deploy(() => monitoring({ logAnalytics: { retentionInDays: 90 } }));
            const table = (name: string) => ({
                type: "Microsoft.OperationalInsights/workspaces/tables",
                apiVersion: "2023-09-01",
                name: `log-lz-test/${name}`,
                properties: { plan: "Basic", totalRetentionInDays: 90 },
            });
            assert.deepEqual(deployment.one("azure-native:resources:Deployment").inputs, {
                resourceGroupName: "rg-test",
                deploymentName: "lz-test-basic-plan-tables",
                properties: {
                    mode: "Incremental",
                    template: {
                        $schema:
                            "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                        contentVersion: "1.0.0.0",
                        resources: [
                            table("AKSAudit"),
                            table("AKSAuditAdmin"),
                            table("AKSControlPlane"),
                            table("ContainerLogV2"),
                        ],
                    },
                },
                tags,
            });
        });

        it("writes no table when none is to be on the Basic plan", async () => {
            const deployment = await deploy(() => monitoring({ logAnalytics: { basicPlanTables: [] } }));
            assert.deepEqual(deployment.ofType("azure-native:resources:Deployment"), []);
        });

        it("tells when the daily cap is reached, if there is one", async () => {
            const without = await deploy(() => monitoring());
            assert.deepEqual(without.ofType("azure-native:monitor:ScheduledQueryRule"), []);
            const deployment = await deploy(() => monitoring({ logAnalytics: { dailyQuotaInGb: 5 } }));
            const { inputs } = deployment.one(
                "azure-native:monitor:ScheduledQueryRule",
                "monitoring-daily-quota-reached",
            );
            assert.deepEqual(inputs["scopes"], [workspaceId]);
            assert.deepEqual(inputs["actions"], { actionGroups: [actionGroupId] });
            assert.deepEqual(inputs["criteria"], {
                allOf: [
                    {
                        query: '_LogOperation | where Category =~ "Ingestion" | where Detail contains "OverQuota"',
                        timeAggregation: "Count",
                        operator: "GreaterThan",
                        threshold: 0,
                        failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
                    },
                ],
            });
            assert.equal(inputs["enabled"], true);
        });
    });

    describe("Prometheus", () => {
        it("has an Azure Monitor workspace", async () => {
            const deployment = await deploy(() => monitoring());
            assert.deepEqual(deployment.one("azure-native:monitor:AzureMonitorWorkspace").inputs, {
                resourceGroupName: "rg-test",
                location: "westeurope",
                azureMonitorWorkspaceName: "amw-lz-test",
                publicNetworkAccess: "Enabled",
                tags,
            });
        });

        it("can be left out", async () => {
            const deployment = await deploy(() => withGrafana({}, { prometheus: false }));
            assert.deepEqual(deployment.ofType("azure-native:monitor:AzureMonitorWorkspace"), []);
            assert.equal(deployment.outputs["azureMonitorWorkspaceId"], undefined);
            assert.equal(deployment.outputs["prometheusQueryEndpoint"], undefined);
            const { inputs } = deployment.one("azure-native:dashboard:Grafana");
            assert.deepEqual((inputs["properties"] as Record<string, unknown>)["grafanaIntegrations"], {
                azureMonitorWorkspaceIntegrations: [],
            });
            assert.deepEqual(
                deployment
                    .ofType("azure-native:authorization:RoleAssignment")
                    .filter(({ name }) => name.includes("monitoringDataReader")),
                [],
            );
        });
    });

    describe("alerts", () => {
        it("reach every address by mail", async () => {
            const deployment = await deploy(() =>
                monitoring({ alertEmails: ["ops@example.com", "lead@example.com"] }),
            );
            assert.deepEqual(deployment.one("azure-native:monitor:ActionGroup").inputs, {
                resourceGroupName: "rg-test",
                location: "Global",
                actionGroupName: "ag-lz-test",
                groupShortName: "lz-test",
                enabled: true,
                emailReceivers: [
                    { name: "ops@example.com", emailAddress: "ops@example.com", useCommonAlertSchema: true },
                    {
                        name: "lead@example.com",
                        emailAddress: "lead@example.com",
                        useCommonAlertSchema: true,
                    },
                ],
                tags,
            });
        });

        it("keep the action group's short name within Azure's 12 characters", async () => {
            const deployment = await deploy(() => monitoring({ baseName: "landingzone-prod-weu" }));
            assert.equal(
                deployment.one("azure-native:monitor:ActionGroup").inputs["groupShortName"],
                "landingzone-",
            );
        });

        const alert = async (key: string, change: Partial<MonitoringArgs> = {}) =>
            (await deploy(() => monitoring(change))).one(
                "azure-native:monitor:ActivityLogAlert",
                `monitoring-${key}`,
            ).inputs;

        it("tell of the health of Azure's services", async () => {
            const inputs = await alert("service-health");
            assert.deepEqual(inputs["condition"], {
                allOf: [
                    { field: "category", equals: "ServiceHealth" },
                    {
                        anyOf: [
                            { field: "properties.incidentType", equals: "Incident" },
                            { field: "properties.incidentType", equals: "Maintenance" },
                            { field: "properties.incidentType", equals: "Security" },
                            { field: "properties.incidentType", equals: "ActionRequired" },
                        ],
                    },
                ],
            });
            assert.deepEqual(inputs["actions"], { actionGroups: [{ actionGroupId }] });
            assert.deepEqual(inputs["scopes"], [subscription]);
            assert.equal(inputs["enabled"], true);
            assert.equal(inputs["location"], "Global");
        });

        it("tell of resources that fail", async () => {
            const inputs = await alert("resource-health");
            assert.deepEqual(inputs["condition"], {
                allOf: [
                    { field: "category", equals: "ResourceHealth" },
                    {
                        anyOf: [
                            { field: "properties.currentHealthStatus", equals: "Degraded" },
                            { field: "properties.currentHealthStatus", equals: "Unavailable" },
                        ],
                    },
                    { field: "properties.cause", equals: "PlatformInitiated" },
                ],
            });
            assert.deepEqual(inputs["actions"], { actionGroups: [{ actionGroupId }] });
        });

        it("tell of deletions of the cluster and what it depends on", async () => {
            const inputs = await alert("deletions");
            assert.deepEqual(inputs["condition"], {
                allOf: [
                    { field: "category", equals: "Administrative" },
                    {
                        anyOf: [
                            {
                                field: "operationName",
                                equals: "Microsoft.ContainerService/managedClusters/delete",
                            },
                            { field: "operationName", equals: "Microsoft.KeyVault/vaults/delete" },
                            {
                                field: "operationName",
                                equals: "Microsoft.ContainerRegistry/registries/delete",
                            },
                            { field: "operationName", equals: "Microsoft.Authorization/locks/delete" },
                        ],
                    },
                ],
            });
            assert.deepEqual(inputs["actions"], { actionGroups: [{ actionGroupId }] });
        });

        it("watch the given scopes, but Azure's services for the whole subscription", async () => {
            const change = { activityAlertScopes: [group] };
            assert.deepEqual((await alert("resource-health", change))["scopes"], [group]);
            assert.deepEqual((await alert("deletions", change))["scopes"], [group]);
            assert.deepEqual((await alert("service-health", change))["scopes"], [subscription]);
        });
    });

    describe("Grafana", () => {
        const workspace = async (change: Partial<GrafanaArgs> = {}) =>
            (await deploy(() => withGrafana(change))).one("azure-native:dashboard:Grafana").inputs;
        const properties = async (change: Partial<GrafanaArgs> = {}) =>
            (await workspace(change))["properties"] as Record<string, unknown>;

        it("is created on demand only, the same in a preview as in an update", async () => {
            const expected = [
                ...createdByDefault,
                "aks-landing-zone:index:Grafana monitoring-grafana",
                "azure-native:authorization:RoleAssignment monitoring-grafana-grafanaAdmin-platform",
                "azure-native:authorization:RoleAssignment monitoring-grafana-monitoringDataReader-prometheus",
                "azure-native:authorization:RoleAssignment monitoring-grafana-monitoringReader-own-group",
                "azure-native:dashboard:Grafana monitoring-grafana-workspace",
            ].sort();
            assert.deepEqual(created(await deploy(() => withGrafana())), expected);
            assert.deepEqual(created(await deploy(() => withGrafana(), { preview: true })), expected);
        });

        it("runs version 12 without a public address, API keys or published snapshots", async () => {
            assert.deepEqual(await workspace(), {
                resourceGroupName: "rg-test",
                location: "westeurope",
                workspaceName: "amg-test",
                sku: { name: "Standard" },
                identity: { type: "SystemAssigned" },
                properties: {
                    grafanaMajorVersion: "12",
                    apiKey: "Disabled",
                    deterministicOutboundIP: "Disabled",
                    publicNetworkAccess: "Disabled",
                    zoneRedundancy: "Disabled",
                    grafanaConfigurations: {
                        snapshots: { externalEnabled: false },
                        users: { viewersCanEdit: false },
                    },
                    grafanaIntegrations: {
                        azureMonitorWorkspaceIntegrations: [{ azureMonitorWorkspaceResourceId: metricsId }],
                    },
                },
                tags,
            });
        });

        it("opens to the Internet and spreads over zones on demand", async () => {
            const inputs = await properties({ publicNetworkAccess: true, zoneRedundant: true });
            assert.equal(inputs["publicNetworkAccess"], "Enabled");
            assert.equal(inputs["zoneRedundancy"], "Enabled");
        });

        it("gets a name of its own in all of Azure when none is given", async () => {
            const inputs = await workspace({ name: undefined });
            assert.match(String(inputs["workspaceName"]), /^amg-lz-test-[0-9a-f]{5}$/);
        });

        it("gives out its id when it may read what it shows", async () => {
            const deployment = await deploy(() => {
                const made = withGrafana({}, { prometheus: true });
                new ResourceGroup("dashboards", { resourceGroupName: made.grafanaId });
            });
            assert.deepEqual(
                deployment
                    .dependencyNames(deployment.one("azure-native:resources:ResourceGroup"))
                    .filter((name) => name.includes("Reader")),
                [
                    "monitoring-grafana-monitoringDataReader-prometheus",
                    "monitoring-grafana-monitoringReader-own-group",
                ],
            );
        });

        it("gives out its id and address", async () => {
            const { outputs } = await deploy(() => withGrafana());
            assert.equal(outputs["grafanaId"], grafanaId);
            assert.match(
                String(outputs["grafanaEndpoint"]),
                /^https:\/\/amg-test-[0-9a-f]{4}\.westeurope\.grafana\.azure\.com$/,
            );
        });

        const assignments = (deployment: Deployment) =>
            Object.fromEntries(
                deployment
                    .ofType("azure-native:authorization:RoleAssignment")
                    .map(({ name, inputs }) => [name, inputs] as const),
            );

        it("reads metrics and its resource group, and lets the administrators in", async () => {
            const deployment = await deploy(() => withGrafana());
            const { principalId } = deployment.one("azure-native:dashboard:Grafana").state["identity"] as {
                principalId: string;
            };
            assert.deepEqual(assignments(deployment), {
                "monitoring-grafana-monitoringReader-own-group": {
                    scope: group,
                    principalId,
                    principalType: PrincipalType.ServicePrincipal,
                    roleDefinitionId: `${roles}/43d0d8ad-25c7-4714-9337-8ba259a9fe05`,
                },
                "monitoring-grafana-monitoringDataReader-prometheus": {
                    scope: metricsId,
                    principalId,
                    principalType: PrincipalType.ServicePrincipal,
                    roleDefinitionId: `${roles}/b0d8363b-8ddd-447d-831f-62ca05bff136`,
                },
                "monitoring-grafana-grafanaAdmin-platform": {
                    scope: grafanaId,
                    principalId: "44444444-4444-4444-8444-444444444444",
                    principalType: PrincipalType.Group,
                    roleDefinitionId: `${roles}/22926164-76b3-42b3-bc55-97df8dab3e41`,
                },
            });
        });

        it("lets viewers in and reads other scopes on demand", async () => {
            const other = `${subscription}/resourceGroups/rg-cluster`;
            const deployment = await deploy(() =>
                withGrafana({
                    viewerGroups: [{ key: "developers", objectId: "55555555-5555-4555-8555-555555555555" }],
                    readScopes: [{ key: "cluster", scopeId: other }],
                }),
            );
            const type = "azure-native:authorization:RoleAssignment";
            assert.equal(
                deployment.one(type, "monitoring-grafana-monitoringReader-cluster").inputs["scope"],
                other,
            );
            assert.equal(
                deployment.ofType(type).filter(({ name }) => name.includes("monitoringReader")).length,
                1,
            );
            assert.deepEqual(deployment.one(type, "monitoring-grafana-grafanaViewer-developers").inputs, {
                scope: grafanaId,
                principalId: "55555555-5555-4555-8555-555555555555",
                principalType: PrincipalType.Group,
                roleDefinitionId: `${roles}/60921a7e-fef1-4a43-9b16-a26c52ad4769`,
            });
        });

        it("retries its role assignments and replaces them when the role changes", async () => {
            const deployment = await deploy(() => withGrafana());
            for (const { name, options } of deployment.ofType("azure-native:authorization:RoleAssignment")) {
                assert.deepEqual(options.errorHooks, ["retry-while-azure-settles"], name);
                assert.deepEqual(options.replaceOnChanges, ["roleDefinitionId"], name);
            }
        });

        it("gets a private endpoint on demand", async () => {
            const none = await deploy(() => withGrafana());
            assert.deepEqual(none.ofType("azure-native:network:PrivateEndpoint"), []);
            const deployment = await deploy(() =>
                withGrafana({ privateEndpoint: { subnetId: "/subnet", privateDnsZoneId: "/zone" } }),
            );
            const endpoint = deployment.one("azure-native:network:PrivateEndpoint");
            assert.equal((endpoint.inputs["subnet"] as { id: string }).id, "/subnet");
            assert.deepEqual(endpoint.inputs["privateLinkServiceConnections"], [
                { name: "grafana", privateLinkServiceId: grafanaId, groupIds: ["grafana"] },
            ]);
            assert.deepEqual(endpoint.inputs["tags"], tags);
            const dns = deployment.one("azure-native:network:PrivateDnsZoneGroup");
            assert.deepEqual(dns.inputs["privateDnsZoneConfigs"], [
                { name: "grafana", privateDnsZoneId: "/zone" },
            ]);
        });
    });

    const refused: [string, Partial<MonitoringArgs>, string[]][] = [
        [
            "no address",
            { alertEmails: [] },
            ["`alertEmails` is empty: alerts would reach nobody. Give at least one e-mail address."],
        ],
        [
            "what is no address",
            { alertEmails: ["ops"] },
            ['`alertEmails` has "ops", which is no e-mail address. Write it like name@example.com.'],
        ],
        [
            "an address twice",
            { alertEmails: ["ops@example.com", "Ops@example.com"] },
            ['`alertEmails` has "ops@example.com" twice. Remove one of them.'],
        ],
        [
            "an empty list of scopes",
            { activityAlertScopes: [] },
            [
                "`activityAlertScopes` is empty: no event would match. Give at least one id, or leave it out for the whole subscription.",
            ],
        ],
        [
            "a retention that Azure does not offer",
            { logAnalytics: { retentionInDays: 7 } },
            [
                "`logAnalytics.retentionInDays` is 7, Azure allows whole days from 30 to 730. Use 30, which the price of ingestion includes.",
            ],
        ],
        [
            "a daily cap of nothing",
            { logAnalytics: { dailyQuotaInGb: 0 } },
            ["`logAnalytics.dailyQuotaInGb` is 0, Azure allows 0.023 and more. Leave it out for no cap."],
        ],
        [
            "bad and repeated tables",
            { logAnalytics: { basicPlanTables: ["AKS Audit", "AKSAudit", "AKSAudit"] } },
            [
                '`logAnalytics.basicPlanTables` has "AKS Audit", which is no table name. Use letters, digits and underscores, starting with a letter.',
                '`logAnalytics.basicPlanTables` has "AKSAudit" twice. Remove one of them.',
            ],
        ],
        [
            "a Grafana without administrators",
            { grafana: { adminGroups: [] } },
            [
                "`grafana.adminGroups` is empty: nobody could administer Grafana, not even who deploys it. Give at least one group.",
            ],
        ],
        [
            "a name that Azure refuses, and repeated keys",
            {
                grafana: {
                    name: "amg-landing-zone-production",
                    adminGroups: [
                        { key: "platform", objectId: "a" },
                        { key: "platform", objectId: "b" },
                    ],
                    viewerGroups: [
                        { key: "developers", objectId: "a" },
                        { key: "developers", objectId: "b" },
                    ],
                    readScopes: [
                        { key: "cluster", scopeId: "a" },
                        { key: "cluster", scopeId: "b" },
                    ],
                },
            },
            [
                '`grafana.name` is "amg-landing-zone-production": it has 27 characters, Azure allows 23. Choose another name.',
                '`grafana.adminGroups` has the key "platform" twice. Give each its own key.',
                '`grafana.viewerGroups` has the key "developers" twice. Give each its own key.',
                '`grafana.readScopes` has the key "cluster" twice. Give each its own key.',
            ],
        ],
        [
            "several faults at once",
            { alertEmails: [], logAnalytics: { retentionInDays: 731 } },
            [
                "`alertEmails` is empty: alerts would reach nobody. Give at least one e-mail address.",
                "`logAnalytics.retentionInDays` is 731, Azure allows whole days from 30 to 730. Use 30, which the price of ingestion includes.",
            ],
        ],
    ];
    for (const [what, change, messages] of refused) {
        it(`refuses ${what}`, async () => {
            assert.equal(await failureOf(() => monitoring(change)), messages.join("\n"));
        });
    }
});
