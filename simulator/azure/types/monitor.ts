import type * as alertsmanagement from "@pulumi/azure-native/alertsmanagement";
import type * as dashboard from "@pulumi/azure-native/dashboard";
import type * as monitor from "@pulumi/azure-native/monitor";
import type * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import type * as resources from "@pulumi/azure-native/resources";
import type { AzureResourceType } from "../../resourceType";
import { deterministicGuid } from "../deterministicGuid";
import { ownIdentity } from "../identityIds";
import { define } from "./define";

const succeeded = { provisioningState: "Succeeded" };

/** The random letters and digits in an Azure host name, worked out from the resource's id. */
const hostToken = (id: string): string => deterministicGuid(id).slice(0, 4);

/** Microsoft.Insights, Microsoft.Monitor, Microsoft.OperationalInsights, Microsoft.AlertsManagement and Microsoft.Dashboard. */
export const monitorTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:alertsmanagement:PrometheusRuleGroup": define<alertsmanagement.PrometheusRuleGroupArgs>({
        armType: "Microsoft.AlertsManagement/prometheusRuleGroups",
        nameInputs: ["ruleGroupName"],
        scope: "resourceGroup",
    }),
    "azure-native:dashboard:Grafana": define<dashboard.GrafanaArgs>({
        armType: "Microsoft.Dashboard/grafana",
        nameInputs: ["workspaceName"],
        scope: "resourceGroup",
        compute: ({ id, name, inputs, environment }) => ({
            identity: ownIdentity({ id, inputs, environment }),
            properties: {
                ...inputs.properties,
                ...succeeded,
                endpoint: `https://${name}-${hostToken(id)}.${inputs.location ?? ""}.grafana.azure.com`,
                grafanaVersion: inputs.properties?.grafanaMajorVersion ?? "12",
            },
        }),
    }),
    "azure-native:monitor:ActionGroup": define<monitor.ActionGroupArgs>({
        armType: "Microsoft.Insights/actionGroups",
        nameInputs: ["actionGroupName"],
        scope: "resourceGroup",
    }),
    "azure-native:monitor:ActivityLogAlert": define<monitor.ActivityLogAlertArgs>({
        armType: "Microsoft.Insights/activityLogAlerts",
        nameInputs: ["activityLogAlertName"],
        scope: "resourceGroup",
    }),
    "azure-native:monitor:AzureMonitorWorkspace": define<monitor.AzureMonitorWorkspaceArgs>({
        armType: "Microsoft.Monitor/accounts",
        nameInputs: ["azureMonitorWorkspaceName"],
        scope: "resourceGroup",
        compute: ({ id, name, inputs, environment }) => {
            // Azure makes an endpoint and a rule of its own in a group that it manages.
            const managed =
                `/subscriptions/${environment.subscriptionId}/resourceGroups/MA_${name}_${inputs.location ?? ""}_managed` +
                "/providers/Microsoft.Insights";
            return {
                ...succeeded,
                accountId: deterministicGuid(`account ${id}`),
                defaultIngestionSettings: {
                    dataCollectionEndpointResourceId: `${managed}/dataCollectionEndpoints/${name}`,
                    dataCollectionRuleResourceId: `${managed}/dataCollectionRules/${name}`,
                },
                metrics: {
                    internalId: `mac_${deterministicGuid(`account ${id}`)}`,
                    prometheusQueryEndpoint: `https://${name}-${hostToken(id)}.${inputs.location ?? ""}.prometheus.monitor.azure.com`,
                },
            };
        },
    }),
    "azure-native:monitor:DataCollectionEndpoint": define<monitor.DataCollectionEndpointArgs>({
        armType: "Microsoft.Insights/dataCollectionEndpoints",
        nameInputs: ["dataCollectionEndpointName"],
        scope: "resourceGroup",
        compute: ({ id, name, inputs }) => {
            const host = `${name}-${hostToken(id)}.${inputs.location ?? ""}-1`;
            return {
                ...succeeded,
                immutableId: `dce-${deterministicGuid(id).replace(/-/g, "")}`,
                configurationAccess: { endpoint: `https://${host}.handler.control.monitor.azure.com` },
                logsIngestion: { endpoint: `https://${host}.ingest.monitor.azure.com` },
                metricsIngestion: { endpoint: `https://${host}.metrics.ingest.monitor.azure.com` },
            };
        },
    }),
    "azure-native:monitor:DataCollectionRule": define<monitor.DataCollectionRuleArgs>({
        armType: "Microsoft.Insights/dataCollectionRules",
        nameInputs: ["dataCollectionRuleName"],
        scope: "resourceGroup",
        compute: ({ id }) => ({
            ...succeeded,
            immutableId: `dcr-${deterministicGuid(id).replace(/-/g, "")}`,
        }),
    }),
    "azure-native:monitor:DataCollectionRuleAssociation": define<monitor.DataCollectionRuleAssociationArgs>({
        armType: "Microsoft.Insights/dataCollectionRuleAssociations",
        nameInputs: ["associationName"],
        scope: { extensionOf: "resourceUri" },
        compute: () => succeeded,
    }),
    "azure-native:monitor:DiagnosticSetting": define<monitor.DiagnosticSettingArgs>({
        armType: "Microsoft.Insights/diagnosticSettings",
        nameInputs: ["name"],
        scope: { extensionOf: "resourceUri" },
    }),
    "azure-native:monitor:MetricAlert": define<monitor.MetricAlertArgs>({
        armType: "Microsoft.Insights/metricAlerts",
        nameInputs: ["ruleName"],
        scope: "resourceGroup",
    }),
    "azure-native:monitor:ScheduledQueryRule": define<monitor.ScheduledQueryRuleArgs>({
        armType: "Microsoft.Insights/scheduledQueryRules",
        nameInputs: ["ruleName"],
        scope: "resourceGroup",
        compute: () => ({ createdWithApiVersion: "2025-01-01-preview", isLegacyLogAnalyticsRule: false }),
    }),
    "azure-native:operationalinsights:Table": define<operationalinsights.TableArgs>({
        armType: "Microsoft.OperationalInsights/workspaces/tables",
        nameInputs: ["workspaceName", "tableName"],
        scope: "resourceGroup",
        compute: () => succeeded,
    }),
    "azure-native:operationalinsights:Workspace": define<operationalinsights.WorkspaceArgs>({
        armType: "Microsoft.OperationalInsights/workspaces",
        nameInputs: ["workspaceName"],
        scope: "resourceGroup",
        compute: ({ id }) => ({ ...succeeded, customerId: deterministicGuid(`customer ${id}`) }),
    }),
    "azure-native:resources:Deployment": define<resources.DeploymentArgs>({
        armType: "Microsoft.Resources/deployments",
        nameInputs: ["deploymentName"],
        scope: "resourceGroup",
        // Azure does not give the template back.
        compute: ({ inputs }) => ({ properties: { mode: inputs.properties.mode, ...succeeded } }),
    }),
};
