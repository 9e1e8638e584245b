import { randomBytes, randomUUID } from "node:crypto";
import type { CheckResult, CreateResult, DiffResult, InvokeResult } from "@pulumi/pulumi/provider";
import type { Provider, ReadResult, UpdateResult } from "@pulumi/pulumi/provider";
import { simulateFunction, simulateResource } from "..";
import { azureResourceType } from "../azure";
import type { SimulatedEnvironment } from "../resourceType";
import { containsSecret, unwrapSecrets } from "../secrets";
import { pointedAt } from "./credentials";
import type { ClusterEndpoint } from "./credentials";
import { detailedDiff, replacingProperties } from "./detailedDiff";
import type { Entity, EntityStore } from "./entityStore";
import { identityInputs, ownNameInput } from "../azure/identityInputs";
import { refusal } from "../azure/rules";
import { notFound } from "../azure/rules/existence";
import type { Operation } from "../azure/subscription";
import { subscriptionView } from "./subscriptionView";

type Values = Record<string, unknown>;

// The state has the inputs as they were given, beside what Azure answers: a difference is one between inputs.
const inputsKey = "__inputs";
const credentialsFunction = "azure-native:containerservice:listManagedClusterUserCredentials";

/**
 * Azure Resource Manager and Entra ID as a Pulumi provider: the answers of `simulateResource` and `simulateFunction`, and
 * a memory of what exists.
 */
export class SimulatedProvider implements Provider {
    readonly version = "3.28.0";
    readonly #store: EntityStore;
    readonly #environment: SimulatedEnvironment;
    readonly #endpoint: ClusterEndpoint;

    constructor(store: EntityStore, environment: SimulatedEnvironment, endpoint: ClusterEndpoint) {
        this.#store = store;
        this.#environment = environment;
        this.#endpoint = endpoint;
    }

    /** Refuses types that no table knows, and makes up a name where none is given; it stays what it was before. */
    check(urn: string, olds: Values, news: Values): Promise<CheckResult> {
        return answer(() => {
            const { type, logicalName } = parse(urn);
            const property = ownNameInput(type);
            const inputs =
                property === undefined || news[property] !== undefined
                    ? news
                    : { ...news, [property]: olds[property] ?? automaticName(type, logicalName) };
            return { inputs };
        });
    }

    diff(_id: string, urn: string, olds: Values, news: Values): Promise<DiffResult> {
        return answer(() => {
            const { type } = parse(urn);
            const before = unwrapped((olds[inputsKey] ?? {}) as Values);
            const differences = detailedDiff(before, unwrapped(news), identityInputs(type));
            return {
                changes: Object.keys(differences).length > 0,
                replaces: replacingProperties(differences),
            };
        });
    }

    create(urn: string, inputs: Values): Promise<CreateResult> {
        return answer(() => {
            const entity = this.#simulated(urn, inputs);
            this.#refuse({ kind: "create", id: entity.id, type: entity.type, inputs: unwrapped(inputs) });
            this.#store.put(entity);
            return { id: entity.id, outs: entity.state };
        });
    }

    /** What exists, as it is now; an empty id where it is gone. */
    read(id: string): Promise<ReadResult> {
        return answer(() => {
            const entity = this.#store.find(id);
            return entity
                ? { id: entity.id, props: entity.state, inputs: entity.inputs }
                : { id: "", props: {} };
        });
    }

    update(id: string, urn: string, _olds: Values, news: Values): Promise<UpdateResult> {
        return answer(() => {
            const { type } = parse(urn);
            this.#refuse({ kind: "update", id, type, inputs: unwrapped(news) });
            const before = this.#existing(id);
            const entity = { ...this.#simulated(urn, news), id: before.id };
            // The object id of a directory object outlives its display name.
            const objectId = before.state["objectId"];
            if (objectId !== undefined) {
                entity.state = { ...entity.state, objectId };
            }
            this.#store.put(entity);
            return { outs: entity.state };
        });
    }

    /** What is gone already needs no deleting. */
    delete(id: string): Promise<void> {
        return answer(() => {
            const entity = this.#store.find(id);
            if (entity) {
                this.#refuse({ kind: "delete", id, type: entity.type, inputs: unwrapped(entity.inputs) });
                this.#store.remove(id);
            }
        });
    }

    invoke(token: string, inputs: Values): Promise<InvokeResult> {
        return answer(() => {
            const args = unwrapped(inputs);
            const outputs = simulateFunction(token, args, this.#environment);
            if (token !== credentialsFunction) {
                return { outputs };
            }
            this.#existing(this.#clusterId(args));
            return { outputs: pointedAt(outputs, this.#endpoint) };
        });
    }

    #refuse(operation: Operation): void {
        const error = refusal(operation, subscriptionView(this.#store, this.#environment));
        if (error) {
            throw error;
        }
    }

    #existing(id: string): Entity {
        const entity = this.#store.find(id);
        if (!entity) {
            throw notFound(id);
        }
        return entity;
    }

    #simulated(urn: string, inputs: Values): Entity {
        const { type, logicalName } = parse(urn);
        const plain = unwrapped(inputs);
        const { id, state } = simulateResource({
            type,
            logicalName,
            inputs: plain,
            environment: this.#environment,
        });
        return { id, type, inputs, state: { ...withSecretsOf(inputs, state), [inputsKey]: inputs } };
    }

    #clusterId(args: Values): string {
        const type = "azure-native:containerservice:ManagedCluster";
        return simulateResource({ type, logicalName: "", inputs: args, environment: this.#environment }).id;
    }
}

/** The provider's methods are promises; what they do is not. */
function answer<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve) => resolve(work()));
}

function parse(urn: string): { type: string; logicalName: string } {
    const [, , qualifiedType = "", ...name] = urn.split("::");
    return { type: qualifiedType.split("$").at(-1) ?? "", logicalName: name.join("::") };
}

function automaticName(type: string, logicalName: string): string {
    return azureResourceType(type).guidName
        ? randomUUID()
        : `${logicalName}${randomBytes(4).toString("hex")}`;
}

function unwrapped(values: Values): Values {
    return unwrapSecrets(values) as Values;
}

/** What came as a secret goes back as one. */
function withSecretsOf(inputs: Values, state: Values): Values {
    const secret = Object.keys(inputs).filter((key) => containsSecret(inputs[key]) && key in state);
    return { ...state, ...Object.fromEntries(secret.map((key) => [key, inputs[key]])) };
}
