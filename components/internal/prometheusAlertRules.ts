import { promql } from "./promql";

/** Azure's severities: 0 critical, 1 error, 2 warning, 3 informational, 4 verbose. */
export type AlertSeverity = 0 | 1 | 2 | 3 | 4;

/** One condition that a person is told of. */
export interface AlertRule {
    alert: string;
    expression: string;
    /** How long the condition must hold, as an ISO 8601 duration. */
    for: string;
    severity: AlertSeverity;
    /** What has happened, for the mail's subject. Labels of the series may be used: `{{ $labels.namespace }}`. */
    summary: string;
    /** What it means and where to look. */
    description: string;
}

/** Alert rules of one level. */
export interface AlertRuleGroup {
    /** Part of the logical name. */
    key: string;
    /** Azure name before the cluster's name. */
    namePrefix: string;
    description: string;
    rules: AlertRule[];
}

const state = `job="kube-state-metrics"`;
const kubelet = `job="kubelet"`;
const cadvisor = `job="cadvisor"`;

const pod = "cluster, namespace, pod";
const container = "cluster, namespace, pod, container";
/** Adds what made the pod, so that one alert covers all pods of a workload. */
const byController = `on (${pod}) group_left(controller)
    max by (${pod}, controller) (label_replace(kube_pod_owner{${state}}, "controller", "$1", "owner_name", "(.*)"))`;

const quota = (resource: string): string => promql`
    sum by (cluster) (min without (resource) (kube_resourcequota{${state}, type="hard", resource=~"${resource}|requests.${resource}"}))
    / sum by (cluster) (kube_node_status_allocatable{${state}, resource="${resource}"}) > 1.5`;

