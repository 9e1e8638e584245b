import { chartName } from "../../components/internal/charts";
import { maintenanceConfigNames } from "../../components/internal/maintenance";
import { kubernetesVersionProblems, windowProblems } from "../../components/internal/rules";
import { types } from "../../stack/resourceTypes";
import { isKubernetes } from "../../stack/stackView";
import type { StackView } from "../../stack/stackView";
import { numberAt, recordAt, textAt, textsAt } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { isSpot, ofEachPool } from "../nodePools";
import { each, everyOne, ofEach, ofEveryOne } from "../rule";
import type { Finding, JudgedStack, Rule } from "../rule";
import { sources } from "../sources";

/** Rules about how clusters and nodes are upgraded. */
export const upgradeRules: readonly Rule[] = [
    {
        id: "nodes-are-patched-by-one",
        title: "Either AKS or kured patches and restarts the nodes, not both and not neither",
        severity: "error",
        why: "kured acts on a file that only unmanaged nodes write. With another channel it does nothing; unmanaged without it, nodes never restart into their patches.",
        mend: "Use the one setting `nodePatching`, which drives both the node OS channel and whether kured is installed.",
        sources: [sources.nodeOsUpgrades, sources.kured],
        evaluate: nodePatchingFindings,
    },
    {
        id: "cluster-has-maintenance-windows",
        title: "Every cluster has a maintenance window for Kubernetes and one for its nodes",
        severity: "error",
        why: "Without windows AKS upgrades at any hour. It refuses windows of less than four hours.",
        mend: "Set `upgrades.clusterWindow` and `upgrades.nodeWindow` to four hours or more.",
        sources: [sources.plannedMaintenance],
        evaluate: (stack) =>
            everyOne(stack, types.cluster, "cluster", (cluster) => {
                const needed = [maintenanceConfigNames.clusterUpgrades, maintenanceConfigNames.nodeUpgrades];
                return needed.flatMap((name) => maintenanceProblem(stack, cluster, name) ?? []);
            }),
    },
    {
        id: "kubernetes-version-is-supported",
        title: "AKS supports the cluster's Kubernetes version",
        severity: "error",
        why: "An unsupported version gets no security fixes, and Microsoft may upgrade it at any time.",
        mend: "Set `kubernetesVersion` to a supported minor version; components/internal/rules/kubernetesVersions.ts lists them.",
        sources: [sources.supportedVersions],
        ...ofEveryOne(types.cluster, "cluster", ({ inputs }) => {
            const version = textAt(inputs, "kubernetesVersion");
            const minor = version?.split(".").slice(0, 2).join(".");
            return minor === undefined
                ? "`kubernetesVersion` is not set: AKS chooses one"
                : kubernetesVersionProblems(minor, inputs["supportPlan"] === "AKSLongTermSupport");
        }),
    },
    {
        id: "kubernetes-patches-arrive",
        title: "Patches of Kubernetes arrive by themselves, new minor versions do not come first",
        severity: "error",
        why: "Without a channel the API server keeps its faults; `rapid` brings a minor version before anybody tried it.",
        mend: "Set `upgrades.channel` to Patch or Stable.",
        sources: [sources.clusterUpgrades, sources.wellArchitected],
        ...ofEach(types.cluster, ({ inputs }) => {
            const channel = textAt(inputs, "autoUpgradeProfile", "upgradeChannel") ?? "unset";
            return ["patch", "stable"].includes(channel) ? undefined : `its upgrade channel is ${channel}`;
        }),
    },
    {
        id: "node-images-come-from-aks",
        title: "AKS renews the node images",
        severity: "warning",
        why: "Microsoft tests node images before it hands them out in stages; packages that a node fetches by itself are not tested together.",
        mend: "Set `nodePatching` to NodeImage or SecurityPatch.",
        sources: [sources.nodeOsUpgrades, sources.wellArchitected],
        ...ofEach(types.cluster, (cluster) => {
            const channel = nodeChannel(cluster);
            return ["NodeImage", "SecurityPatch"].includes(channel)
                ? undefined
                : `its node OS channel is ${channel}`;
        }),
    },
    {
        id: "maintenance-windows-return",
        title: "Maintenance windows come back at least every four weeks",
        severity: "error",
        why: "AKS may only work in the window: a rare one keeps known faults in the cluster for as long.",
        mend: "Set `intervalInWeeks` to 4 or less.",
        sources: [sources.plannedMaintenance],
        ...ofEach(types.maintenance, ({ inputs }) => {
            const schedule = recordAt(inputs, "maintenanceWindow", "schedule");
            if (Object.keys(schedule).length === 0) {
                return "has no schedule";
            }
            const interval = intervals
                .map(({ kind, key, unit, most }) => ({ count: numberAt(schedule, kind, key), unit, most }))
                .find(({ count }) => count !== undefined);
            if (interval?.count === undefined) {
                return "does not say how often it comes back";
            }
            const { count, unit, most } = interval;
            return count <= most ? undefined : `comes back every ${count} ${unit}`;
        }),
    },
    {
        id: "maintenance-and-reboots-are-apart",
        title: "AKS and kured do not take nodes away at the same time",
        severity: "error",
        why: "Each counts its own nodes only: together they take away more than the workloads can spare.",
        mend: "Move the maintenance window or kured's window to other days or hours.",
        sources: [sources.kured, sources.plannedMaintenance],
        evaluate: (stack) => each(stack, types.maintenance, (window) => windowProblem(stack, window)),
    },
    {
        id: "kured-restarts-one-node-in-a-window",
        title: "kured restarts one node at a time, at hours that were chosen",
        severity: "error",
        why: "Without hours it restarts nodes at noon; two nodes at once may be all that a workload has.",
        mend: "Set `kubernetes.kured.window` in the stack file and leave `kubernetes.kured.concurrency` at 1.",
        sources: [sources.kured],
        ...ofEach(types.helmRelease, (release) => {
            if (!isChart(release, "kured")) {
                return undefined;
            }
            const configuration = recordAt(release.inputs, "values", "configuration");
            return [
                ...["rebootDays", "startTime", "endTime", "timeZone"]
                    .filter((key) => textAt(configuration, key) === undefined)
                    .filter((key) => textsAt(configuration, key).length === 0)
                    .map((key) => `\`configuration.${key}\` is not set`),
                ...(configuration["concurrency"] === 1 ? [] : ["`configuration.concurrency` is not 1"]),
            ];
        }),
    },
    {
        id: "pools-surge-on-upgrade",
        title: "Pools add nodes before an upgrade takes some away",
        severity: "warning",
        why: "Pods that are moved would otherwise wait for room, and disruption budgets would block the upgrade.",
        mend: 'Set `upgrade.maxSurge` of the pool to "33%" or to a number of nodes.',
        sources: [sources.upgradeOptions, sources.wellArchitected],
        ...ofEachPool((pool) => {
            const surge = textAt(pool.settings, "upgradeSettings", "maxSurge") ?? "0";
            // AKS upgrades Spot pools without a surge.
            return isSpot(pool) || Number.parseInt(surge, 10) > 0
                ? undefined
                : ": adds no nodes for an upgrade";
        }),
    },
];

