import * as assert from "node:assert/strict";
import { alertRuleGroups } from "../../components/internal/prometheusAlertRules";
import { recordingRuleGroups } from "../../components/internal/prometheusRecordingRules";
import { maxRulesPerGroup, promql } from "../../components/internal/promql";

const alerts = alertRuleGroups.flatMap(({ rules }) => rules);
const recordings = recordingRuleGroups.flatMap(({ rules }) => rules);
const expressions = [
    ...alerts.map(({ alert, expression }) => ({ name: alert, expression })),
    ...recordings.map(({ record, expression }) => ({ name: record, expression })),
];
const alertNamed = (name: string) => {
    const found = alerts.find(({ alert }) => alert === name);
    assert.ok(found, `no alert ${name}`);
    return found;
};

/**
 * What managed Prometheus collects unless told otherwise, as far as the rules read it: the minimal keep lists in
 * Azure/prometheus-collector (otelcollector/shared/configmap/mp), read 2026-07-21. A rule on any other metric never fires.
 */
const collected: Record<string, string[]> = {
    cadvisor: [
        "container_cpu_usage_seconds_total",
        "container_memory_cache",
        "container_memory_rss",
        "container_memory_swap",
        "container_memory_working_set_bytes",
    ],
    kubelet: [
        "kubelet_node_name",
        "kubelet_pod_worker_duration_seconds_bucket",
        "kubelet_volume_stats_available_bytes",
        "kubelet_volume_stats_capacity_bytes",
        "kubelet_volume_stats_inodes",
        "kubelet_volume_stats_inodes_free",
        "kubelet_volume_stats_inodes_used",
        "kubelet_volume_stats_used_bytes",
        "rest_client_requests_total",
    ],
    "kube-state-metrics": [
        "kube_daemonset_status_current_number_scheduled",
        "kube_daemonset_status_desired_number_scheduled",
        "kube_daemonset_status_number_misscheduled",
        "kube_daemonset_status_number_ready",
        "kube_deployment_spec_replicas",
        "kube_deployment_status_replicas_available",
        "kube_deployment_status_replicas_ready",
        "kube_deployment_status_replicas_updated",
        "kube_horizontalpodautoscaler_spec_max_replicas",
        "kube_horizontalpodautoscaler_spec_min_replicas",
        "kube_horizontalpodautoscaler_status_current_replicas",
        "kube_horizontalpodautoscaler_status_desired_replicas",
        "kube_job_failed",
        "kube_job_status_active",
        "kube_job_status_start_time",
        "kube_node_spec_taint",
        "kube_node_status_allocatable",
        "kube_node_status_condition",
        "kube_pod_container_info",
        "kube_pod_container_resource_limits",
        "kube_pod_container_resource_requests",
        "kube_pod_container_status_last_terminated_reason",
        "kube_pod_container_status_restarts_total",
        "kube_pod_container_status_waiting_reason",
        "kube_pod_deletion_timestamp",
        "kube_pod_info",
        "kube_pod_init_container_info",
        "kube_pod_init_container_status_restarts_total",
        "kube_pod_owner",
        "kube_pod_status_phase",
        "kube_pod_status_reason",
        "kube_replicaset_owner",
        "kube_resourcequota",
        "kube_statefulset_status_replicas",
        "kube_statefulset_status_replicas_ready",
        "kube_statefulset_status_replicas_updated",
    ],
    node: [
        "node_cpu_seconds_total",
        "node_disk_io_time_seconds_total",
        "node_disk_io_time_weighted_seconds_total",
        "node_filesystem_avail_bytes",
        "node_filesystem_size_bytes",
        "node_load1",
        "node_memory_Buffers_bytes",
        "node_memory_Cached_bytes",
        "node_memory_MemAvailable_bytes",
        "node_memory_MemFree_bytes",
        "node_memory_MemTotal_bytes",
        "node_memory_Slab_bytes",
        "node_network_receive_bytes_total",
        "node_network_receive_drop_total",
        "node_network_transmit_bytes_total",
        "node_network_transmit_drop_total",
        "node_vmstat_pgmajfault",
    ],
    // Scraped through the pod monitor that comes with kured.
    kured: ["kured_reboot_required"],
    // Prometheus writes it for every target of every job.
    any: ["up"],
};

const keywords = new Set(["and", "or", "unless", "bool"]);

