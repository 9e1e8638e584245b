import { UnknownTokenError } from "../resourceType";
import type { ResourceRequest, SimulatedResource } from "../resourceType";

interface KubernetesKind {
    apiVersion: string;
    kind: string;
    namespaced: boolean;
}

/** Kinds that the program creates. The API server stores what it is sent, so the state is the object itself. */
const kinds: Readonly<Record<string, KubernetesKind>> = {
    "kubernetes:core/v1:LimitRange": { apiVersion: "v1", kind: "LimitRange", namespaced: true },
    "kubernetes:core/v1:Namespace": { apiVersion: "v1", kind: "Namespace", namespaced: false },
    "kubernetes:core/v1:NamespacePatch": { apiVersion: "v1", kind: "Namespace", namespaced: false },
    "kubernetes:core/v1:ResourceQuota": { apiVersion: "v1", kind: "ResourceQuota", namespaced: true },
    "kubernetes:core/v1:Secret": { apiVersion: "v1", kind: "Secret", namespaced: true },
    "kubernetes:core/v1:ServiceAccount": { apiVersion: "v1", kind: "ServiceAccount", namespaced: true },
    "kubernetes:core/v1:ServiceAccountPatch": { apiVersion: "v1", kind: "ServiceAccount", namespaced: true },
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        namespaced: true,
    },
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        namespaced: false,
    },
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        namespaced: true,
    },
    "kubernetes:scheduling.k8s.io/v1:PriorityClass": {
        apiVersion: "scheduling.k8s.io/v1",
        kind: "PriorityClass",
        namespaced: false,
    },
    "kubernetes:storage.k8s.io/v1:StorageClass": {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        namespaced: false,
    },
};

const helmRelease = "kubernetes:helm.sh/v3:Release";

/** Custom resources carry their kind in the type token; the scrape objects of managed Prometheus are the ones in use. */
const customResourceKinds: Readonly<Record<string, KubernetesKind>> = {
    "kubernetes:azmonitoring.coreos.com/v1:PodMonitor": {
        apiVersion: "azmonitoring.coreos.com/v1",
        kind: "PodMonitor",
        namespaced: true,
    },
    "kubernetes:azmonitoring.coreos.com/v1:ServiceMonitor": {
        apiVersion: "azmonitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        namespaced: true,
    },
};

/** Answers as the Kubernetes provider does: id `namespace/name` and the object, or a deployed Helm release. */
export function simulateKubernetesResource(request: ResourceRequest): SimulatedResource {
    return request.type === helmRelease ? simulateRelease(request) : simulateObject(request);
}

function simulateObject(request: ResourceRequest): SimulatedResource {
    const known = kinds[request.type] ?? customResourceKinds[request.type];
    if (!known) {
        throw new UnknownTokenError("resource type", request.type, "simulator/kubernetes/index.ts");
    }
    const metadata = recordOf(request.inputs["metadata"]);
    const name = typeof metadata["name"] === "string" ? metadata["name"] : request.logicalName;
    const namespace = typeof metadata["namespace"] === "string" ? metadata["namespace"] : "default";
    return {
        id: known.namespaced ? `${namespace}/${name}` : name,
        state: {
            ...request.inputs,
            apiVersion: known.apiVersion,
            kind: known.kind,
            metadata: { ...metadata, name, ...(known.namespaced ? { namespace } : {}) },
        },
    };
}

function simulateRelease(request: ResourceRequest): SimulatedResource {
    const { inputs, logicalName } = request;
    const name = typeof inputs["name"] === "string" ? inputs["name"] : logicalName;
    const namespace = typeof inputs["namespace"] === "string" ? inputs["namespace"] : "default";
    return {
        id: `${namespace}/${name}`,
        state: {
            ...inputs,
            name,
            namespace,
            status: { name, namespace, status: "deployed", version: inputs["version"], revision: 1 },
        },
    };
}

function recordOf(value: unknown): Record<string, unknown> {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
