import type { SubscriptionLimits } from "../azure/subscription";
import type { ClusterEndpoint } from "../cluster/clusterHost";
import type { Person } from "../people";
import type { SimulatedEnvironment } from "../resourceType";

/** What the provider's process is told, in a JSON file that its one argument names. */
export interface ProviderSettings {
    /** Where it keeps what exists. */
    stateFile: string;
    /** Where it keeps what it was asked to do, as JSON lines. */
    operationsFile: string;
    environment: SimulatedEnvironment;
    /** Simulated seconds per real second. */
    timeScale: number;
    /** What a request to the control server must bring. */
    controlToken: string;
    /** Port of the provider protocol; a free one where it is 0. */
    port: number;
    /** Port of the control server; a free one where it is 0. */
    controlPort: number;
    people: Person[];
    /** The API server that stands in for every managed cluster. */
    cluster: ClusterEndpoint;
    /** A text that must never be seen again in plain: it is put where an answer of Azure would hold a credential. */
    canary: string;
    limits: SubscriptionLimits;
}

/** What the process says first, on a line of its own. */
export interface ListeningPorts {
    port: number;
    controlPort: number;
}