const clusterRules: AlertRule[] = [
    {
        alert: "MetricsPipelineDown",
        expression: promql`absent(up{${state}} == 1)`,
        for: "PT15M",
        severity: 1,
        summary: "No metrics of Kubernetes objects arrive any more",
        description:
            "The other alerts are blind until this is mended. Look at the ama-metrics pods in kube-system, then at the data collection rule and its associations.",
    },
    {
        alert: "ScrapeTargetsDown",
        expression: promql`count by (cluster, job) (up == 0) / count by (cluster, job) (up) > 0.1`,
        for: "PT30M",
        severity: 3,
        summary: "More than 10 % of the targets of {{ $labels.job }} cannot be scraped",
        description:
            "Look at the pods that belong to the job and at network policies between them and kube-system.",
    },
    {
        alert: "KubeCPUQuotaOvercommit",
        expression: quota("cpu"),
        for: "PT30M",
        severity: 4,
        summary: "Namespaces are promised 1.5 times the CPU that the nodes have now",
        description:
            "If all tenants used their quota at once, pods would wait, unless the pools can still grow.",
    },
    {
        alert: "KubeMemoryQuotaOvercommit",
        expression: quota("memory"),
        for: "PT30M",
        severity: 4,
        summary: "Namespaces are promised 1.5 times the memory that the nodes have now",
        description:
            "If all tenants used their quota at once, pods would wait, unless the pools can still grow.",
    },
    {
        alert: "KubeQuotaAlmostFull",
        expression: promql`kube_resourcequota{${state}, type="used"}
            / ignoring (instance, job, type) (kube_resourcequota{${state}, type="hard"} > 0) >= 0.9`,
        for: "PT15M",
        severity: 3,
        summary:
            "{{ $labels.namespace }} uses {{ $value | humanizePercentage }} of its {{ $labels.resource }}",
        description:
            "At 100 % new pods are refused. Give the tenant a larger size or find what uses so much.",
    },
    {
        alert: "KubeContainerOOMKilledCount",
        // The reason of the last end stays for ever; only a restart within the window is news.
        expression: promql`sum by (cluster, namespace, controller, container) (
            (
                max by (${container}) (increase(kube_pod_container_status_restarts_total{${state}}[15m]) > bool 0)
                * max by (${container}) (kube_pod_container_status_last_terminated_reason{${state}, reason="OOMKilled"})
            ) * ${byController}
        ) > 0`,
        for: "PT1M",
        severity: 3,
        summary:
            "{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.controller }} ran out of memory",
        description: "The container was ended at its memory limit. Raise the limit or find the leak.",
    },
    {
        alert: "KubeClientErrors",
        expression: promql`sum by (cluster, instance, job) (rate(rest_client_requests_total{code=~"5.."}[5m]))
            / sum by (cluster, instance, job) (rate(rest_client_requests_total[5m])) > 0.01`,
        for: "PT15M",
        severity: 3,
        summary:
            "{{ $labels.job }} on {{ $labels.instance }} gets {{ $value | humanizePercentage }} errors from the API server",
        description:
            "The API server fails or is overloaded. Look at its CPU and memory metrics and at the audit log.",
    },
    {
        alert: "KubePersistentVolumeFillingUp",
        expression: promql`kubelet_volume_stats_available_bytes{${kubelet}} / kubelet_volume_stats_capacity_bytes{${kubelet}} < 0.15
            and kubelet_volume_stats_used_bytes{${kubelet}} > 0
            and predict_linear(kubelet_volume_stats_available_bytes{${kubelet}}[6h], 4 * 24 * 3600) < 0`,
        for: "PT60M",
        severity: 2,
        summary:
            "Volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is full within four days",
        description:
            "{{ $value | humanizePercentage }} is free. Enlarge the claim (the storage classes allow it) or delete data.",
    },
    {
        alert: "KubePersistentVolumeInodesFillingUp",
        expression: promql`kubelet_volume_stats_inodes_free{${kubelet}} / kubelet_volume_stats_inodes{${kubelet}} < 0.03
            and kubelet_volume_stats_inodes_used{${kubelet}} > 0`,
        for: "PT15M",
        severity: 2,
        summary:
            "Volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} has room for few more files",
        description:
            "{{ $value | humanizePercentage }} of the inodes are free. Delete small files or enlarge the claim.",
    },
    {
        alert: "KubePVUsageHigh",
        expression: promql`kubelet_volume_stats_used_bytes{${kubelet}} / kubelet_volume_stats_capacity_bytes{${kubelet}} > 0.8`,
        for: "PT15M",
        severity: 3,
        summary:
            "Volume {{ $labels.persistentvolumeclaim }} in {{ $labels.namespace }} is {{ $value | humanizePercentage }} full",
        description: "Enlarge the claim (the storage classes allow it) or delete data.",
    },
    {
        alert: "KubeContainerWaiting",
        expression: promql`sum by (${container}) (kube_pod_container_status_waiting_reason{${state}}) > 0`,
        for: "PT60M",
        severity: 3,
        summary:
            "{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} has been waiting for an hour",
        description:
            "Usual causes: an image that cannot be pulled, a missing ConfigMap or Secret, a crash loop.",
    },
    {
        alert: "KubeDaemonSetNotScheduled",
        expression: promql`kube_daemonset_status_desired_number_scheduled{${state}}
            - kube_daemonset_status_current_number_scheduled{${state}} > 0`,
        for: "PT15M",
        severity: 3,
        summary:
            "{{ $value }} pods of DaemonSet {{ $labels.namespace }}/{{ $labels.daemonset }} are not scheduled",
        description: "Look at taints of the nodes and at what the nodes have left for the pod's requests.",
    },
    {
        alert: "KubeDaemonSetMisScheduled",
        expression: promql`kube_daemonset_status_number_misscheduled{${state}} > 0`,
        for: "PT15M",
        severity: 4,
        summary:
            "{{ $value }} pods of DaemonSet {{ $labels.namespace }}/{{ $labels.daemonset }} run where they should not",
        description: "Labels or taints of nodes were changed after the pods had started.",
    },
];

