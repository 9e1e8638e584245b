import { parse, stringify } from "yaml";
import type { ClusterEndpoint } from "../cluster/clusterHost";

interface CredentialResults {
    kubeconfigs: { name: string; value: string }[];
}

interface Kubeconfig {
    clusters: { name: string; cluster: Record<string, unknown> }[];
    users: { name: string; user: Record<string, unknown> }[];
}

/**
 * Azure's answer with the address of a real API server, and the canary where an answer of Azure would hold a credential:
 * a text that must never be seen again in plain.
 */
export function pointedAt(
    answer: Record<string, unknown>,
    endpoint: ClusterEndpoint,
    canary: string,
): CredentialResults {
    const { kubeconfigs } = answer as unknown as CredentialResults;
    return {
        kubeconfigs: kubeconfigs.map(({ name, value }) => {
            const kubeconfig = parse(Buffer.from(value, "base64").toString("utf8")) as Kubeconfig;
            const text = stringify({
                ...kubeconfig,
                clusters: kubeconfig.clusters.map((cluster) => ({
                    name: cluster.name,
                    cluster: {
                        server: endpoint.server,
                        ...trust(endpoint),
                        // Kept by whoever keeps the cluster's entry; clients ignore it.
                        extensions: [{ name: "canary", extension: { token: canary } }],
                    },
                })),
                users: kubeconfig.users.map(({ name: user, user: entry }) => ({
                    name: user,
                    user: { ...entry, token: canary },
                })),
            });
            return { name, value: base64(text) };
        }),
    };
}

/** How a kubeconfig says by what the server is known. */
function trust({ certificateAuthority, serverName, isUnverified }: ClusterEndpoint): object {
    return {
        ...(certificateAuthority === undefined
            ? {}
            : { "certificate-authority-data": base64(certificateAuthority) }),
        ...(serverName === undefined ? {} : { "tls-server-name": serverName }),
        ...(isUnverified ? { "insecure-skip-tls-verify": true } : {}),
    };
}

function base64(text: string): string {
    return Buffer.from(text, "utf8").toString("base64");
}
