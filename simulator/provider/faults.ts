import { z } from "zod";
import type { OperationKind } from "./operationLog";

/** Something that goes wrong on demand. */
export interface Fault {
    operation: OperationKind | "any";
    /** Pulumi type token; any where it is not given. */
    type?: string;
    /** Logical name in the program; any where it is not given. */
    name?: string;
    /** The first operation to fail, counted from 1 among those that match the rest. Defaults to 1. */
    nth?: number;
    /** How many operations fail, from the n-th on. */
    times: number | "always";
    /**
     * `refuse`: an error before any work. `timeOut`: three times the time passes, then an error, and no work is done.
     * `throttle`: 429 with Retry-After. `loseAnswer`: the work is done, and the answer is an error.
     */
    effect: "refuse" | "timeOut" | "throttle" | "loseAnswer";
    /** Azure's error code of a refusal. Defaults to InternalServerError. */
    code?: string;
    /** Of `throttle`, in simulated seconds. */
    retryAfterSeconds?: number;
}

/** What decides whether a fault is meant for an operation. */
export interface FaultTarget {
    kind: OperationKind;
    type: string;
    /** Logical name. */
    name: string;
}

/** The JSON of a fault, as the control server takes it. */
export const faultSchema: z.ZodType<Fault> = z.strictObject({
    operation: z.enum(["create", "update", "delete", "read", "any"]),
    type: z.string().optional(),
    name: z.string().optional(),
    nth: z.int().min(1).optional(),
    times: z.union([z.int().min(1), z.literal("always")]),
    effect: z.enum(["refuse", "timeOut", "throttle", "loseAnswer"]),
    code: z.string().optional(),
    retryAfterSeconds: z.number().min(0).optional(),
});

/** The faults in force, and how many operations each has seen. */
export class Faults {
    #armed: { fault: Fault; seen: number }[] = [];

    /** Forgets all earlier ones. */
    replaceAll(faults: readonly Fault[]): void {
        this.#armed = faults.map((fault) => ({ fault, seen: 0 }));
    }

    /**
     * What goes wrong with the next operation: the first fault whose turn it is. The operation counts for every fault
     * that matches it.
     */
    take(target: FaultTarget): Fault | undefined {
        const matching = this.#armed.filter(({ fault }) => isMeant(fault, target));
        matching.forEach((armed) => (armed.seen += 1));
        return matching.find(({ fault, seen }) => isItsTurn(fault, seen))?.fault;
    }
}

/** True where everything that the fault names is so; its count is no part of this. */
export function isMeant({ operation, type, name }: Fault, target: FaultTarget): boolean {
    return (
        (operation === "any" || operation === target.kind) &&
        (type === undefined || type === target.type) &&
        (name === undefined || name === target.name)
    );
}

/** True of the `count`-th operation that matches, from 1. */
function isItsTurn({ nth = 1, times }: Fault, count: number): boolean {
    return count >= nth && (times === "always" || count < nth + times);
}
