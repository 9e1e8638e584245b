import type { CapturedResource } from "../../simulator/capture";
import { types } from "../../plan/resourceTypes";
import { isAzure, isKubernetes, objectName, objectNamespace } from "../../plan/stackView";
import { at, listAt, recordAt, textAt, textsAt } from "../../plan/values";
import { isRecord } from "../../simulator/records";
import { each, finding, listed } from "../rule";
import type { Rule, JudgedStack } from "../rule";

/** Rules about what runs in the cluster. */
export const workloadRules: readonly Rule[] = [
    {
        id: "tenant-namespace-is-fenced",
        title: "Every tenant namespace has a quota, limits and a default deny in both directions",
        severity: "error",
        why: "Without them one tenant can use up the cluster, or reach the pods of another.",
        mend: "Create the namespace through the `Tenant` component.",
        evaluate: (stack) =>
            tenantNamespaces(stack).flatMap((namespace) => {
                const lacks = [
                    inNamespace(stack, types.resourceQuota, namespace).some(limitsUse) ? [] : "quota",
                    inNamespace(stack, types.limitRange, namespace).length === 0 ? "limits" : [],
                    ["Ingress", "Egress"]
                        .filter((direction) => !isDeniedByDefault(stack, namespace, direction))
                        .map((direction) => `default deny of ${direction.toLowerCase()}`),
                ].flat();
                return lacks.length === 0 ? [] : [finding(namespace, `lacks ${listed(lacks)}`)];
            }),
    },
    {
        id: "tenant-namespace-enforces-pod-security",
        title: "Every tenant namespace enforces a pod-security level that forbids privilege",
        severity: "error",
        why: "A privileged pod owns its node, and with it every pod and secret there.",
        mend: "Set the tenant's `podSecurityLevel` to restricted or baseline.",
        evaluate: (stack) =>
            tenantNamespaces(stack).flatMap((namespace) => {
                const level = textAt(
                    namespace.inputs,
                    "metadata",
                    "labels",
                    "pod-security.kubernetes.io/enforce",
                );
                return level === "restricted" || level === "baseline"
                    ? []
                    : [finding(namespace, level ? `enforces the level ${level}` : "enforces no level")];
            }),
    },
    {
        id: "tenants-create-no-load-balancers",
        title: "Tenants cannot create load balancers or node ports",
        severity: "error",
        why: "A Service of that type opens the cluster beside the ingress controller and its rules.",
        mend: 'Set the quota\'s `services.loadbalancers` and `services.nodeports` to "0".',
        evaluate: (stack) =>
            tenantNamespaces(stack).flatMap((namespace) => {
                const quotas = inNamespace(stack, types.resourceQuota, namespace);
                return ["services.loadbalancers", "services.nodeports"]
                    .filter(
                        (key) =>
                            !quotas.some(({ inputs }) => String(at(inputs, "spec", "hard", key)) === "0"),
                    )
                    .map((key) => finding(namespace, `its quota does not limit ${key} to 0`));
            }),
    },
    {
        id: "helm-releases-are-pinned",
        title: "Every Helm release is pinned and undone when it fails",
        severity: "error",
        why: "A release without a version changes by itself; one that is not atomic stays half installed and blocks the next run.",
        mend: "Set an exact `version`, `atomic: true` and a `timeout`.",
        evaluate: (stack) =>
            each(stack, types.helmRelease, ({ inputs }) => {
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
        id: "explicit-providers",
        title: "Every resource uses a provider that the program declares",
        severity: "error",
        why: "A default provider works with whatever subscription or cluster the machine happens to be signed in to.",
        mend: "Pass the provider to the component that the resource is in: `{ providers: [...] }`.",
        evaluate: (stack) =>
            stack.resources
                .filter((resource) => isAzure(resource) || isKubernetes(resource))
                .filter(({ provider }) => !isDeclared(stack, provider))
                .map((resource) => finding(resource, "uses a default provider")),
    },
    {
        id: "kubernetes-provider-is-bound-to-its-cluster",
        title: "The Kubernetes provider names its cluster",
        severity: "error",
        why: "Without `clusterIdentifier`, any change to the kubeconfig replaces everything in the cluster.",
        mend: "Set `clusterIdentifier` to the cluster's id.",
        evaluate: (stack) =>
            each(stack, types.kubernetesProvider, ({ inputs }) =>
                textAt(inputs, "clusterIdentifier") ? undefined : "has no `clusterIdentifier`",
            ),
    },
];

/** Namespaces that a Tenant component made. */
export function tenantNamespaces(stack: JudgedStack): CapturedResource[] {
    return stack
        .ofType(types.namespace)
        .filter((namespace) => stack.componentOf(namespace)?.type === types.tenantComponent);
}

function inNamespace(stack: JudgedStack, type: string, namespace: CapturedResource): CapturedResource[] {
    return stack.ofType(type).filter((resource) => objectNamespace(resource) === objectName(namespace));
}

/** A quota may also be there for one priority class only; this one bounds what the whole namespace uses. */
function limitsUse({ inputs }: CapturedResource): boolean {
    return ["limits.cpu", "limits.memory", "pods"].every(
        (key) => at(inputs, "spec", "hard", key) !== undefined,
    );
}

/** A policy that selects every pod and allows nothing in that direction. */
function isDeniedByDefault(stack: JudgedStack, namespace: CapturedResource, direction: string): boolean {
    return inNamespace(stack, types.networkPolicy, namespace).some(({ inputs }) => {
        const spec = recordAt(inputs, "spec");
        return (
            isRecord(spec["podSelector"]) &&
            Object.keys(spec["podSelector"]).length === 0 &&
            textsAt(spec, "policyTypes").includes(direction) &&
            listAt(spec, direction.toLowerCase()).length === 0
        );
    });
}

/** A reference is `urn::id`. The engine's own default providers are called `default...`. */
function isDeclared(stack: JudgedStack, reference: string): boolean {
    const provider = stack.withUrn(reference.split("::").slice(0, 4).join("::"));
    return provider !== undefined && !provider.name.startsWith("default");
}
