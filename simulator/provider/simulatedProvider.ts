import { simulateFunction, simulateResource } from "..";
import { notFound } from "../azure/rules/existence";
import { agentPoolType, clusterType } from "../azure/typeTokens";
import type { ClusterHost } from "../cluster/clusterHost";
import type { SimulatedEnvironment } from "../resourceType";
import { containsSecret, unwrapSecrets } from "../secrets";
import { withUnknowns } from "../unknowns";
import type { Clock } from "./clock";
import { pointedAt } from "./credentials";
import { withProperty } from "./drift";
import type { Drift } from "./drift";
import type { Entity, EntityStore } from "./entityStore";
import { LostAnswerError } from "./operations";
import type { OperationRequest, Operations } from "./operations";
import { existingResources } from "./subscriptionView";
import { differences, inputsKey, namedInputs, parseUrn, plainInputs, withoutMarks } from "./wantedInputs";
import type { DiffAnswer } from "./wantedInputs";

type Values = Record<string, unknown>;

/** What a provider is made of. */
export interface SimulatedProviderOptions {
    store: EntityStore;
    operations: Operations;
    clock: Clock;
    clusters: ClusterHost;
    environment: SimulatedEnvironment;
    /** Put where an answer of Azure would hold a credential. */
    canary: string;
    /** Inputs whose change makes another resource of a type, beside those that are its identity. */
    replacingInputs?: (type: string) => readonly string[];
}

/**
 * A creation or update whose work was done and whose answer was an error: azure-native reads what is there and reports
 * it, so that the engine keeps it and tries to update it the next time.
 */
export class InitializationError extends Error {
    constructor(
        readonly entity: Pick<Entity, "id" | "inputs" | "state">,
        message: string,
    ) {
        super(message);
        this.name = "InitializationError";
    }
}

const credentialsFunction = "azure-native:containerservice:listManagedClusterUserCredentials";
const clusterTypes: readonly string[] = [clusterType, agentPoolType];
// What azure-native takes for sure to stay in an update (provider.go, "stableOutputs").
const stableOutputs = ["name", "location"];

/**
 * Azure Resource Manager and Entra ID as a Pulumi provider: the answers of `simulateResource` and `simulateFunction`, and
 * a memory of what exists. Values are JSON, with the engine's envelopes around secrets.
 */
export class SimulatedProvider {
    readonly version = "3.28.0";
    readonly #options: SimulatedProviderOptions;
    #following: Promise<void> = Promise.resolve();

    constructor(options: SimulatedProviderOptions) {
        this.#options = options;
    }

    /** Brings to life what exists already. */
    async start(): Promise<void> {
        await this.#follow();
    }

    /** Refuses types that no table knows, and makes up a name where none is given; it stays what it was before. */
    check(urn: string, olds: Values, news: Values): Values {
        return namedInputs(parseUrn(urn), olds, news);
    }

