import type { ExistingResource } from "../azure/subscription";
import { unwrapSecrets } from "../secrets";
import type { Entity, EntityStore } from "./entityStore";

type Values = Record<string, unknown>;

/** Everything in a store as Azure's rules and the clusters look at it: without secret envelopes. */
export function existingResources(store: EntityStore): ExistingResource[] {
    return store.all().map(existingResource);
}

/** One entity without secret envelopes. */
export function existingResource({ id, type, inputs, state, createdAt }: Entity): ExistingResource {
    return {
        id,
        type,
        inputs: unwrapSecrets(inputs) as Values,
        state: unwrapSecrets(state) as Values,
        createdAt,
    };
}
