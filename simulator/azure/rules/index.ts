import { propertiesMustFit } from "../models";
import { nameMustFit } from "../names";
import type { Operation, Rule, Subscription } from "../subscription";
import { alreadyExists, mustExist } from "./existence";
import { subscriptionRules } from "./subscriptionRules";

/** What Azure refuses, in the order in which it finds fault. */
const rules: readonly Rule[] = [
    alreadyExists,
    nameMustFit,
    propertiesMustFit,
    mustExist,
    ...subscriptionRules,
];

/** The error with which Azure answers an operation that cannot be; nothing where it would begin with the work. */
export function refusal(operation: Operation, subscription: Subscription): Error | undefined {
    return objection(rules, operation, subscription);
}

/** The error of the first rule that has an objection. */
export function objection(
    judges: readonly Rule[],
    operation: Operation,
    subscription: Subscription,
): Error | undefined {
    for (const rule of judges) {
        const error = rule(operation, subscription);
        if (error) {
            return error;
        }
    }
    return undefined;
}
