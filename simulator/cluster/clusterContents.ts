import type { KubernetesApi } from "./kubernetesApi";

const zones = ["1", "2", "3"];
const monitorKinds = ["PodMonitor", "ServiceMonitor"];
const monitorGroup = "azmonitoring.coreos.com";

// 198.18.0.0/15 is set aside for tests (RFC 2544): no host on the Internet has such an address.
const loadBalancerAddress = "198.18.255.10";

/** What a new AKS cluster has before anybody installs something: nodes, and the kinds of managed Prometheus. */
export async function fillCluster(api: KubernetesApi, location: string): Promise<void> {
    for (const zone of zones) {
        await api.create("/api/v1/nodes", node(zone, location));
    }
    for (const kind of monitorKinds) {
        await api.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", monitorDefinition(kind));
    }
}

/** Plays the cloud controller: every service that asks for a load balancer gets an address. */
export class CloudController {
    readonly #api: KubernetesApi;
    #timer: NodeJS.Timeout | undefined;
    #isWorking = false;

    constructor(api: KubernetesApi) {
        this.#api = api;
    }

    start(): void {
        this.#timer = setInterval(() => void this.#reconcile(), 500).unref();
    }

    stop(): void {
        clearInterval(this.#timer);
    }

    async #reconcile(): Promise<void> {
        if (this.#isWorking) {
            return;
        }
        this.#isWorking = true;
        try {
            const services = await this.#api.list("/api/v1/services");
            for (const { metadata, spec, status } of services) {
                const balancer = status?.["loadBalancer"] as { ingress?: unknown[] } | undefined;
                if (spec?.["type"] === "LoadBalancer" && !balancer?.ingress) {
                    const path = `/api/v1/namespaces/${metadata.namespace ?? ""}/services/${metadata.name}`;
                    await this.#api.patchStatus(path, {
                        loadBalancer: { ingress: [{ ip: loadBalancerAddress }] },
                    });
                }
            }
        } catch {
            // A service may go while it is looked at, and so may the API server; the next round sees.
        } finally {
            this.#isWorking = false;
        }
    }
}

function node(zone: string, location: string): object {
    const name = `node-${zone}`;
    const size = { cpu: "8", memory: "32Gi", pods: "110" };
    return {
        apiVersion: "v1",
        kind: "Node",
        metadata: {
            name,
            labels: {
                "kubernetes.io/arch": "amd64",
                "kubernetes.io/os": "linux",
                "kubernetes.io/hostname": name,
                "topology.kubernetes.io/region": location,
                "topology.kubernetes.io/zone": `${location}-${zone}`,
            },
        },
        status: { allocatable: size, capacity: size },
    };
}

function monitorDefinition(kind: string): object {
    const plural = `${kind.toLowerCase()}s`;
    const schema = {
        openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    };
    return {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: `${plural}.${monitorGroup}` },
        spec: {
            group: monitorGroup,
            scope: "Namespaced",
            names: { kind, plural },
            versions: [{ name: "v1", served: true, storage: true, schema }],
        },
    };
}
