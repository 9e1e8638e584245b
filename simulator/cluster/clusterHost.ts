import type { ExistingResource } from "../azure/subscription";
import type { ApiServer, Credential } from "./kubernetesApi";

/** How to reach the API server of a managed cluster. */
export type ClusterEndpoint = ApiServer;

/** A cluster that runs, for those who look into it from outside. */
export interface RunningCluster extends ClusterEndpoint {
    /** ARM id of the managed cluster. */
    id: string;
    /** Of an administrator whom no role of Azure is asked about. */
    administrator: Credential;
}

/** Whoever brings the managed clusters of the simulated Azure to life. */
export interface ClusterHost {
    /**
     * Makes what runs follow what exists: a Kubernetes for each ManagedCluster, nodes for its pools, an end for clusters
     * and nodes that are gone. Resolves when it is so; calling it again changes nothing. Takes everything that exists.
     */
    follow(resources: readonly ExistingResource[]): Promise<void>;
    /** Throws where no cluster with this id is running. */
    endpoint(clusterId: string): ClusterEndpoint;
    /** Ends all that it has started, and leaves what it has stored. */
    stop(): Promise<void>;
}

/** Whoever can say which clusters run. */
export interface RunningClusters {
    running(): RunningCluster[];
}
