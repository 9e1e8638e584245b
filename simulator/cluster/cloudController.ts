import type { KubernetesApi, KubernetesObject } from "./kubernetesApi";

// 198.18.0.0/15 is set aside for tests (RFC 2544): no host on the Internet has such an address.
const loadBalancerAddress = "198.18.255.10";

/** Plays the cloud controller: every service that asks for a load balancer, and is its concern, gets an address. */
export class CloudController {
    readonly #api: KubernetesApi;
    readonly #isConcern: (service: KubernetesObject) => boolean;
    #timer: NodeJS.Timeout | undefined;
    #isWorking = false;

    /** @param isConcern Absent: every service is. */
    constructor(api: KubernetesApi, isConcern: (service: KubernetesObject) => boolean = () => true) {
        this.#api = api;
        this.#isConcern = isConcern;
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
            for (const { metadata, spec, status } of services.filter(this.#isConcern)) {
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
