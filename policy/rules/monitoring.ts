import { types } from "../../stack/resourceTypes";
import { platformName } from "../../stack/stackView";
import { at, numberAt, recordsAt, sameId, textAt, textsAt } from "../../stack/values";
import type { JsonRecord } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { each, finding, missing, ofEach, ofEveryOne } from "../rule";
import type { Finding, JudgedStack, Rule } from "../rule";
import { sources } from "../sources";

/** Rules about logs, metrics and alerts. */
export const monitoringRules: readonly Rule[] = [
    {
        id: "cluster-vault-and-registry-are-logged",
        title: "Clusters, vaults and registries send their logs to a workspace",
        severity: "error",
        why: "Who read a secret or changed the cluster cannot be found out afterwards unless it was logged.",
        mend: "Create a diagnostic setting with a workspace and at least one log category.",
        sources: [sources.aksBaseline, sources.keyVaultBaseline, sources.registryBaseline],
        evaluate: (stack) =>
            [types.cluster, types.vault, types.registry].flatMap((type) =>
                each(stack, type, ({ id }) =>
                    isLogged(stack, id) ? undefined : "no diagnostic setting sends its logs to a workspace",
                ),
            ),
    },
    {
        id: "alerts-reach-an-action-group",
        title: "Every alert reaches an action group that tells a person",
        severity: "error",
        why: "An alert that nobody gets is a dashboard that nobody looks at.",
        mend: "Give the alert an action group of this stack, and the group a receiver.",
        sources: [sources.aksMonitoring],
        evaluate: alertFindings,
    },
    {
        id: "network-is-logged",
        title: "Networks and their security groups send their logs to a workspace",
        severity: "warning",
        why: "What a security group refused, and whom it let in, is otherwise known to nobody.",
        mend: "Create a diagnostic setting with a workspace for it.",
        sources: [sources.aksBaseline],
        evaluate: (stack) =>
            [types.virtualNetwork, types.networkSecurityGroup].flatMap((type) =>
                each(stack, type, ({ id }) =>
                    isLogged(stack, id) ? undefined : "no diagnostic setting sends its logs to a workspace",
                ),
            ),
    },
    {
        id: "control-plane-audit-is-logged",
        title: "Changes in the cluster, and logins to it, are recorded",
        severity: "error",
        why: "Who changed or deleted something in the cluster is in the audit log and nowhere else.",
        mend: "Enable the log categories kube-audit-admin (or kube-audit) and guard in the cluster's diagnostic setting.",
        sources: [sources.aksBaseline, sources.aksMonitoring],
        evaluate: (stack) =>
            each(stack, types.cluster, ({ id }) => {
                const categories = loggedCategories(stack, id);
                const has = (...any: string[]) => any.some((category) => categories.includes(category));
                return [
                    ...(has("kube-audit", "kube-audit-admin", "allLogs", "audit")
                        ? []
                        : ["its audit log is not recorded"]),
                    ...(has("guard", "allLogs") ? [] : ["logins with Entra ID are not recorded"]),
                ];
            }),
    },
    {
        id: "vault-audit-is-logged",
        title: "Every use of a vault is recorded",
        severity: "error",
        why: "Whether a leaked token was used to read secrets can only be told from this log.",
        mend: "Enable the log category AuditEvent in the vault's diagnostic setting.",
        sources: [sources.keyVaultBaseline],
        evaluate: (stack) =>
            each(stack, types.vault, ({ id }) =>
                loggedCategories(stack, id).some((category) =>
                    ["AuditEvent", "audit", "allLogs"].includes(category),
                )
                    ? undefined
                    : "its audit log is not recorded",
            ),
    },
    {
        id: "logs-are-kept-for-a-month",
        title: "Workspaces keep logs for 30 days or more",
        severity: "error",
        why: "Break-ins are found weeks later, when the first traces would be gone.",
        mend: "Set `monitoring.logAnalytics.retentionInDays` to 30 or more.",
        sources: [sources.aksBaseline],
        ...ofEveryOne(types.logAnalyticsWorkspace, "Log Analytics workspace", ({ inputs }) => {
            const days = numberAt(inputs, "retentionInDays");
            return days !== undefined && days >= 30
                ? undefined
                : `keeps logs for ${days ?? "an unsaid number of"} days`;
        }),
    },
    {
        id: "logs-need-an-entra-login",
        title: "Workspaces take and give logs with an Entra login only",
        severity: "warning",
        why: "With the workspace's shared key anybody can write entries that look like the cluster's.",
        mend: "Set `features.disableLocalAuth: true`.",
        sources: [sources.aksBaseline],
        ...ofEach(types.logAnalyticsWorkspace, ({ inputs }) =>
            at(inputs, "features", "disableLocalAuth") === true ? undefined : "takes its shared keys",
        ),
    },
    {
        id: "reached-log-cap-is-reported",
        title: "Somebody hears when a workspace has reached its daily cap",
        severity: "error",
        why: "From then on until tomorrow logs are lost, audit logs among them, without a sign.",
        mend: "Create a query alert on `_LogOperation` with OverQuota for the workspace.",
        sources: [sources.dailyCap],
        evaluate: (stack) =>
            each(stack, types.logAnalyticsWorkspace, ({ id, inputs }) =>
                // Azure writes -1 where there is no cap.
                (numberAt(inputs, "workspaceCapping", "dailyQuotaGb") ?? -1) < 0 ||
                stack
                    .ofType(types.scheduledQueryRule)
                    .some(
                        (alert) =>
                            textsAt(alert.inputs, "scopes").some((scope) => sameId(scope, id)) &&
                            recordsAt(alert.inputs, "criteria", "allOf").some((criterion) =>
                                (textAt(criterion, "query") ?? "").includes("OverQuota"),
                            ),
                    )
                    ? undefined
                    : "has a daily cap, and no alert when it is reached",
            ),
    },
    {
        id: "cluster-sends-logs-and-metrics",
        title: "Every cluster sends container logs and Prometheus metrics",
        severity: "error",
        why: "Without them nobody sees why a pod died, and no Prometheus alert ever fires.",
        mend: "Associate the cluster with a data collection rule to a workspace, and one to an Azure Monitor workspace, and switch `omsagent` and `azureMonitorProfile.metrics` on.",
        sources: [sources.aksMonitoring, sources.wellArchitected],
        evaluate: (stack) =>
            each(stack, types.cluster, ({ id, inputs: cluster }) => {
                const rules = stack
                    .ofType(types.dataCollectionAssociation)
                    .filter(({ inputs }) => sameId(textAt(inputs, "resourceUri"), id))
                    .flatMap(({ inputs }) => stack.withId(textAt(inputs, "dataCollectionRuleId")) ?? []);
                const leadsTo = (kind: string) => rules.some(({ inputs }) => flowsTo(inputs, kind));
                const collects = (...path: string[]) => at(cluster, ...path, "enabled") === true;
                return [
                    ...(leadsTo("logAnalytics") && collects("addonProfiles", "omsagent")
                        ? []
                        : ["sends no container logs"]),
                    ...(leadsTo("monitoringAccounts") && collects("azureMonitorProfile", "metrics")
                        ? []
                        : ["sends no metrics"]),
                ];
            }),
    },
    {
        id: "azure-trouble-is-reported",
        title: "Somebody hears of trouble in Azure itself",
        severity: "warning",
        why: "Retirements, outages and broken machines are announced in the portal, where nobody is looking at night.",
        mend: "Create activity log alerts for the categories ServiceHealth and ResourceHealth.",
        sources: [sources.serviceHealth],
        evaluate: (stack) =>
            ["ServiceHealth", "ResourceHealth"]
                .filter((category) => !activityConditions(stack).some((texts) => texts.includes(category)))
                .map((category) => missing(`no activity log alert is about ${category}`)),
    },
    {
        id: "deletions-are-reported",
        title: "Somebody hears when a cluster, vault or registry is deleted",
        severity: "warning",
        why: "A deletion that is seen at once can be undone; soft delete ends one day.",
        mend: "Name the delete operation in an activity log alert.",
        sources: [sources.aksMonitoring],
        evaluate: (stack) =>
            (
                [
                    [types.cluster, "Microsoft.ContainerService/managedClusters/delete"],
                    [types.vault, "Microsoft.KeyVault/vaults/delete"],
                    [types.registry, "Microsoft.ContainerRegistry/registries/delete"],
                ] as const
            ).flatMap(([type, operation]) =>
                each(stack, type, () =>
                    activityConditions(stack).some((texts) => texts.includes(operation))
                        ? undefined
                        : `no alert is about ${operation}`,
                ),
            ),
    },
    {
        id: "alerts-are-switched-on",
        title: "Every alert is switched on",
        severity: "error",
        why: "An alert that was switched off for a day of maintenance stays off.",
        mend: "Set `enabled: true`.",
        sources: [sources.aksMonitoring],
        ...ofEach(
            [types.metricAlert, types.activityLogAlert, types.scheduledQueryRule, types.prometheusRuleGroup],
            ({ inputs }) => [
                ...(inputs["enabled"] === true ? [] : ["`enabled` is not set to true"]),
                // In a group of Prometheus rules, each can be switched off by itself.
                ...recordsAt(inputs, "rules")
                    .filter((rule) => textAt(rule, "alert") && rule["enabled"] === false)
                    .map((rule) => `alert ${textAt(rule, "alert") ?? "?"} is switched off`),
            ],
        ),
    },
    {
        id: "node-shortage-is-reported",
        title: "Somebody hears when nodes run out of CPU, memory or disk",
        severity: "warning",
        why: "A node without disk or memory throws out pods of everybody; CPU shortage slows all of them.",
        mend: "Create metric alerts on the cluster's node metrics.",
        sources: [sources.aksMonitoring],
        evaluate: (stack) =>
            each(stack, types.cluster, ({ id }) => {
                const metrics = stack
                    .ofType(types.metricAlert)
                    .filter(({ inputs }) => textsAt(inputs, "scopes").some((scope) => sameId(scope, id)))
                    .flatMap(({ inputs }) => recordsAt(inputs, "criteria", "allOf"))
                    .map((criterion) => textAt(criterion, "metricName") ?? "");
                const unwatched = ["node_cpu", "node_memory", "node_disk"].filter(
                    (prefix) => !metrics.some((metric) => metric.startsWith(prefix)),
                );
                return unwatched.map((prefix) => `no metric alert is about ${prefix.replace("_", " ")}`);
            }),
    },
    {
        id: "prometheus-rules-read-a-workspace",
        title: "Every group of Prometheus rules reads a workspace of this stack",
        severity: "error",
        why: "A group without one is accepted, and never evaluated.",
        mend: "Put the id of the Azure Monitor workspace into `scopes`.",
        sources: [sources.aksMonitoring],
        evaluate: (stack) =>
            each(stack, types.prometheusRuleGroup, ({ inputs }) =>
                textsAt(inputs, "scopes").some(
                    (scope) => stack.withId(scope)?.type === types.azureMonitorWorkspace,
                )
                    ? undefined
                    : "reads no Azure Monitor workspace of this stack",
            ),
    },
    {
        id: "grafana-has-no-api-keys",
        title: "Grafana takes an Entra login only",
        severity: "error",
        why: "An API key of Grafana belongs to nobody, and outlives whoever made it.",
        mend: "Set `properties.apiKey: Disabled`.",
        sources: [sources.aksBaseline],
        ...ofEach(types.grafana, ({ inputs }) =>
            textAt(inputs, "properties", "apiKey") === "Disabled" ? undefined : "takes API keys",
        ),
    },
];

