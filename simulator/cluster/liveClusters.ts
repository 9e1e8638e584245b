import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ExistingResource } from "../azure/subscription";
import { SimulatorError } from "../simulatorError";
import type { ClusterEndpoint, ClusterHost, RunningCluster, RunningClusters } from "./clusterHost";
import type { Webhooks } from "./controlPlane";
import { GoneCluster, isForObject } from "./goneCluster";
import { LiveCluster } from "./liveCluster";
import type { LiveClusterOptions } from "./liveCluster";
import { clustersOf } from "./nodes/nodePools";
import type { RequestLog } from "./requestLog";

/** What the clusters are brought to life with. */
export interface LiveClustersOptions extends Omit<LiveClusterOptions, "webhooks" | "directory"> {
    /** Takes a folder for each cluster; nothing else may be in it. */
    directory: string;
    /** Where an API server asks about people, by the ARM id of its cluster. */
    webhooks: (clusterId: string) => Webhooks;
    requests: RequestLog;
}

/**
 * A control plane for each managed cluster that exists, begun with the cluster and ended with it. Where one was, a
 * listener stays that records who still asks for it.
 */
export class LiveClusters implements ClusterHost, RunningClusters {
    readonly #options: LiveClustersOptions;
    readonly #live = new Map<string, { id: string; cluster: LiveCluster }>();
    readonly #gone = new Map<string, GoneCluster>();
    #work: Promise<void> = Promise.resolve();

    constructor(options: LiveClustersOptions) {
        this.#options = options;
        mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    }

    follow(resources: readonly ExistingResource[]): Promise<void> {
        const result = this.#work.then(() => this.#follow(resources));
        this.#work = result.catch(() => undefined);
        return result;
    }

    endpoint(clusterId: string): ClusterEndpoint {
        const live = this.#live.get(keyOf(clusterId));
        if (!live) {
            throw new SimulatorError(`no cluster is running for ${clusterId}`);
        }
        return endpointOf(live.cluster);
    }

    /** Every cluster that runs. */
    running(): RunningCluster[] {
        return [...this.#live.values()].map(({ id, cluster }) => ({
            id,
            ...endpointOf(cluster),
            administrator: { token: cluster.controlPlane.adminToken },
        }));
    }

    async stop(): Promise<void> {
        await this.#work;
        await Promise.all([
            ...[...this.#live.values()].map(({ cluster }) => cluster.stop()),
            ...[...this.#gone.values()].map((gone) => gone.close()),
        ]);
        this.#live.clear();
        this.#gone.clear();
    }

    async #follow(resources: readonly ExistingResource[]): Promise<void> {
        const clusters = clustersOf(resources);
        const keys = new Set(clusters.map(({ id }) => keyOf(id)));
        await Promise.all(
            [...this.#live.keys()].filter((key) => !keys.has(key)).map((key) => this.#end(key)),
        );
        this.#removeFolders(clusters);
        await Promise.all(
            clusters.map(async (cluster) => (await this.#begun(cluster)).follow(cluster, resources)),
        );
    }

    async #begun(cluster: ExistingResource): Promise<LiveCluster> {
        const key = keyOf(cluster.id);
        const known = this.#live.get(key);
        if (known) {
            return known.cluster;
        }
        // One of the same name has another API server, at another address.
        await this.#gone.get(key)?.close();
        this.#gone.delete(key);
        const { directory, webhooks, ...options } = this.#options;
        const live = new LiveCluster(
            { ...options, directory: join(directory, folderOf(cluster.id)), webhooks: webhooks(cluster.id) },
            cluster,
        );
        try {
            await live.start();
        } catch (error) {
            await live.stop();
            throw error;
        }
        this.#live.set(key, { id: cluster.id, cluster: live });
        return live;
    }

    /** Nobody meets an empty port: between the end of the one and the beginning of the other lie milliseconds. */
    async #end(key: string): Promise<void> {
        const { id, cluster } = this.#live.get(key) ?? {};
        if (id === undefined || !cluster) {
            return;
        }
        const { key: privateKey, certificateAuthority, port } = cluster.controlPlane;
        const gone = new GoneCluster(privateKey, certificateAuthority, (request) => {
            if (isForObject(request)) {
                this.#options.requests.add(id, request, "gone");
            }
        });
        this.#live.delete(key);
        await cluster.stop();
        await gone.listen(port);
        this.#gone.set(key, gone);
    }

    #removeFolders(clusters: readonly ExistingResource[]): void {
        const kept = new Set(clusters.map(({ id }) => folderOf(id)));
        for (const name of readdirSync(this.#options.directory)) {
            if (!kept.has(name)) {
                // A process that was killed a moment ago may still be writing its last file.
                const folder = join(this.#options.directory, name);
                rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
            }
        }
    }
}

function endpointOf({ controlPlane }: LiveCluster): ClusterEndpoint {
    return {
        server: `https://127.0.0.1:${controlPlane.port}`,
        certificateAuthority: controlPlane.certificateAuthority,
    };
}

function folderOf(clusterId: string): string {
    const hash = createHash("sha256").update(keyOf(clusterId)).digest("hex").slice(0, 8);
    return `${clusterId.split("/").at(-1) ?? ""}-${hash}`;
}

/** Ids are compared without regard to case, as Azure does. */
function keyOf(clusterId: string): string {
    return clusterId.toLowerCase();
}
