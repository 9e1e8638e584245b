import { chartName } from "../../components/internal/charts";
import { types } from "../../stack/resourceTypes";
import { isKubernetes, objectName } from "../../stack/stackView";
import { at, numberAt, recordAt, recordsAt, textAt, textsAt } from "../../stack/values";
import type { JsonRecord } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { isRecord } from "../../simulator/records";
import { weakPodSecurity } from "../podSecurity";
import { each, finding, missing, ofEach } from "../rule";
import type { Rule } from "../rule";
import { sources } from "../sources";
import { tenantNamespaces } from "./tenants";

/** Rules about what the platform runs in the cluster. */
export const workloadRules: readonly Rule[] = [
    {
        id: "helm-releases-are-pinned",
        title: "Every Helm release is pinned and undone when it fails",
        severity: "error",
        why: "A release without a version changes by itself; one that is not atomic stays half installed and blocks the next run.",
        mend: "Set an exact `version`, `atomic: true` and a `timeout`.",
        sources: [sources.wellArchitected],
        ...ofEach(types.helmRelease, ({ inputs }) => {
            const isPackaged = /\.tgz$/.test(textAt(inputs, "chart") ?? "");
            return [
                isPackaged || /^v?\d+\.\d+\.\d+/.test(textAt(inputs, "version") ?? "")
                    ? []
                    : "has no exact version",
                inputs["atomic"] === true ? [] : "is not atomic",
                typeof inputs["timeout"] === "number" ? [] : "has no timeout",
            ].flat();
        }),
    },
    {
        id: "charts-come-from-a-named-place",
        title: "Helm charts come over TLS from a named place, or from this machine",
        severity: "error",
        why: "A chart over plain HTTP can be exchanged on its way, and runs with the rights of its release.",
        mend: "Use an `oci://` or `https://` address, or a packaged chart.",
        sources: [sources.wellArchitected],
        ...ofEach(types.helmRelease, ({ inputs }) => {
            const chart = textAt(inputs, "chart") ?? "";
            const repository = textAt(inputs, "repositoryOpts", "repo");
            return chart.startsWith("oci://") || chart.endsWith(".tgz") || repository?.startsWith("https://")
                ? undefined
                : `its chart comes from ${repository ?? "no place that is named"}`;
        }),
    },
    {
        id: "images-are-pinned",
        title: "No image is named without a version, or as latest",
        severity: "error",
        why: "Such an image is another one after the next restart, and nobody can go back.",
        mend: "Name a version or a digest, or leave the image to the pinned chart.",
        sources: [sources.images],
        evaluate: (stack) =>
            stack.resources
                .filter(isKubernetes)
                .flatMap((resource) =>
                    stack.certain(() =>
                        floatingImages(resource.inputs).map((image) =>
                            finding(resource, `the image ${image} has no version`),
                        ),
                    ),
                ),
    },
    {
        id: "releases-bound-their-resources",
        title: "What the platform installs asks for CPU and memory, and has a memory limit",
        severity: "warning",
        why: "Without requests it is the first to be thrown out of a full node, without a limit it fills one.",
        mend: "Set `resources` in the values of the release.",
        sources: [sources.schedulerPractices, sources.wellArchitected],
        ...ofEach(types.helmRelease, ({ inputs }) =>
            (
                [
                    ["requests", "cpu"],
                    ["requests", "memory"],
                    ["limits", "memory"],
                ] as const
            )
                .filter(([kind, what]) => at(inputs, "values", "resources", kind, what) === undefined)
                .map(([kind, what]) => `\`resources.${kind}.${what}\` is not set`),
        ),
    },
    {
        id: "releases-outlive-tenants",
        title: "What the platform installs has a priority above the tenants'",
        severity: "warning",
        why: "A tenant that fills the cluster would push the ingress controller out of it.",
        mend: "Set `priorityClassName: platform-critical` in the values.",
        sources: [sources.schedulerPractices],
        evaluate: (stack) =>
            each(stack, types.helmRelease, ({ inputs }) => {
                const name = textAt(inputs, "values", "priorityClassName");
                if (name === undefined) {
                    return "has no priority class";
                }
                return stack.ofType(types.priorityClass).some((priority) => objectName(priority) === name) ||
                    name.startsWith("system-")
                    ? undefined
                    : `the stack has no priority class ${name}`;
            }),
    },
    {
        id: "load-balancers-are-internal",
        title: "Services open no port to the Internet or on every node",
        severity: "error",
        why: "Such a service is reached past the ingress controller, its TLS and its logs.",
        mend: "Use ClusterIP, or the annotation for an internal load balancer.",
        sources: [sources.internalLoadBalancer, sources.wellArchitected],
        ...ofEach([types.service, types.helmRelease], (resource) =>
            resource.type === types.service
                ? serviceProblems(
                      recordAt(resource.inputs, "spec"),
                      recordAt(resource.inputs, "metadata", "annotations"),
                  )
                : serviceProblems(
                      {
                          // What Traefik's chart makes where its values do not say.
                          ...(isIngress(resource) ? { type: "LoadBalancer" } : {}),
                          ...recordAt(resource.inputs, "values", "service", "spec"),
                      },
                      recordAt(resource.inputs, "values", "service", "annotations"),
                  ),
        ),
    },
    {
        id: "ingress-controller-has-no-privileges",
        title: "The ingress controller runs without privileges",
        severity: "error",
        why: "It is what strangers talk to: a fault in it must not become a fault of the node.",
        mend: "Leave `securityContext` and `podSecurityContext` of the values as the component sets them.",
        sources: [sources.podSecurity],
        ...ofEach(types.helmRelease, (release) => {
            if (!isIngress(release)) {
                return undefined;
            }
            const context = recordAt(release.inputs, "values", "securityContext");
            return [
                ...(at(release.inputs, "values", "podSecurityContext", "runAsNonRoot") === true
                    ? []
                    : ["may run as root"]),
                ...(context["allowPrivilegeEscalation"] === false ? [] : ["may gain privileges"]),
                ...(textsAt(context, "capabilities", "drop").includes("ALL") ? [] : ["keeps capabilities"]),
                ...(textsAt(context, "capabilities", "add").some((name) => name !== "NET_BIND_SERVICE")
                    ? ["takes capabilities"]
                    : []),
                ...(context["readOnlyRootFilesystem"] === true ? [] : ["may change its own files"]),
                ...(at(release.inputs, "values", "hostNetwork") === true
                    ? ["is in the network of its node"]
                    : []),
            ];
        }),
    },
    {
        id: "ingress-survives-a-node",
        title: "The ingress controller survives the loss of a node",
        severity: "error",
        why: "It restarts with every node image; with one copy, that is an outage for all tenants.",
        mend: "Set two replicas or more, a disruption budget, and spread them over nodes.",
        sources: [sources.wellArchitected, sources.schedulerPractices],
        ...ofEach(types.helmRelease, (release) => {
            if (!isIngress(release)) {
                return undefined;
            }
            const values = recordAt(release.inputs, "values");
            return [
                ...((numberAt(values, "deployment", "replicas") ?? 1) >= 2 ? [] : ["has one replica"]),
                ...(at(values, "podDisruptionBudget", "enabled") === true
                    ? []
                    : ["has no disruption budget"]),
                ...(recordsAt(values, "topologySpreadConstraints").some(
                    ({ topologyKey }) => topologyKey === "kubernetes.io/hostname",
                )
                    ? []
                    : ["is not spread over nodes"]),
            ];
        }),
    },
    {
        id: "ingress-speaks-tls-only",
        title: "The ingress controller speaks TLS 1.2 or later, and sends plain requests there",
        severity: "error",
        why: "Older TLS can be broken, and a login over plain HTTP can be read on the way.",
        mend: "Leave `tlsOptions` and the redirection of the values as the component sets them.",
        sources: [sources.aksBaseline],
        ...ofEach(types.helmRelease, (release) => {
            if (!isIngress(release)) {
                return undefined;
            }
            const values = recordAt(release.inputs, "values");
            const oldest = textAt(values, "tlsOptions", "default", "minVersion");
            const scheme = textAt(values, "ports", "web", "http", "redirections", "entryPoint", "scheme");
            return [
                ...(oldest === "VersionTLS12" || oldest === "VersionTLS13"
                    ? []
                    : [`speaks TLS from ${oldest ?? "a version that is not said"}`]),
                ...(scheme === "https" ? [] : ["answers plain HTTP"]),
                // The chart's own value is true.
                ...(at(values, "ports", "websecure", "http", "tls", "enabled") === false
                    ? ["speaks no TLS where others expect it"]
                    : []),
            ];
        }),
    },
    {
        id: "namespaces-enforce-pod-security",
        title: "Every namespace of the platform enforces a pod-security level that forbids privilege",
        severity: "warning",
        why: "A namespace without a level takes any pod, and a privileged one owns its node.",
        mend: "Set the label `pod-security.kubernetes.io/enforce` to restricted or baseline.",
        sources: [sources.podSecurity],
        evaluate: (stack) =>
            [types.namespace, types.namespacePatch].flatMap((type) =>
                each(stack, type, (namespace) => {
                    // Those of tenants have a rule of their own, which cannot be waived so lightly.
                    if (stack.componentOf(namespace)?.type === types.tenantComponent) {
                        return undefined;
                    }
                    const weak = weakPodSecurity(namespace, "enforce");
                    return weak && `enforces ${weak}`;
                }),
            ),
    },
    {
        id: "volumes-survive-a-zone",
        title: "Volumes are stored in several zones",
        severity: "warning",
        why: "A disk in one zone cannot follow its pod into another, so the pod waits until the zone is back.",
        mend: "Use a `skuName` that ends with _ZRS.",
        sources: [sources.storage, sources.wellArchitected],
        ...ofEach(types.storageClass, ({ inputs }) => {
            const sku = textAt(inputs, "parameters", "skuName");
            return sku?.endsWith("_ZRS") ? undefined : `stores volumes as ${sku ?? "the driver pleases"}`;
        }),
    },
    {
        id: "volumes-are-not-exported",
        title: "Volumes can be reached through the cluster only",
        severity: "error",
        why: "A disk with public access can be downloaded with a link, by whoever gets to know it.",
        mend: "Set `networkAccessPolicy: DenyAll` and `publicNetworkAccess: Disabled` for disks, `networkEndpointType: privateEndpoint` for file shares.",
        sources: [sources.storage],
        ...ofEach(types.storageClass, ({ inputs }) => {
            const parameters = recordAt(inputs, "parameters");
            const isClosed =
                inputs["provisioner"] === "disk.csi.azure.com"
                    ? parameters["networkAccessPolicy"] === "DenyAll" &&
                      parameters["publicNetworkAccess"] === "Disabled"
                    : parameters["networkEndpointType"] === "privateEndpoint";
            return isClosed ? undefined : "its volumes can be reached from outside";
        }),
    },
    {
        id: "workload-policies-are-assigned",
        title: "Azure Policy judges what tenants run",
        severity: "warning",
        why: "The program sees its own objects only; what tenants apply later is judged in the cluster or not at all.",
        mend: "Leave `governance.policies` of the stack file on.",
        sources: [sources.azurePolicy],
        evaluate: (stack) => {
            const clusters = stack.ofType(types.cluster);
            const assigned = stack
                .ofType(types.policyAssignment)
                .filter(({ inputs }) => clusters.every((cluster) => isWithin(cluster.id, inputs)))
                .map(({ inputs }) => textAt(inputs, "policyDefinitionId")?.split("/").pop());
            return neededPolicies
                .filter(({ id }) => !assigned.includes(id))
                .map(({ title }) => missing(`no policy is assigned: ${title}`));
        },
    },
    {
        id: "workload-policies-deny",
        title: "Azure Policy refuses what it finds wrong",
        severity: "warning",
        why: "A policy that only audits is a list that somebody would have to read every day.",
        mend: "Set `governance.policies.effect: Deny`.",
        sources: [sources.azurePolicy],
        ...ofEach(types.policyAssignment, ({ inputs }) => [
            ...(textAt(inputs, "enforcementMode") === "Default" ? [] : ["is not enforced"]),
            // Where nobody says, the definition decides; those for Kubernetes audit.
            ...(textAt(inputs, "parameters", "effect", "value")?.toLowerCase() === "deny"
                ? []
                : ["refuses nothing"]),
        ]),
    },
    {
        id: "workload-policies-spare-no-tenant",
        title: "No tenant is exempt from Azure Policy",
        severity: "error",
        why: "The namespaces that are left out are for Azure's own components, which break under the policies.",
        mend: "Take the tenant's namespace out of `excludedNamespaces`.",
        sources: [sources.azurePolicy],
        evaluate: (stack) => {
            const tenants = tenantNamespaces(stack).flatMap((namespace) => objectName(namespace) ?? []);
            return each(stack, types.policyAssignment, ({ inputs }) =>
                textsAt(inputs, "parameters", "excludedNamespaces", "value")
                    .filter((name) => tenants.includes(name))
                    .map((name) => `leaves out ${name}`),
            );
        },
    },
];

