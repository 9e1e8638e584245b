import { types } from "../../stack/resourceTypes";
import { at, listAt, numberAt, recordAt, recordsAt, sameId, textAt } from "../../stack/values";
import { isSpot, ofEachPool } from "../nodePools";
import { each, listed, missing, ofEach } from "../rule";
import type { Rule } from "../rule";
import { sources } from "../sources";

/** Tags that cost reports and policies rely on; the first three come from the program, the last from the stack file. */
const expectedTags = ["environment", "managed-by", "workload", "cost-center"];

/** Types of this program that take tags; Azure's others are parts of them. */
const taggedTypes = [
    types.resourceGroup,
    types.actionGroup,
    types.activityLogAlert,
    types.agentPool,
    types.azureMonitorWorkspace,
    types.cluster,
    types.dataCollectionRule,
    types.diskEncryptionSet,
    types.grafana,
    types.identity,
    types.logAnalyticsWorkspace,
    types.metricAlert,
    types.natGateway,
    types.networkSecurityGroup,
    types.privateDnsZone,
    types.privateDnsZoneLink,
    types.privateEndpoint,
    types.prometheusRuleGroup,
    types.publicIpAddress,
    types.registry,
    types.registryReplication,
    types.scheduledQueryRule,
    types.vault,
    types.virtualNetwork,
];

/** Rules about what the landing zone costs. */
export const costRules: readonly Rule[] = [
    {
        id: "stack-has-a-budget",
        title: "Somebody hears when the stack costs too much, and when it is going to",
        severity: "warning",
        why: "A pool that scaled by mistake is otherwise found on the invoice.",
        mend: "Set `governance.budget` in the stack file.",
        sources: [sources.budgets, sources.wellArchitected],
        evaluate: (stack) => {
            const notices = stack
                .ofType(types.budget)
                .flatMap(({ inputs }) => Object.values(recordAt(inputs, "notifications")))
                .filter(
                    (notice) =>
                        at(notice, "enabled") === true &&
                        [
                            ...listAt(notice, "contactEmails"),
                            ...listAt(notice, "contactGroups"),
                            ...listAt(notice, "contactRoles"),
                        ].length > 0,
                )
                .map((notice) => textAt(notice, "thresholdType"));
            return ["Actual", "Forecasted"]
                .filter((kind) => !notices.includes(kind))
                .map((kind) => missing(`no budget tells anybody about ${kind.toLowerCase()} cost`));
        },
    },
    {
        id: "resources-carry-their-tags",
        title: "Every Azure resource says what it belongs to and who pays",
        severity: "warning",
        why: "A line on the invoice without a cost centre is paid by whoever notices it last.",
        mend: "Pass `tags` on to the resource; the stack file names the cost centre.",
        sources: [sources.tagging],
        ...ofEach(taggedTypes, ({ inputs }) => {
            const lacking = expectedTags.filter((tag) => textAt(inputs, "tags", tag) === undefined);
            return lacking.length === 0
                ? undefined
                : `lacks ${lacking.length === 1 ? "the tag" : "the tags"} ${listed(lacking)}`;
        }),
    },
    {
        id: "logs-have-a-daily-cap",
        title: "Workspaces take in no more than a chosen amount a day",
        severity: "warning",
        why: "One pod that logs in a loop can cost more in a night than the cluster in a month.",
        mend: "Set `monitoring.logAnalytics.dailyQuotaInGb`.",
        sources: [sources.dailyCap],
        ...ofEach(types.logAnalyticsWorkspace, ({ inputs }) =>
            (numberAt(inputs, "workspaceCapping", "dailyQuotaGb") ?? 0) > 0
                ? undefined
                : "takes in any amount of logs",
        ),
    },
    {
        id: "pools-scale-by-themselves",
        title: "Every pool is scaled by the autoscaler",
        severity: "warning",
        why: "A pool of fixed size is too large at night, or too small in the morning.",
        mend: "Leave `autoscaling` of the pool on.",
        sources: [sources.wellArchitected],
        ...ofEachPool(({ settings }) =>
            settings["enableAutoScaling"] === true ? undefined : ": has a fixed number of nodes",
        ),
    },
    {
        id: "spot-pools-may-be-empty",
        title: "Spot pools may be empty",
        severity: "warning",
        why: "Spot machines are for work that comes and goes; those that wait for it are paid for.",
        mend: "Set `minCount: 0` of the pool.",
        sources: [sources.spotPools],
        ...ofEachPool((pool) =>
            isSpot(pool) && pool.settings["minCount"] !== 0
                ? ": keeps Spot machines without work"
                : undefined,
        ),
    },
    {
        id: "public-addresses-are-used",
        title: "Every public address serves something",
        severity: "warning",
        why: "Azure charges for an address that nothing uses, and somebody may attach it to a machine.",
        mend: "Attach the address to the NAT gateway, or remove it.",
        sources: [sources.natGateway],
        evaluate: (stack) =>
            each(stack, types.publicIpAddress, ({ id }) =>
                stack
                    .ofType(types.natGateway)
                    .flatMap(({ inputs }) => recordsAt(inputs, "publicIpAddresses"))
                    .some((address) => sameId(textAt(address, "id"), id))
                    ? undefined
                    : "no NAT gateway uses it",
            ),
    },
    {
        id: "premium-registry-removes-untagged-images",
        title: "Premium registries remove images that lost their tag",
        severity: "warning",
        why: "Every build that moves a tag leaves an image behind, which is stored in every region and never pulled.",
        mend: "Set `registry.untaggedRetentionInDays`.",
        sources: [sources.wellArchitected],
        ...ofEach(types.registry, ({ inputs }) =>
            textAt(inputs, "sku", "name") !== "Premium" ||
            textAt(inputs, "policies", "retentionPolicy", "status") === "enabled"
                ? undefined
                : "keeps untagged images for ever",
        ),
    },
    {
        id: "cluster-tells-what-it-costs",
        title: "The cluster's cost can be told apart by namespace",
        severity: "warning",
        why: "Tenants share nodes: without it nobody knows which of them the bill is for.",
        mend: "Set `metricsProfile.costAnalysis.enabled: true`; the Free tier does not have it.",
        sources: [sources.aksCost],
        ...ofEach(types.cluster, ({ inputs }) =>
            textAt(inputs, "sku", "tier") === "Free" ||
            at(inputs, "metricsProfile", "costAnalysis", "enabled") === true
                ? undefined
                : "`metricsProfile.costAnalysis` is off",
        ),
    },
];
