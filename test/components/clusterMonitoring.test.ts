import * as assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ClusterMonitoring, NamespaceFilteringMode } from "../../components/clusterMonitoring";
import type { ClusterMonitoringArgs } from "../../components/clusterMonitoring";
import { alertRuleGroups } from "../../components/internal/prometheusAlertRules";
import { recordingRuleGroups } from "../../components/internal/prometheusRecordingRules";
import { created, deploy, failureOf, testEnvironment } from "../support/harness";

const group = `/subscriptions/${testEnvironment.subscriptionId}/resourceGroups/rg-test`;
const clusterId = `${group}/providers/Microsoft.ContainerService/managedClusters/aks-test`;
const workspaceId = `${group}/providers/Microsoft.OperationalInsights/workspaces/log-test`;
const metricsId = `${group}/providers/Microsoft.Monitor/accounts/amw-test`;
const actionGroupId = `${group}/providers/Microsoft.Insights/actionGroups/ag-test`;
const endpointId = `${group}/providers/Microsoft.Insights/dataCollectionEndpoints/MSProm-westeurope-aks-test`;
const metricsRuleId = `${group}/providers/Microsoft.Insights/dataCollectionRules/MSProm-westeurope-aks-test`;
const insightsRuleId = `${group}/providers/Microsoft.Insights/dataCollectionRules/MSCI-westeurope-aks-test`;
const tags = { environment: "test" };

const baseline: ClusterMonitoringArgs = {
    resourceGroupName: "rg-test",
    location: "westeurope",
    clusterName: "aks-test",
    clusterId,
    logAnalyticsWorkspaceId: workspaceId,
    azureMonitorWorkspaceId: metricsId,
    actionGroupId,
    containerInsights: {},
    tags,
};

function watch(change: Partial<ClusterMonitoringArgs> = {}, opts?: pulumi.ComponentResourceOptions) {
    const { dataCollectionEndpointId, prometheusRuleId, containerInsightsRuleId } = new ClusterMonitoring(
        "watch",
        { ...baseline, ...change },
        opts,
    );
    return {
        ...(dataCollectionEndpointId && { dataCollectionEndpointId }),
        ...(prometheusRuleId && { prometheusRuleId }),
        ...(containerInsightsRuleId && { containerInsightsRuleId }),
    };
}

const always = [
    "aks-landing-zone:index:ClusterMonitoring watch",
    "azure-native:monitor:DiagnosticSetting watch-control-plane-logs",
    "azure-native:monitor:MetricAlert watch-api-server-cpu",
    "azure-native:monitor:MetricAlert watch-api-server-memory",
    "azure-native:monitor:MetricAlert watch-etcd-size",
    "azure-native:monitor:MetricAlert watch-node-cpu",
    "azure-native:monitor:MetricAlert watch-node-disk",
    "azure-native:monitor:MetricAlert watch-node-memory",
    "azure-native:monitor:MetricAlert watch-unschedulable-pods",
];
const forPrometheus = [
    "azure-native:alertsmanagement:PrometheusRuleGroup watch-cluster-alerts",
    "azure-native:alertsmanagement:PrometheusRuleGroup watch-kubernetes-recording-rules",
    "azure-native:alertsmanagement:PrometheusRuleGroup watch-node-alerts",
    "azure-native:alertsmanagement:PrometheusRuleGroup watch-node-recording-rules",
    "azure-native:alertsmanagement:PrometheusRuleGroup watch-pod-alerts",
    "azure-native:alertsmanagement:PrometheusRuleGroup watch-ux-recording-rules",
    "azure-native:monitor:DataCollectionEndpoint watch-prometheus-endpoint",
    "azure-native:monitor:DataCollectionRule watch-prometheus-rule",
    "azure-native:monitor:DataCollectionRuleAssociation watch-prometheus-association",
];
const forContainerInsights = [
    "azure-native:monitor:DataCollectionRule watch-container-insights-rule",
    "azure-native:monitor:DataCollectionRuleAssociation watch-container-insights-association",
];
const everything = [...always, ...forPrometheus, ...forContainerInsights].sort();