/** The kinds of schedules that AKS knows, and how often each is once in four weeks; a month can be five weeks. */
const intervals = [
    { kind: "daily", key: "intervalDays", unit: "days", most: 28 },
    { kind: "weekly", key: "intervalWeeks", unit: "weeks", most: 4 },
    { kind: "absoluteMonthly", key: "intervalMonths", unit: "months", most: 0 },
    { kind: "relativeMonthly", key: "intervalMonths", unit: "months", most: 0 },
] as const;

function hasKured(stack: StackView): boolean {
    return (
        stack.ofType(types.kuredComponent).length > 0 ||
        stack
            .ofType(types.helmRelease)
            .some(({ inputs }) => chartName(textAt(inputs, "chart") ?? "") === "kured")
    );
}

function nodeChannel({ inputs }: CapturedResource): string {
    return textAt(inputs, "autoUpgradeProfile", "nodeOSUpgradeChannel") ?? "unset";
}

function nodePatchingFindings(stack: JudgedStack): Finding[] {
    // With the in-cluster half switched off there is nothing to compare with.
    if (!stack.resources.some(isKubernetes)) {
        return [];
    }
    return each(stack, types.cluster, (cluster) => {
        const channel = nodeChannel(cluster);
        if (channel === "Unmanaged") {
            return hasKured(stack)
                ? undefined
                : "leaves patches to the nodes, but nothing restarts them: kured is not installed";
        }
        return hasKured(stack)
            ? `its node OS channel is ${channel}, with which kured does nothing`
            : undefined;
    });
}

function maintenanceProblem(
    stack: JudgedStack,
    cluster: CapturedResource,
    configName: string,
): string | undefined {
    const clusterName = textAt(cluster.state, "name");
    const found = stack
        .ofType(types.maintenance)
        .find(
            ({ inputs }) =>
                textAt(inputs, "resourceName") === clusterName && textAt(inputs, "configName") === configName,
        );
    if (!found) {
        return `has no ${configName}`;
    }
    const hours = numberAt(found.inputs, "maintenanceWindow", "durationHours") ?? 0;
    return hours >= 4 ? undefined : `${configName} lasts ${hours} hours; AKS needs 4`;
}

function isChart({ inputs }: CapturedResource, name: string): boolean {
    return chartName(textAt(inputs, "chart") ?? "") === name;
}

function windowProblem(stack: JudgedStack, { inputs }: CapturedResource): string | undefined {
    const schedule = recordAt(inputs, "maintenanceWindow", "schedule", "weekly");
    const kured = stack.ofType(types.helmRelease).find((release) => isChart(release, "kured"));
    const reboots = recordAt(kured?.inputs, "values", "configuration");
    if (!kured || Object.keys(schedule).length === 0) {
        return undefined;
    }
    const problems = windowProblems({
        nodePatching: "Kured",
        clusterWindow: {
            dayOfWeek: textAt(schedule, "dayOfWeek") ?? "",
            startTime: textAt(inputs, "maintenanceWindow", "startTime") ?? "",
            durationInHours: numberAt(inputs, "maintenanceWindow", "durationHours") ?? 0,
            utcOffset: textAt(inputs, "maintenanceWindow", "utcOffset") ?? "+00:00",
        },
        rebootWindow: {
            days: textsAt(reboots, "rebootDays"),
            startTime: textAt(reboots, "startTime") ?? "",
            endTime: textAt(reboots, "endTime") ?? "",
            timeZone: textAt(reboots, "timeZone") ?? "",
        },
    });
    return problems.length === 0 ? undefined : "overlaps kured's window at some time of the year";
}
