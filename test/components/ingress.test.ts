import * as assert from "node:assert/strict";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { Ingress, IngressController, IngressExposure } from "../../components/ingress";
import type { IngressArgs } from "../../components/ingress";
import { deploy, failureOf } from "../support/harness";
import type { Deployment } from "../support/harness";

const namespaceType = "kubernetes:core/v1:Namespace";
const releaseType = "kubernetes:helm.sh/v3:Release";
const podMonitorType = "kubernetes:azmonitoring.coreos.com/v1:PodMonitor";

const restricted = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/enforce-version": "latest",
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/audit-version": "latest",
    "pod-security.kubernetes.io/warn": "restricted",
    "pod-security.kubernetes.io/warn-version": "latest",
};

const custom = {
    name: "envoy-gateway",
    chart: "oci://docker.io/envoyproxy/gateway-helm",
    version: "1.9.0",
    values: { deployment: { replicas: 2 } },
};
const customArgs: IngressArgs = { controller: IngressController.Custom, custom };

function ingress(args: IngressArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { namespace, ingressClassName, releaseName } = new Ingress("ingress", args, opts);
    return {
        ...(namespace && { namespace }),
        ...(ingressClassName && { ingressClassName }),
        ...(releaseName && { releaseName }),
    };
}

function created(deployment: Deployment): [string, string][] {
    return deployment.resources
        .filter(({ type }) => type !== "pulumi:pulumi:Stack")
        .map(({ type, name }): [string, string] => [type, name]);
}

/** The value at a dotted path of the release's Helm values. */
function valueAt(deployment: Deployment, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>(
            (node, key) => (node as Record<string, unknown>)[key],
            deployment.one(releaseType).inputs["values"],
        );
}

const everything: [string, string][] = [
    ["aks-landing-zone:index:Ingress", "ingress"],
    [namespaceType, "ingress-namespace"],
    [releaseType, "ingress-release"],
    [podMonitorType, "ingress-pod-monitor"],
];

