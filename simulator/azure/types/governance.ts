import type * as authorization from "@pulumi/azure-native/authorization";
import type * as consumption from "@pulumi/azure-native/consumption";
import type { AzureResourceType } from "../../resourceType";
import { deterministicGuid } from "../deterministicGuid";
import { define } from "./define";

/** What keeps a subscription in order: policy assignments, locks, budgets. */
export const governanceTypes: Readonly<Record<string, AzureResourceType>> = {
    "azure-native:authorization:ManagementLockByScope": define<authorization.ManagementLockByScopeArgs>({
        armType: "Microsoft.Authorization/locks",
        nameInputs: ["lockName"],
        scope: { extensionOf: "scope" },
    }),
    "azure-native:authorization:PolicyAssignment": define<authorization.PolicyAssignmentArgs>({
        armType: "Microsoft.Authorization/policyAssignments",
        nameInputs: ["policyAssignmentName"],
        scope: { extensionOf: "scope" },
        compute: ({ id }) => ({ instanceId: deterministicGuid(`instance ${id}`) }),
    }),
    "azure-native:consumption:Budget": define<consumption.BudgetArgs>({
        armType: "Microsoft.Consumption/budgets",
        nameInputs: ["budgetName"],
        scope: { extensionOf: "scope" },
        compute: () => ({ currentSpend: { amount: 0, unit: "EUR" } }),
    }),
};
