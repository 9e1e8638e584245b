import * as authorization from "@pulumi/azure-native/authorization";
import * as consumption from "@pulumi/azure-native/consumption";
import * as pulumi from "@pulumi/pulumi";
import { PolicyEffect, PolicyPodSecurityLevel } from "./governanceArgs";
import type { BudgetArgs, GovernanceArgs, LockArgs, PolicyArgs } from "./governanceArgs";
import { budgetNotifications, budgetProblems } from "./internal/budget";
import type { BudgetSettings } from "./internal/budget";
import { duplicates } from "./internal/duplicates";
import { azureName } from "./internal/naming";
import { planAssignments, policyProblems } from "./internal/policies";
import type { PolicySettings } from "./internal/policies";
import { deletionLock } from "./internal/protection";

export { PolicyEffect, PolicyPodSecurityLevel } from "./governanceArgs";
export type {
    BudgetArgs,
    GovernanceArgs,
    LockArgs,
    PolicyArgs,
    PolicyContainerLimitsArgs,
} from "./governanceArgs";

const defaults = {
    podSecurityLevel: PolicyPodSecurityLevel.Baseline,
    effect: PolicyEffect.Audit,
    internalLoadBalancersOnly: true,
    httpsIngressOnly: true,
    noDefaultNamespace: true,
    noExternalIps: true,
    readOnlyRootFilesystem: false,
    actualThresholds: [80, 100],
    forecastThresholds: [100],
};

const maxReasonLength = 512;

/** Rules that hold whatever runs: Azure Policy for the clusters of a resource group, a budget, and locks against deletion. */
export class Governance extends pulumi.ComponentResource {
    /** Ids of the policy assignments. Workloads that wait for them are checked from the start. */
    public readonly policyAssignmentIds: pulumi.Output<string[]>;
    /** Id of the budget; absent without one. */
    public readonly budgetId?: pulumi.Output<string>;
    /** Ids of the locks. */
    public readonly lockIds: pulumi.Output<string[]>;

    constructor(name: string, args: GovernanceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Governance", name, {}, opts);
        const policies = policySettings(args.policies ?? {});
        const budget = args.budget && budgetSettings(args.budget);
        const locks = args.locks ?? [];
        const problems = [
            ...policyProblems(args.baseName, policies),
            ...(budget ? budgetProblems(budget) : []),
            ...lockProblems(locks),
        ];
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }

        // Neither identity nor location: policies that audit or deny change nothing, hence need no rights of their own.
        const assignments = planAssignments(args.baseName, policies).map(
            ({ key, name: policyAssignmentName, displayName, description, policyDefinitionId, parameters }) =>
                new authorization.PolicyAssignment(
                    `${name}-${key}`,
                    {
                        scope: args.scopeId,
                        policyAssignmentName,
                        displayName,
                        description,
                        policyDefinitionId,
                        parameters,
                        enforcementMode: authorization.EnforcementMode.Default,
                    },
                    { parent: this },
                ),
        );

        if (args.budget && budget) {
            const monthly = new consumption.Budget(
                `${name}-budget`,
                {
                    scope: args.budget.scopeId,
                    budgetName: azureName("budget", args.baseName),
                    category: consumption.CategoryType.Cost,
                    amount: budget.amountPerMonth,
                    timeGrain: consumption.TimeGrainType.Monthly,
                    timePeriod: { startDate: `${budget.startDate}T00:00:00Z` },
                    notifications: budgetNotifications(budget),
                },
                { parent: this },
            );
            this.budgetId = monthly.id;
        }

        const lockResources = locks.map(
            ({ key, resourceId, reason }) =>
                new authorization.ManagementLockByScope(
                    `${name}-lock-${key}`,
                    deletionLock(args.baseName, resourceId, reason),
                    { parent: this },
                ),
        );

        this.policyAssignmentIds = pulumi.all(assignments.map((assignment) => assignment.id));
        this.lockIds = pulumi.all(lockResources.map((lock) => lock.id));
        this.registerOutputs({
            policyAssignmentIds: this.policyAssignmentIds,
            budgetId: this.budgetId,
            lockIds: this.lockIds,
        });
    }
}

function policySettings(policies: PolicyArgs): PolicySettings {
    return {
        podSecurityLevel: policies.podSecurityLevel ?? defaults.podSecurityLevel,
        effect: policies.effect ?? defaults.effect,
        excludedNamespaces: policies.excludedNamespaces ?? [],
        internalLoadBalancersOnly: policies.internalLoadBalancersOnly ?? defaults.internalLoadBalancersOnly,
        httpsIngressOnly: policies.httpsIngressOnly ?? defaults.httpsIngressOnly,
        noDefaultNamespace: policies.noDefaultNamespace ?? defaults.noDefaultNamespace,
        noExternalIps: policies.noExternalIps ?? defaults.noExternalIps,
        readOnlyRootFilesystem: policies.readOnlyRootFilesystem ?? defaults.readOnlyRootFilesystem,
        allowedImagesRegex: policies.allowedImagesRegex,
        containerLimits: policies.containerLimits,
    };
}

function budgetSettings(budget: BudgetArgs): BudgetSettings {
    return {
        amountPerMonth: budget.amountPerMonth,
        startDate: budget.startDate,
        contactEmails: budget.contactEmails,
        actualThresholds: budget.actualThresholds ?? defaults.actualThresholds,
        forecastThresholds: budget.forecastThresholds ?? defaults.forecastThresholds,
    };
}

function lockProblems(locks: readonly LockArgs[]): string[] {
    return [
        ...duplicates(locks.map(({ key }) => key)).map(
            (key) => `\`locks\` has the key "${key}" twice. Give each lock its own key.`,
        ),
        ...locks
            .filter(({ reason }) => reason.trim() === "" || reason.length > maxReasonLength)
            .map(
                ({ key, reason }) =>
                    `\`locks\` "${key}" has a reason of ${reason.trim().length} characters, Azure allows 1 to ${maxReasonLength}. ` +
                    "Say in a sentence why the resource must not be deleted.",
            ),
    ];
}
