import { budgetProblems } from "../../components/internal/budget";
import { containerInsightsProblems } from "../../components/internal/dataCollection";
import { clusterLogCategoryProblems } from "../../components/internal/diagnosticCategories";
import { keyVaultProblems } from "../../components/internal/keyVaultRules";
import { monitoringProblems } from "../../components/internal/monitoringRules";
import { policyProblems } from "../../components/internal/policies";
import { registryProblems } from "../../components/internal/registryRules";
import { privateZoneProblems } from "../../components/internal/rules";
import { baseNameOf, resolveNames } from "../derived";
import type { Problem } from "../errors";
import type { Settings } from "../schema";
import { at } from "./problemPath";

/** The vault. */
export function checkKeyVault(settings: Settings): Problem[] {
    const { keyVault } = settings;
    return at(
        ["keyVault"],
        keyVaultProblems({
            vaultName: resolveNames(settings).keyVault,
            softDeleteRetentionInDays: keyVault.softDeleteRetentionInDays,
            purgeProtection: keyVault.purgeProtection,
            publicNetworkAccess: keyVault.publicNetworkAccess,
            allowedIpRanges: keyVault.allowedIpRanges,
            roleAssignments: keyVault.roleAssignments.map(({ group, role }, index) => ({
                // No two are equal, so that a repeated one is reported once, as the group's.
                key: String(index),
                role,
                principalId: group,
            })),
        }),
        { vaultName: ["names", "keyVault"] },
    );
}

/** Whether the vault's private endpoint can be found. The vault always has one. */
export function checkKeyVaultZone({ keyVault, network }: Settings): Problem[] {
    return at(
        ["keyVault"],
        privateZoneProblems({
            isPrivate: true,
            ownsZone: network.privateDns.keyVault,
            zoneSetting: "network.privateDns.keyVault",
            privateDnsZoneId: keyVault.privateDnsZoneId,
        }),
    );
}

/** The registry. */
export function checkRegistry(settings: Settings): Problem[] {
    const { registry, location } = settings;
    return at(
        ["registry"],
        registryProblems({ ...registry, registryName: resolveNames(settings).registry, location }),
        {
            registryName: ["names", "registry"],
            "exportEnabled: false": ["registry", "exportEnabled"],
        },
    );
}

/** Whether the registry's private endpoint can be found. A Premium registry has one. */
export function checkRegistryZone({ registry, network }: Settings): Problem[] {
    return at(
        ["registry"],
        privateZoneProblems({
            isPrivate: registry.sku === "Premium",
            ownsZone: network.privateDns.registry,
            zoneSetting: "network.privateDns.registry",
            privateDnsZoneId: registry.privateDnsZoneId,
        }),
    );
}

/** Logs, metrics, alerts, Grafana. */
export function checkMonitoring(settings: Settings): Problem[] {
    const { alertEmails, logAnalytics, grafana } = settings.monitoring;
    const keyed = (groups: readonly string[]) => groups.map((key) => ({ key }));
    return at(
        ["monitoring"],
        monitoringProblems({
            alertEmails,
            logAnalytics,
            grafana: grafana && {
                name: resolveNames(settings).grafana,
                adminGroups: keyed(grafana.adminGroups),
                viewerGroups: keyed(grafana.viewerGroups),
            },
        }),
        { "grafana.name": ["names", "grafana"] },
    );
}

/** Whether anybody can reach Grafana. */
export function checkGrafanaAccess({ monitoring: { grafana } }: Settings): Problem[] {
    return grafana === undefined || grafana.publicNetworkAccess || grafana.privateDnsZoneId !== undefined
        ? []
        : at(
              ["monitoring", "grafana"],
              [
                  "`publicNetworkAccess` is false and `privateDnsZoneId` is missing: nobody could reach Grafana. Give the id of the zone " +
                      "privatelink.grafana.azure.com for a private endpoint, or set `publicNetworkAccess` to true.",
              ],
          );
}

/** Container Insights and the logs of the control plane. */
export function checkClusterLogs({ monitoring }: Settings): Problem[] {
    return at(
        ["monitoring"],
        [
            ...containerInsightsProblems(monitoring.containerInsights),
            ...clusterLogCategoryProblems(monitoring.diagnosticCategories ?? []),
        ],
    );
}

/** Policies. */
export function checkPolicies(settings: Settings): Problem[] {
    return at(["governance"], policyProblems(baseNameOf(settings), settings.governance.policies));
}

/** Budget. */
export function checkBudget({ governance: { budget } }: Settings): Problem[] {
    return budget === undefined ? [] : at(["governance"], budgetProblems(budget));
}
