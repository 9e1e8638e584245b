import type { Waiver } from "../../../policy/waiver";
import { addLike, inside, resource, setInput } from "../../support/editing";
import type { EditableStack } from "../editableStack";
import { removed, set, without } from "../breakage";
import type { Breakage } from "../breakage";

const cluster = "cluster-managed-cluster";
const vault = "vault-vault";
const registry = "registry-registry";
const logs = "monitoring-logs";
const nobody = "reaches no action group that tells anybody";

const logOf = (stack: EditableStack, name: string, category: string) => {
    const found = (resource(stack, name).inputs["logs"] as Record<string, unknown>[]).find(
        (log) => log["category"] === category,
    );
    return found ?? {};
};

/** What breaks rules about the vault, the registry and other data. */
const ofData: readonly Breakage[] = [
    {
        rule: "vault-survives-deletion",
        breaks: "no purge protection",
        change: without(vault, "properties.enablePurgeProtection"),
        expect: [`${vault}: purge protection is off`],
    },
    {
        rule: "vault-survives-deletion",
        breaks: "no soft delete",
        change: set(vault, "properties.enableSoftDelete", false),
        expect: [`${vault}: soft delete is off`],
    },
    {
        rule: "vault-survives-deletion",
        breaks: "a stack without a vault",
        change: removed(vault),
        expect: ["the stack has no key vault"],
        also: ["vault-uses-azure-rbac", "vault-denies-unknown-networks"],
    },
    {
        rule: "vault-uses-azure-rbac",
        breaks: "access policies",
        change: set(vault, "properties.accessPolicies", [{ objectId: "o" }]),
        expect: [`${vault}: has access policies`],
    },
    {
        rule: "vault-uses-azure-rbac",
        breaks: "a missing property",
        change: without(vault, "properties.enableRbacAuthorization"),
        expect: [`${vault}: Azure RBAC is off`],
    },
    {
        rule: "vault-denies-unknown-networks",
        breaks: "an open vault",
        change: (stack) => {
            setInput(stack, vault, "properties.publicNetworkAccess", "Enabled");
            setInput(stack, vault, "properties.networkAcls.defaultAction", undefined);
        },
        expect: [`${vault}: every network reaches it`],
    },
    {
        rule: "vault-denies-unknown-networks",
        breaks: "every address for a range",
        change: (stack) => {
            setInput(stack, vault, "properties.publicNetworkAccess", "Enabled");
            setInput(stack, vault, "properties.networkAcls.ipRules", [{ value: "0.0.0.0/0" }]);
        },
        expect: [`${vault}: every network reaches it`],
    },
    {
        rule: "vault-keeps-deleted-keys-longest",
        breaks: "a week",
        change: set(vault, "properties.softDeleteRetentionInDays", 7),
        expect: [`${vault}: keeps what was deleted for 7 days`],
    },
    {
        rule: "vault-keeps-deleted-keys-longest",
        breaks: "a missing property",
        change: without(vault, "properties.softDeleteRetentionInDays"),
        expect: [`${vault}: keeps what was deleted for an unsaid number of days`],
    },
    {
        rule: "vault-hands-nothing-to-deployments",
        breaks: "templates that read secrets",
        change: set(vault, "properties.enabledForTemplateDeployment", true),
        expect: [`${vault}: \`enabledForTemplateDeployment\` is on`],
    },
    {
        rule: "vault-lets-no-service-pass",
        breaks: "a missing property",
        change: without(vault, "properties.networkAcls.bypass"),
        expect: [`${vault}: \`networkAcls.bypass\` is not None`],
    },
    {
        rule: "registry-without-shared-accounts",
        breaks: "the admin user",
        change: set(registry, "adminUserEnabled", true),
        expect: [`${registry}: \`adminUserEnabled\` is not set to false`],
    },
    {
        rule: "registry-without-shared-accounts",
        breaks: "anonymous pull",
        change: set(registry, "anonymousPullEnabled", true),
        expect: [`${registry}: anonymous pull is on`],
    },
    {
        rule: "registry-denies-unknown-networks",
        breaks: "an open registry",
        change: (stack) => {
            setInput(stack, registry, "publicNetworkAccess", "Enabled");
            setInput(stack, registry, "networkRuleSet", undefined);
        },
        expect: [`${registry}: every network reaches it`],
    },
    {
        rule: "registry-denies-unknown-networks",
        breaks: "every address for a range",
        change: (stack) => {
            setInput(stack, registry, "publicNetworkAccess", "Enabled");
            setInput(stack, registry, "networkRuleSet.ipRules", [
                { action: "Allow", iPAddressOrRange: "0.0.0.0/0" },
            ]);
        },
        expect: [`${registry}: every network reaches it`],
    },
    {
        rule: "closed-registry-exports-nothing",
        breaks: "a missing policy",
        change: without(registry, "policies.exportPolicy"),
        expect: [`${registry}: its images may be exported`],
    },
    {
        rule: "closed-registry-lets-no-service-pass",
        breaks: "a missing property",
        change: without(registry, "networkRuleBypassOptions"),
        expect: [`${registry}: \`networkRuleBypassOptions\` is not None`],
    },
    {
        rule: "premium-registry-spans-zones",
        breaks: "a missing property",
        change: without(registry, "zoneRedundancy"),
        expect: [`${registry}: is in one zone`],
    },
    {
        rule: "premium-registry-spans-zones",
        breaks: "a replica in one zone",
        change: set("registry-replica-northeurope", "zoneRedundancy", "Disabled"),
        expect: ["registry-replica-northeurope: is in one zone"],
    },
    {
        rule: "stateful-resources-are-protected",
        breaks: "an unprotected vault",
        change: (stack) => void (resource(stack, vault).options.protect = false),
        expect: [`${vault}: is neither protected nor retained`],
    },
    {
        rule: "data-is-locked-against-deletion",
        breaks: "a missing lock",
        change: removed("governance-lock-vault"),
        expect: [`${vault}: no lock keeps it from being deleted`],
    },
    {
        rule: "data-is-locked-against-deletion",
        breaks: "a lock on something else",
        change: (stack) => {
            setInput(stack, "governance-lock-logs", "scope", resource(stack, "monitoring-metrics").id);
        },
        expect: [`${logs}: no lock keeps it from being deleted`],
    },
];