describe("Ingress", () => {
    it("installs Traefik, internal and scraped, by default", async () => {
        const deployment = await deploy(() => ingress());
        assert.deepEqual(created(deployment).sort(), [...everything].sort());
        assert.deepEqual(deployment.outputs, {
            namespace: "ingress",
            ingressClassName: "traefik",
            releaseName: "traefik",
        });
        assert.deepEqual(deployment.one(namespaceType).inputs["metadata"], {
            name: "ingress",
            labels: restricted,
        });
        const { values, ...release } = deployment.one(releaseType).inputs;
        assert.ok(values);
        assert.deepEqual(release, {
            atomic: true,
            chart: "oci://ghcr.io/traefik/helm/traefik",
            cleanupOnFail: true,
            compat: "true",
            createNamespace: false,
            maxHistory: 3,
            name: "traefik",
            namespace: "ingress",
            timeout: 600,
            version: "41.3.0",
        });
        assert.equal(valueAt(deployment, "deployment.replicas"), 3);
        assert.deepEqual(valueAt(deployment, "service.annotations"), {
            "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        });
        assert.deepEqual(valueAt(deployment, "ingressClass"), {
            enabled: true,
            isDefaultClass: true,
            name: "traefik",
        });
    });

    it("registers the same resources in a preview", async () => {
        const preview = await deploy(() => ingress({ priorityClassName: "platform-critical" }), {
            preview: true,
        });
        assert.deepEqual(created(preview).sort(), [...everything].sort());
    });

    it("has managed Prometheus scrape the metrics port of Traefik's pods", async () => {
        const deployment = await deploy(() => ingress({ namespace: "edge" }));
        const monitor = deployment.one(podMonitorType);
        assert.deepEqual(monitor.inputs, {
            apiVersion: "azmonitoring.coreos.com/v1",
            kind: "PodMonitor",
            metadata: { name: "traefik", namespace: "edge" },
            spec: {
                labelLimit: 63,
                labelNameLengthLimit: 511,
                labelValueLengthLimit: 1023,
                namespaceSelector: { matchNames: ["edge"] },
                selector: {
                    matchLabels: {
                        "app.kubernetes.io/name": "traefik",
                        "app.kubernetes.io/instance": "traefik-edge",
                    },
                },
                podMetricsEndpoints: [{ port: "metrics", path: "/metrics" }],
            },
        });
        assert.deepEqual(monitor.options.errorHooks, ["retry-until-kind-exists"]);
    });

    it("is not scraped when that is switched off", async () => {
        const deployment = await deploy(() => ingress({ scrape: false }));
        assert.deepEqual(deployment.ofType(podMonitorType), []);
    });

    it("puts an internal address into the subnet", async () => {
        const deployment = await deploy(() =>
            ingress({ internalSubnetName: pulumi.output("snet-ingress"), loadBalancerIp: "10.20.3.10" }),
        );
        assert.deepEqual(valueAt(deployment, "service.annotations"), {
            "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
            "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "snet-ingress",
            "service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.20.3.10",
        });
    });

    it("is public only when asked, for the ranges that are given", async () => {
        const deployment = await deploy(() =>
            ingress({
                exposure: IngressExposure.Public,
                internalSubnetName: "snet-ingress",
                allowedSourceRanges: ["203.0.113.0/24"],
            }),
        );
        assert.deepEqual(valueAt(deployment, "service"), {
            annotations: {},
            spec: {
                type: "LoadBalancer",
                externalTrafficPolicy: "Local",
                loadBalancerSourceRanges: ["203.0.113.0/24"],
            },
        });
    });

    it("hands the remaining settings to Traefik, the user's values last", async () => {
        const deployment = await deploy(() =>
            ingress({
                replicas: 5,
                defaultIngressClass: false,
                priorityClassName: pulumi.output("platform-critical"),
                imageRegistry: pulumi.output("crlz.azurecr.io"),
                nodeSelector: { pool: "ingress" },
                tolerations: [{ key: "dedicated", operator: "Exists" }],
                values: { log: { level: "DEBUG" } },
            }),
        );
        assert.equal(valueAt(deployment, "deployment.replicas"), 5);
        assert.equal(valueAt(deployment, "ingressClass.isDefaultClass"), false);
        assert.equal(valueAt(deployment, "priorityClassName"), "platform-critical");
        assert.deepEqual(valueAt(deployment, "image"), {
            registry: "crlz.azurecr.io",
            repository: "traefik",
        });
        assert.deepEqual(valueAt(deployment, "nodeSelector"), {
            "kubernetes.io/os": "linux",
            pool: "ingress",
        });
        assert.deepEqual(valueAt(deployment, "tolerations"), [{ key: "dedicated", operator: "Exists" }]);
        assert.deepEqual(valueAt(deployment, "log"), { format: "json", level: "DEBUG" });
    });

    const mirrors: [string, string, object][] = [
        [
            "registry",
            "oci://crlz.azurecr.io/charts",
            { chart: "oci://crlz.azurecr.io/charts/traefik", version: "41.3.0" },
        ],
        ["folder", "./charts", { chart: "./charts/traefik-41.3.0.tgz", version: "41.3.0" }],
        [
            "repository",
            "https://charts.example.com",
            { chart: "traefik", version: "41.3.0", repositoryOpts: { repo: "https://charts.example.com" } },
        ],
    ];
    for (const [kind, chartMirror, expected] of mirrors) {
        it(`takes the chart from a mirror ${kind}`, async () => {
            const { inputs } = (await deploy(() => ingress({ chartMirror }))).one(releaseType);
            assert.deepEqual(
                {
                    chart: inputs["chart"],
                    version: inputs["version"],
                    ...("repositoryOpts" in inputs ? { repositoryOpts: inputs["repositoryOpts"] } : {}),
                },
                expected,
            );
        });
    }

    it("installs another chart in the same way, with its own values and without a PodMonitor", async () => {
        const deployment = await deploy(() =>
            ingress({ ...customArgs, custom: { ...custom, ingressClassName: "envoy" } }),
        );
        assert.deepEqual(created(deployment).sort(), everything.slice(0, 3).sort());
        assert.deepEqual(deployment.outputs, {
            namespace: "ingress",
            ingressClassName: "envoy",
            releaseName: "envoy-gateway",
        });
        assert.deepEqual(deployment.one(namespaceType).inputs["metadata"], {
            name: "ingress",
            labels: restricted,
        });
        assert.deepEqual(deployment.one(releaseType).inputs, {
            atomic: true,
            chart: "oci://docker.io/envoyproxy/gateway-helm",
            cleanupOnFail: true,
            compat: "true",
            createNamespace: false,
            maxHistory: 3,
            name: "envoy-gateway",
            namespace: "ingress",
            timeout: 600,
            values: { deployment: { replicas: 2 } },
            version: "1.9.0",
        });
    });

    it("does not know the class of another chart that does not say it", async () => {
        const deployment = await deploy(() => ingress(customArgs));
        assert.deepEqual(deployment.outputs, { namespace: "ingress", releaseName: "envoy-gateway" });
    });

    it("takes another chart from its repository, or from the mirror", async () => {
        const fromRepository = {
            name: "nginx",
            chart: "nginx-ingress",
            version: "2.6.4",
            repository: "https://helm.nginx.com/stable",
        };
        const direct = await deploy(() => ingress({ ...customArgs, custom: fromRepository }));
        assert.equal(direct.one(releaseType).inputs["chart"], "nginx-ingress");
        assert.deepEqual(direct.one(releaseType).inputs["repositoryOpts"], {
            repo: "https://helm.nginx.com/stable",
        });
        const mirrored = await deploy(() =>
            ingress({ ...customArgs, chartMirror: "oci://crlz.azurecr.io/charts" }),
        );
        assert.equal(mirrored.one(releaseType).inputs["chart"], "oci://crlz.azurecr.io/charts/gateway-helm");
    });

    it("installs nothing with None", async () => {
        const deployment = await deploy(() => ingress({ controller: IngressController.None }));
        assert.deepEqual(created(deployment), [["aks-landing-zone:index:Ingress", "ingress"]]);
        assert.deepEqual(deployment.outputs, {});
    });

    it("puts its resources under the component, protects them with it and deletes them with the cluster", async () => {
        const deployment = await deploy(() => {
            const cluster = new ResourceGroup("cluster", { resourceGroupName: "rg-test" });
            ingress({}, { protect: true, deletedWith: cluster });
        });
        const cluster = deployment.one("azure-native:resources:ResourceGroup");
        const children = deployment.resources.filter(({ type }) => type.startsWith("kubernetes:"));
        assert.equal(children.length, 3);
        for (const child of children) {
            assert.equal(deployment.parentName(child), "ingress");
            assert.equal(child.options.protect, true);
            assert.equal(child.options.deletedWith, cluster.urn);
        }
    });

    it("waits for what it is told to, and installs into the namespace once that exists", async () => {
        const deployment = await deploy(() => {
            const policies = new ResourceGroup("policies", { resourceGroupName: "rg-test" });
            ingress({ waitFor: [policies.id] });
        });
        assert.deepEqual(deployment.dependencyNames(deployment.one(namespaceType)), ["policies"]);
        assert.deepEqual(deployment.dependencyNames(deployment.one(releaseType)), ["ingress-namespace"]);
        assert.deepEqual(deployment.dependencyNames(deployment.one(podMonitorType)), ["ingress-namespace"]);
    });

    const retired =
        "The community ingress-nginx controller is retired: since March 2026 it gets no releases and no security fixes " +
        "(https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement). Use `Traefik` (the default; its kubernetesIngressNGINX provider reads most " +
        "ingress-nginx annotations), `Custom` with a maintained chart such as Envoy Gateway (`oci://docker.io/envoyproxy/gateway-helm`) or F5's NGINX " +
        "(`oci://ghcr.io/nginx/charts/nginx-ingress`), or `None` beside a managed one: the Gateway API implementation of application routing, or " +
        "Application Gateway for Containers.";
    const refused: [string, IngressArgs, string][] = [
        [
            "Custom without a chart",
            { controller: IngressController.Custom },
            "`custom` is missing: controller Custom needs the chart to install. Set `custom`, or another `controller`.",
        ],
        [
            "a chart that would not be installed",
            { custom },
            "`custom` is set, but `controller` is Traefik. Set `controller` to Custom, or remove `custom`.",
        ],
        [
            "the retired community controller",
            {
                ...customArgs,
                custom: {
                    ...custom,
                    chart: "ingress-nginx",
                    repository: "https://kubernetes.github.io/ingress-nginx",
                },
            },
            `\`custom.chart\` ingress-nginx is refused. ${retired}`,
        ],
        [
            "the retired community controller from a folder",
            { ...customArgs, custom: { ...custom, chart: "./charts/ingress-nginx-4.15.1.tgz" } },
            `\`custom.chart\` ./charts/ingress-nginx-4.15.1.tgz is refused. ${retired}`,
        ],
        ["no replicas", { replicas: 0 }, "`replicas` is 0: a whole number of 1 or more is allowed."],
        ["half a replica", { replicas: 1.5 }, "`replicas` is 1.5: a whole number of 1 or more is allowed."],
        [
            "a chosen public address",
            { exposure: IngressExposure.Public, loadBalancerIp: "20.0.0.4" },
            "`loadBalancerIp` is 20.0.0.4, but only an internal address of Traefik can be chosen. " +
                "Remove `loadBalancerIp`, or set `exposure` to Internal and `controller` to Traefik.",
        ],
    ];
    for (const [what, args, message] of refused) {
        it(`refuses ${what}`, async () => {
            assert.equal(await failureOf(() => ingress(args)), message);
        });
    }
});
