import * as alertsmanagement from "@pulumi/azure-native/alertsmanagement";
import * as monitor from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterMonitoringArgs } from "./clusterMonitoringArgs";
import { clusterMetricAlerts } from "./internal/clusterMetricAlerts";
import {
    collectionSettings,
    configurationAssociation,
    containerInsightsAssociation,
    containerInsightsProblems,
    containerInsightsStreams,
    dataCollectionName,
    maxEndpointNameLength,
    maxRuleNameLength,
} from "./internal/dataCollection";
import type { Collector } from "./internal/dataCollection";
import { clusterLogCategoryProblems, defaultClusterLogCategories } from "./internal/diagnosticCategories";
import { alertRuleGroups } from "./internal/prometheusAlertRules";
import { recordingRuleGroups } from "./internal/prometheusRecordingRules";

export { NamespaceFilteringMode } from "./clusterMonitoringArgs";
export type { ClusterMonitoringArgs, ContainerInsightsArgs } from "./clusterMonitoringArgs";

const defaults = {
    privateLinkOnly: false,
    ruleInterval: "PT1M",
    alertsResolveAfter: "PT10M",
};

/**
 * What is watched of one cluster: managed Prometheus with recording and alert rules, Container Insights, the control plane's
 * logs, and alerts on the metrics that Azure itself keeps. All alerts go to one action group.
 */
export class ClusterMonitoring extends pulumi.ComponentResource {
    /** Id of the endpoint that the agents send metrics to; absent without managed Prometheus. */
    public readonly dataCollectionEndpointId?: pulumi.Output<string>;
    /** Id of the rule that sends metrics to the Azure Monitor workspace; absent without managed Prometheus. */
    public readonly prometheusRuleId?: pulumi.Output<string>;
    /** Id of the rule that sends container logs to Log Analytics; absent without Container Insights. */
    public readonly containerInsightsRuleId?: pulumi.Output<string>;

    constructor(name: string, args: ClusterMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
        // `deletedWith` is for what hangs on the cluster. The engine would hand it down to rules and alerts too, and leave
        // these behind when the cluster is replaced.
        const { deletedWith, ...ownOpts } = opts ?? {};
        super("aks-landing-zone:index:ClusterMonitoring", name, {}, ownOpts);
        const categories = args.diagnosticCategories ?? defaultClusterLogCategories;
        const problems = [
            ...clusterLogCategoryProblems(categories),
            ...containerInsightsProblems(args.containerInsights ?? {}),
        ];
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }
        const { resourceGroupName, location, clusterName, clusterId, tags } = args;
        const ownOptions = { parent: this };
        const associate = (
            role: string,
            target: Omit<monitor.DataCollectionRuleAssociationArgs, "resourceUri">,
        ) =>
            new monitor.DataCollectionRuleAssociation(
                `${name}-${role}-association`,
                { resourceUri: clusterId, ...target },
                // Azure removes associations with their cluster, and then refuses to delete them.
                { ...ownOptions, deletedWith },
            );
        const collectionName = (collector: Collector, maxLength: number): pulumi.Output<string> =>
            pulumi
                .output(location)
                .apply((region) => dataCollectionName(collector, region, clusterName, maxLength));

        if (args.azureMonitorWorkspaceId !== undefined) {
            const privateLinkOnly = args.privateLinkOnly ?? defaults.privateLinkOnly;
            const destination = "MonitoringAccount1";
            const streams = ["Microsoft-PrometheusMetrics"];
            const endpoint = new monitor.DataCollectionEndpoint(
                `${name}-prometheus-endpoint`,
                {
                    resourceGroupName,
                    location,
                    dataCollectionEndpointName: collectionName("MSProm", maxEndpointNameLength),
                    kind: "Linux",
                    networkAcls: { publicNetworkAccess: privateLinkOnly ? "Disabled" : "Enabled" },
                    tags,
                },
                ownOptions,
            );
            const rule = new monitor.DataCollectionRule(
                `${name}-prometheus-rule`,
                {
                    resourceGroupName,
                    location,
                    dataCollectionRuleName: collectionName("MSProm", maxRuleNameLength),
                    kind: "Linux",
                    description: "Metrics of managed Prometheus.",
                    dataCollectionEndpointId: endpoint.id,
                    dataSources: { prometheusForwarder: [{ name: "PrometheusDataSource", streams }] },
                    destinations: {
                        monitoringAccounts: [
                            { name: destination, accountResourceId: args.azureMonitorWorkspaceId },
                        ],
                    },
                    dataFlows: [{ streams, destinations: [destination] }],
                    tags,
                },
                ownOptions,
            );
            associate("prometheus", {
                associationName: collectionName("MSProm", maxRuleNameLength),
                dataCollectionRuleId: rule.id,
            });
            if (privateLinkOnly) {
                // The agents find their endpoint by the association's name; it takes an endpoint and no rule.
                associate("configuration", {
                    associationName: configurationAssociation,
                    dataCollectionEndpointId: endpoint.id,
                });
            }
            createRuleGroups(this, name, args, [args.azureMonitorWorkspaceId, clusterId]);
            this.dataCollectionEndpointId = endpoint.id;
            this.prometheusRuleId = rule.id;
        }

