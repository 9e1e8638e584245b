import type { SubscriptionLimits } from "../azure/subscription";
import type { ControlPlanePrograms } from "../cluster/programs";
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
    /** Who may sign in to a cluster. */
    people: Person[];
    /** Where it keeps every token that it has given somebody. */
    tokensFile: string;
    clusters: ClusterSettings;
    /** A text that must never be seen again in plain: it is put where an answer of Azure would hold a credential. */
    canary: string;
    limits: SubscriptionLimits;
}

/** Where the Kubernetes behind managed clusters comes from. */
export type ClusterSettings = LiveClusterSettings | BorrowedClusterSettings;

/** A cluster of the user's own, by the file that leads to it: its credentials are copied nowhere. */
export interface BorrowedClusterSettings {
    kubeconfig: string;
    context: string;
    /** Tells one borrower from another; it stays the same over restarts. */
    borrower: string;
}

/** What the Kubernetes behind each managed cluster is made of. */
export interface LiveClusterSettings {
    programs: ControlPlanePrograms;
    /** File with KWOK's stages of nodes and pods. */
    kwokStages: string;
    /** Takes a folder for each cluster; nothing else may be in it. */
    directory: string;
}

/** What the process says first, on a line of its own. */
export interface ListeningPorts {
    port: number;
    controlPort: number;
}
