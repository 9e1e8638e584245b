import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesApi, KubernetesObject } from "../kubernetesApi";

// AKS keeps to disruption budgets for half an hour by default and then gives up; here that is long for a few pods.
const patienceInMilliseconds = 15_000;

/** Takes a node out of service as AKS does: no new pods, the old ones evicted within their disruption budgets, then gone. */
export async function removeNode(api: KubernetesApi, name: string): Promise<void> {
    const path = `/api/v1/nodes/${name}`;
    await api.patch(path, { spec: { unschedulable: true } });
    const end = performance.now() + patienceInMilliseconds;
    for (;;) {
        const pods = (await api.list(`/api/v1/pods?fieldSelector=spec.nodeName%3D${name}`)).filter(
            (pod) => !isOfDaemonSet(pod),
        );
        if (pods.length === 0) {
            break;
        }
        for (const pod of pods) {
            await (performance.now() < end ? evict(api, pod) : api.delete(podPath(pod)));
        }
        await sleep(200);
    }
    for (const pod of await api.list(`/api/v1/pods?fieldSelector=spec.nodeName%3D${name}`)) {
        await api.delete(podPath(pod));
    }
    await api.delete(path);
}

/** True for pods that every node has one of: they go with their node. */
export function isOfDaemonSet({ metadata }: KubernetesObject): boolean {
    return (metadata.ownerReferences ?? []).some(({ kind }) => kind === "DaemonSet");
}

/** A budget may forbid it for now (429), and the pod may be gone already (404). */
async function evict(api: KubernetesApi, pod: KubernetesObject): Promise<void> {
    const { name, namespace } = pod.metadata;
    await api.ask("POST", `${podPath(pod)}/eviction`, {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name, namespace },
    });
}

function podPath({ metadata }: KubernetesObject): string {
    return `/api/v1/namespaces/${metadata.namespace ?? ""}/pods/${metadata.name}`;
}