const nodeRules: AlertRule[] = [
    {
        alert: "KubeNodeNotReady",
        expression: promql`max by (cluster, node) (kube_node_status_condition{${state}, condition="Ready", status="true"} == bool 0) == 1`,
        for: "PT15M",
        severity: 2,
        summary: "Node {{ $labels.node }} is not ready",
        description:
            "Its pods are moved away. Look at the node's conditions and events; AKS repairs most nodes by itself.",
    },
    {
        alert: "KubeNodeUnreachable",
        expression: promql`max by (cluster, node) (
            kube_node_spec_taint{${state}, key="node.kubernetes.io/unreachable", effect="NoSchedule"}
            unless on (cluster, node) kube_node_spec_taint{${state}, key="ToBeDeletedByClusterAutoscaler"}
        ) == 1`,
        for: "PT15M",
        severity: 2,
        summary: "Node {{ $labels.node }} cannot be reached",
        description:
            "The control plane has lost the node and may move its pods. Nodes that the autoscaler takes away are left out.",
    },
    {
        alert: "KubeNodeReadinessFlapping",
        expression: promql`sum by (cluster, node) (
            changes(kube_node_status_condition{${state}, condition="Ready", status="true"}[15m])
        ) > 2`,
        for: "PT15M",
        severity: 3,
        summary: "Node {{ $labels.node }} keeps changing between ready and not ready",
        description: "Usual causes: too little memory for the kubelet, a throttled disk, network faults.",
    },
    {
        alert: "KubeNodePressure",
        expression: promql`max by (cluster, node, condition) (
            kube_node_status_condition{${state}, condition=~"MemoryPressure|DiskPressure|PIDPressure", status="true"}
        ) == 1`,
        for: "PT10M",
        severity: 2,
        summary: "Node {{ $labels.node }} reports {{ $labels.condition }}",
        description:
            "The kubelet evicts pods to save the node. Look for pods without limits and for large logs or images.",
    },
    {
        alert: "KubeNodeDiskUsageHigh",
        expression: promql`1 - node_filesystem_avail_bytes{job="node", mountpoint="/"}
            / node_filesystem_size_bytes{job="node", mountpoint="/"} > 0.8`,
        for: "PT15M",
        severity: 3,
        summary: "The disk of node {{ $labels.instance }} is {{ $value | humanizePercentage }} full",
        description:
            "At about 85 % the kubelet removes images and evicts pods. Use larger disks or find what writes so much.",
    },
    {
        alert: "KubeRebootRequired",
        // One value per node; 15 minutes of memory keep a restart of kured itself from starting the clock again.
        expression: promql`max by (cluster, node) (max_over_time(kured_reboot_required[15m])) > 0`,
        for: "PT24H",
        severity: 2,
        summary: "Node {{ $labels.node }} has waited for a reboot for a day",
        description:
            "Security updates are installed but not in effect. Look at kured's log for what blocks the drain, usually a disruption budget, and at its reboot days.",
    },
];

