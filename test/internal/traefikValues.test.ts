import * as assert from "node:assert/strict";
import Ajv from "ajv/dist/2020";
import { charts } from "../../components/internal/charts";
import { traefikPodLabels, traefikValues } from "../../components/internal/traefikValues";
import type { TraefikSettings } from "../../components/internal/traefikValues";
import { readFromChart } from "../support/packagedChart";

const settings: TraefikSettings = {
    namespace: "ingress",
    internal: true,
    allowedSourceRanges: [],
    replicas: 3,
    defaultIngressClass: true,
    nodeSelector: {},
    tolerations: [],
};

const everything: TraefikSettings = {
    ...settings,
    internalSubnetName: "snet-ingress",
    loadBalancerIp: "10.20.3.10",
    allowedSourceRanges: ["10.0.0.0/8"],
    priorityClassName: "platform-critical",
    imageRegistry: "crlz.azurecr.io",
    nodeSelector: { pool: "ingress" },
    tolerations: [{ key: "dedicated", operator: "Equal", value: "ingress", effect: "NoSchedule" }],
};

function values(change: Partial<TraefikSettings> = {}): Record<string, unknown> {
    return traefikValues({ ...settings, ...change });
}

/** The value at a dotted path. */
function at(tree: unknown, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>(
            (node, key) =>
                typeof node === "object" && node !== null
                    ? (node as Record<string, unknown>)[key]
                    : undefined,
            tree,
        );
}

