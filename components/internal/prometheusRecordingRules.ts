import { promql } from "./promql";

/** One precomputed series. */
export interface RecordingRule {
    record: string;
    expression: string;
    labels?: { [key: string]: string };
}

/** Recording rules that are evaluated together, in order: a later one may read what an earlier one recorded. */
export interface RecordingRuleGroup {
    /** Part of the logical name. */
    key: string;
    /** Azure name before the cluster's name. The onboarding tools of managed Prometheus look for these very names. */
    namePrefix: string;
    description: string;
    rules: RecordingRule[];
}

// How the default scrape jobs of managed Prometheus are called.
const node = `job="node"`;
const cadvisor = `job="cadvisor"`;
const state = `job="kube-state-metrics"`;

const availableMemory = `(
    node_memory_MemAvailable_bytes{${node}}
    or (
        node_memory_Buffers_bytes{${node}} + node_memory_Cached_bytes{${node}}
        + node_memory_MemFree_bytes{${node}} + node_memory_Slab_bytes{${node}}
    )
)`;

const nodeRules: RecordingRule[] = [
    {
        record: "instance:node_num_cpu:sum",
        expression: promql`count without (cpu, mode) (node_cpu_seconds_total{${node}, mode="idle"})`,
    },
    {
        record: "instance:node_cpu_utilisation:rate5m",
        expression: promql`1 - avg without (cpu) (
            sum without (mode) (rate(node_cpu_seconds_total{${node}, mode=~"idle|iowait|steal"}[5m]))
        )`,
    },
    {
        record: "instance:node_load1_per_cpu:ratio",
        expression: promql`node_load1{${node}} / instance:node_num_cpu:sum{${node}}`,
    },
    {
        record: "instance:node_memory_utilisation:ratio",
        expression: promql`1 - ${availableMemory} / node_memory_MemTotal_bytes{${node}}`,
    },
    {
        record: "instance:node_vmstat_pgmajfault:rate5m",
        expression: promql`rate(node_vmstat_pgmajfault{${node}}[5m])`,
    },
    {
        record: "instance_device:node_disk_io_time_seconds:rate5m",
        expression: promql`rate(node_disk_io_time_seconds_total{${node}, device!=""}[5m])`,
    },
    {
        record: "instance_device:node_disk_io_time_weighted_seconds:rate5m",
        expression: promql`rate(node_disk_io_time_weighted_seconds_total{${node}, device!=""}[5m])`,
    },
    ...["receive_bytes", "transmit_bytes", "receive_drop", "transmit_drop"].map((counter) => ({
        record: `instance:node_network_${counter}_excluding_lo:rate5m`,
        expression: promql`sum without (device) (rate(node_network_${counter}_total{${node}, device!="lo"}[5m]))`,
    })),
];

// A pod is on one node; `topk(1)` keeps the join one-to-one in the minute after a pod of the same name has moved.
const nodeOfPod = `topk by (cluster, namespace, pod) (1, max by (cluster, namespace, pod, node) (kube_pod_info{node!=""}))`;
const activePods = `max by (cluster, namespace, pod) (kube_pod_status_phase{phase=~"Pending|Running"} == 1)`;

const containerMemory = (metric: string): RecordingRule => ({
    record: `node_namespace_pod_container:${metric}`,
    expression: promql`${metric}{${cadvisor}, image!=""}
        * on (cluster, namespace, pod) group_left(node) ${nodeOfPod}`,
});

/** What running and pending pods ask for (`requests`) or are held to (`limits`): per container, and summed by namespace. */
const podResources = (resource: string, kind: string): RecordingRule[] => {
    const metric = `kube_pod_container_resource_${kind}`;
    return [
        {
            record: `cluster:namespace:pod_${resource}:active:${metric}`,
            expression: promql`${metric}{${state}, resource="${resource}"}
                * on (cluster, namespace, pod) group_left() ${activePods}`,
        },
        {
            record: `namespace_${resource}:${metric}:sum`,
            expression: promql`sum by (cluster, namespace) (
                sum by (cluster, namespace, pod) (
                    max by (cluster, namespace, pod, container) (${metric}{${state}, resource="${resource}"})
                    * on (cluster, namespace, pod) group_left() ${activePods}
                )
            )`,
        },
    ];
};