/** The series that an expression reads: its identifiers that are neither functions, keywords, labels nor text. */
function seriesIn(expression: string): string[] {
    const bare = expression
        .replace(/"(\\.|[^"\\])*"/g, " ")
        .replace(/\{[^}]*\}/g, " ")
        .replace(/\b(by|without|on|ignoring|group_left|group_right) ?\([^)]*\)/g, " ")
        .replace(/\[[^\]]*\]/g, " ");
    return [...bare.matchAll(/[A-Za-z_:][A-Za-z0-9_:]*(?!\s*\(|[A-Za-z0-9_:])/g)]
        .map(([identifier]) => identifier)
        .filter((identifier) => !keywords.has(identifier));
}

describe("promql", () => {
    it("writes an expression on one line, with its text untouched", () => {
        const label = `job="a"`;
        assert.equal(
            promql`sum by (x) (
                rate( up{${label}, name=~"\\d+"}[5m] )
            )`,
            'sum by (x) (rate(up{job="a", name=~"\\\\d+"}[5m]))',
        );
    });
});

describe("Prometheus rules", () => {
    it("stay within Azure's limit per group", () => {
        assert.deepEqual(
            [...recordingRuleGroups, ...alertRuleGroups].map(({ key, rules }) => [key, rules.length]),
            [
                ["node-recording-rules", 11],
                ["kubernetes-recording-rules", 19],
                ["ux-recording-rules", 18],
                ["cluster-alerts", 13],
                ["node-alerts", 6],
                ["pod-alerts", 15],
            ],
        );
        for (const { key, rules } of [...recordingRuleGroups, ...alertRuleGroups]) {
            assert.ok(rules.length <= maxRulesPerGroup, key);
        }
    });

    it("have expressions on one line with balanced brackets", () => {
        const closing: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
        for (const { name, expression } of expressions) {
            assert.doesNotMatch(expression, /\n|\s{2}|undefined|\$\{/, name);
            const open: string[] = [];
            for (const character of expression.replace(/"(\\.|[^"\\])*"/g, "")) {
                if ("([{".includes(character)) {
                    open.push(character);
                } else if (")]}".includes(character)) {
                    assert.equal(open.pop(), closing[character], `${name}: ${expression}`);
                }
            }
            assert.deepEqual(open, [], name);
        }
    });

    it("read only what is collected by default or recorded before", () => {
        const known = new Set(Object.values(collected).flat());
        for (const { rules } of recordingRuleGroups) {
            for (const { record, expression } of rules) {
                const unknown = seriesIn(expression).filter((series) => !known.has(series));
                assert.deepEqual(unknown, [], record);
                known.add(record);
            }
        }
        for (const { alert, expression } of alerts) {
            assert.deepEqual(
                seriesIn(expression).filter((series) => !known.has(series)),
                [],
                alert,
            );
        }
    });

    it("look for every series in the job that has it", () => {
        for (const { name, expression } of expressions) {
            for (const [, series, job] of expression.matchAll(/([a-zA-Z0-9_:]+)\{job="([^"]+)"/g)) {
                if (series === "up" || (series ?? "").includes(":")) {
                    continue;
                }
                assert.ok(
                    collected[job ?? ""]?.includes(series ?? ""),
                    `${name}: ${series} is not in job ${job}`,
                );
            }
        }
    });

    it("join series of one cluster only", () => {
        for (const { name, expression } of expressions) {
            for (const [clause] of expression.matchAll(/\bon \([^)]*\)/g)) {
                assert.match(clause, /^on \(cluster, /, name);
            }
        }
    });
});