describe("traefikValues", () => {
    it("sets nothing that the chart's own schema refuses", function () {
        const schema = JSON.parse(readFromChart(this, charts.traefik, "values.schema.json")) as object;
        const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
        for (const each of [settings, everything, { ...settings, internal: false }]) {
            assert.equal(validate(traefikValues(each)), true, JSON.stringify(validate.errors));
        }
    });

    it("gives the pods the labels that the PodMonitor and the spread look for", () => {
        assert.deepEqual(traefikPodLabels("edge"), {
            "app.kubernetes.io/name": "traefik",
            "app.kubernetes.io/instance": "traefik-edge",
        });
    });

    const fixed: [string, string, unknown][] = [
        ["no version check", "global.checkNewVersion", false],
        ["no telemetry", "global.sendAnonymousUsage", false],
        ["no dashboard", "api.dashboard", false],
        ["no insecure API", "api.insecure", false],
        ["no route to a dashboard", "ingressRoute.dashboard.enabled", false],
        [
            "non-root pods with the default seccomp profile",
            "podSecurityContext",
            {
                runAsNonRoot: true,
                runAsUser: 65532,
                runAsGroup: 65532,
                seccompProfile: { type: "RuntimeDefault" },
            },
        ],
        [
            "containers without capabilities",
            "securityContext",
            {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
                readOnlyRootFilesystem: true,
            },
        ],
        ["no host network", "hostNetwork", false],
        ["TLS 1.2 or later", "tlsOptions.default.minVersion", "VersionTLS12"],
        ["no way back to weaker TLS options", "core.strictTLSOptions", true],
        [
            "TLS defaults from its own namespace only",
            "providers.kubernetesCRD.defaultTLSResourcesNamespace",
            "ingress",
        ],
        ["no references across namespaces", "providers.kubernetesCRD.allowCrossNamespace", false],
        ["names that cannot collide between namespaces", "providers.kubernetesCRD.safeNaming", true],
        ["no external services by Ingress", "providers.kubernetesIngress.allowExternalNameServices", false],
        ["no external services by IngressRoute", "providers.kubernetesCRD.allowExternalNameServices", false],
        [
            "a redirect from HTTP to HTTPS",
            "ports.web.http.redirections.entryPoint",
            { to: "websecure", scheme: "https", permanent: true },
        ],
        ["no forged header names over HTTP", "ports.web.http.underscoreHeadersStrategy", "delete"],
        ["no forged header names over HTTPS", "ports.websecure.http.underscoreHeadersStrategy", "delete"],
        ["no admin port on the load balancer", "ports.traefik.expose", { default: false }],
        ["no metrics port on the load balancer", "ports.metrics.expose", { default: false }],
        ["logs in JSON", "log", { format: "json", level: "INFO" }],
        [
            "access logs in JSON without headers and query strings",
            "accessLog",
            {
                enabled: true,
                format: "json",
                fields: { headers: { defaultMode: "drop" }, queryParameters: { defaultMode: "drop" } },
            },
        ],
        ["no scrape object of another API group", "metrics.prometheus.serviceMonitor.enabled", false],
        ["a disruption budget", "podDisruptionBudget", { enabled: true, maxUnavailable: 1 }],
        [
            "no gap while it is updated",
            "updateStrategy",
            { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        ],
        ["time to end in good order", "deployment.lifecycle", { preStop: { sleep: { seconds: 20 } } }],
        [
            "requests and limits",
            "resources",
            { requests: { cpu: "200m", memory: "256Mi" }, limits: { cpu: "2", memory: "512Mi" } },
        ],
        [
            "the client's own address",
            "service.spec",
            { type: "LoadBalancer", externalTrafficPolicy: "Local" },
        ],
    ];
    for (const [what, path, expected] of fixed) {
        it(`sets ${what}`, () => {
            assert.deepEqual(at(values(), path), expected);
        });
    }

    it("allows cipher suites with forward secrecy and authenticated encryption only", () => {
        const suites = at(values(), "tlsOptions.default.cipherSuites") as string[];
        assert.equal(suites.length, 6);
        assert.deepEqual(
            suites.filter((suite) => !/^TLS_ECDHE_.*(GCM|POLY1305)/.test(suite)),
            [],
        );
    });

    it("spreads over zones where it can and over nodes always, tainted nodes left out", () => {
        const common = {
            maxSkew: 1,
            labelSelector: {
                matchLabels: {
                    "app.kubernetes.io/name": "traefik",
                    "app.kubernetes.io/instance": "traefik-ingress",
                },
            },
            matchLabelKeys: ["pod-template-hash"],
            nodeTaintsPolicy: "Honor",
        };
        assert.deepEqual(values()["topologySpreadConstraints"], [
            { ...common, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
            { ...common, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" },
        ]);
    });

    it("asks Azure for an internal address, in the subnet and at the address that are given", () => {
        assert.deepEqual(at(values(), "service.annotations"), {
            "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        });
        assert.deepEqual(
            at(
                values({ internalSubnetName: "snet-ingress", loadBalancerIp: "10.20.3.10" }),
                "service.annotations",
            ),
            {
                "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
                "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "snet-ingress",
                "service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.20.3.10",
            },
        );
    });

    it("asks for nothing internal when public", () => {
        assert.deepEqual(
            at(values({ internal: false, internalSubnetName: "snet-ingress" }), "service.annotations"),
            {},
        );
    });

    it("limits who reaches the load balancer when ranges are given", () => {
        assert.deepEqual(
            at(values({ allowedSourceRanges: ["10.0.0.0/8"] }), "service.spec.loadBalancerSourceRanges"),
            ["10.0.0.0/8"],
        );
        assert.equal(at(values(), "service.spec.loadBalancerSourceRanges"), undefined);
    });

    it("takes replicas, class, priority, image and placement from its settings", () => {
        const full = traefikValues({ ...everything, replicas: 5, defaultIngressClass: false });
        assert.equal(at(full, "deployment.replicas"), 5);
        assert.deepEqual(full["ingressClass"], { enabled: true, isDefaultClass: false, name: "traefik" });
        assert.equal(full["priorityClassName"], "platform-critical");
        assert.deepEqual(full["image"], { registry: "crlz.azurecr.io", repository: "traefik" });
        assert.deepEqual(full["nodeSelector"], { "kubernetes.io/os": "linux", pool: "ingress" });
        assert.deepEqual(full["tolerations"], everything.tolerations);
    });

    it("leaves priority and image to the cluster and the chart when they are not given", () => {
        assert.equal("priorityClassName" in values(), false);
        assert.equal("image" in values(), false);
        assert.deepEqual(values()["nodeSelector"], { "kubernetes.io/os": "linux" });
        assert.deepEqual(values()["tolerations"], []);
    });
});