        if (args.containerInsights) {
            const destination = "ciworkspace";
            const streams = containerInsightsStreams(args.azureMonitorWorkspaceId !== undefined);
            const rule = new monitor.DataCollectionRule(
                `${name}-container-insights-rule`,
                {
                    resourceGroupName,
                    location,
                    dataCollectionRuleName: collectionName("MSCI", maxRuleNameLength),
                    kind: "Linux",
                    description: "Container logs, events and pod inventory of Container Insights.",
                    dataSources: {
                        extensions: [
                            {
                                name: containerInsightsAssociation,
                                extensionName: "ContainerInsights",
                                streams,
                                extensionSettings: {
                                    dataCollectionSettings: collectionSettings(args.containerInsights),
                                },
                            },
                        ],
                    },
                    destinations: {
                        logAnalytics: [
                            { name: destination, workspaceResourceId: args.logAnalyticsWorkspaceId },
                        ],
                    },
                    dataFlows: [{ streams, destinations: [destination] }],
                    tags,
                },
                ownOptions,
            );
            associate("container-insights", {
                associationName: containerInsightsAssociation,
                dataCollectionRuleId: rule.id,
            });
            this.containerInsightsRuleId = rule.id;
        }

        if (categories.length > 0) {
            new monitor.DiagnosticSetting(
                `${name}-control-plane-logs`,
                {
                    resourceUri: clusterId,
                    name: "control-plane-logs",
                    workspaceId: args.logAnalyticsWorkspaceId,
                    logAnalyticsDestinationType: "Dedicated",
                    logs: categories.map((category) => ({ category, enabled: true })),
                },
                ownOptions,
            );
        }
        createMetricAlerts(this, name, args);

        this.registerOutputs({
            dataCollectionEndpointId: this.dataCollectionEndpointId,
            prometheusRuleId: this.prometheusRuleId,
            containerInsightsRuleId: this.containerInsightsRuleId,
        });
    }
}

function createRuleGroups(
    parent: ClusterMonitoring,
    name: string,
    args: ClusterMonitoringArgs,
    scopes: pulumi.Input<string>[],
): void {
    const recording = recordingRuleGroups.map((group) => ({
        ...group,
        rules: group.rules.map((rule) => ({ ...rule, enabled: true })),
    }));
    const alerting = alertRuleGroups.map((group) => ({
        ...group,
        rules: group.rules.map(({ summary, description, ...rule }) => ({
            ...rule,
            enabled: true,
            annotations: { summary, description },
            actions: [{ actionGroupId: args.actionGroupId }],
            resolveConfiguration: { autoResolved: true, timeToResolve: defaults.alertsResolveAfter },
        })),
    }));
    for (const { key, namePrefix, description, rules } of [...recording, ...alerting]) {
        new alertsmanagement.PrometheusRuleGroup(
            `${name}-${key}`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                ruleGroupName: `${namePrefix}${args.clusterName}`,
                description,
                enabled: true,
                interval: defaults.ruleInterval,
                clusterName: args.clusterName,
                scopes,
                rules,
                tags: args.tags,
            },
            { parent },
        );
    }
}

function createMetricAlerts(parent: ClusterMonitoring, name: string, args: ClusterMonitoringArgs): void {
    for (const { key, metricName, threshold, severity, description } of clusterMetricAlerts) {
        new monitor.MetricAlert(
            `${name}-${key}`,
            {
                resourceGroupName: args.resourceGroupName,
                location: "global",
                ruleName: `${args.clusterName}-${key}`,
                description,
                enabled: true,
                severity,
                scopes: [args.clusterId],
                evaluationFrequency: "PT5M",
                windowSize: "PT15M",
                autoMitigate: true,
                criteria: {
                    odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                    allOf: [
                        {
                            criterionType: "StaticThresholdCriterion",
                            name: key,
                            metricNamespace: "Microsoft.ContainerService/managedClusters",
                            metricName,
                            timeAggregation: "Average",
                            operator: "GreaterThan",
                            threshold,
                        },
                    ],
                },
                actions: [{ actionGroupId: args.actionGroupId }],
                tags: args.tags,
            },
            { parent },
        );
    }
}