describe("recording rules", () => {
    it("have the names that dashboards and portal read", () => {
        assert.deepEqual(
            Object.fromEntries(
                recordingRuleGroups.map(({ namePrefix, rules }) => [
                    namePrefix,
                    rules.map(({ record }) => record),
                ]),
            ),
            {
                "NodeRecordingRulesRuleGroup-": [
                    "instance:node_num_cpu:sum",
                    "instance:node_cpu_utilisation:rate5m",
                    "instance:node_load1_per_cpu:ratio",
                    "instance:node_memory_utilisation:ratio",
                    "instance:node_vmstat_pgmajfault:rate5m",
                    "instance_device:node_disk_io_time_seconds:rate5m",
                    "instance_device:node_disk_io_time_weighted_seconds:rate5m",
                    "instance:node_network_receive_bytes_excluding_lo:rate5m",
                    "instance:node_network_transmit_bytes_excluding_lo:rate5m",
                    "instance:node_network_receive_drop_excluding_lo:rate5m",
                    "instance:node_network_transmit_drop_excluding_lo:rate5m",
                ],
                "KubernetesRecordingRulesRuleGroup-": [
                    "node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate",
                    "node_namespace_pod_container:container_memory_working_set_bytes",
                    "node_namespace_pod_container:container_memory_rss",
                    "node_namespace_pod_container:container_memory_cache",
                    "node_namespace_pod_container:container_memory_swap",
                    "cluster:namespace:pod_memory:active:kube_pod_container_resource_requests",
                    "namespace_memory:kube_pod_container_resource_requests:sum",
                    "cluster:namespace:pod_cpu:active:kube_pod_container_resource_requests",
                    "namespace_cpu:kube_pod_container_resource_requests:sum",
                    "cluster:namespace:pod_memory:active:kube_pod_container_resource_limits",
                    "namespace_memory:kube_pod_container_resource_limits:sum",
                    "cluster:namespace:pod_cpu:active:kube_pod_container_resource_limits",
                    "namespace_cpu:kube_pod_container_resource_limits:sum",
                    "namespace_workload_pod:kube_pod_owner:relabel",
                    "namespace_workload_pod:kube_pod_owner:relabel",
                    "namespace_workload_pod:kube_pod_owner:relabel",
                    "namespace_workload_pod:kube_pod_owner:relabel",
                    ":node_memory_MemAvailable_bytes:sum",
                    "cluster:node_cpu:ratio_rate5m",
                ],
                "UXRecordingRulesRuleGroup - ": [
                    "ux:pod_cpu_usage:sum_irate",
                    "ux:controller_cpu_usage:sum_irate",
                    "ux:pod_workingset_memory:sum",
                    "ux:controller_workingset_memory:sum",
                    "ux:pod_rss_memory:sum",
                    "ux:controller_rss_memory:sum",
                    "ux:pod_container_count:sum",
                    "ux:controller_container_count:sum",
                    "ux:pod_container_restarts:max",
                    "ux:controller_container_restarts:max",
                    "ux:pod_resource_limit:sum",
                    "ux:controller_resource_limit:sum",
                    "ux:controller_pod_phase_count:sum",
                    "ux:cluster_pod_phase_count:sum",
                    "ux:node_cpu_usage:sum_irate",
                    "ux:node_memory_usage:sum",
                    "ux:node_network_receive_drop_total:sum_irate",
                    "ux:node_network_transmit_drop_total:sum_irate",
                ],
            },
        );
    });

    it("tell the kinds of workload apart by a label", () => {
        assert.deepEqual(
            recordings.flatMap(({ labels }) => (labels ? [labels] : [])),
            ["deployment", "daemonset", "statefulset", "job"].map((kind) => ({ workload_type: kind })),
        );
    });

    it("compute what their names say", () => {
        const recorded = (name: string) => recordings.find(({ record }) => record === name)?.expression;
        assert.equal(
            recorded("cluster:node_cpu:ratio_rate5m"),
            'sum by (cluster) (rate(node_cpu_seconds_total{job="node", mode!~"idle|iowait|steal"}[5m])) / count by (cluster) (sum by (cluster, instance, cpu) (node_cpu_seconds_total{job="node"}))',
        );
        assert.equal(
            recorded("namespace_cpu:kube_pod_container_resource_requests:sum"),
            'sum by (cluster, namespace) (sum by (cluster, namespace, pod) (max by (cluster, namespace, pod, container) (kube_pod_container_resource_requests{job="kube-state-metrics", resource="cpu"}) * on (cluster, namespace, pod) group_left() max by (cluster, namespace, pod) (kube_pod_status_phase{phase=~"Pending|Running"} == 1)))',
        );
        assert.equal(
            recorded("ux:controller_container_restarts:max"),
            "max by (cluster, microsoft_resourceid, node, namespace, created_by_name, created_by_kind) (ux:pod_container_restarts:max)",
        );
    });
});

