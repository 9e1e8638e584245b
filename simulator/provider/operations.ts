import { AzureError } from "../azure/azureError";
import { durationOf } from "../azure/durations";
import type { Operation, Subscription, SubscriptionLimits } from "../azure/subscription";
import type { SimulatedEnvironment } from "../resourceType";
import type { Clock } from "./clock";
import type { EntityStore } from "./entityStore";
import type { Fault, Faults } from "./faults";
import type { OperationKind, OperationLog, OperationRecord } from "./operationLog";
import { existingResource, existingResources } from "./subscriptionView";

/** Says what Azure refuses; `refusal` of simulator/azure/rules. */
export type Refusal = (operation: Operation, subscription: Subscription) => Error | undefined;

/** What operations need to be run. */
export interface OperationsOptions {
    store: EntityStore;
    environment: SimulatedEnvironment;
    clock: Clock;
    faults: Faults;
    log: OperationLog;
    refusal: Refusal;
    limits: SubscriptionLimits;
}

/** One request for an operation. */
export interface OperationRequest {
    kind: OperationKind;
    id: string;
    type: string;
    urn: string;
    logicalName: string;
    /** The wanted inputs, without secret envelopes; of a deletion, those that the resource had. */
    inputs: Readonly<Record<string, unknown>>;
}

/** The work was done, and whoever asked for it never hears of it. */
export class LostAnswerError extends Error {
    constructor() {
        super("read: connection reset by peer");
        this.name = "LostAnswerError";
    }
}

class ThrottledError extends AzureError {
    constructor(readonly retryAfterSeconds: number) {
        super("TooManyRequests", "The request is being throttled. Please try after the time in Retry-After.");
    }
}

const readSeconds = 0.2;
const defaultRetryAfterSeconds = 10;

// How often Azure's Go SDK tries again, and its first pause in seconds (azcore policy.RetryOptions); it doubles each time.
const retries = 3;
const firstPause = 0.8;

/**
 * Runs operations as Azure does: faults on demand, then Azure's own objections, then the time that it takes, then the
 * work. Any number run at once. An operation that has begun comes to its end whether or not anybody still waits for it.
 */
export class Operations {
    readonly #options: OperationsOptions;
    readonly #running = new Set<Operation>();
    /** What this subscription may use. */
    limits: SubscriptionLimits;

    constructor(options: OperationsOptions) {
        this.#options = options;
        this.limits = options.limits;
    }

    /** Everything that was asked for. */
    all(): OperationRecord[] {
        return this.#options.log.all();
    }

    async run<Result>(request: OperationRequest, work: () => Result | Promise<Result>): Promise<Result> {
        const { log, clock } = this.#options;
        const record = log.begin({ ...request, beganAt: clock.now() });
        try {
            const result = await this.#attempts(request, record, work);
            log.end(record, { endedAt: clock.now(), outcome: "succeeded" });
            return result;
        } catch (error) {
            log.end(record, {
                endedAt: clock.now(),
                outcome: "failed",
                error: error instanceof Error ? error.message : String(error),
                ...(error instanceof AzureError ? { code: error.code } : {}),
            });
            throw error;
        }
    }

    /** As the provider's HTTP client does it: some errors of Azure's never reach anybody. */
    async #attempts<Result>(
        request: OperationRequest,
        record: OperationRecord,
        work: () => Result | Promise<Result>,
    ): Promise<Result> {
        for (let attempt = 0; ; attempt += 1) {
            try {
                return await this.#attempt(request, record, work);
            } catch (error) {
                const pause = attempt < retries ? pauseAfter(error, attempt) : undefined;
                if (pause === undefined) {
                    throw error;
                }
                await this.#options.clock.wait(pause);
            }
        }
    }

    async #attempt<Result>(
        request: OperationRequest,
        record: OperationRecord,
        work: () => Result | Promise<Result>,
    ): Promise<Result> {
        const { clock, faults } = this.#options;
        const { kind, type, logicalName } = request;
        const fault = faults.take({ kind, type, name: logicalName });
        if (fault) {
            record.fault = fault.effect;
            refuseFor(fault);
        }
        const operation = this.#operation(request);
        const objection = operation && this.#options.refusal(operation, this.#subscription());
        if (objection) {
            throw objection;
        }
        if (operation) {
            this.#running.add(operation);
        }
        try {
            const seconds = operation ? durationFor(operation) : readSeconds;
            if (fault?.effect === "timeOut") {
                await clock.wait(3 * seconds);
                throw fault.code === undefined
                    ? new Error("context deadline exceeded")
                    : new AzureError(fault.code, "The operation did not end in time.");
            }
            await clock.wait(seconds);
            const result = await work();
            if (fault?.effect === "loseAnswer") {
                throw new LostAnswerError();
            }
            return result;
        } finally {
            if (operation) {
                this.#running.delete(operation);
            }
        }
    }

    /** Nothing for a question, which Azure's rules do not judge. */
    #operation({ kind, id, type, inputs }: OperationRequest): Operation | undefined {
        if (kind === "read") {
            return undefined;
        }
        const entity = kind === "create" ? undefined : this.#options.store.find(id);
        return { kind, id, type, inputs, ...(entity ? { before: existingResource(entity) } : {}) };
    }

    #subscription(): Subscription {
        const { store, environment, clock } = this.#options;
        return {
            environment,
            now: clock.now(),
            all: () => existingResources(store),
            find: (id) => {
                const entity = store.find(id);
                return entity && existingResource(entity);
            },
            running: [...this.#running],
            softDeleted: store.softDeleted,
            limits: this.limits,
        };
    }
}

/** Faults that end an operation before it begins. */
function refuseFor(fault: Fault): void {
    if (fault.effect === "refuse") {
        throw new AzureError(
            fault.code ?? "InternalServerError",
            "The server encountered an internal error. Please retry the request.",
        );
    }
    if (fault.effect === "throttle") {
        throw new ThrottledError(fault.retryAfterSeconds ?? defaultRetryAfterSeconds);
    }
}

/**
 * The pause before the client tries again; nothing for an error that it passes on. It waits out throttling, and a
 * conflict with another operation on the same network (pulumi/pulumi-azure-native#3653).
 */
function pauseAfter(error: unknown, attempt: number): number | undefined {
    if (error instanceof ThrottledError) {
        return error.retryAfterSeconds;
    }
    const isConflict = error instanceof AzureError && error.code === "AnotherOperationInProgress";
    return isConflict ? firstPause * 2 ** attempt : undefined;
}

function durationFor({ kind, type, inputs, before }: Operation): number {
    return durationOf(kind, type, inputs, before?.inputs);
}
