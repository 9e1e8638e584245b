import type { ExistingResource, Subscription } from "../azure/subscription";
import type { SimulatedEnvironment } from "../resourceType";
import { unwrapSecrets } from "../secrets";
import type { Entity, EntityStore } from "./entityStore";

/** The contents of a store as Azure's rules look at them. */
export function subscriptionView(store: EntityStore, environment: SimulatedEnvironment): Subscription {
    return {
        environment,
        now: 0,
        all: () => store.all().map(plain),
        find: (id) => {
            const entity = store.find(id);
            return entity && plain(entity);
        },
        running: [],
        softDeleted: [],
        limits: {},
    };
}

function plain({ id, type, inputs, state }: Entity): ExistingResource {
    return {
        id,
        type,
        inputs: unwrapSecrets(inputs) as Values,
        state: unwrapSecrets(state) as Values,
        createdAt: 0,
    };
}

type Values = Record<string, unknown>;