function isLogged(stack: JudgedStack, id: string | undefined): boolean {
    return stack
        .ofType(types.diagnosticSetting)
        .some(
            ({ inputs }) =>
                sameId(textAt(inputs, "resourceUri"), id) &&
                textAt(inputs, "workspaceId") !== undefined &&
                recordsAt(inputs, "logs").some((log) => log["enabled"] === true),
        );
}

function alertFindings(stack: JudgedStack): Finding[] {
    const groups = stack.ofType(types.actionGroup);
    if (groups.length === 0) {
        return [missing("the stack has no action group")];
    }
    const reaching = new Set(
        groups.filter((group) => groupProblem(group) === undefined).map((group) => group.id?.toLowerCase()),
    );
    const reaches = (ids: readonly (string | undefined)[]) =>
        ids.some((id) => id !== undefined && reaching.has(id.toLowerCase()));
    const idsOf = (actions: readonly Record<string, unknown>[]) =>
        actions.map((action) => textAt(action, "actionGroupId"));
    const nobody = "reaches no action group that tells anybody";
    return [
        ...groups.flatMap((group) => {
            const problem = groupProblem(group);
            return problem === undefined ? [] : [finding(group, problem)];
        }),
        ...each(stack, types.metricAlert, ({ inputs }) =>
            reaches(idsOf(recordsAt(inputs, "actions"))) ? undefined : nobody,
        ),
        ...each(stack, types.activityLogAlert, ({ inputs }) =>
            reaches(idsOf(recordsAt(inputs, "actions", "actionGroups"))) ? undefined : nobody,
        ),
        ...each(stack, types.scheduledQueryRule, ({ inputs }) =>
            reaches(textsAt(inputs, "actions", "actionGroups")) ? undefined : nobody,
        ),
        ...each(stack, types.prometheusRuleGroup, (group) =>
            recordsAt(group.inputs, "rules")
                .filter((rule) => textAt(rule, "alert") && !reaches(idsOf(recordsAt(rule, "actions"))))
                .map((rule) => `alert ${textAt(rule, "alert") ?? platformName(group)} ${nobody}`),
        ),
    ];
}

