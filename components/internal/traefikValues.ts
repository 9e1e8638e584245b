import type * as pulumi from "@pulumi/pulumi";

/** What Traefik's Helm values are made of. */
export interface TraefikSettings {
    /** Namespace of the release. */
    namespace: string;
    /** True for an address inside the virtual network, false for one on the Internet. */
    internal: boolean;
    /** Subnet of an internal address; absent: the subnet of the nodes. */
    internalSubnetName?: pulumi.Input<string>;
    loadBalancerIp?: string;
    allowedSourceRanges: readonly string[];
    replicas: number;
    defaultIngressClass: boolean;
    priorityClassName?: pulumi.Input<string>;
    imageRegistry?: pulumi.Input<string>;
    nodeSelector: { [key: string]: string };
    tolerations: readonly object[];
}

/** Name of the Helm release, of the Deployment and of the IngressClass. */
export const traefikName = "traefik";

/** Labels of Traefik's pods, by the chart's own template for this release. */
export function traefikPodLabels(namespace: string): { [key: string]: string } {
    return {
        "app.kubernetes.io/name": traefikName,
        "app.kubernetes.io/instance": `${traefikName}-${namespace}`,
    };
}

/** TLS 1.2 suites with forward secrecy and authenticated encryption; TLS 1.3 has no others and needs no list. */
const cipherSuites = [
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
];

/** Values for chart Traefik 41.3.0: production settings, each section with the reason where it departs from the chart. */
export function traefikValues(settings: TraefikSettings): Record<string, unknown> {
    return {
        global: { checkNewVersion: false, sendAnonymousUsage: false },
        ...(settings.imageRegistry === undefined
            ? {}
            : { image: { registry: settings.imageRegistry, repository: "traefik" } }),
        ...availability(settings),
        ...security(),
        ...routing(settings),
        service: service(settings),
        // JSON for Log Analytics. Query strings and headers may carry tokens: neither is logged.
        log: { format: "json", level: "INFO" },
        accessLog: {
            enabled: true,
            format: "json",
            fields: { headers: { defaultMode: "drop" }, queryParameters: { defaultMode: "drop" } },
        },
        // Scraped by the PodMonitor that the Ingress component makes: the chart's own is of another API group.
        metrics: { prometheus: { entryPoint: "metrics", serviceMonitor: { enabled: false } } },
    };
}

function availability(settings: TraefikSettings): Record<string, unknown> {
    const labelSelector = { matchLabels: traefikPodLabels(settings.namespace) };
    const spread = {
        maxSkew: 1,
        labelSelector,
        // Counts pods of one revision, so that a rolling update ends as evenly spread as it began.
        matchLabelKeys: ["pod-template-hash"],
        // Without this, nodes whose taints Traefik does not tolerate count as empty, and the last pods stay pending.
        nodeTaintsPolicy: "Honor",
    };
    return {
        deployment: {
            replicas: settings.replicas,
            terminationGracePeriodSeconds: 60,
            // Goes on serving until the load balancer's probe has taken the node out; then Traefik ends in good order.
            lifecycle: { preStop: { sleep: { seconds: 20 } } },
        },
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        topologySpreadConstraints: [
            // A wish, not a condition: when a zone fails its pods must be able to start in the others.
            { ...spread, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
            { ...spread, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" },
        ],
        resources: { requests: { cpu: "200m", memory: "256Mi" }, limits: { cpu: "2", memory: "512Mi" } },
        nodeSelector: { "kubernetes.io/os": "linux", ...settings.nodeSelector },
        tolerations: [...settings.tolerations],
        ...(settings.priorityClassName === undefined
            ? {}
            : { priorityClassName: settings.priorityClassName }),
    };
}

function security(): Record<string, unknown> {
    return {
        // The chart's defaults, said here because the namespace enforces the restricted level.
        podSecurityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            seccompProfile: { type: "RuntimeDefault" },
        },
        securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
        },
        hostNetwork: false,
        api: { dashboard: false, insecure: false },
        ingressRoute: { dashboard: { enabled: false }, healthcheck: { enabled: false } },
        // A tenant's conflicting TLSOption must not switch others back to Traefik's own TLS defaults (GHSA-g55h-rg46-x9c5).
        core: { strictTLSOptions: true },
        tlsOptions: { default: { minVersion: "VersionTLS12", cipherSuites } },
    };
}

function routing(settings: TraefikSettings): Record<string, unknown> {
    return {
        ingressClass: { enabled: true, isDefaultClass: settings.defaultIngressClass, name: traefikName },
        providers: {
            kubernetesIngress: {
                enabled: true,
                allowExternalNameServices: false,
                publishedService: { enabled: true },
            },
            kubernetesCRD: {
                enabled: true,
                allowCrossNamespace: false,
                allowExternalNameServices: false,
                // Only the platform sets what holds for all: a tenant's "default" TLSOption or TLSStore is ignored.
                defaultTLSResourcesNamespace: settings.namespace,
                // Names joined so that one tenant's object can never be taken for another's.
                safeNaming: true,
            },
            kubernetesGateway: { enabled: false },
            kubernetesIngressNGINX: { enabled: false },
        },
        ports: {
            web: {
                http: {
                    redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } },
                    underscoreHeadersStrategy: "delete",
                },
            },
            websecure: {
                http: {
                    tls: { enabled: true },
                    // X_Forwarded_For and the like reach some frameworks as X-Forwarded-For: clients could forge it.
                    underscoreHeadersStrategy: "delete",
                },
            },
            traefik: { expose: { default: false } },
            metrics: { expose: { default: false } },
        },
    };
}

function service(settings: TraefikSettings): Record<string, unknown> {
    const annotations: Record<string, pulumi.Input<string>> = {};
    if (settings.internal) {
        annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] = "true";
        if (settings.internalSubnetName !== undefined) {
            annotations["service.beta.kubernetes.io/azure-load-balancer-internal-subnet"] =
                settings.internalSubnetName;
        }
        if (settings.loadBalancerIp !== undefined) {
            annotations["service.beta.kubernetes.io/azure-load-balancer-ipv4"] = settings.loadBalancerIp;
        }
    }
    return {
        annotations,
        spec: {
            type: "LoadBalancer",
            // Keeps the client's address, and probes `/healthz` of the node, so no probe annotations are needed.
            externalTrafficPolicy: "Local",
            ...(settings.allowedSourceRanges.length > 0
                ? { loadBalancerSourceRanges: [...settings.allowedSourceRanges] }
                : {}),
        },
    };
}
