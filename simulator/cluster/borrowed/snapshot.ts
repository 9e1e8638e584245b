import type { KubernetesApi, KubernetesObject } from "../kubernetesApi";

/** What a namespace said about itself. */
export interface NamespaceMetadata {
    labels?: Readonly<Record<string, string>>;
    annotations?: Readonly<Record<string, string>>;
}

/** What was in a cluster before anything was made in it. */
export interface Snapshot {
    /** Names of the objects of each kind of `clusterKinds`, by the path of the kind. */
    names: Readonly<Record<string, readonly string[]>>;
    namespaces: Readonly<Record<string, NamespaceMetadata>>;
}

const namespacesPath = "/api/v1/namespaces";
const rbac = "/apis/rbac.authorization.k8s.io/v1";
const admission = "/apis/admissionregistration.k8s.io/v1";

/**
 * Kinds outside namespaces of which the program and its charts make objects. Nodes and volumes are not among them: what
 * lies on them is nobody's to delete. Namespaces come first, and take along what is in them.
 */
export const clusterKinds = [
    namespacesPath,
    `${rbac}/clusterroles`,
    `${rbac}/clusterrolebindings`,
    "/apis/scheduling.k8s.io/v1/priorityclasses",
    "/apis/storage.k8s.io/v1/storageclasses",
    "/apis/networking.k8s.io/v1/ingressclasses",
    `${admission}/validatingwebhookconfigurations`,
    `${admission}/mutatingwebhookconfigurations`,
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
] as const;

/** Lists what is there now. */
export async function takeSnapshot(api: Pick<KubernetesApi, "list">): Promise<Snapshot> {
    const names: Record<string, string[]> = {};
    for (const kind of clusterKinds) {
        names[kind] = (await api.list(kind)).map(({ metadata }) => metadata.name);
    }
    const namespaces = (await api.list(namespacesPath)).map(
        ({ metadata: { name, labels, annotations } }) => [name, { labels, annotations }] as const,
    );
    return { names, namespaces: Object.fromEntries(namespaces) };
}

/**
 * Paths of the objects of a kind that were not there before and that the engine made: its Kubernetes provider signs what
 * it applies, and Helm in it what it installs, with names that begin so. What others made meanwhile is theirs.
 */
export function newlyMade(
    snapshot: Snapshot,
    kind: string,
    objects: readonly KubernetesObject[],
): KubernetesObject[] {
    const before = new Set(snapshot.names[kind]);
    return objects.filter(
        ({ metadata }) =>
            !before.has(metadata.name) &&
            !metadata.name.startsWith("kube-") &&
            (metadata.managedFields ?? []).some(({ manager }) => isEngine(manager)),
    );
}

function isEngine(manager: string): boolean {
    return manager.startsWith("pulumi");
}

/**
 * The change that gives a namespace back the labels and annotations that the engine has set in it, and leaves alone
 * what others have changed meanwhile; undefined where the engine has set none.
 */
export function restoringPatch(
    { namespaces }: Snapshot,
    { metadata }: KubernetesObject,
): { metadata: Record<string, Record<string, string | null>> } | undefined {
    const before = namespaces[metadata.name];
    if (!before) {
        return undefined;
    }
    const changes = (["labels", "annotations"] as const).flatMap((part) => {
        const keys = (metadata.managedFields ?? [])
            .filter(({ manager }) => isEngine(manager))
            .flatMap(({ fieldsV1 }) => keysBelow(fieldsV1, "f:metadata", `f:${part}`))
            .filter((key) => metadata[part]?.[key] !== before[part]?.[key]);
        return keys.length === 0
            ? []
            : [[part, Object.fromEntries(keys.map((key) => [key, before[part]?.[key] ?? null]))] as const];
    });
    return changes.length === 0 ? undefined : { metadata: Object.fromEntries(changes) };
}

/** Names of the properties that are set below a path; a property `x` stands as `f:x`, the object itself as `.`. */
function keysBelow(fields: Record<string, unknown> | undefined, ...path: string[]): string[] {
    const found = path.reduce<unknown>(
        (at, step) => (at as Record<string, unknown> | undefined)?.[step],
        fields,
    );
    return Object.keys(found ?? {})
        .filter((key) => key.startsWith("f:"))
        .map((key) => key.slice("f:".length));
}
