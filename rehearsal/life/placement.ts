import { kuredNamespace, usesKured } from "../../program/nodePatching";
import type { LandingZoneConfig } from "../../config";
import { IngressController } from "../../components/ingressArgs";
import { traefikPodLabels } from "../../components/internal/traefikValues";
import type { KubernetesApi, KubernetesObject } from "../../simulator/cluster/kubernetesApi";

const ingressNamespace = "ingress";
const zoneLabel = "topology.kubernetes.io/zone";

interface Taint {
    key: string;
    effect: string;
}

/** What is wrong with where the scheduler put the platform's pods. */
export async function placementProblems(
    api: Pick<KubernetesApi, "list">,
    config: LandingZoneConfig,
): Promise<string[]> {
    const nodes = await api.list("/api/v1/nodes");
    const podsOf = async (namespace: string, labels: Record<string, string>) =>
        (await api.list(`/api/v1/namespaces/${namespace}/pods`)).filter(({ metadata }) =>
            Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
        );
    return [
        ...(config.kubernetes.ingress.controller === IngressController.Traefik
            ? spreadProblems(nodes, await podsOf(ingressNamespace, traefikPodLabels(ingressNamespace)))
            : []),
        ...(usesKured(config)
            ? everywhereProblems(nodes, await podsOf(kuredNamespace, { "app.kubernetes.io/name": "kured" }))
            : []),
    ];
}

/** The ingress tolerates no taint: it is spread over what is left, and system nodes have a taint where they are kept free. */
export function spreadProblems(
    nodes: readonly KubernetesObject[],
    pods: readonly KubernetesObject[],
): string[] {
    const open = nodes.filter((node) => !isTainted(node));
    const used = pods.map((pod) => nodeOf(pod));
    const zones = new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels?.[zoneLabel] ?? ""]));
    const count = (names: readonly string[]) => new Set(names).size;
    const openZones = count(open.map(({ metadata }) => zones.get(metadata.name) ?? ""));
    const usedZones = count(used.map((name) => zones.get(name) ?? ""));
    const tainted = nodes.filter(isTainted).map(({ metadata }) => metadata.name);
    const expectedNodes = Math.min(pods.length, open.length);
    const expectedZones = Math.min(pods.length, openZones);
    return [
        ...(count(used) === expectedNodes
            ? []
            : [`${pods.length} pods of the ingress are on ${count(used)} nodes, not ${expectedNodes}`]),
        ...(usedZones === expectedZones
            ? []
            : [`${pods.length} pods of the ingress are in ${usedZones} zones, not ${expectedZones}`]),
        ...used
            .filter((name) => tainted.includes(name))
            .map((name) => `a pod of the ingress is on ${name}, which keeps others off by a taint`),
    ];
}

/** A node without kured is never rebooted, whatever taints it has. */
export function everywhereProblems(
    nodes: readonly KubernetesObject[],
    pods: readonly KubernetesObject[],
): string[] {
    const used = new Set(pods.map(nodeOf));
    return nodes
        .filter(({ metadata }) => metadata.labels?.["kubernetes.io/os"] === "linux")
        .filter(({ metadata }) => !used.has(metadata.name))
        .map(({ metadata }) => `kured is not on node ${metadata.name}`);
}

function isTainted({ spec }: KubernetesObject): boolean {
    const taints = (spec?.["taints"] ?? []) as Taint[];
    return taints.some(({ effect }) => effect === "NoSchedule" || effect === "NoExecute");
}

function nodeOf({ spec }: KubernetesObject): string {
    const name = spec?.["nodeName"];
    return typeof name === "string" ? name : "no node";
}
