import type { SubscriptionLimits } from "../simulator/azure/subscription";
import type { RunningCluster } from "../simulator/cluster/clusterHost";
import type { ClusterRequest } from "../simulator/cluster/requestLog";
import type { Person } from "../simulator/people";
import type { Drift } from "../simulator/provider/drift";
import type { Fault } from "../simulator/provider/faults";
import type { OperationRecord } from "../simulator/provider/operationLog";
import { RehearsalError } from "./rehearsalError";

/** A token that a person has been given. */
export interface PersonToken {
    token: string;
    /** RFC 3339. */
    expirationTimestamp: string;
}

/** Asks and steers a simulator that runs. */
export class SimulatorControl {
    readonly #port: number;
    readonly #token: string;

    constructor(port: number, token: string) {
        this.#port = port;
        this.#token = token;
    }

    /** What Azure was asked to do so far. */
    async operations(): Promise<OperationRecord[]> {
        return (await this.#ask("GET", "/operations")) as OperationRecord[];
    }

    /** In place of all earlier ones. */
    async setFaults(faults: readonly Fault[]): Promise<void> {
        await this.#ask("PUT", "/faults", faults);
    }

    async setLimits(limits: SubscriptionLimits): Promise<void> {
        await this.#ask("PUT", "/limits", limits);
    }

    /** Changes a property of what exists, past the engine. */
    async drift(drift: Drift): Promise<void> {
        await this.#ask("POST", "/drift", drift);
    }

    async token(person: Person["name"]): Promise<PersonToken> {
        return (await this.#ask("POST", "/tokens", { person })) as PersonToken;
    }

    async clusters(): Promise<RunningCluster[]> {
        return (await this.#ask("GET", "/clusters")) as RunningCluster[];
    }

    /** What people, the deployer among them, have asked clusters for. */
    async clusterRequests(): Promise<ClusterRequest[]> {
        return (await this.#ask("GET", "/cluster-requests")) as ClusterRequest[];
    }

    async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
        const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
            method,
            headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const answer: unknown = await response.json();
        if (!response.ok) {
            const { error } = answer as { error: string };
            throw new RehearsalError(`the simulator refuses ${method} ${path}: ${error}`);
        }
        return answer;
    }
}