const workloadOfPod = (kind: string): RecordingRule => ({
    record: "namespace_workload_pod:kube_pod_owner:relabel",
    expression: promql`max by (cluster, namespace, workload, pod) (
        label_replace(kube_pod_owner{${state}, owner_kind="${kind}"}, "workload", "$1", "owner_name", "(.*)")
    )`,
    labels: { workload_type: kind.toLowerCase() },
});

const kubernetesRules: RecordingRule[] = [
    {
        record: "node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate",
        expression: promql`sum by (cluster, namespace, pod, container) (
            irate(container_cpu_usage_seconds_total{${cadvisor}, image!=""}[5m])
        ) * on (cluster, namespace, pod) group_left(node) ${nodeOfPod}`,
    },
    containerMemory("container_memory_working_set_bytes"),
    containerMemory("container_memory_rss"),
    containerMemory("container_memory_cache"),
    containerMemory("container_memory_swap"),
    ...podResources("memory", "requests"),
    ...podResources("cpu", "requests"),
    ...podResources("memory", "limits"),
    ...podResources("cpu", "limits"),
    {
        // A Deployment owns its pods through a ReplicaSet: pod to ReplicaSet to Deployment.
        record: "namespace_workload_pod:kube_pod_owner:relabel",
        expression: promql`max by (cluster, namespace, workload, pod) (
            label_replace(
                label_replace(kube_pod_owner{${state}, owner_kind="ReplicaSet"}, "replicaset", "$1", "owner_name", "(.*)")
                * on (cluster, namespace, replicaset) group_left(owner_name)
                topk by (cluster, namespace, replicaset) (
                    1, max by (cluster, namespace, replicaset, owner_name) (kube_replicaset_owner{${state}})
                ),
                "workload", "$1", "owner_name", "(.*)"
            )
        )`,
        labels: { workload_type: "deployment" },
    },
    workloadOfPod("DaemonSet"),
    workloadOfPod("StatefulSet"),
    workloadOfPod("Job"),
    {
        record: ":node_memory_MemAvailable_bytes:sum",
        expression: promql`sum by (cluster) (${availableMemory})`,
    },
    {
        record: "cluster:node_cpu:ratio_rate5m",
        expression: promql`sum by (cluster) (rate(node_cpu_seconds_total{${node}, mode!~"idle|iowait|steal"}[5m]))
            / count by (cluster) (sum by (cluster, instance, cpu) (node_cpu_seconds_total{${node}}))`,
    },
];

// The portal's own views find a cluster by its resource id, hence the label in every `ux:` series.
const id = "cluster, microsoft_resourceid";
const podInfo = `max by (${id}, node, namespace, pod, created_by_name, created_by_kind) (kube_pod_info{${state}, pod!=""})`;
const withController = `on (${id}, namespace, pod) group_left(node, created_by_name, created_by_kind) ${podInfo}`;
const containerOf = (metric: string, job: string): string => `${metric}{${job}, pod!="", container!=""}`;

/** A series by pod and the same by the controller that made the pods. */
const byPodAndController = (name: string, aggregation: string, expression: string): RecordingRule[] => [
    { record: `ux:pod_${name}:${aggregation}`, expression },
    {
        record: `ux:controller_${name}:${aggregation}`,
        expression: promql`${aggregation === "max" ? "max" : "sum"} by (
            ${id}, node, namespace, created_by_name, created_by_kind${name === "resource_limit" ? ", resource" : ""}
        ) (ux:pod_${name}:${aggregation})`,
    },
];