/** Built-in policies that hold for pods and services of everybody. Ids: see components/internal/policies.ts. */
const neededPolicies = [
    { id: "a8640138-9b0a-4a28-b8cb-1666c838647d", title: "pods meet the baseline pod security standard" },
    { id: "3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e", title: "load balancers are internal" },
    { id: "1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d", title: "ingresses speak HTTPS only" },
    { id: "9f061a12-e40d-4183-a00e-171812443373", title: "nothing runs in the default namespace" },
    { id: "d46c275d-1680-448d-b2ec-e495a3b6cc89", title: "services have no external IPs" },
];

/** Whether an assignment holds for a resource: its scope is that resource, or what it is in. */
function isWithin(id: string | undefined, assignment: JsonRecord): boolean {
    const scope = textAt(assignment, "scope")?.toLowerCase();
    return scope !== undefined && id !== undefined && `${id.toLowerCase()}/`.startsWith(`${scope}/`);
}

function isIngress({ inputs }: CapturedResource): boolean {
    return chartName(textAt(inputs, "chart") ?? "") === "traefik";
}

function serviceProblems(spec: JsonRecord, annotations: JsonRecord): string[] {
    const isInternal = annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] === "true";
    const ranges = textsAt(spec, "loadBalancerSourceRanges");
    const isOpen = ranges.length === 0 || ranges.some((range) => range.endsWith("/0"));
    return [
        ...(spec["type"] === "LoadBalancer" && !isInternal && isOpen
            ? ["its load balancer is open to the Internet"]
            : []),
        ...(spec["type"] === "NodePort" ? ["opens a port on every node"] : []),
        ...(textsAt(spec, "externalIPs").length > 0 ? ["takes over external addresses"] : []),
    ];
}

/** Images that are named without a version: `image: name`, and `image: { repository, tag }` of a chart's values. */
function floatingImages(value: unknown): string[] {
    if (Array.isArray(value)) {
        return value.flatMap(floatingImages);
    }
    if (!isRecord(value)) {
        return [];
    }
    return Object.entries(value).flatMap(([key, inner]) => {
        if (key === "image" && typeof inner === "string") {
            return isFloating(inner) ? [inner] : [];
        }
        if (key === "image" && isRecord(inner) && "tag" in inner && inner["digest"] === undefined) {
            const tag = textAt(inner, "tag") ?? "";
            return tag === "" || tag === "latest"
                ? [`${textAt(inner, "repository") ?? "of the chart"}:${tag}`]
                : [];
        }
        return floatingImages(inner);
    });
}

function isFloating(image: string): boolean {
    const [, tag] = /:([^/:@]+)(?:@.*)?$/.exec(image) ?? [];
    return !image.includes("@sha256:") && (tag === undefined || tag === "latest");
}
