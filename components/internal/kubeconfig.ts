// One file, which takes a quarter of the time of `yaml`; plans and rehearsals use that for positions in a text.
import { loadAll } from "js-yaml";

/** Where kubelogin gets the Entra token for the Kubernetes API from. */
export const KubeloginMode = {
    /** The session of `az login`. */
    AzureCli: "azurecli",
    /** A federated token: pipelines without a secret. */
    WorkloadIdentity: "workloadidentity",
    /** The id and secret of a service principal, from the environment. */
    ServicePrincipal: "spn",
    /** The managed identity of the machine. */
    ManagedIdentity: "msi",
} as const;
/** One of the values of the constant of the same name. */
export type KubeloginMode = (typeof KubeloginMode)[keyof typeof KubeloginMode];

/** Who to sign in as, where kubelogin cannot know it from its environment. */
export interface KubeloginOptions {
    /** Application (client) id: of the service principal, or of a user-assigned managed identity. */
    clientId?: string;
    /** Entra tenant id. */
    tenantId?: string;
}

/** The Entra application that stands for the API servers of all AKS clusters (https://learn.microsoft.com/azure/aks/kubelogin-authentication). */
export const aksServerApplicationId = "6dae42f8-4368-4678-94ff-3960e28e3630";

interface Named {
    name: string;
}

interface Kubeconfig {
    clusters: (Named & { cluster: { server: string } })[];
    contexts: (Named & { context: { cluster: string; user: string } })[];
    users: Named[];
    "current-context": string;
}

/**
 * The kubeconfig that AKS hands out, YAML or JSON, with its device-code sign-in replaced by one that needs nobody at a
 * keyboard. Only the current context is kept, and of its user nothing but the name: no certificate, no token.
 */
export function toKubelogin(
    kubeconfigYaml: string,
    login: KubeloginMode,
    options: KubeloginOptions = {},
): string {
    const config = (loadAll(kubeconfigYaml)[0] ?? {}) as Partial<Kubeconfig>;
    const contextName = config["current-context"];
    const context = config.contexts?.find(({ name }) => name === contextName);
    if (contextName === undefined || !context) {
        throw new Error(notFound("current context", contextName));
    }
    const cluster = config.clusters?.find(({ name }) => name === context.context.cluster);
    if (!cluster) {
        throw new Error(notFound(`cluster of context "${contextName}"`, context.context.cluster));
    }
    const user = config.users?.find(({ name }) => name === context.context.user);
    if (!user) {
        throw new Error(notFound(`user of context "${contextName}"`, context.context.user));
    }
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [cluster],
        contexts: [context],
        "current-context": contextName,
        users: [{ name: user.name, user: { exec: execEntry(login, options) } }],
    });
}

function execEntry(login: KubeloginMode, { clientId, tenantId }: KubeloginOptions) {
    return {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "kubelogin",
        args: [
            "get-token",
            "--login",
            login,
            "--server-id",
            aksServerApplicationId,
            ...(clientId === undefined ? [] : ["--client-id", clientId]),
            ...(tenantId === undefined ? [] : ["--tenant-id", tenantId]),
        ],
        // A prompt would wait for ever: the Kubernetes provider has no terminal.
        interactiveMode: "Never",
        installHint: "Install kubelogin: https://azure.github.io/kubelogin/install.html",
    };
}

function notFound(what: string, name: unknown): string {
    const found = typeof name === "string" ? `"${name}" is not listed in it` : "it names none";
    return `the kubeconfig has no ${what}: ${found}. Ask AKS for it again with \`format: "exec"\`.`;
}
