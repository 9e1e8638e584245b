import type { Operation, Rule, Subscription } from "../subscription";
import {
    alreadyExists,
    assignmentMustBeNew,
    lockForbidsDeletion,
    mustExist,
    parentMustExist,
    placeMustExist,
} from "./existence";

/** What Azure refuses, in the order in which it finds fault. */
const rules: readonly Rule[] = [
    alreadyExists,
    mustExist,
    placeMustExist,
    parentMustExist,
    assignmentMustBeNew,
    lockForbidsDeletion,
];

/** The error with which Azure answers an operation that cannot be; nothing where it would begin with the work. */
export function refusal(operation: Operation, subscription: Subscription): Error | undefined {
    for (const rule of rules) {
        const error = rule(operation, subscription);
        if (error) {
            return error;
        }
    }
    return undefined;
}