/** What breaks rules about logs, metrics and alerts. */
const ofMonitoring: readonly Breakage[] = [
    {
        rule: "cluster-vault-and-registry-are-logged",
        breaks: "a missing setting",
        change: removed("registry-logs"),
        expect: [`${registry}: no diagnostic setting sends its logs to a workspace`],
    },
    {
        rule: "cluster-vault-and-registry-are-logged",
        breaks: "a setting that sends nothing",
        change: set("registry-logs", "logs", [{ categoryGroup: "audit", enabled: false }]),
        expect: [`${registry}: no diagnostic setting sends its logs to a workspace`],
    },
    {
        rule: "cluster-vault-and-registry-are-logged",
        breaks: "a setting that sends nowhere",
        change: without("registry-logs", "workspaceId"),
        expect: [`${registry}: no diagnostic setting sends its logs to a workspace`],
    },
    {
        rule: "alerts-reach-an-action-group",
        breaks: "a metric alert without an action",
        change: without("cluster-monitoring-node-cpu", "actions"),
        expect: [`cluster-monitoring-node-cpu: ${nobody}`],
    },
    {
        rule: "alerts-reach-an-action-group",
        breaks: "an activity log alert without an action",
        change: set("monitoring-deletions", "actions.actionGroups", []),
        expect: [`monitoring-deletions: ${nobody}`],
    },
    {
        rule: "alerts-reach-an-action-group",
        breaks: "a query alert without an action",
        change: without("monitoring-daily-quota-reached", "actions"),
        expect: [`monitoring-daily-quota-reached: ${nobody}`],
    },
    {
        rule: "alerts-reach-an-action-group",
        breaks: "a Prometheus alert without an action",
        change: (stack) => {
            delete inside(stack, "cluster-monitoring-node-alerts", "rules", "0")["actions"];
        },
        expect: [`cluster-monitoring-node-alerts: alert KubeNodeNotReady ${nobody}`],
    },
    {
        rule: "alerts-reach-an-action-group",
        breaks: "a second group that tells nobody",
        change: (stack) => {
            const { inputs } = addLike(stack, "monitoring-action-group", { name: "silent" });
            inputs["emailReceivers"] = [];
        },
        expect: ["silent: has no receiver"],
    },
    {
        rule: "alerts-reach-an-action-group",
        breaks: "a second group that is switched off",
        change: (stack) => {
            const { inputs } = addLike(stack, "monitoring-action-group", { name: "asleep" });
            inputs["enabled"] = false;
        },
        expect: ["asleep: is switched off"],
    },
    {
        rule: "alerts-reach-an-action-group",
        breaks: "a group that tells nobody, for its only alert",
        change: (stack) => {
            const { id, inputs } = addLike(stack, "monitoring-action-group", { name: "asleep" });
            inputs["enabled"] = false;
            setInput(stack, "cluster-monitoring-node-cpu", "actions", [{ actionGroupId: id }]);
        },
        expect: ["asleep: is switched off", `cluster-monitoring-node-cpu: ${nobody}`],
    },
    {
        rule: "alerts-reach-an-action-group",
        breaks: "no group at all",
        change: removed("monitoring-action-group"),
        expect: ["the stack has no action group"],
    },
    {
        rule: "network-is-logged",
        breaks: "a missing setting",
        change: removed("network-ingress-nsg-diagnostics"),
        expect: ["network-ingress-nsg: no diagnostic setting sends its logs to a workspace"],
    },
    {
        rule: "control-plane-audit-is-logged",
        breaks: "a category that is switched off",
        change: (stack) => {
            logOf(stack, "cluster-monitoring-control-plane-logs", "guard")["enabled"] = false;
        },
        expect: [`${cluster}: logins with Entra ID are not recorded`],
    },
    {
        rule: "control-plane-audit-is-logged",
        breaks: "a category that is missing",
        change: set("cluster-monitoring-control-plane-logs", "logs", [{ category: "guard", enabled: true }]),
        expect: [`${cluster}: its audit log is not recorded`],
    },
    {
        rule: "vault-audit-is-logged",
        breaks: "a category that is switched off",
        change: (stack) => void (logOf(stack, "vault-audit-logs", "AuditEvent")["enabled"] = false),
        expect: [`${vault}: its audit log is not recorded`],
    },
    {
        rule: "logs-are-kept-for-a-month",
        breaks: "a week",
        change: set(logs, "retentionInDays", 7),
        expect: [`${logs}: keeps logs for 7 days`],
    },
    {
        rule: "logs-are-kept-for-a-month",
        breaks: "a missing property",
        change: without(logs, "retentionInDays"),
        expect: [`${logs}: keeps logs for an unsaid number of days`],
    },
    {
        rule: "logs-need-an-entra-login",
        breaks: "a missing property",
        change: without(logs, "features.disableLocalAuth"),
        expect: [`${logs}: takes its shared keys`],
    },
    {
        rule: "reached-log-cap-is-reported",
        breaks: "a missing alert",
        change: removed("monitoring-daily-quota-reached"),
        expect: [`${logs}: has a daily cap, and no alert when it is reached`],
    },
    {
        rule: "cluster-sends-logs-and-metrics",
        breaks: "a missing association",
        change: removed("cluster-monitoring-prometheus-association"),
        expect: [`${cluster}: sends no metrics`],
    },
    {
        rule: "cluster-sends-logs-and-metrics",
        breaks: "a rule that leads nowhere",
        change: without("cluster-monitoring-container-insights-rule", "destinations"),
        expect: [`${cluster}: sends no container logs`],
    },
    {
        rule: "cluster-sends-logs-and-metrics",
        breaks: "a rule in which nothing flows",
        change: without("cluster-monitoring-container-insights-rule", "dataFlows"),
        expect: [`${cluster}: sends no container logs`],
    },
    {
        rule: "cluster-sends-logs-and-metrics",
        breaks: "a cluster without the agent for logs",
        change: without(cluster, "addonProfiles.omsagent"),
        expect: [`${cluster}: sends no container logs`],
    },
    {
        rule: "cluster-sends-logs-and-metrics",
        breaks: "metrics switched off at the cluster",
        change: set(cluster, "azureMonitorProfile.metrics.enabled", false),
        expect: [`${cluster}: sends no metrics`],
    },
    {
        rule: "azure-trouble-is-reported",
        breaks: "a missing alert",
        change: removed("monitoring-service-health"),
        expect: ["no activity log alert is about ServiceHealth"],
    },
    {
        rule: "deletions-are-reported",
        breaks: "a missing alert",
        change: removed("monitoring-deletions"),
        expect: [
            `${cluster}: no alert is about Microsoft.ContainerService/managedClusters/delete`,
            `${vault}: no alert is about Microsoft.KeyVault/vaults/delete`,
            `${registry}: no alert is about Microsoft.ContainerRegistry/registries/delete`,
        ],
    },
    {
        rule: "alerts-are-switched-on",
        breaks: "an alert that is switched off",
        change: set("cluster-monitoring-node-disk", "enabled", false),
        expect: ["cluster-monitoring-node-disk: `enabled` is not set to true"],
    },
    {
        rule: "alerts-are-switched-on",
        breaks: "a missing property",
        change: without("cluster-monitoring-node-alerts", "enabled"),
        expect: ["cluster-monitoring-node-alerts: `enabled` is not set to true"],
    },
    {
        rule: "alerts-are-switched-on",
        breaks: "one alert of a group",
        change: set("cluster-monitoring-node-alerts", "rules.0.enabled", false),
        expect: ["cluster-monitoring-node-alerts: alert KubeNodeNotReady is switched off"],
    },
    {
        rule: "node-shortage-is-reported",
        breaks: "a missing alert",
        change: removed("cluster-monitoring-node-disk"),
        expect: [`${cluster}: no metric alert is about node disk`],
    },
    {
        rule: "prometheus-rules-read-a-workspace",
        breaks: "no scope",
        change: set("cluster-monitoring-pod-alerts", "scopes", []),
        expect: ["cluster-monitoring-pod-alerts: reads no Azure Monitor workspace of this stack"],
    },
    {
        rule: "grafana-has-no-api-keys",
        breaks: "a missing property",
        change: without("grafana-workspace", "properties.apiKey"),
        expect: ["grafana-workspace: takes API keys"],
    },
];