const podRules: AlertRule[] = [
    {
        alert: "KubePodCrashLooping",
        expression: promql`max by (${container}) (
            max_over_time(kube_pod_container_status_waiting_reason{${state}, reason="CrashLoopBackOff"}[5m])
        ) >= 1`,
        for: "PT15M",
        severity: 3,
        summary: "{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} keeps crashing",
        description: "Read the log of the previous container.",
    },
    {
        alert: "KubePodContainerRestart",
        expression: promql`max by (cluster, namespace, controller, container) (
            max by (${container}) (increase(kube_pod_container_status_restarts_total{${state}}[1h])) * ${byController}
        ) > 2`,
        for: "PT15M",
        severity: 4,
        summary:
            "{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.controller }} has restarted more than twice in an hour",
        description: "Read the log of the previous container and its reason of end.",
    },
    {
        alert: "KubePodFailedState",
        // kube-state-metrics writes phases with a capital. Microsoft's own rule compares with "failed".
        expression: promql`sum by (cluster, namespace, controller) (
            max by (${pod}) (kube_pod_status_phase{${state}, phase="Failed"}) * ${byController}
        ) > 0`,
        for: "PT5M",
        severity: 4,
        summary: "{{ $value }} pods of {{ $labels.namespace }}/{{ $labels.controller }} have failed",
        description:
            "Evicted pods count as failed too. Look at the pods' reason and delete them when it is understood.",
    },
    {
        alert: "KubePodNotReadyByController",
        expression: promql`sum by (cluster, namespace, controller) (
            max by (${pod}) (kube_pod_status_phase{${state}, phase=~"Pending|Unknown"}) * ${byController}
        ) > 0`,
        for: "PT15M",
        severity: 3,
        summary: "{{ $value }} pods of {{ $labels.namespace }}/{{ $labels.controller }} do not start",
        description:
            "Usual causes: no node has room, a volume cannot be attached, a quota or a policy refuses the pod.",
    },
    {
        alert: "KubePodReadyStateLow",
        expression: promql`sum by (cluster, namespace, deployment) (kube_deployment_status_replicas_ready{${state}})
                / sum by (cluster, namespace, deployment) (kube_deployment_spec_replicas{${state}}) < 0.8
            or sum by (cluster, namespace, daemonset) (kube_daemonset_status_number_ready{${state}})
                / sum by (cluster, namespace, daemonset) (kube_daemonset_status_desired_number_scheduled{${state}}) < 0.8`,
        for: "PT5M",
        severity: 3,
        summary:
            "Fewer than 80 % of the pods of {{ $labels.namespace }}/{{ $labels.deployment }}{{ $labels.daemonset }} are ready",
        description: "Look at the pods' readiness probes and events.",
    },
    {
        alert: "KubeDeploymentReplicasMismatch",
        expression: promql`kube_deployment_spec_replicas{${state}} > kube_deployment_status_replicas_available{${state}}
            and changes(kube_deployment_status_replicas_updated{${state}}[10m]) == 0`,
        for: "PT15M",
        severity: 3,
        summary:
            "Deployment {{ $labels.namespace }}/{{ $labels.deployment }} does not reach its number of replicas",
        description: "A roll-out is stuck or pods do not become ready.",
    },
    {
        alert: "KubeStatefulSetReplicasMismatch",
        expression: promql`kube_statefulset_status_replicas_ready{${state}} != kube_statefulset_status_replicas{${state}}
            and changes(kube_statefulset_status_replicas_updated{${state}}[10m]) == 0`,
        for: "PT15M",
        severity: 3,
        summary:
            "StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }} does not reach its number of replicas",
        description: "Usual cause: a volume that is still attached to another node or in another zone.",
    },
    {
        alert: "KubeStatefulSetUpdateNotRolledOut",
        expression: promql`kube_statefulset_status_replicas_updated{${state}} != kube_statefulset_status_replicas{${state}}
            and changes(kube_statefulset_status_replicas_updated{${state}}[10m]) == 0`,
        for: "PT30M",
        severity: 3,
        summary:
            "The update of StatefulSet {{ $labels.namespace }}/{{ $labels.statefulset }} has stopped half-way",
        description: "A pod of the new version does not become ready. Roll back or mend it.",
    },
    {
        alert: "KubeJobStale",
        expression: promql`time() - max by (cluster, namespace, job_name) (
            kube_job_status_start_time{${state}} and kube_job_status_active{${state}} > 0
        ) > 6 * 3600`,
        for: "PT15M",
        severity: 4,
        summary: "Job {{ $labels.namespace }}/{{ $labels.job_name }} has been running for six hours",
        description: "Look whether it still makes progress; give jobs an active deadline.",
    },
    {
        alert: "KubeJobFailed",
        expression: promql`max by (cluster, namespace, job_name) (kube_job_failed{${state}, condition="true"}) > 0`,
        for: "PT15M",
        severity: 3,
        summary: "Job {{ $labels.namespace }}/{{ $labels.job_name }} has failed",
        description: "Read the log of its pods, then delete the job to clear the alert.",
    },
    {
        alert: "KubeContainerAverageCPUHigh",
        expression: promql`sum by (${container}) (rate(container_cpu_usage_seconds_total{${cadvisor}, image!="", container!=""}[5m]))
            / sum by (${container}) (kube_pod_container_resource_limits{${state}, resource="cpu"}) > 0.95`,
        for: "PT15M",
        severity: 4,
        summary: "{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} runs at its CPU limit",
        description: "The container is throttled. Raise the limit or add replicas.",
    },
    {
        alert: "KubeContainerAverageMemoryHigh",
        expression: promql`max by (${container}) (container_memory_working_set_bytes{${cadvisor}, image!="", container!=""})
            / max by (${container}) (kube_pod_container_resource_limits{${state}, resource="memory"}) > 0.95`,
        for: "PT10M",
        severity: 3,
        summary:
            "{{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} uses 95 % of its memory limit",
        description: "At the limit the container is ended. Raise the limit or find the leak.",
    },
    {
        alert: "KubeletPodStartUpLatencyHigh",
        expression: promql`histogram_quantile(0.99,
            sum by (cluster, instance, le) (rate(kubelet_pod_worker_duration_seconds_bucket{${kubelet}}[5m]))
        ) * on (cluster, instance) group_left(node) kubelet_node_name{${kubelet}} > 60`,
        for: "PT10M",
        severity: 3,
        summary: "Pods take more than a minute to start on node {{ $labels.node }}",
        description: "Usual causes: slow image pulls, a throttled disk, volumes that attach slowly.",
    },
    {
        alert: "KubeHpaReplicasMismatch",
        expression: promql`kube_horizontalpodautoscaler_status_desired_replicas{${state}} != kube_horizontalpodautoscaler_status_current_replicas{${state}}
            and kube_horizontalpodautoscaler_status_current_replicas{${state}} > kube_horizontalpodautoscaler_spec_min_replicas{${state}}
            and kube_horizontalpodautoscaler_status_current_replicas{${state}} < kube_horizontalpodautoscaler_spec_max_replicas{${state}}
            and changes(kube_horizontalpodautoscaler_status_current_replicas{${state}}[15m]) == 0`,
        for: "PT15M",
        severity: 3,
        summary:
            "Autoscaler {{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} does not get the replicas it wants",
        description: "Usual causes: the namespace's quota is full, or no node has room.",
    },
    {
        alert: "KubeHpaMaxedOut",
        expression: promql`kube_horizontalpodautoscaler_status_current_replicas{${state}} == kube_horizontalpodautoscaler_spec_max_replicas{${state}}
            and kube_horizontalpodautoscaler_spec_max_replicas{${state}} > kube_horizontalpodautoscaler_spec_min_replicas{${state}}`,
        for: "PT15M",
        severity: 4,
        summary:
            "Autoscaler {{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has run at its maximum for 15 minutes",
        description: "More load will not get more replicas. Raise the maximum when the load is real.",
    },
];

/**
 * The alerts that Microsoft recommends for managed Prometheus (Azure/prometheus-collector, read 2026-07-21), written anew,
 * and six more: whether metrics arrive at all, targets that are down, node readiness and pressure, pending reboots, updates
 * that stopped half-way. Two recommended ones are left out because the add-on does not collect their metrics unless told to:
 * KubePersistentVolumeErrors and KubeStatefulSetGenerationMismatch (KubeStatefulSetUpdateNotRolledOut stands in).
 */
export const alertRuleGroups: AlertRuleGroup[] = [
    {
        key: "cluster-alerts",
        namePrefix: "ClusterAlerts-",
        description: "Alerts about the cluster as a whole: metrics, quotas, volumes, DaemonSets.",
        rules: clusterRules,
    },
    {
        key: "node-alerts",
        namePrefix: "NodeAlerts-",
        description: "Alerts about nodes: readiness, pressure, disks, pending reboots.",
        rules: nodeRules,
    },
    {
        key: "pod-alerts",
        namePrefix: "PodAlerts-",
        description: "Alerts about workloads: pods, jobs, roll-outs, autoscalers.",
        rules: podRules,
    },
];
