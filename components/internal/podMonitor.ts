/** Group and version of the scrape objects that managed Prometheus reads; it ignores those of monitoring.coreos.com. */
export const scrapeApiVersion = "azmonitoring.coreos.com/v1";

/**
 * Spec of a PodMonitor: managed Prometheus scrapes the named port of the pods with these labels in one namespace. The
 * label limits are those that managed Prometheus asks for (Azure Monitor, "Customize scraping with custom resources").
 */
export function podMonitorSpec(
    namespace: string,
    podLabels: { [key: string]: string },
): Record<string, unknown> {
    return {
        labelLimit: 63,
        labelNameLengthLimit: 511,
        labelValueLengthLimit: 1023,
        namespaceSelector: { matchNames: [namespace] },
        selector: { matchLabels: podLabels },
        podMetricsEndpoints: [{ port: "metrics", path: "/metrics" }],
    };
}