/** What breaks rules about cost. */
const ofCost: readonly Breakage[] = [
    {
        rule: "stack-has-a-budget",
        breaks: "no forecast",
        change: without("governance-budget", "notifications.forecast-100-percent"),
        expect: ["no budget tells anybody about forecasted cost"],
    },
    {
        rule: "stack-has-a-budget",
        breaks: "a missing budget",
        change: removed("governance-budget"),
        expect: [
            "no budget tells anybody about actual cost",
            "no budget tells anybody about forecasted cost",
        ],
    },
    {
        rule: "resources-carry-their-tags",
        breaks: "no tags",
        change: without(vault, "tags"),
        expect: [`${vault}: lacks the tags environment, managed-by, workload and cost-center`],
    },
    {
        rule: "resources-carry-their-tags",
        breaks: "no cost centre",
        change: without("group-shared", "tags/cost-center"),
        expect: ["group-shared: lacks the tag cost-center"],
    },
    {
        rule: "logs-have-a-daily-cap",
        breaks: "a missing property",
        change: (stack) => {
            setInput(stack, logs, "workspaceCapping", undefined);
        },
        expect: [`${logs}: takes in any amount of logs`],
    },
    {
        rule: "pools-scale-by-themselves",
        breaks: "a fixed size",
        on: "dev",
        change: set("pool-apps-agent-pool", "enableAutoScaling", false),
        expect: ["pool-apps-agent-pool: pool apps359e: has a fixed number of nodes"],
    },
    {
        rule: "spot-pools-may-be-empty",
        breaks: "a machine that waits for work",
        on: "dev",
        change: (stack) => {
            setInput(stack, "pool-spot-agent-pool", "minCount", 1);
            setInput(stack, "pool-spot-agent-pool", "count", 1);
        },
        expect: ["pool-spot-agent-pool: pool spot2731: keeps Spot machines without work"],
    },
    {
        rule: "public-addresses-are-used",
        breaks: "an address that is left over",
        change: (stack) => {
            const used = inside(stack, "network-nat-gateway", "publicIpAddresses", "0");
            setInput(stack, "network-nat-gateway", "publicIpAddresses", [used]);
        },
        expect: ["network-egress-2-ip: no NAT gateway uses it"],
    },
    {
        rule: "premium-registry-removes-untagged-images",
        breaks: "a missing policy",
        change: without(registry, "policies.retentionPolicy"),
        expect: [`${registry}: keeps untagged images for ever`],
    },
    {
        rule: "cluster-tells-what-it-costs",
        breaks: "a missing profile",
        change: without(cluster, "metricsProfile"),
        expect: [`${cluster}: \`metricsProfile.costAnalysis\` is off`],
    },
];

