import * as assert from "node:assert/strict";
import { simulateResource } from "../../simulator";
import { AzureError } from "../../simulator/azure/azureError";
import { objection } from "../../simulator/azure/rules";
import { subscriptionRules } from "../../simulator/azure/rules/subscriptionRules";
import type {
    ExistingResource,
    Operation,
    Subscription,
    SubscriptionLimits,
} from "../../simulator/azure/subscription";
import { testEnvironment } from "./harness";

type Inputs = Record<string, unknown>;

/**
 * A subscription in memory, filled by hand, for tests of what Azure refuses because of what is there. Its resources need
 * only the properties that the rules look at.
 */
export class TestSubscription implements Subscription {
    readonly environment = testEnvironment;
    now = 10_000;
    running: Operation[] = [];
    softDeleted: string[] = [];
    limits: SubscriptionLimits = {};
    readonly #resources = new Map<string, ExistingResource>();

    all(): readonly ExistingResource[] {
        return [...this.#resources.values()];
    }

    find(id: string): ExistingResource | undefined {
        return this.#resources.get(id.toLowerCase());
    }

    /** Puts a resource there without asking Azure; `secondsAgo` it was made, an hour if not said. */
    add(type: string, inputs: Inputs, secondsAgo = 3600): ExistingResource {
        return this.put(this.create(type, inputs), this.now - secondsAgo);
    }

    /** Puts there what a creation or update asks for. */
    put(operation: Operation, createdAt = this.now): ExistingResource {
        const { id, type, inputs } = operation;
        return this.hold({ id, type, inputs, state: stateOf(type, inputs).state, createdAt });
    }

    hold(resource: ExistingResource): ExistingResource {
        this.#resources.set(resource.id.toLowerCase(), resource);
        return resource;
    }

    remove(id: string): void {
        this.#resources.delete(id.toLowerCase());
    }

    /** The operation that makes a resource. */
    create(type: string, inputs: Inputs): Operation {
        return { kind: "create", type, inputs, id: stateOf(type, inputs).id };
    }

    /** The operation that changes some top-level inputs of a resource; `undefined` leaves one out. */
    update(before: ExistingResource, changes: Inputs): Operation {
        const { id, type, inputs } = before;
        return { kind: "update", id, type, inputs: { ...inputs, ...changes }, before };
    }

    /** The operation that deletes a resource. */
    delete(before: ExistingResource): Operation {
        const { id, type, inputs } = before;
        return { kind: "delete", id, type, inputs, before };
    }

    /** Fails unless Azure begins with the operation. */
    allows(operation: Operation): void {
        assert.equal(objection(subscriptionRules, operation, this)?.message, undefined);
    }

    /** Fails unless Azure refuses the operation with this code and these words. */
    refuses(operation: Operation, code: string, words: RegExp): void {
        const error = objection(subscriptionRules, operation, this);
        assert.ok(error instanceof AzureError, `expected ${code}, found ${String(error)}`);
        assert.equal(error.code, code, error.message);
        assert.match(error.message, words);
    }
}

function stateOf(type: string, inputs: Inputs): { id: string; state: Inputs } {
    return simulateResource({ type, logicalName: "test", inputs, environment: testEnvironment });
}