/** Whether what a data collection rule collects goes to a destination of some kind; one that no flow names gets nothing. */
function flowsTo(rule: JsonRecord, kind: string): boolean {
    const names = recordsAt(rule, "destinations", kind).map((destination) => textAt(destination, "name"));
    return recordsAt(rule, "dataFlows").some(
        (flow) =>
            textsAt(flow, "streams").length > 0 &&
            textsAt(flow, "destinations").some((name) => names.includes(name)),
    );
}

/** Why nobody hears from an action group. Azure takes one for switched on where it does not say. */
function groupProblem({ inputs }: CapturedResource): string | undefined {
    if (inputs["enabled"] === false) {
        return "is switched off";
    }
    return hasReceiver(inputs) ? undefined : "has no receiver";
}

function hasReceiver(group: Record<string, unknown>): boolean {
    return Object.entries(group).some(
        ([property, value]) => property.endsWith("Receivers") && Array.isArray(value) && value.length > 0,
    );
}

function loggedCategories(stack: JudgedStack, id: string | undefined): string[] {
    return stack
        .ofType(types.diagnosticSetting)
        .filter(
            ({ inputs }) =>
                sameId(textAt(inputs, "resourceUri"), id) && textAt(inputs, "workspaceId") !== undefined,
        )
        .flatMap(({ inputs }) => recordsAt(inputs, "logs"))
        .filter((log) => log["enabled"] === true)
        .flatMap((log) => textAt(log, "category") ?? textAt(log, "categoryGroup") ?? []);
}

/** The texts that each activity log alert compares with. */
function activityConditions(stack: JudgedStack): string[][] {
    return stack
        .ofType(types.activityLogAlert)
        .map(({ inputs }) =>
            recordsAt(inputs, "condition", "allOf").flatMap((condition) =>
                [condition, ...recordsAt(condition, "anyOf")].flatMap(
                    (inner) => textAt(inner, "equals") ?? [],
                ),
            ),
        );
}