/** What breaks the rules about waivers. */
const ofWaivers: readonly Breakage[] = [
    {
        rule: "waivers-are-used",
        breaks: "a waiver for a resource that is in order",
        change: (stack) => {
            stack.waivers.push({
                rule: "vault-survives-deletion",
                stack: "prod",
                resources: [vault],
                reason: "for a test",
                owner: "nobody",
                expires: "2027-01-01",
            });
        },
        expect: [`the waiver of vault-survives-deletion for ${vault} covers nothing`],
    },
    {
        rule: "waivers-are-used",
        breaks: "a waiver for a rule that was renamed",
        change: (stack) => {
            stack.waivers.push({
                rule: "vault-is-fine",
                stack: "prod",
                resources: [vault],
                reason: "for a test",
                owner: "nobody",
                expires: "2027-01-01",
            });
        },
        expect: ["the waiver of vault-is-fine is for a rule that there is not"],
    },
    {
        rule: "waivers-are-current",
        breaks: "a waiver whose last day was yesterday",
        change: (stack) => {
            for (const waiver of stack.waivers) {
                if (waiver.rule === "node-images-come-from-aks") {
                    waiver.expires = "2026-11-21";
                }
            }
        },
        expect: [
            "the waiver of node-images-come-from-aks expired on 2026-11-21; platform-engineers answers for it",
        ],
        also: ["node-images-come-from-aks"],
    },
    ...["30.06.2027", "never", "2027-6-30", "2027-02-30"].map((expires) => ({
        rule: "waivers-are-current",
        breaks: `"${expires}" for a day`,
        change: (stack: EditableStack) => {
            for (const waiver of stack.waivers) {
                if (waiver.rule === "node-images-come-from-aks") {
                    waiver.expires = expires;
                }
            }
        },
        expect: [
            `the waiver of node-images-come-from-aks expires on "${expires}", which is no day written YYYY-MM-DD; platform-engineers answers for it`,
        ],
        also: ["node-images-come-from-aks"],
    })),
    {
        rule: "waivers-are-used",
        breaks: "a waiver without resources",
        change: (stack) => {
            const [first] = stack.waivers.filter(({ stack: name }) => name === "prod");
            stack.waivers.push({ ...(first as Waiver), resources: [] });
        },
        expect: ["the waiver of node-images-come-from-aks names no resource"],
    },
    {
        rule: "waivers-are-current",
        breaks: "one that was left when it was made anew",
        change: (stack) => {
            const [first] = stack.waivers.filter(({ stack: name }) => name === "prod");
            stack.waivers.push({ ...(first as Waiver), expires: "2026-01-31" });
        },
        expect: [
            "the waiver of node-images-come-from-aks expired on 2026-01-31; platform-engineers answers for it",
        ],
    },
];

/** What breaks rules about services beside the cluster. */
export const serviceBreakages: readonly Breakage[] = [...ofData, ...ofMonitoring, ...ofCost, ...ofWaivers];
