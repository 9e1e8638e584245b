import { priceTable } from "./cost/prices";
import type { StackPlan } from "./stackPlan";

/** Raised when a field changes its meaning or goes away; docs/plan.md describes the fields. */
export const schemaVersion = 2;

/** The JSON form of a plan. */
export interface PlanDocument {
    schemaVersion: number;
    /** Where the prices in `stacks[].cost` come from. */
    prices: { currency: string; collected: string; hoursPerMonth: number };
    stacks: StackPlan[];
    /** Stacks that could not be planned. */
    failures: { stack: string; message: string }[];
}

/** Puts the plans of one run together. */
export function planDocument(stacks: StackPlan[], failures: PlanDocument["failures"] = []): PlanDocument {
    const { currency, collected, hoursPerMonth } = priceTable;
    return { schemaVersion, prices: { currency, collected, hoursPerMonth }, stacks, failures };
}
