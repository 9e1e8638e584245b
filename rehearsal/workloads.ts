import type { StateResource } from "./engine";
import type { KubernetesApi, KubernetesObject } from "../simulator/cluster/kubernetesApi";

const helmRelease = "kubernetes:helm.sh/v3:Release";

/** What is not well with the Helm releases of a stack: pods that are not Ready, services without an address. */
export async function workloadProblems(
    api: KubernetesApi,
    resources: readonly StateResource[],
): Promise<string[]> {
    const releases = resources.filter(({ type }) => type === helmRelease);
    const namespaces = [...new Set(releases.map(({ outputs }) => String(outputs?.["namespace"])))].sort();
    const found = await Promise.all(namespaces.map((namespace) => problemsIn(api, namespace)));
    return namespaces.length === 0 ? ["the stack has no Helm release"] : found.flat();
}

async function problemsIn(api: KubernetesApi, namespace: string): Promise<string[]> {
    const pods = await api.list(`/api/v1/namespaces/${namespace}/pods`);
    const services = await api.list(`/api/v1/namespaces/${namespace}/services`);
    return [
        ...(pods.length === 0 ? [`namespace ${namespace} has no pod`] : []),
        ...pods.filter((pod) => !isReady(pod)).map(({ metadata }) => `pod ${metadata.name} is not Ready`),
        ...services
            .filter((service) => isLoadBalancer(service) && !hasAddress(service))
            .map(({ metadata }) => `service ${metadata.name} has no address`),
    ];
}

function isReady({ status }: KubernetesObject): boolean {
    const conditions = (status?.["conditions"] ?? []) as { type: string; status: string }[];
    return conditions.some(({ type, status: value }) => type === "Ready" && value === "True");
}

function isLoadBalancer({ spec }: KubernetesObject): boolean {
    return spec?.["type"] === "LoadBalancer";
}

function hasAddress({ status }: KubernetesObject): boolean {
    const balancer = status?.["loadBalancer"] as { ingress?: unknown[] } | undefined;
    return (balancer?.ingress ?? []).length > 0;
}