    /** Compares the inputs that the resource has, as the engine knows them, with the wanted ones. */
    diff(urn: string, olds: Values, news: Values, oldInputs?: Values): DiffAnswer {
        const { type } = parseUrn(urn);
        return differences(type, olds, news, oldInputs, this.#options.replacingInputs?.(type));
    }

    /** What a preview knows of a resource that is still to be made. */
    previewCreate(urn: string, inputs: Values): Values {
        return withUnknowns(inputs, withoutMarks(this.#simulated(urn, inputs).state));
    }

    async create(urn: string, inputs: Values): Promise<{ id: string; state: Values }> {
        const entity = this.#simulated(urn, inputs);
        return this.#written(entity.id, inputs, request("create", urn, entity.id, inputs), async () => {
            const { store, clock } = this.#options;
            store.put({ ...entity, createdAt: clock.now() });
            await this.#followIf([entity]);
            return entity;
        });
    }

    /** What exists, as it is now; nothing where it is gone. */
    async read(id: string, urn: string): Promise<Entity | undefined> {
        const { operations, store } = this.#options;
        return operations.run(request("read", urn, id, {}), () => store.find(id));
    }

    /** What a preview knows of a resource that is to change. */
    previewUpdate(urn: string, olds: Values, news: Values): Values {
        const known = stableOutputs.filter((property) => property in olds);
        const state = withUnknowns(news, withoutMarks(this.#simulated(urn, news).state));
        return { ...state, ...Object.fromEntries(known.map((property) => [property, olds[property]])) };
    }

    async update(id: string, urn: string, news: Values): Promise<{ id: string; state: Values }> {
        return this.#written(id, news, request("update", urn, id, news), async () => {
            const before = this.#existing(id);
            const entity = { ...this.#simulated(urn, news), id: before.id, createdAt: before.createdAt };
            // The object id of a directory object outlives its display name.
            const objectId = before.state["objectId"];
            if (objectId !== undefined) {
                entity.state = { ...entity.state, objectId };
            }
            this.#options.store.put(entity);
            await this.#followIf([entity]);
            return entity;
        });
    }

    /** What is gone already needs no deleting. */
    async delete(id: string, urn: string): Promise<void> {
        const { store, operations } = this.#options;
        const entity = store.find(id);
        if (entity) {
            await operations.run(request("delete", urn, id, entity.inputs), async () => {
                await this.#followIf(store.remove(id));
            });
        }
    }

    invoke(token: string, inputs: Values): Values {
        const { environment, clusters, canary } = this.#options;
        const args = unwrapSecrets(inputs) as Values;
        const outputs = simulateFunction(token, args, environment);
        if (token !== credentialsFunction) {
            return outputs;
        }
        const { id } = this.#existing(this.#clusterId(args));
        return { ...pointedAt(outputs, clusters.endpoint(id), canary) };
    }

    /** Changes a property of what exists, past the engine. Throws where there is no such resource. */
    async drift({ id, path, value }: Drift): Promise<void> {
        const entity = this.#existing(id);
        const inputs = withProperty(entity.inputs, path, value);
        const state = { ...withProperty(entity.state, path, value), [inputsKey]: inputs };
        this.#options.store.put({ ...entity, inputs, state });
        await this.#followIf([entity]);
    }

    /** Runs the work of a creation or update; of what was done without an answer it says what there is. */
    async #written(
        id: string,
        inputs: Values,
        wanted: OperationRequest,
        work: () => Promise<{ id: string; state: Values }>,
    ): Promise<{ id: string; state: Values }> {
        try {
            return await this.#options.operations.run(wanted, work);
        } catch (error) {
            const entity = error instanceof LostAnswerError ? this.#options.store.find(id) : undefined;
            throw entity ? new InitializationError({ ...entity, inputs }, (error as Error).message) : error;
        }
    }

    #existing(id: string): Entity {
        const entity = this.#options.store.find(id);
        if (!entity) {
            throw notFound(id);
        }
        return entity;
    }

    #simulated(urn: string, inputs: Values): Omit<Entity, "createdAt"> {
        const { type, logicalName } = parseUrn(urn);
        const { environment } = this.#options;
        const given = withoutMarks(inputs);
        const { id, state } = simulateResource({
            type,
            logicalName,
            inputs: plainInputs(inputs),
            environment,
        });
        return { id, type, inputs, state: { ...withSecretsOf(given, state), [inputsKey]: inputs } };
    }

    #clusterId(args: Values): string {
        const { environment } = this.#options;
        return simulateResource({ type: clusterType, logicalName: "", inputs: args, environment }).id;
    }

    async #followIf(changed: readonly Pick<Entity, "type">[]): Promise<void> {
        if (changed.some(({ type }) => clusterTypes.includes(type))) {
            await this.#follow();
        }
    }

    /** One after the other, each with what exists when its turn comes. */
    #follow(): Promise<void> {
        const { clusters, store } = this.#options;
        const follow = () => clusters.follow(existingResources(store));
        this.#following = this.#following.then(follow, follow);
        return this.#following;
    }
}

function request(kind: OperationRequest["kind"], urn: string, id: string, inputs: Values): OperationRequest {
    return { kind, urn, id, ...parseUrn(urn), inputs: plainInputs(inputs) };
}

/** What came as a secret goes back as one. */
function withSecretsOf(inputs: Values, state: Values): Values {
    const secret = Object.keys(inputs).filter((key) => containsSecret(inputs[key]) && key in state);
    return { ...state, ...Object.fromEntries(secret.map((key) => [key, inputs[key]])) };
}
