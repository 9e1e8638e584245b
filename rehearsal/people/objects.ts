/** A pod that the restricted level admits and that leaves nothing to a default but its resources. */
export function plainPod(name: string, container: object = {}, spec: object = {}): object {
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name },
        spec: {
            securityContext: {
                runAsNonRoot: true,
                runAsUser: 65532,
                seccompProfile: { type: "RuntimeDefault" },
            },
            containers: [
                {
                    name: "main",
                    // KWOK pulls nothing; of a real cluster it is the smallest image that runs for ever, and that kind has already.
                    image: "registry.k8s.io/pause:3.10",
                    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                    ...container,
                },
            ],
            ...spec,
        },
    };
}

/** The same pod, with all rights on its node. */
export function privilegedPod(name: string): object {
    return plainPod(name, { securityContext: { privileged: true } });
}

/** The same pod, as root. */
export function rootPod(name: string): object {
    return plainPod(name, {
        securityContext: {
            runAsUser: 0,
            runAsNonRoot: false,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
        },
    });
}

/** As little as counts, and never put on a node: a pod that costs a namespace nothing but its place. */
export function gatedPod(name: string): object {
    const little = { cpu: "1m", memory: "1Mi" };
    return plainPod(
        name,
        { resources: { requests: little, limits: little } },
        { schedulingGates: [{ name: "rehearsal.example/never" }], terminationGracePeriodSeconds: 0 },
    );
}

/** One of `plainPod`, in a Deployment. */
export function deployment(name: string): object {
    const labels = { app: name };
    const { spec } = plainPod(name) as { spec: object };
    return {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name },
        spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    };
}

/** A service that others than the cluster's pods could reach. */
export function exposedService(name: string, type: "LoadBalancer" | "NodePort"): object {
    return {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name },
        spec: { type, selector: { app: name }, ports: [{ port: 80 }] },
    };
}