const uxRules: RecordingRule[] = [
    ...byPodAndController(
        "cpu_usage",
        "sum_irate",
        promql`sum by (${id}, namespace, pod) (
            irate(${containerOf("container_cpu_usage_seconds_total", cadvisor)}[5m])
        ) * ${withController}`,
    ),
    ...byPodAndController(
        "workingset_memory",
        "sum",
        promql`sum by (${id}, namespace, pod) (${containerOf("container_memory_working_set_bytes", cadvisor)})
            * ${withController}`,
    ),
    ...byPodAndController(
        "rss_memory",
        "sum",
        promql`sum by (${id}, namespace, pod) (${containerOf("container_memory_rss", cadvisor)}) * ${withController}`,
    ),
    ...byPodAndController(
        "container_count",
        "sum",
        promql`sum by (${id}, node, namespace, pod, created_by_name, created_by_kind) (
            (
                sum by (${id}, namespace, pod, container) (kube_pod_container_info{${state}, pod!="", container!="", container_id!=""})
                or sum by (${id}, namespace, pod, container) (kube_pod_init_container_info{${state}, pod!="", container!="", container_id!=""})
            ) * ${withController}
        )`,
    ),
    ...byPodAndController(
        "container_restarts",
        "max",
        promql`max by (${id}, node, namespace, pod, created_by_name, created_by_kind) (
            (
                max by (${id}, namespace, pod, container) (${containerOf("kube_pod_container_status_restarts_total", state)})
                or max by (${id}, namespace, pod, container) (${containerOf("kube_pod_init_container_status_restarts_total", state)})
            ) * ${withController}
        )`,
    ),
    // A pod has a limit only when every one of its containers has one; the others are taken out.
    ...byPodAndController(
        "resource_limit",
        "sum",
        promql`(
            sum by (${id}, namespace, pod, resource) (
                max by (${id}, namespace, pod, container, resource) (${containerOf("kube_pod_container_resource_limits", state)})
            ) unless (
                count by (${id}, namespace, pod, resource) (${containerOf("kube_pod_container_resource_limits", state)})
                != on (${id}, namespace, pod) group_left()
                sum by (${id}, namespace, pod) (${containerOf("kube_pod_container_info", state)})
            )
        ) * ${withController}`,
    ),
    {
        // Pods that are being deleted, on nodes that are still there, count as a phase of their own.
        record: "ux:controller_pod_phase_count:sum",
        expression: promql`sum by (${id}, phase, node, namespace, created_by_name, created_by_kind) (
            (
                kube_pod_status_phase{${state}, pod!=""}
                or label_replace(
                    count by (${id}, namespace, pod) (kube_pod_deletion_timestamp{${state}, pod!=""})
                    * count by (${id}, namespace, pod) (kube_pod_status_reason{${state}, reason="NodeLost"} == 0),
                    "phase", "terminating", "", ""
                )
            ) * ${withController}
        )`,
    },
    {
        record: "ux:cluster_pod_phase_count:sum",
        expression: promql`sum by (${id}, phase, node, namespace) (ux:controller_pod_phase_count:sum)`,
    },
    {
        record: "ux:node_cpu_usage:sum_irate",
        expression: promql`sum by (${id}, instance) (1 - irate(node_cpu_seconds_total{${node}, mode="idle"}[5m]))`,
    },
    {
        record: "ux:node_memory_usage:sum",
        expression: promql`sum by (${id}, instance) (
            node_memory_MemTotal_bytes{${node}} - node_memory_MemFree_bytes{${node}}
            - node_memory_Cached_bytes{${node}} - node_memory_Buffers_bytes{${node}}
        )`,
    },
    ...["receive_drop_total", "transmit_drop_total"].map((counter) => ({
        record: `ux:node_network_${counter}:sum_irate`,
        expression: promql`sum by (${id}, instance) (irate(node_network_${counter}{${node}, device!="lo"}[5m]))`,
    })),
];

/**
 * The series that the dashboards of managed Grafana and the portal's cluster views read; without them they stay empty.
 * Record names as in the onboarding templates of managed Prometheus (Azure/prometheus-collector, read 2026-07-21);
 * expressions in the manner of kubernetes-mixin. Unlike upstream, all joins compare the cluster, metric names are spelled
 * as the exporters spell them, and restarts of init containers are read from the metric that exists.
 */
export const recordingRuleGroups: RecordingRuleGroup[] = [
    {
        key: "node-recording-rules",
        namePrefix: "NodeRecordingRulesRuleGroup-",
        description: "Use of CPU, memory, disk and network by Linux node.",
        rules: nodeRules,
    },
    {
        key: "kubernetes-recording-rules",
        namePrefix: "KubernetesRecordingRulesRuleGroup-",
        description: "Use, requests and limits of containers, and which workload a pod belongs to.",
        rules: kubernetesRules,
    },
    {
        key: "ux-recording-rules",
        namePrefix: "UXRecordingRulesRuleGroup - ",
        description: "What the portal's views of the cluster show.",
        rules: uxRules,
    },
];
