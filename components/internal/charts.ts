/** A Helm chart at one exact version and the place that its makers publish it. */
export interface ChartPin {
    name: string;
    version: string;
    /** Registry path (`oci://...`), chart repository (`https://...`) or local folder. */
    source: string;
}

/** The charts that the landing zone installs, pinned exactly; a new version is a change of this table. */
export const charts = {
    /** Traefik v3.7.11. */
    traefik: { name: "traefik", version: "41.3.0", source: "oci://ghcr.io/traefik/helm" },
    /** kured 1.23.0, for Kubernetes 1.35 to 1.37. */
    kured: { name: "kured", version: "6.1.0", source: "https://kubereboot.github.io/charts" },
} as const satisfies Record<string, ChartPin>;

/**
 * How every Helm release is installed: all or nothing (a failed run rolls back instead of staying "pending-install"),
 * into a namespace that exists already with its pod-security labels, within ten minutes, three revisions kept.
 */
export const releaseDefaults = {
    atomic: true,
    cleanupOnFail: true,
    createNamespace: false,
    maxHistory: 3,
    timeout: 600,
} as const;

/** Where a release finds its chart: the matching inputs of `helm.v3.Release`. */
export interface ChartLocation {
    chart: string;
    version: string;
    repositoryOpts?: { repo: string };
}

/**
 * Where a chart is taken from. The mirror replaces the chart's own source and may be a registry path
 * (`oci://registry.example.com/charts`), a chart repository (`https://...`) or a local folder with the packaged chart
 * (`<name>-<version>.tgz`, as `helm pull` and `helm package` name it).
 */
export function chartLocation(pin: ChartPin, mirror?: string): ChartLocation {
    const source = (mirror ?? pin.source).replace(/\/+$/, "");
    if (source.startsWith("oci://")) {
        return { chart: `${source}/${pin.name}`, version: pin.version };
    }
    if (/^https?:\/\//.test(source)) {
        return { chart: pin.name, version: pin.version, repositoryOpts: { repo: source } };
    }
    return { chart: `${source}/${pin.name}-${pin.version}.tgz`, version: pin.version };
}

/** The name in a chart reference: `gateway-helm` of `oci://docker.io/envoyproxy/gateway-helm` or `./gateway-helm-1.9.0.tgz`. */
export function chartName(chart: string): string {
    const last = chart.replace(/\/+$/, "").split("/").pop() ?? chart;
    return last.replace(/-v?\d[^/]*\.tgz$/, "");
}

/** Helm values with `overrides` laid over them, as Helm itself merges: objects by key, everything else replaced. */
export function mergeValues(
    values: Record<string, unknown>,
    overrides: Record<string, unknown>,
): Record<string, unknown> {
    const merged = { ...values };
    for (const [key, override] of Object.entries(overrides)) {
        const value = merged[key];
        merged[key] =
            isPlainObject(value) && isPlainObject(override) ? mergeValues(value, override) : override;
    }
    return merged;
}

// Outputs are objects too, but leaves: only literals are merged.
function isPlainObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