describe("ClusterMonitoring", () => {
    it("creates the same resources in a preview as in an update", async () => {
        assert.deepEqual(created(await deploy(() => watch())), everything);
        assert.deepEqual(created(await deploy(() => watch(), { preview: true })), everything);
    });

    it("creates the same resources when ids are not known yet", async () => {
        const later = pulumi.output(clusterId);
        assert.deepEqual(
            created(await deploy(() => watch({ clusterId: later }), { preview: true })),
            everything,
        );
    });

    it("gives out the ids of its endpoint and rules", async () => {
        const { outputs } = await deploy(() => watch());
        assert.equal(outputs["dataCollectionEndpointId"], endpointId);
        assert.equal(outputs["prometheusRuleId"], metricsRuleId);
        assert.equal(outputs["containerInsightsRuleId"], insightsRuleId);
    });

    it("is the parent of everything, hands protection on and tags what Azure can tag", async () => {
        const deployment = await deploy(() => watch({}, { protect: true }));
        const children = deployment.resources.filter(({ custom }) => custom);
        assert.equal(children.length, everything.length - 1);
        for (const child of children) {
            assert.equal(deployment.parentName(child), "watch", child.name);
            assert.equal(child.options.protect, true, child.name);
            const taggable = !/:(DataCollectionRuleAssociation|DiagnosticSetting)$/.test(child.type);
            assert.deepEqual(child.inputs["tags"], taggable ? tags : undefined, child.name);
        }
    });

    describe("managed Prometheus", () => {
        it("has an endpoint, a rule to the workspace, and the cluster's association with the rule", async () => {
            const deployment = await deploy(() => watch());
            assert.deepEqual(deployment.one("azure-native:monitor:DataCollectionEndpoint").inputs, {
                resourceGroupName: "rg-test",
                location: "westeurope",
                dataCollectionEndpointName: "MSProm-westeurope-aks-test",
                kind: "Linux",
                networkAcls: { publicNetworkAccess: "Enabled" },
                tags,
            });
            assert.deepEqual(
                deployment.one("azure-native:monitor:DataCollectionRule", "watch-prometheus-rule").inputs,
                {
                    resourceGroupName: "rg-test",
                    location: "westeurope",
                    dataCollectionRuleName: "MSProm-westeurope-aks-test",
                    kind: "Linux",
                    description: "Metrics of managed Prometheus.",
                    dataCollectionEndpointId: endpointId,
                    dataSources: {
                        prometheusForwarder: [
                            { name: "PrometheusDataSource", streams: ["Microsoft-PrometheusMetrics"] },
                        ],
                    },
                    destinations: {
                        monitoringAccounts: [{ name: "MonitoringAccount1", accountResourceId: metricsId }],
                    },
                    dataFlows: [
                        { streams: ["Microsoft-PrometheusMetrics"], destinations: ["MonitoringAccount1"] },
                    ],
                    tags,
                },
            );
            assert.deepEqual(
                deployment.one(
                    "azure-native:monitor:DataCollectionRuleAssociation",
                    "watch-prometheus-association",
                ).inputs,
                {
                    resourceUri: clusterId,
                    associationName: "MSProm-westeurope-aks-test",
                    dataCollectionRuleId: metricsRuleId,
                },
            );
        });

        it("gives the agents their endpoint by association when only private links may be used", async () => {
            const deployment = await deploy(() => watch({ privateLinkOnly: true }));
            assert.deepEqual(
                deployment.one("azure-native:monitor:DataCollectionEndpoint").inputs["networkAcls"],
                {
                    publicNetworkAccess: "Disabled",
                },
            );
            assert.deepEqual(
                deployment.one(
                    "azure-native:monitor:DataCollectionRuleAssociation",
                    "watch-configuration-association",
                ).inputs,
                {
                    resourceUri: clusterId,
                    associationName: "configurationAccessEndpoint",
                    dataCollectionEndpointId: endpointId,
                },
            );
        });

        it("is left out without a workspace; logs and Azure's own metrics stay", async () => {
            const deployment = await deploy(() => watch({ azureMonitorWorkspaceId: undefined }));
            assert.deepEqual(created(deployment), [...always, ...forContainerInsights].sort());
            assert.equal(deployment.outputs["dataCollectionEndpointId"], undefined);
            assert.equal(deployment.outputs["prometheusRuleId"], undefined);
        });
    });

    describe("Prometheus rules", () => {
        const groupOf = async (key: string) =>
            (await deploy(() => watch())).one(
                "azure-native:alertsmanagement:PrometheusRuleGroup",
                `watch-${key}`,
            ).inputs;

        it("run every minute on this cluster's data only", async () => {
            const deployment = await deploy(() => watch());
            const groups = deployment.ofType("azure-native:alertsmanagement:PrometheusRuleGroup");
            assert.equal(groups.length, 6);
            for (const { name, inputs } of groups) {
                assert.deepEqual(inputs["scopes"], [metricsId, clusterId], name);
                assert.equal(inputs["clusterName"], "aks-test", name);
                assert.equal(inputs["interval"], "PT1M", name);
                assert.equal(inputs["enabled"], true, name);
                assert.equal(inputs["location"], "westeurope", name);
            }
            assert.deepEqual(groups.map(({ inputs }) => inputs["ruleGroupName"]).sort(), [
                "ClusterAlerts-aks-test",
                "KubernetesRecordingRulesRuleGroup-aks-test",
                "NodeAlerts-aks-test",
                "NodeRecordingRulesRuleGroup-aks-test",
                "PodAlerts-aks-test",
                "UXRecordingRulesRuleGroup - aks-test",
            ]);
        });

        it("record what the dashboards read", async () => {
            for (const { key, rules } of recordingRuleGroups) {
                const expected = rules.map((rule) => ({ ...rule, enabled: true }));
                assert.deepEqual((await groupOf(key))["rules"], expected, key);
            }
        });

        it("tell the action group of every alert and say when it is over", async () => {
            for (const { key, rules } of alertRuleGroups) {
                const expected = rules.map((rule) => ({
                    alert: rule.alert,
                    expression: rule.expression,
                    for: rule.for,
                    severity: rule.severity,
                    enabled: true,
                    annotations: { summary: rule.summary, description: rule.description },
                    actions: [{ actionGroupId }],
                    resolveConfiguration: { autoResolved: true, timeToResolve: "PT10M" },
                }));
                assert.deepEqual((await groupOf(key))["rules"], expected, key);
            }
        });
    });

    describe("Container Insights", () => {
        const rule = async (change: Partial<ClusterMonitoringArgs> = {}) =>
            (await deploy(() => watch(change))).one(
                "azure-native:monitor:DataCollectionRule",
                "watch-container-insights-rule",
            ).inputs;

        it("sends logs in the new schema, events and pod inventory to Log Analytics", async () => {
            const streams = [
                "Microsoft-ContainerLogV2",
                "Microsoft-KubeEvents",
                "Microsoft-KubePodInventory",
            ];
            assert.deepEqual(await rule(), {
                resourceGroupName: "rg-test",
                location: "westeurope",
                dataCollectionRuleName: "MSCI-westeurope-aks-test",
                kind: "Linux",
                description: "Container logs, events and pod inventory of Container Insights.",
                dataSources: {
                    extensions: [
                        {
                            name: "ContainerInsightsExtension",
                            extensionName: "ContainerInsights",
                            streams,
                            extensionSettings: {
                                dataCollectionSettings: {
                                    interval: "5m",
                                    namespaceFilteringMode: "Off",
                                    enableContainerLogV2: true,
                                },
                            },
                        },
                    ],
                },
                destinations: { logAnalytics: [{ name: "ciworkspace", workspaceResourceId: workspaceId }] },
                dataFlows: [{ streams, destinations: ["ciworkspace"] }],
                tags,
            });
        });

        it("is associated with the cluster by the name that its agent looks for", async () => {
            const deployment = await deploy(() => watch());
            assert.deepEqual(
                deployment.one(
                    "azure-native:monitor:DataCollectionRuleAssociation",
                    "watch-container-insights-association",
                ).inputs,
                {
                    resourceUri: clusterId,
                    associationName: "ContainerInsightsExtension",
                    dataCollectionRuleId: insightsRuleId,
                },
            );
        });

        it("filters namespaces and reads less or more often on demand", async () => {
            const inputs = await rule({
                containerInsights: {
                    intervalInMinutes: 1,
                    namespaceFilteringMode: NamespaceFilteringMode.Exclude,
                    namespaces: ["kube-system", "gatekeeper-system"],
                },
            });
            const { extensions } = inputs["dataSources"] as { extensions: { extensionSettings: unknown }[] };
            assert.deepEqual(extensions[0]?.extensionSettings, {
                dataCollectionSettings: {
                    interval: "1m",
                    namespaceFilteringMode: "Exclude",
                    namespaces: ["kube-system", "gatekeeper-system"],
                    enableContainerLogV2: true,
                },
            });
        });

        it("also sends performance data where there is no Prometheus", async () => {
            const inputs = await rule({ azureMonitorWorkspaceId: undefined });
            const [flow] = inputs["dataFlows"] as { streams: string[] }[];
            assert.deepEqual(flow?.streams, [
                "Microsoft-ContainerLogV2",
                "Microsoft-KubeEvents",
                "Microsoft-KubePodInventory",
                "Microsoft-Perf",
                "Microsoft-InsightsMetrics",
            ]);
        });

        it("can be left out", async () => {
            const deployment = await deploy(() => watch({ containerInsights: undefined }));
            assert.deepEqual(created(deployment), [...always, ...forPrometheus].sort());
            assert.equal(deployment.outputs["containerInsightsRuleId"], undefined);
        });
    });

    describe("control plane logs", () => {
        it("hold changes and decisions, not every request", async () => {
            const deployment = await deploy(() => watch());
            assert.deepEqual(deployment.one("azure-native:monitor:DiagnosticSetting").inputs, {
                resourceUri: clusterId,
                name: "control-plane-logs",
                workspaceId,
                logAnalyticsDestinationType: "Dedicated",
                logs: [
                    "kube-audit-admin",
                    "guard",
                    "kube-controller-manager",
                    "kube-scheduler",
                    "cluster-autoscaler",
                    "cloud-controller-manager",
                    "csi-azuredisk-controller",
                    "csi-azurefile-controller",
                    "csi-snapshot-controller",
                ].map((category) => ({ category, enabled: true })),
            });
        });

        it("can be chosen, and left out with an empty list", async () => {
            const chosen = await deploy(() => watch({ diagnosticCategories: ["guard"] }));
            assert.deepEqual(chosen.one("azure-native:monitor:DiagnosticSetting").inputs["logs"], [
                { category: "guard", enabled: true },
            ]);
            const none = await deploy(() => watch({ diagnosticCategories: [] }));
            assert.deepEqual(none.ofType("azure-native:monitor:DiagnosticSetting"), []);
        });
    });

    describe("metric alerts", () => {
        it("watch what Azure itself measures and tell the action group", async () => {
            const deployment = await deploy(() => watch());
            const alerts = deployment.ofType("azure-native:monitor:MetricAlert");
            const criteria = ({ inputs }: (typeof alerts)[number]) =>
                (
                    inputs["criteria"] as {
                        allOf: { metricName: string; threshold: number; timeAggregation: string }[];
                    }
                ).allOf;
            assert.deepEqual(
                alerts
                    .map((alert) =>
                        criteria(alert).map(({ metricName, threshold }) => `${metricName} > ${threshold}`),
                    )
                    .flat(),
                [
                    "apiserver_cpu_usage_percentage > 90",
                    "apiserver_memory_usage_percentage > 90",
                    "etcd_database_usage_percentage > 75",
                    "node_cpu_usage_percentage > 90",
                    "node_memory_working_set_percentage > 90",
                    "node_disk_usage_percentage > 85",
                    "cluster_autoscaler_unschedulable_pods_count > 0",
                ],
            );
            for (const { name, inputs } of alerts) {
                assert.deepEqual(inputs["scopes"], [clusterId], name);
                assert.deepEqual(inputs["actions"], [{ actionGroupId }], name);
                assert.equal(inputs["enabled"], true, name);
                assert.equal(inputs["location"], "global", name);
            }
        });

        it("are written in the form that Azure wants for one resource", async () => {
            const deployment = await deploy(() => watch());
            assert.deepEqual(deployment.one("azure-native:monitor:MetricAlert", "watch-etcd-size").inputs, {
                resourceGroupName: "rg-test",
                location: "global",
                ruleName: "aks-test-etcd-size",
                description:
                    "The database of the control plane is nearly full; at 100 % the cluster becomes read-only. Delete old jobs, secrets and events.",
                enabled: true,
                severity: 1,
                scopes: [clusterId],
                evaluationFrequency: "PT5M",
                windowSize: "PT15M",
                autoMitigate: true,
                criteria: {
                    odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                    allOf: [
                        {
                            criterionType: "StaticThresholdCriterion",
                            name: "etcd-size",
                            metricNamespace: "Microsoft.ContainerService/managedClusters",
                            metricName: "etcd_database_usage_percentage",
                            timeAggregation: "Average",
                            operator: "GreaterThan",
                            threshold: 75,
                        },
                    ],
                },
                actions: [{ actionGroupId }],
                tags,
            });
        });
    });

    const refused: [string, Partial<ClusterMonitoringArgs>, string[]][] = [
        [
            "log categories that a cluster does not have, and repeated ones",
            { diagnosticCategories: ["audit", "guard", "guard"] },
            [
                '`diagnosticCategories` has "audit", which a cluster does not offer. Choose from: kube-apiserver, kube-audit, kube-audit-admin, ' +
                    "kube-controller-manager, kube-scheduler, cluster-autoscaler, cloud-controller-manager, guard, csi-azuredisk-controller, " +
                    "csi-azurefile-controller, csi-snapshot-controller, karpenter-events, fleet-member-agent, " +
                    "fleet-member-net-controller-manager, fleet-mcs-controller-manager.",
                '`diagnosticCategories` has "guard" twice. Remove one of them.',
            ],
        ],
        [
            "changes that are logged twice",
            { diagnosticCategories: ["kube-audit", "kube-audit-admin"] },
            [
                "`diagnosticCategories` has both kube-audit and kube-audit-admin: the changes in kube-audit-admin would be paid for twice. Remove one of them.",
            ],
        ],
        [
            "an interval that Azure does not offer",
            { containerInsights: { intervalInMinutes: 31 } },
            [
                "`containerInsights.intervalInMinutes` is 31, Azure allows whole minutes from 1 to 30. Use 5 unless you need finer data.",
            ],
        ],
        [
            "a list of namespaces without a meaning",
            { containerInsights: { namespaces: ["kube-system"] } },
            [
                "`containerInsights.namespaces` is set but `namespaceFilteringMode` is Off: the list would have no effect. Set the mode to Include or Exclude, or remove the list.",
            ],
        ],
        [
            "a filter without namespaces",
            { containerInsights: { namespaceFilteringMode: NamespaceFilteringMode.Include } },
            [
                "`containerInsights.namespaceFilteringMode` is Include but `namespaces` is empty. List at least one namespace, or set the mode to Off.",
            ],
        ],
        [
            "what is no namespace, and repeated ones",
            {
                containerInsights: {
                    namespaceFilteringMode: NamespaceFilteringMode.Exclude,
                    namespaces: ["Kube_System", "default", "default"],
                },
            },
            [
                '`containerInsights.namespaces` has "Kube_System", which is no namespace. Use lower-case letters, digits and hyphens, at most 63.',
                '`containerInsights.namespaces` has "default" twice. Remove one of them.',
            ],
        ],
    ];
    for (const [what, change, messages] of refused) {
        it(`refuses ${what}`, async () => {
            assert.equal(await failureOf(() => watch(change)), messages.join("\n"));
        });
    }
});
