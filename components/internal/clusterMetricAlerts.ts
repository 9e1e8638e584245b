/** An alert on a metric that Azure itself keeps for every cluster, free of charge. */
export interface ClusterMetricAlert {
    /** Part of the logical name and of the Azure name. */
    key: string;
    metricName: string;
    /** The alert fires when the average over 15 minutes is above this. */
    threshold: number;
    /** 0 critical to 4 verbose. */
    severity: 0 | 1 | 2 | 3 | 4;
    description: string;
}

/**
 * What is told even when managed Prometheus is off or fails: the control plane, which its scrape jobs see only in part,
 * and the nodes as a whole. One time series each, so that the rules cost next to nothing.
 */
export const clusterMetricAlerts: ClusterMetricAlert[] = [
    {
        key: "api-server-cpu",
        metricName: "apiserver_cpu_usage_percentage",
        threshold: 90,
        severity: 2,
        description:
            "The API server is short of CPU. Look in the audit log for clients that list or watch too much.",
    },
    {
        key: "api-server-memory",
        metricName: "apiserver_memory_usage_percentage",
        threshold: 90,
        severity: 2,
        description: "The API server is short of memory. Look for very many or very large objects.",
    },
    {
        key: "etcd-size",
        metricName: "etcd_database_usage_percentage",
        threshold: 75,
        severity: 1,
        description:
            "The database of the control plane is nearly full; at 100 % the cluster becomes read-only. Delete old jobs, secrets and events.",
    },
    {
        key: "node-cpu",
        metricName: "node_cpu_usage_percentage",
        threshold: 90,
        severity: 3,
        description:
            "The nodes are short of CPU on average. Raise the pools' maximum or look for containers without limits.",
    },
    {
        key: "node-memory",
        metricName: "node_memory_working_set_percentage",
        threshold: 90,
        severity: 2,
        description:
            "The nodes are short of memory on average; pods will be evicted. Raise the pools' maximum.",
    },
    {
        key: "node-disk",
        metricName: "node_disk_usage_percentage",
        threshold: 85,
        severity: 3,
        description:
            "The disks of the nodes are nearly full on average; images are removed and pods evicted.",
    },
    {
        key: "unschedulable-pods",
        metricName: "cluster_autoscaler_unschedulable_pods_count",
        threshold: 0,
        severity: 2,
        description:
            "Pods find no node and the autoscaler adds none: a pool is at its maximum, a quota is used up or a size is sold out.",
    },
];
