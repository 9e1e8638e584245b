/** A built-in role of Azure that lets people work inside a cluster. */
export interface ClusterRole {
    title: string;
    /** Allowed actions on data, after `Microsoft.ContainerService/managedClusters/`; `*` stands for anything. */
    dataActions: readonly string[];
    /** What of these is not allowed all the same. */
    notDataActions: readonly string[];
}

const readableByAll = [
    "apps/controllerrevisions/read",
    "discovery.k8s.io/endpointslices/read",
    "events.k8s.io/events/read",
    "limitranges/read",
    "metrics.k8s.io/pods/read",
    "metrics.k8s.io/nodes/read",
    "namespaces/read",
    "resourcequotas/read",
];

const workload = [
    "apps/daemonsets",
    "apps/deployments",
    "apps/replicasets",
    "apps/statefulsets",
    "autoscaling/horizontalpodautoscalers",
    "batch/cronjobs",
    "batch/jobs",
    "configmaps",
    "endpoints",
    "events",
    "extensions/daemonsets",
    "extensions/deployments",
    "extensions/ingresses",
    "extensions/networkpolicies",
    "extensions/replicasets",
    "networking.k8s.io/ingresses",
    "networking.k8s.io/networkpolicies",
    "persistentvolumeclaims",
    "pods",
    "policy/poddisruptionbudgets",
    "replicationcontrollers",
    "serviceaccounts",
    "services",
];

/**
 * The four roles by the id of their definition, with what Microsoft publishes of them
 * (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/containers). Others allow nothing inside a
 * cluster: the Cluster User Role lets people fetch the kubeconfig only, Owner and Contributor have no data actions.
 */
export const clusterRoles: Readonly<Record<string, ClusterRole>> = {
    "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b": {
        title: "Azure Kubernetes Service RBAC Cluster Admin",
        dataActions: ["*"],
        notDataActions: [],
    },
    "3498e952-d568-435e-9b2c-8d77e338d7f7": {
        title: "Azure Kubernetes Service RBAC Admin",
        dataActions: ["*"],
        notDataActions: [
            "resourcequotas/write",
            "resourcequotas/delete",
            "namespaces/write",
            "namespaces/delete",
        ],
    },
    "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb": {
        title: "Azure Kubernetes Service RBAC Writer",
        dataActions: [
            ...readableByAll,
            ...workload.map((resource) => `${resource}/*`),
            "coordination.k8s.io/leases/read",
            "coordination.k8s.io/leases/write",
            "coordination.k8s.io/leases/delete",
            "secrets/*",
        ],
        notDataActions: [],
    },
    "7f6c6a51-bcf8-42ba-9220-52d62157d7db": {
        title: "Azure Kubernetes Service RBAC Reader",
        dataActions: [...readableByAll, ...workload.map((resource) => `${resource}/read`)],
        notDataActions: [],
    },
};
