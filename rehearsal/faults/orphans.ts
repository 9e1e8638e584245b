import type { KubernetesApi, KubernetesObject } from "../../simulator/cluster/kubernetesApi";
import { isThere } from "./convergence";
import type { RecordedResource } from "./recovery";

/** A kind of object, and where its objects are listed. */
interface ListedKind {
    kind: string;
    path: string;
}

interface ManagedObject extends KubernetesObject {
    metadata: KubernetesObject["metadata"] & { managedFields?: { manager: string }[] };
}

// How Pulumi's Kubernetes provider signs what it creates. What it only patches it signs with a suffix, and does not own;
// Helm signs in its own name.
const creator = "pulumi-kubernetes";

/**
 * Where the cluster and the state are not the same: objects that the provider made and the state does not know, and
 * objects that only the state has. Looks at the kinds that the state has.
 */
export async function differencesFromCluster(
    resources: readonly RecordedResource[],
    api: KubernetesApi,
): Promise<string[]> {
    const objects = resources
        .filter(isThere)
        .filter(({ type, inputs }) => type.startsWith("kubernetes:") && inputs?.["kind"]);
    const found: string[] = [];
    for (const apiVersion of new Set(objects.map(({ inputs }) => String(inputs?.["apiVersion"])))) {
        const ofVersion = objects.filter(({ inputs }) => inputs?.["apiVersion"] === apiVersion);
        const kinds = new Set(ofVersion.map(({ inputs }) => String(inputs?.["kind"])));
        for (const { kind, path } of await listedKinds(apiVersion, kinds, api)) {
            const inState = new Set(
                ofVersion.filter(({ inputs }) => inputs?.["kind"] === kind).map(({ id }) => id ?? ""),
            );
            const inCluster = (await api.list(path)) as ManagedObject[];
            const ids = new Set(inCluster.map(idOf));
            const own = inCluster.filter(({ metadata }) =>
                metadata.managedFields?.some(({ manager }) => manager === creator),
            );
            found.push(
                ...own
                    .map(idOf)
                    .filter((id) => !inState.has(id))
                    .map((id) => `orphaned in the cluster: ${kind} ${id}`),
                ...[...inState].filter((id) => !ids.has(id)).map((id) => `only in the state: ${kind} ${id}`),
            );
        }
    }
    return found;
}

async function listedKinds(
    apiVersion: string,
    kinds: ReadonlySet<string>,
    api: KubernetesApi,
): Promise<ListedKind[]> {
    const root = rootOf(apiVersion);
    return (await resourcesOf(apiVersion, api))
        .filter(({ kind, name }) => kinds.has(kind) && !name.includes("/"))
        .map(({ kind, name }) => ({ kind, path: `${root}/${name}` }));
}

/** What the API has below a version: name in paths, kind, and whether it is in namespaces. Empty where it has none. */
export async function resourcesOf(
    apiVersion: string,
    api: KubernetesApi,
): Promise<{ name: string; kind: string; namespaced: boolean }[]> {
    const known = (await api.find(rootOf(apiVersion))) ?? { resources: [] };
    return (known as { resources: { name: string; kind: string; namespaced: boolean }[] }).resources;
}

/** The path of a version: the core group has one of its own. */
export function rootOf(apiVersion: string): string {
    return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function idOf({ metadata: { name, namespace } }: KubernetesObject): string {
    return namespace === undefined ? name : `${namespace}/${name}`;
}
