import { duplicates } from "./duplicates";
import { isNamespaceName } from "./kubernetesNames";

/** Who collects: managed Prometheus or Container Insights. The onboarding tools of Azure look for these prefixes. */
export type Collector = "MSProm" | "MSCI";

/** Azure's longest name of a data collection endpoint and of a rule. */
export const maxEndpointNameLength = 44;
export const maxRuleNameLength = 64;

/**
 * The name that Azure's own onboarding gives the endpoint and the rule of a cluster. With another name, switching
 * monitoring on in the portal would add a second rule, and all data would be collected and paid for twice.
 */
export function dataCollectionName(
    collector: Collector,
    region: string,
    clusterName: string,
    maxLength: number,
): string {
    return `${collector}-${region}-${clusterName}`.slice(0, maxLength).replace(/[^A-Za-z0-9]+$/, "");
}

/** Name of the association by which Container Insights finds its rule. */
export const containerInsightsAssociation = "ContainerInsightsExtension";

/** Name of the association that gives the agents an endpoint for their configuration; no other name has that effect. */
export const configurationAssociation = "configurationAccessEndpoint";

/** Logs, events and pod inventory. Metrics come from managed Prometheus. */
const logStreams = ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubePodInventory"];

/** CPU, memory and disk of nodes and containers; where there is no Prometheus to ask. */
const performanceStreams = ["Microsoft-Perf", "Microsoft-InsightsMetrics"];

/** The streams that Container Insights sends. */
export function containerInsightsStreams(hasPrometheus: boolean): string[] {
    return hasPrometheus ? logStreams : [...logStreams, ...performanceStreams];
}

const defaults = { intervalInMinutes: 5, namespaceFilteringMode: "Off" };

/** What Container Insights can be told. */
export interface ContainerInsightsSettings {
    intervalInMinutes?: number;
    namespaceFilteringMode?: string;
    namespaces?: readonly string[];
}

/** What is wrong with the settings of Container Insights, each with the remedy; empty when they are good. */
export function containerInsightsProblems(settings: ContainerInsightsSettings): string[] {
    const {
        intervalInMinutes: interval,
        namespaceFilteringMode: mode = defaults.namespaceFilteringMode,
        namespaces = [],
    } = settings;
    const problems: string[] = [];
    if (interval !== undefined && (!Number.isInteger(interval) || interval < 1 || interval > 30)) {
        problems.push(
            `\`containerInsights.intervalInMinutes\` is ${interval}, Azure allows whole minutes from 1 to 30. Use 5 unless you need finer data.`,
        );
    }
    if (mode === "Off" && namespaces.length > 0) {
        problems.push(
            "`containerInsights.namespaces` is set but `namespaceFilteringMode` is Off: the list would have no effect. " +
                "Set the mode to Include or Exclude, or remove the list.",
        );
    }
    if (mode !== "Off" && namespaces.length === 0) {
        problems.push(
            `\`containerInsights.namespaceFilteringMode\` is ${mode} but \`namespaces\` is empty. List at least one namespace, or set the mode to Off.`,
        );
    }
    problems.push(
        ...namespaces
            .filter((namespace) => !isNamespaceName(namespace))
            .map(
                (namespace) =>
                    `\`containerInsights.namespaces\` has "${namespace}", which is no namespace. Use lower-case letters, digits and hyphens, at most 63.`,
            ),
        ...duplicates(namespaces).map(
            (namespace) => `\`containerInsights.namespaces\` has "${namespace}" twice. Remove one of them.`,
        ),
    );
    return problems;
}

/** The settings in the form that the agent reads from its rule. */
export function collectionSettings(settings: ContainerInsightsSettings): Record<string, unknown> {
    const mode = settings.namespaceFilteringMode ?? defaults.namespaceFilteringMode;
    return {
        interval: `${settings.intervalInMinutes ?? defaults.intervalInMinutes}m`,
        namespaceFilteringMode: mode,
        ...(mode === "Off" ? {} : { namespaces: settings.namespaces }),
        enableContainerLogV2: true,
    };
}
