/** Something that somebody whom Entra ID knows has asked a cluster for. */
export interface ClusterRequest {
    /** Milliseconds since 1970. */
    at: number;
    /** ARM id of the cluster. */
    clusterId: string;
    /** Verb, kind and place, as `create apps/deployments in shop`; of a cluster that is gone, method and path. */
    request: string;
    /** Whether it was let in, kept out because no role allows it, or came when the cluster had gone. */
    outcome: "allowed" | "refused" | "gone";
}

// Enough for several lives of a stack; what is older is of no use to anybody.
const limit = 50_000;

/** What people have asked clusters for, the API servers' own components left out. */
export class RequestLog {
    readonly #requests: ClusterRequest[] = [];

    add(clusterId: string, request: string, outcome: ClusterRequest["outcome"]): void {
        this.#requests.push({ at: Date.now(), clusterId, request, outcome });
        if (this.#requests.length > limit) {
            this.#requests.shift();
        }
    }

    all(): readonly ClusterRequest[] {
        return this.#requests;
    }
}