describe("alert rules", () => {
    it("are these", () => {
        assert.deepEqual(
            Object.fromEntries(
                alertRuleGroups.map(({ key, rules }) => [key, rules.map(({ alert }) => alert)]),
            ),
            {
                "cluster-alerts": [
                    "MetricsPipelineDown",
                    "ScrapeTargetsDown",
                    "KubeCPUQuotaOvercommit",
                    "KubeMemoryQuotaOvercommit",
                    "KubeQuotaAlmostFull",
                    "KubeContainerOOMKilledCount",
                    "KubeClientErrors",
                    "KubePersistentVolumeFillingUp",
                    "KubePersistentVolumeInodesFillingUp",
                    "KubePVUsageHigh",
                    "KubeContainerWaiting",
                    "KubeDaemonSetNotScheduled",
                    "KubeDaemonSetMisScheduled",
                ],
                "node-alerts": [
                    "KubeNodeNotReady",
                    "KubeNodeUnreachable",
                    "KubeNodeReadinessFlapping",
                    "KubeNodePressure",
                    "KubeNodeDiskUsageHigh",
                    "KubeRebootRequired",
                ],
                "pod-alerts": [
                    "KubePodCrashLooping",
                    "KubePodContainerRestart",
                    "KubePodFailedState",
                    "KubePodNotReadyByController",
                    "KubePodReadyStateLow",
                    "KubeDeploymentReplicasMismatch",
                    "KubeStatefulSetReplicasMismatch",
                    "KubeStatefulSetUpdateNotRolledOut",
                    "KubeJobStale",
                    "KubeJobFailed",
                    "KubeContainerAverageCPUHigh",
                    "KubeContainerAverageMemoryHigh",
                    "KubeletPodStartUpLatencyHigh",
                    "KubeHpaReplicasMismatch",
                    "KubeHpaMaxedOut",
                ],
            },
        );
        assert.equal(new Set(alerts.map(({ alert }) => alert)).size, alerts.length);
    });

    it("have a duration and say what has happened and what to do", () => {
        for (const { alert, for: duration, severity, summary, description } of alerts) {
            assert.match(duration, /^PT\d+[MH]$/, alert);
            assert.ok(severity >= 1 && severity <= 4, alert);
            assert.match(summary, /^\S.+[^.]$/, alert);
            assert.match(description, /^\S.+\.$/, alert);
        }
    });

    it("name only labels that their series have", () => {
        const labelsOfObjects = [
            "namespace",
            "node",
            "deployment",
            "statefulset",
            "daemonset",
            "horizontalpodautoscaler",
            "resource",
        ];
        const labelsOfScrapes = ["job", "instance", "persistentvolumeclaim"];
        for (const { alert, expression, summary, description } of alerts) {
            const aggregated = /^(sum|max|count|time\(\) - max) by \(([^)]*)\)/
                .exec(expression)?.[2]
                ?.split(", ");
            const available = aggregated ?? [...labelsOfObjects, ...labelsOfScrapes];
            const more = [...expression.matchAll(/ or sum by \(([^)]*)\)/g)].flatMap(([, labels]) =>
                (labels ?? "").split(", "),
            );
            for (const [, label] of `${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)) {
                assert.ok([...available, ...more].includes(label ?? ""), `${alert}: ${label}`);
            }
        }
    });

    it("compare phases as kube-state-metrics writes them", () => {
        assert.match(alertNamed("KubePodFailedState").expression, /phase="Failed"/);
        for (const { name, expression } of expressions) {
            for (const [, phases] of expression.matchAll(/phase=~?"([^"]+)"/g)) {
                for (const phase of (phases ?? "").split("|")) {
                    assert.ok(
                        ["Pending", "Running", "Succeeded", "Failed", "Unknown"].includes(phase),
                        `${name}: ${phase}`,
                    );
                }
            }
        }
    });

    it("tell of a reboot that kured has owed for a day", () => {
        const { expression, for: duration } = alertNamed("KubeRebootRequired");
        assert.equal(expression, "max by (cluster, node) (max_over_time(kured_reboot_required[15m])) > 0");
        assert.equal(duration, "PT24H");
    });

    it("tell of a quota that is 90 percent full, the full one included", () => {
        assert.equal(
            alertNamed("KubeQuotaAlmostFull").expression,
            'kube_resourcequota{job="kube-state-metrics", type="used"} / ignoring (instance, job, type) (kube_resourcequota{job="kube-state-metrics", type="hard"} > 0) >= 0.9',
        );
    });

    it("tell when no metrics arrive, since every other alert is silent then", () => {
        const { expression, severity } = alertNamed("MetricsPipelineDown");
        assert.equal(expression, 'absent(up{job="kube-state-metrics"} == 1)');
        assert.equal(severity, 1);
    });

    it("tell of memory only when a container has just been ended for it", () => {
        const { expression } = alertNamed("KubeContainerOOMKilledCount");
        assert.match(
            expression,
            /increase\(kube_pod_container_status_restarts_total\{[^}]*\}\[15m\]\) > bool 0/,
        );
        assert.match(expression, /reason="OOMKilled"/);
    });
});
