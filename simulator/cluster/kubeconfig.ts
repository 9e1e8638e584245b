import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { SimulatorError } from "../simulatorError";
import type { ApiAccess, ApiServer, Credential } from "./kubernetesApi";

interface ClusterEntry {
    server?: string;
    "certificate-authority"?: string;
    "certificate-authority-data"?: string;
    "tls-server-name"?: string;
    "insecure-skip-tls-verify"?: boolean;
    "proxy-url"?: string;
}

interface UserEntry {
    token?: string;
    tokenFile?: string;
    "client-certificate"?: string;
    "client-certificate-data"?: string;
    "client-key"?: string;
    "client-key-data"?: string;
    exec?: { command?: string };
    "auth-provider"?: { name?: string };
    username?: string;
}

interface Kubeconfig {
    "current-context"?: string;
    contexts?: { name: string; context: { cluster: string; user: string } }[] | null;
    clusters?: { name: string; cluster: ClusterEntry }[] | null;
    users?: { name: string; user: UserEntry }[] | null;
}

/** A cluster that a kubeconfig leads to. */
export interface KubeconfigAccess extends ApiAccess {
    /** Name of the context that was chosen. */
    context: string;
}

const accepted =
    "a token (`token`, `tokenFile`) or a client certificate (`client-certificate`, `client-key` or their `-data`)";

/**
 * Reads how to reach a cluster from a kubeconfig (https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/); relative paths
 * in it count from its folder. Throws one error that says what is missing. Users who sign in by running a program are
 * refused: what such a program may do is not ours to start.
 * @param contextName Absent: the current context, or the only one.
 */
export function readKubeconfig(path: string, contextName?: string): KubeconfigAccess {
    const config = parsed(path);
    const context = contextOf(config, path, contextName);
    const at = `the kubeconfig ${path}, context "${context.name}",`;
    const { cluster, user } = context.context;
    const clusterEntry = config.clusters?.find(({ name }) => name === cluster)?.cluster;
    const userEntry = config.users?.find(({ name }) => name === user)?.user;
    if (!clusterEntry?.server || !userEntry) {
        throw new SimulatorError(
            `${at} names cluster "${cluster}" and user "${user}", which are not both described in it`,
        );
    }
    const text = (data: string | undefined, file: string | undefined) =>
        data !== undefined
            ? Buffer.from(data, "base64").toString("utf8")
            : file !== undefined
              ? contentsOf(resolve(dirname(path), file), at)
              : undefined;
    return {
        context: context.name,
        ...serverOf(clusterEntry, at, text),
        credential: credentialOf(userEntry, at, text),
    };
}

type ReadText = (data: string | undefined, file: string | undefined) => string | undefined;

function serverOf(entry: ClusterEntry, at: string, text: ReadText): ApiServer {
    const { server = "" } = entry;
    if (!URL.canParse(server) || new URL(server).protocol !== "https:") {
        throw new SimulatorError(`${at} has the server "${server}": an address with https is allowed`);
    }
    if (entry["proxy-url"] !== undefined) {
        throw new SimulatorError(
            `${at} reaches its server through a proxy (\`proxy-url\`): a direct address is allowed`,
        );
    }
    const certificateAuthority = text(entry["certificate-authority-data"], entry["certificate-authority"]);
    const serverName = entry["tls-server-name"];
    return {
        server: server.replace(/\/$/, ""),
        ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
        ...(serverName === undefined ? {} : { serverName }),
        ...(entry["insecure-skip-tls-verify"] ? { isUnverified: true } : {}),
    };
}

function credentialOf(entry: UserEntry, at: string, text: ReadText): Credential {
    const token = entry.token ?? text(undefined, entry.tokenFile)?.trim();
    const certificate = text(entry["client-certificate-data"], entry["client-certificate"]);
    const key = text(entry["client-key-data"], entry["client-key"]);
    if (token !== undefined && token !== "") {
        return { token };
    }
    if (certificate !== undefined && key !== undefined) {
        return { certificate, key };
    }
    throw new SimulatorError(
        `${at} has a user who signs in by ${otherWay(entry)}: ${accepted} is allowed. ` +
            "Make a service account that is bound to cluster-admin, and a user with its token (`kubectl create token`)",
    );
}

function otherWay(entry: UserEntry): string {
    if (entry.exec) {
        return `running ${entry.exec.command ?? "a program"} (\`exec\`)`;
    }
    if (entry["auth-provider"]) {
        return `the auth provider ${entry["auth-provider"].name ?? ""}`;
    }
    return entry.username === undefined ? "nothing that is complete" : "name and password";
}

function contextOf(config: Kubeconfig, path: string, wanted: string | undefined) {
    const contexts = config.contexts ?? [];
    const names = contexts.map(({ name }) => name);
    const only = names.length === 1 ? names[0] : undefined;
    // `kubectl config unset current-context` leaves an empty one.
    const chosen = wanted ?? (config["current-context"] || only);
    if (chosen === undefined) {
        throw new SimulatorError(
            names.length === 0
                ? `the kubeconfig ${path} has no context: name a file that leads to a cluster`
                : `the kubeconfig ${path} has several contexts and none of them is current: choose one with \`--context\`: ${names.join(", ")}`,
        );
    }
    const found = contexts.find(({ name }) => name === chosen);
    if (!found) {
        throw new SimulatorError(
            `the kubeconfig ${path} has no context "${chosen}": ${names.length === 0 ? "it has none" : `it has ${names.join(", ")}`}`,
        );
    }
    return found;
}

function parsed(path: string): Kubeconfig {
    const text = contentsOf(path, "`--kubeconfig`");
    let value: unknown;
    try {
        value = parse(text);
    } catch (error) {
        throw new SimulatorError(
            `the kubeconfig ${path} is no YAML: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
        );
    }
    if (typeof value !== "object" || value === null) {
        throw new SimulatorError(`the kubeconfig ${path} is empty or no kubeconfig`);
    }
    return value;
}

function contentsOf(path: string, what: string): string {
    try {
        return readFileSync(path, "utf8");
    } catch (error) {
        throw new SimulatorError(
            `${what} names the file ${path}, which cannot be read: ${(error as Error).message}`,
        );
    }
}
