import { types } from "../../plan/resourceTypes";
import { platformName } from "../../plan/stackView";
import { at, recordsAt, sameId, textAt, textsAt } from "../../plan/values";
import { each, everyOne, finding, missing } from "../rule";
import type { Rule, JudgedStack, Finding } from "../rule";

/** Rules about what holds data: the vault, the registry, logs and alerts. */
export const dataRules: readonly Rule[] = [
    {
        id: "vault-survives-deletion",
        title: "Deleted vaults can be recovered and not be purged",
        severity: "error",
        why: "Whoever may delete a vault could otherwise destroy its keys, and the data that they encrypt, for good.",
        mend: "Set `enablePurgeProtection: true` and do not switch soft delete off.",
        evaluate: (stack) =>
            everyOne(stack, types.vault, "key vault", ({ inputs }) => [
                ...(at(inputs, "properties", "enablePurgeProtection") === true
                    ? []
                    : ["purge protection is off"]),
                ...(at(inputs, "properties", "enableSoftDelete") === false ? ["soft delete is off"] : []),
            ]),
    },
    {
        id: "vault-uses-azure-rbac",
        title: "Azure RBAC decides who may read a vault",
        severity: "error",
        why: "Access policies lie outside Azure's role assignments, and whoever may write the vault may grant themselves all.",
        mend: "Set `enableRbacAuthorization: true` and no access policies.",
        evaluate: (stack) =>
            everyOne(stack, types.vault, "key vault", ({ inputs }) => [
                ...(at(inputs, "properties", "enableRbacAuthorization") === true
                    ? []
                    : ["Azure RBAC is off"]),
                ...(recordsAt(inputs, "properties", "accessPolicies").length > 0
                    ? ["has access policies"]
                    : []),
            ]),
    },
    {
        id: "vault-denies-unknown-networks",
        title: "Vaults deny networks that are not named",
        severity: "error",
        why: "A token that leaks is then of no use outside the networks that the vault knows.",
        mend: "Set `publicNetworkAccess: Disabled`, or `networkAcls.defaultAction: Deny`.",
        evaluate: (stack) =>
            everyOne(stack, types.vault, "key vault", ({ inputs }) =>
                textAt(inputs, "properties", "publicNetworkAccess") === "Disabled" ||
                textAt(inputs, "properties", "networkAcls", "defaultAction") === "Deny"
                    ? undefined
                    : "every network reaches it",
            ),
    },
    {
        id: "registry-without-shared-accounts",
        title: "Registries have no admin user and no anonymous pull",
        severity: "error",
        why: "The admin user is one password for everyone with the right to push; anonymous pull needs none at all.",
        mend: "Set `adminUserEnabled` and `anonymousPullEnabled` to false.",
        evaluate: (stack) =>
            everyOne(stack, types.registry, "container registry", ({ inputs }) => [
                ...(inputs["adminUserEnabled"] === false ? [] : ["`adminUserEnabled` is not set to false"]),
                ...(inputs["anonymousPullEnabled"] === true ? ["anonymous pull is on"] : []),
            ]),
    },
    {
        id: "registry-denies-unknown-networks",
        title: "Registries deny networks that are not named",
        severity: "warning",
        why: "Images often hold more than they should. Basic and Standard registries cannot be closed to the Internet.",
        mend: "Use the Premium tier with `publicNetworkAccess: false`, or with the ranges that may reach it.",
        evaluate: (stack) =>
            everyOne(stack, types.registry, "container registry", ({ inputs }) =>
                inputs["publicNetworkAccess"] === "Disabled" ||
                textAt(inputs, "networkRuleSet", "defaultAction") === "Deny"
                    ? undefined
                    : "every network reaches it",
            ),
    },
    {
        id: "cluster-vault-and-registry-are-logged",
        title: "Clusters, vaults and registries send their logs to a workspace",
        severity: "error",
        why: "Who read a secret or changed the cluster cannot be found out afterwards unless it was logged.",
        mend: "Create a diagnostic setting with a workspace and at least one log category.",
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
        evaluate: alertFindings,
    },
    {
        id: "stateful-resources-are-protected",
        title: "What holds data or cannot be rebuilt in place is protected",
        severity: "warning",
        why: "Without `protect`, a wrong setting or a `pulumi destroy` deletes it.",
        mend: "Set `protection.protect: true` in the stack file.",
        evaluate: (stack) =>
            statefulTypes.flatMap((type) =>
                each(stack, type, ({ options }) =>
                    options.protect || options.retainOnDelete
                        ? undefined
                        : "is neither protected nor retained",
                ),
            ),
    },
];

const statefulTypes = [
    types.virtualNetwork,
    types.cluster,
    types.vault,
    types.key,
    types.registry,
    types.logAnalyticsWorkspace,
    types.azureMonitorWorkspace,
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
        groups.filter((group) => hasReceiver(group.inputs)).map((group) => group.id?.toLowerCase()),
    );
    const reaches = (ids: readonly (string | undefined)[]) =>
        ids.some((id) => id !== undefined && reaching.has(id.toLowerCase()));
    const idsOf = (actions: readonly Record<string, unknown>[]) =>
        actions.map((action) => textAt(action, "actionGroupId"));
    const nobody = "reaches no action group with a receiver";
    return [
        ...groups
            .filter((group) => !hasReceiver(group.inputs))
            .map((group) => finding(group, "has no receiver")),
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

function hasReceiver(group: Record<string, unknown>): boolean {
    return Object.entries(group).some(
        ([property, value]) => property.endsWith("Receivers") && Array.isArray(value) && value.length > 0,
    );
}
