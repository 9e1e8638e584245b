import { setTimeout as sleep } from "node:timers/promises";
import { SimulatorError } from "../../simulatorError";
import type { ClusterObject } from "../aksObjects";
import type { KubernetesApi, KubernetesObject } from "../kubernetesApi";
import { clusterKinds, newlyMade, restoringPatch, takeSnapshot } from "./snapshot";
import type { Snapshot } from "./snapshot";

/** Namespace and name of the ConfigMap by which a borrowed cluster is known as such. */
export const loanMark = { namespace: "default", name: "landing-zone-rehearsal" } as const;

/** Where it stands in the API. */
export const loanMarkPath = `/api/v1/namespaces/${loanMark.namespace}/configmaps/${loanMark.name}`;

const marksPath = `/api/v1/namespaces/${loanMark.namespace}/configmaps`;

// Namespaces of a real cluster end when their pods have; the default grace of a pod is 30 s.
const secondsToEmpty = 180;
const [namespacesPath] = clusterKinds;

/**
 * A cluster of the user's own, from the first use to the last. What was in it before stands in a mark within the cluster
 * itself, so that it is neither lost with the borrower nor lent twice.
 */
export class Loan {
    readonly #api: KubernetesApi;
    readonly #snapshot: Snapshot;
    /** Paths of objects that stand in for those that Azure itself installs. */
    readonly #installed: string[];
    readonly #borrower: string;

    private constructor(api: KubernetesApi, { borrower, snapshot, installed }: Mark) {
        this.#api = api;
        this.#snapshot = snapshot;
        this.#installed = installed;
        this.#borrower = borrower;
    }

    /** Marks the cluster and notes what is in it. Throws where another borrower has it. */
    static async begin(api: KubernetesApi, borrower: string): Promise<Loan> {
        const mark: Mark = { borrower, snapshot: await takeSnapshot(api), installed: [] };
        const { status } = await api.ask("POST", marksPath, configMap(mark));
        if (status >= 300) {
            throw new SimulatorError(
                `the borrowed cluster cannot be marked (${status}): another rehearsal may have it, see the ConfigMap ${loanMark.namespace}/${loanMark.name}`,
            );
        }
        return new Loan(api, mark);
    }

    /** The loan that this borrower has already; none where the cluster is not marked, or by another. */
    static async resumed(api: KubernetesApi, borrower: string): Promise<Loan | undefined> {
        const found = (await api.find(loanMarkPath)) as { data: { mark: string } } | undefined;
        const mark = found && (JSON.parse(found.data.mark) as Mark);
        return mark?.borrower === borrower ? new Loan(api, mark) : undefined;
    }

    /** True for a namespace that the cluster did not have before. */
    isNew(namespace: string): boolean {
        return !(namespace in this.#snapshot.namespaces);
    }

    /** Adds what is not there; what is there already stays as it is, also in the end. */
    async install(objects: readonly ClusterObject[]): Promise<void> {
        for (const { path, object } of objects) {
            if ((await this.#api.find(path)) === undefined) {
                this.#installed.push(path);
                await this.#api.patch(loanMarkPath, {
                    data: dataOf({
                        borrower: this.#borrower,
                        snapshot: this.#snapshot,
                        installed: this.#installed,
                    }),
                });
                await this.#api.apply(path, object);
            }
        }
    }

    /** Makes the cluster what it was, and resolves when it is. */
    async end(): Promise<void> {
        const end = performance.now() + secondsToEmpty * 1000;
        for (let left = await this.#clear(); left.length > 0; left = await this.#clear()) {
            if (performance.now() > end) {
                throw new SimulatorError(
                    `the borrowed cluster still has, ${secondsToEmpty} seconds after their deletion: ${left.map(({ path }) => path).join(", ")}`,
                );
            }
            await sleep(500);
        }
        await this.#api.delete(loanMarkPath);
    }

    /**
     * The same without waiting for what ends by itself, for an end in a hurry: whoever is still making something is given a
     * moment to be gone.
     */
    async abandon(): Promise<void> {
        for (let quiet = 0; quiet < 3;) {
            quiet = (await this.#clear()).some(({ isEnding }) => !isEnding) ? 0 : quiet + 1;
            await sleep(500);
        }
        await this.#api.delete(loanMarkPath);
    }

    /** One round; answers with what is left to end. */
    async #clear(): Promise<{ path: string; isEnding: boolean }[]> {
        const left: { path: string; isEnding: boolean }[] = [];
        for (const kind of clusterKinds) {
            const objects = await this.#api.list(kind);
            for (const { metadata } of newlyMade(this.#snapshot, kind, objects)) {
                const path = `${kind}/${metadata.name}`;
                const isEnding = metadata.deletionTimestamp !== undefined;
                left.push({ path, isEnding });
                if (!isEnding) {
                    await this.#api.delete(path);
                }
            }
            for (const object of kind === namespacesPath ? objects : []) {
                const patch = restoringPatch(this.#snapshot, object);
                if (patch) {
                    await this.#api.patch(`${kind}/${object.metadata.name}`, patch);
                }
            }
        }
        for (const path of this.#installed) {
            const found = (await this.#api.find(path)) as KubernetesObject | undefined;
            if (found) {
                left.push({ path, isEnding: found.metadata.deletionTimestamp !== undefined });
                await this.#api.delete(path);
            }
        }
        return left;
    }
}

interface Mark {
    borrower: string;
    snapshot: Snapshot;
    installed: string[];
}

function configMap(mark: Mark): object {
    return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: loanMark.name }, data: dataOf(mark) };
}

function dataOf(mark: Mark): object {
    return { mark: JSON.stringify(mark) };
}
