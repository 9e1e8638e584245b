import * as monitor from "@pulumi/azure-native/monitor";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Grafana } from "./grafana";
import { activityAlerts } from "./internal/activityAlerts";
import { monitoringProblems } from "./internal/monitoringRules";
import { azureName } from "./internal/naming";
import { recreatable } from "./internal/protection";
import type { MonitoringArgs } from "./monitoringArgs";

export type {
    GrafanaArgs,
    LogAnalyticsArgs,
    MonitoringArgs,
    MonitoringGroupArgs,
    MonitoringScopeArgs,
} from "./monitoringArgs";

const defaults = {
    retentionInDays: 30,
    basicPlanTables: ["AKSAudit", "AKSAuditAdmin", "AKSControlPlane", "ContainerLogV2"],
    prometheus: true,
    privateLinkOnly: false,
};

// Azure's way to say "no cap"; leaving the property out would keep a cap that was set before.
const noDailyQuota = -1;

// SMS and push messages show it in place of the name; Azure allows 12 characters.
const maxShortNameLength = 12;

/**
 * Where logs, metrics and alerts of everything else go: a Log Analytics workspace, managed Prometheus, an action group that
 * reaches people, alerts on the health of Azure itself, and optionally managed Grafana.
 */
export class Monitoring extends pulumi.ComponentResource {
    /** Id of the Log Analytics workspace. */
    public readonly logAnalyticsWorkspaceId: pulumi.Output<string>;
    /** Id of the Azure Monitor workspace, which keeps the metrics of managed Prometheus; absent without Prometheus. */
    public readonly azureMonitorWorkspaceId?: pulumi.Output<string>;
    /** Address for PromQL queries, for example by KEDA; absent without Prometheus. */
    public readonly prometheusQueryEndpoint?: pulumi.Output<string>;
    /** Id of the action group that sends mail to `alertEmails`. */
    public readonly actionGroupId: pulumi.Output<string>;
    /** Id of Grafana; absent without it. */
    public readonly grafanaId?: pulumi.Output<string>;
    /** Address of Grafana's log-in page; absent without it. */
    public readonly grafanaEndpoint?: pulumi.Output<string>;

    constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Monitoring", name, {}, opts);
        const problems = monitoringProblems(args);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }
        const { resourceGroupName, location, baseName, subscriptionId, tags } = args;
        const { dailyQuotaInGb } = args.logAnalytics ?? {};
        const retentionInDays = args.logAnalytics?.retentionInDays ?? defaults.retentionInDays;
        const publicAccess = (args.privateLinkOnly ?? defaults.privateLinkOnly) ? "Disabled" : "Enabled";
        const holdsData = { parent: this };
        const reports = { parent: this, ...recreatable };

        const workspace = new operationalinsights.Workspace(
            `${name}-logs`,
            {
                resourceGroupName,
                location,
                workspaceName: azureName("logAnalyticsWorkspace", baseName),
                sku: { name: operationalinsights.WorkspaceSkuNameEnum.PerGB2018 },
                retentionInDays,
                workspaceCapping: { dailyQuotaGb: dailyQuotaInGb ?? noDailyQuota },
                features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
                publicNetworkAccessForIngestion: publicAccess,
                publicNetworkAccessForQuery: publicAccess,
                tags,
            },
            holdsData,
        );
        const basicPlanTables = args.logAnalytics?.basicPlanTables ?? defaults.basicPlanTables;
        if (basicPlanTables.length > 0) {
            new resources.Deployment(
                `${name}-basic-plan-tables`,
                {
                    resourceGroupName,
                    deploymentName: `${baseName}-basic-plan-tables`,
                    properties: {
                        mode: resources.DeploymentMode.Incremental,
                        template: basicPlanTemplate(workspace.name, basicPlanTables, retentionInDays),
                    },
                    tags,
                },
                reports,
            );
        }

        const actionGroup = new monitor.ActionGroup(
            `${name}-action-group`,
            {
                resourceGroupName,
                location: "Global",
                actionGroupName: azureName("actionGroup", baseName),
                groupShortName: baseName.slice(0, maxShortNameLength),
                enabled: true,
                emailReceivers: args.alertEmails.map((emailAddress) => ({
                    name: emailAddress,
                    emailAddress,
                    useCommonAlertSchema: true,
                })),
                tags,
            },
            reports,
        );

        const subscriptionScope = `/subscriptions/${subscriptionId}`;
        for (const { key, description, wholeSubscription, allOf } of activityAlerts) {
            new monitor.ActivityLogAlert(
                `${name}-${key}`,
                {
                    resourceGroupName,
                    location: "Global",
                    activityLogAlertName: `${baseName}-${key}`,
                    description,
                    enabled: true,
                    scopes: wholeSubscription
                        ? [subscriptionScope]
                        : (args.activityAlertScopes ?? [subscriptionScope]),
                    condition: { allOf },
                    actions: { actionGroups: [{ actionGroupId: actionGroup.id }] },
                    tags,
                },
                reports,
            );
        }

        if (dailyQuotaInGb !== undefined) {
            new monitor.ScheduledQueryRule(
                `${name}-daily-quota-reached`,
                {
                    resourceGroupName,
                    location,
                    ruleName: `${baseName}-daily-quota-reached`,
                    description: `The workspace has taken in its ${dailyQuotaInGb} GB of today; logs are lost until tomorrow.`,
                    enabled: true,
                    severity: 2,
                    scopes: [workspace.id],
                    evaluationFrequency: "PT15M",
                    windowSize: "PT15M",
                    criteria: {
                        allOf: [
                            {
                                query: '_LogOperation | where Category =~ "Ingestion" | where Detail contains "OverQuota"',
                                timeAggregation: monitor.TimeAggregation.Count,
                                // Not the SDK's enum of that name: it belongs to another resource and says "gt".
                                operator: "GreaterThan",
                                threshold: 0,
                                failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
                            },
                        ],
                    },
                    // A new workspace has no operations yet, and Azure would refuse the query for that.
                    skipQueryValidation: true,
                    autoMitigate: true,
                    actions: { actionGroups: [actionGroup.id] },
                    tags,
                },
                reports,
            );
        }

        if (args.prometheus ?? defaults.prometheus) {
            const metrics = new monitor.AzureMonitorWorkspace(
                `${name}-metrics`,
                {
                    resourceGroupName,
                    location,
                    azureMonitorWorkspaceName: azureName("azureMonitorWorkspace", baseName),
                    publicNetworkAccess: publicAccess,
                    tags,
                },
                holdsData,
            );
            this.azureMonitorWorkspaceId = metrics.id;
            this.prometheusQueryEndpoint = metrics.metrics.prometheusQueryEndpoint;
        }

        if (args.grafana) {
            const grafana = new Grafana(
                `${name}-grafana`,
                {
                    resourceGroupName,
                    location,
                    baseName,
                    subscriptionId,
                    settings: args.grafana,
                    azureMonitorWorkspaceId: this.azureMonitorWorkspaceId,
                    tags,
                },
                reports,
            );
            this.grafanaId = grafana.id;
            this.grafanaEndpoint = grafana.endpoint;
        }

        this.logAnalyticsWorkspaceId = workspace.id;
        this.actionGroupId = actionGroup.id;
        this.registerOutputs({
            logAnalyticsWorkspaceId: this.logAnalyticsWorkspaceId,
            azureMonitorWorkspaceId: this.azureMonitorWorkspaceId,
            prometheusQueryEndpoint: this.prometheusQueryEndpoint,
            actionGroupId: this.actionGroupId,
            grafanaId: this.grafanaId,
            grafanaEndpoint: this.grafanaEndpoint,
        });
    }
}

/**
 * A template that puts tables on the Basic plan. Azure's own tables exist as soon as their workspace does: the provider's
 * Table resource refuses to create what exists and cannot delete what is built in. A template deployment writes them all
 * the same, and leaves them alone when it is deleted.
 */
function basicPlanTemplate(
    workspaceName: pulumi.Output<string>,
    tables: string[],
    totalRetentionInDays: number,
): pulumi.Output<object> {
    return workspaceName.apply((workspace) => ({
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        contentVersion: "1.0.0.0",
        resources: tables.map((table) => ({
            type: "Microsoft.OperationalInsights/workspaces/tables",
            apiVersion: "2023-09-01",
            name: `${workspace}/${table}`,
            // Without `retentionInDays`: Azure fixes it at 30 days on the Basic plan and refuses the property.
            properties: { plan: "Basic", totalRetentionInDays },
        })),
    }));
}
