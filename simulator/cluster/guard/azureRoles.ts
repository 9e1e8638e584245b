import { azureRoles } from "../../../components/internal/azureRoles";

/** What a built-in role of Azure people do inside a cluster. */
export interface ClusterRole {
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
    [azureRoles.aksRbacClusterAdmin.id]: {
        dataActions: ["*"],
        notDataActions: [],
    },
    [azureRoles.aksRbacAdmin.id]: {
        dataActions: ["*"],
        notDataActions: [
            "resourcequotas/write",
            "resourcequotas/delete",
            "namespaces/write",
            "namespaces/delete",
        ],
    },
    [azureRoles.aksRbacWriter.id]: {
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
    [azureRoles.aksRbacReader.id]: {
        dataActions: [...readableByAll, ...workload.map((resource) => `${resource}/read`)],
        notDataActions: [],
    },
};
