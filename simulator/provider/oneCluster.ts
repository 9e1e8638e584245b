import type { ClusterEndpoint, ClusterHost } from "../cluster/clusterHost";

/** One API server, which others have started, for every managed cluster. */
export class OneCluster implements ClusterHost {
    readonly #endpoint: ClusterEndpoint;

    constructor(endpoint: ClusterEndpoint) {
        this.#endpoint = endpoint;
    }

    follow(): Promise<void> {
        return Promise.resolve();
    }

    endpoint(): ClusterEndpoint {
        return this.#endpoint;
    }

    stop(): Promise<void> {
        return Promise.resolve();
    }
}
