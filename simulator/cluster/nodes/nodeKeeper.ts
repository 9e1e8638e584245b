import { isDeepStrictEqual } from "node:util";
import type { KubernetesApi, KubernetesObject } from "../kubernetesApi";
import { poolsToGrow } from "./autoscaler";
import { isOfDaemonSet, removeNode } from "./drain";
import { nodeName, nodeObject, poolLabel } from "./nodeObject";
import type { NodeObject, Taint } from "./nodeObject";
import type { NodePool } from "./nodePools";

// Of the node controller; they come and go with the node's health.
const healthTaints = "node.kubernetes.io/";

const autoscalingInterval = 500;

/** Keeps the nodes of a cluster as its pools say, and plays the autoscaler. An upgrade of a node takes no time. */
export class NodeKeeper {
    readonly #api: KubernetesApi;
    /** What was last written of each node. */
    readonly #written = new Map<string, NodeObject>();
    #pools: readonly NodePool[] = [];
    #work: Promise<void> = Promise.resolve();
    #timer: NodeJS.Timeout | undefined;
    #isLooking = false;

    constructor(api: KubernetesApi) {
        this.#api = api;
    }

    start(): void {
        this.#timer = setInterval(() => void this.#look(), autoscalingInterval).unref();
    }

    stop(): void {
        clearInterval(this.#timer);
    }

    /** Resolves when the nodes are as these pools say: new ones made first, then old ones drained. */
    async follow(pools: readonly NodePool[]): Promise<void> {
        await this.#alone(async () => {
            this.#pools = pools;
            const existing = await this.#nodes();
            const wanted = pools.flatMap((pool) => this.#wanted(pool, existing));
            for (const node of wanted) {
                await this.#write(node, existing.get(node.metadata.name));
            }
            const names = new Set(wanted.map(({ metadata }) => metadata.name));
            const surplus = [...existing.keys()].filter((name) => !names.has(name));
            await Promise.all(surplus.map((name) => this.#remove(name)));
        });
    }

    /** As many as asked for; where the autoscaler chooses, as many as there are, within its limits. */
    #wanted(pool: NodePool, existing: ReadonlyMap<string, KubernetesObject>): NodeObject[] {
        const present = [...existing.values()].filter(({ metadata }) => isOf(pool, metadata)).length;
        const { minCount, maxCount } = pool.autoscaling ?? { minCount: pool.count, maxCount: pool.count };
        const count = Math.min(Math.max(present, minCount), maxCount);
        return Array.from({ length: count }, (_, index) => nodeObject(pool, index));
    }

    async #write(node: NodeObject, existing: KubernetesObject | undefined): Promise<void> {
        const { name } = node.metadata;
        if (existing && isDeepStrictEqual(this.#written.get(name), node)) {
            return;
        }
        const { status, ...rest } = node;
        if (!existing) {
            // In one go with its size, or KWOK gives it another one.
            const { taints, providerID } = node.spec;
            await this.#api.create("/api/v1/nodes", {
                metadata: { name },
                spec: { taints, providerID },
                status,
            });
        }
        const present = (existing?.spec?.["taints"] ?? []) as Taint[];
        const taints = [...node.spec.taints, ...present.filter(({ key }) => key.startsWith(healthTaints))];
        await this.#api.apply(`/api/v1/nodes/${name}`, { ...rest, spec: { ...rest.spec, taints } });
        await this.#api.patchStatus(`/api/v1/nodes/${name}`, status);
        this.#written.set(name, node);
    }

    async #remove(name: string): Promise<void> {
        await removeNode(this.#api, name);
        this.#written.delete(name);
    }

    async #nodes(): Promise<Map<string, KubernetesObject>> {
        const nodes = await this.#api.list(`/api/v1/nodes?labelSelector=${encodeURIComponent(poolLabel)}`);
        return new Map(nodes.map((node) => [node.metadata.name, node]));
    }

    async #look(): Promise<void> {
        if (this.#isLooking) {
            return;
        }
        this.#isLooking = true;
        try {
            await this.#alone(() => this.#grow());
        } catch {
            // The API server may go while it is asked; the next round sees.
        } finally {
            this.#isLooking = false;
        }
    }

    /** Gives a pool at most one node, and none while it has one that is still empty. */
    async #grow(): Promise<void> {
        if (!this.#pools.some(({ autoscaling }) => autoscaling)) {
            return;
        }
        const pods = await this.#api.list("/api/v1/pods");
        const nodes = [...(await this.#nodes()).values()];
        const used = new Set(
            pods.filter((pod) => !isOfDaemonSet(pod)).map(({ spec }) => spec?.["nodeName"] as string),
        );
        const sizes = this.#pools
            .map((pool) => ({ pool, own: nodes.filter(({ metadata }) => isOf(pool, metadata)) }))
            .filter(({ own }) => own.every(({ metadata }) => used.has(metadata.name)))
            .map(({ pool, own }) => ({ pool, nodes: own.length }));
        for (const pool of poolsToGrow(pods, sizes)) {
            const names = new Set(nodes.map(({ metadata }) => metadata.name));
            let index = 0;
            while (names.has(nodeName(pool, index))) {
                index += 1;
            }
            await this.#write(nodeObject(pool, index), undefined);
        }
    }

    /** One thing after the other: nodes are not counted while they are being made. */
    #alone(work: () => Promise<void>): Promise<void> {
        const result = this.#work.then(work);
        this.#work = result.catch(() => undefined);
        return result;
    }
}

function isOf({ name }: NodePool, { labels }: KubernetesObject["metadata"]): boolean {
    return labels?.[poolLabel] === name;
}
