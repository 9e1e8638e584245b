import { isDeepStrictEqual } from "node:util";
import type { ExistingResource } from "../azure/subscription";
import { aksObjects, scrapeDefinitions, serviceNetwork } from "./aksObjects";
import type { ClusterObject } from "./aksObjects";
import { CloudController } from "./cloudController";
import { ControlPlane } from "./controlPlane";
import type { ControlPlaneOptions } from "./controlPlane";
import { NodeKeeper } from "./nodes/nodeKeeper";
import { poolsOf } from "./nodes/nodePools";

/** What a cluster is brought to life with. */
export interface LiveClusterOptions extends Omit<ControlPlaneOptions, "serviceCidr"> {
    /** Simulated seconds per real second. */
    timeScale: number;
}

// An estimate: the add-on's pods must be pulled and started before it makes its kinds.
const scrapeKindsAfterInSeconds = 60;

/** The Kubernetes behind one managed cluster: control plane, what AKS installs, nodes, autoscaler, load balancers. */
export class LiveCluster {
    readonly controlPlane: ControlPlane;
    readonly #options: LiveClusterOptions;
    #nodes: NodeKeeper | undefined;
    #cloudController: CloudController | undefined;
    #scrapeTimer: NodeJS.Timeout | undefined;
    #objects: readonly ClusterObject[] = [];
    #scrapeObjects: readonly ClusterObject[] = [];

    constructor(options: LiveClusterOptions, cluster: ExistingResource) {
        this.#options = options;
        const { serviceCidr } = serviceNetwork(cluster);
        this.controlPlane = new ControlPlane({ ...options, serviceCidr });
    }

    async start(): Promise<void> {
        await this.controlPlane.start();
        const { api } = this.controlPlane;
        this.#cloudController = new CloudController(api);
        this.#cloudController.start();
        this.#nodes = new NodeKeeper(api);
        this.#nodes.start();
    }

    /** Resolves when the cluster is as its inputs and pools say. */
    async follow(cluster: ExistingResource, resources: readonly ExistingResource[]): Promise<void> {
        const objects = aksObjects(cluster);
        if (!isDeepStrictEqual(objects, this.#objects)) {
            await this.#replace(this.#objects, objects);
            this.#objects = objects;
        }
        this.#followScraping(scrapeDefinitions(cluster));
        await this.#nodes?.follow(poolsOf(cluster, resources));
    }

    /** Ends what runs; its folder stays. */
    async stop(): Promise<void> {
        clearTimeout(this.#scrapeTimer);
        this.#cloudController?.stop();
        this.#nodes?.stop();
        await this.controlPlane.stop();
    }

    /** Kinds come a while after the metrics add-on was switched on; nobody waits for them. */
    #followScraping(definitions: readonly ClusterObject[]): void {
        if (isDeepStrictEqual(definitions, this.#scrapeObjects)) {
            return;
        }
        const before = this.#scrapeObjects;
        this.#scrapeObjects = definitions;
        clearTimeout(this.#scrapeTimer);
        const delay = (scrapeKindsAfterInSeconds / this.#options.timeScale) * 1000;
        const work = () =>
            void this.#replace(before, definitions).catch((error: unknown) => console.error(error));
        this.#scrapeTimer = setTimeout(work, delay).unref();
    }

    async #replace(before: readonly ClusterObject[], now: readonly ClusterObject[]): Promise<void> {
        const { api } = this.controlPlane;
        for (const { path, object } of now) {
            await api.apply(path, object);
        }
        for (const { path } of before.filter((old) => !now.some((each) => each.path === old.path))) {
            await api.delete(path);
        }
    }
}
