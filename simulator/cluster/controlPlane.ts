import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KubernetesApi } from "./kubernetesApi";
import { OwnedProcess } from "./ownedProcess";
import { freePorts } from "./ports";
import { SimulatorError } from "../simulatorError";
import type { ControlPlanePrograms } from "./programs";
import { waitUntil } from "./waiting";

/** The webhooks that say who somebody is and what they may do. */
export interface Webhooks {
    /** `http://127.0.0.1:<port>/...`, for TokenReview of version v1. */
    authentication: string;
    /** The same for SubjectAccessReview of version v1. */
    authorization: string;
}

/** What a control plane is started with. */
export interface ControlPlaneOptions {
    programs: ControlPlanePrograms;
    kwokStages: string;
    /** A folder of its own, for keys, data and logs; started again in it, everything is as it was. */
    directory: string;
    /** Range of the services' addresses. */
    serviceCidr: string;
    /** Absent: nobody but the administrator gets in. */
    webhooks?: Webhooks;
}

/** What outlives a stop, beside etcd's data and the keys. */
interface Settings {
    /** Of the API server: kubeconfigs that were handed out stay right. */
    port: number;
    adminToken: string;
}

/**
 * A real Kubernetes control plane on the loopback interface, with KWOK playing nodes and what runs on them. Its version is
 * that of the programs at hand, whatever version the managed cluster is said to have.
 */
export class ControlPlane {
    readonly #options: ControlPlaneOptions;
    readonly #processes: OwnedProcess[] = [];
    #settings: Settings | undefined;
    #api: KubernetesApi | undefined;

    constructor(options: ControlPlaneOptions) {
        this.#options = options;
    }

    get port(): number {
        return this.#started.port;
    }

    /** Token of an administrator whom no webhook is asked about: the cluster's own components and the rehearsal. */
    get adminToken(): string {
        return this.#started.adminToken;
    }

    get certificateAuthority(): string {
        return readFileSync(this.#path("certs", "apiserver.crt"), "utf8");
    }

    /** Key of the server's certificate. */
    get key(): string {
        return readFileSync(this.#path("certs", "apiserver.key"), "utf8");
    }

    /** The API, as that administrator. */
    get api(): KubernetesApi {
        if (!this.#api) {
            throw new Error("the control plane was not started");
        }
        return this.#api;
    }

    /** Resolves when objects can be created and controllers work. */
    async start(): Promise<void> {
        mkdirSync(this.#path("certs"), { recursive: true, mode: 0o700 });
        const ports = await freePorts(3);
        const { port, adminToken } = (this.#settings = this.#readSettings(ports[0] ?? 0));
        // The port of an earlier start is as free as the others.
        const [etcdPort = 0, peerPort = 0] = ports.filter((each) => each !== port);
        this.#writeCredentials(adminToken);
        this.#run("etcd", etcdArguments(this.#path("etcd"), etcdPort, peerPort));
        this.#run("kube-apiserver", this.#apiServerArguments(etcdPort));
        // The server writes its own certificate before it listens.
        await this.#until("the API server's certificate", () =>
            existsSync(this.#path("certs", "apiserver.crt")),
        );
        await this.#until("a certificate in full", () =>
            this.certificateAuthority.includes("END CERTIFICATE"),
        );
        this.#api = new KubernetesApi({
            server: `https://127.0.0.1:${port}`,
            credential: { token: adminToken },
            certificateAuthority: this.certificateAuthority,
        });
        await this.#until("an API server that is ready", () => this.api.isReady());
        this.#startControllers();
    }

    /** Kills what was started, and nothing else. */
    async stop(): Promise<void> {
        await Promise.all(this.#processes.splice(0).map((process) => process.stop()));
    }

    get #started(): Settings {
        if (!this.#settings) {
            throw new Error("the control plane was not started");
        }
        return this.#settings;
    }

    /** As they were at the first start, or else with this port. */
    #readSettings(port: number): Settings {
        const path = this.#path("settings.json");
        if (existsSync(path)) {
            return JSON.parse(readFileSync(path, "utf8")) as Settings;
        }
        const settings: Settings = { port, adminToken: randomBytes(24).toString("hex") };
        writeFileSync(path, JSON.stringify(settings), { mode: 0o600 });
        return settings;
    }

    #startControllers(): void {
        const kubeconfig = this.#path("admin.kubeconfig");
        this.#writeKubeconfig(kubeconfig, {
            server: `https://127.0.0.1:${this.port}`,
            certificateAuthority: this.#path("certs", "apiserver.crt"),
            token: this.adminToken,
        });
        const common = [`--kubeconfig=${kubeconfig}`, "--leader-elect=false", "--secure-port=0"];
        this.#run("kube-controller-manager", [
            ...common,
            `--service-account-private-key-file=${this.#path("sa.key")}`,
        ]);
        this.#run("kube-scheduler", common);
        this.#run("kwok", [
            `--kubeconfig=${kubeconfig}`,
            "--manage-all-nodes=true",
            `--config=${this.#options.kwokStages}`,
            "--server-address=127.0.0.1:0",
            "--node-lease-duration-seconds=40",
        ]);
    }

    #apiServerArguments(etcdPort: number): string[] {
        const serviceAccountKey = this.#path("sa.key");
        return [
            `--etcd-servers=http://127.0.0.1:${etcdPort}`,
            `--secure-port=${this.port}`,
            "--bind-address=127.0.0.1",
            `--cert-dir=${this.#path("certs")}`,
            `--service-account-key-file=${serviceAccountKey}`,
            `--service-account-signing-key-file=${serviceAccountKey}`,
            "--service-account-issuer=https://kubernetes.default.svc",
            `--service-cluster-ip-range=${this.#options.serviceCidr}`,
            `--token-auth-file=${this.#path("tokens.csv")}`,
            "--allow-privileged=true",
            ...this.#guardArguments(),
        ];
    }

    #guardArguments(): string[] {
        const { webhooks } = this.#options;
        if (!webhooks) {
            return ["--authorization-mode=Node,RBAC"];
        }
        const authentication = this.#path("authentication.kubeconfig");
        const authorization = this.#path("authorization.kubeconfig");
        this.#writeKubeconfig(authentication, { server: webhooks.authentication });
        this.#writeKubeconfig(authorization, { server: webhooks.authorization });
        return [
            "--authorization-mode=Node,RBAC,Webhook",
            `--authentication-token-webhook-config-file=${authentication}`,
            "--authentication-token-webhook-version=v1",
            "--authentication-token-webhook-cache-ttl=1s",
            `--authorization-webhook-config-file=${authorization}`,
            "--authorization-webhook-version=v1",
            // Simulated minutes last less than a second, and every request is to be seen.
            "--authorization-webhook-cache-authorized-ttl=0s",
            "--authorization-webhook-cache-unauthorized-ttl=0s",
        ];
    }

    #writeCredentials(adminToken: string): void {
        if (!existsSync(this.#path("sa.key"))) {
            const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
            const pem = privateKey.export({ type: "pkcs1", format: "pem" });
            writeFileSync(this.#path("sa.key"), pem, { mode: 0o600 });
        }
        const tokens = `${adminToken},rehearsal,1,"system:masters"\n`;
        writeFileSync(this.#path("tokens.csv"), tokens, { mode: 0o600 });
    }

    #writeKubeconfig(
        path: string,
        {
            server,
            certificateAuthority,
            token,
        }: { server: string; certificateAuthority?: string; token?: string },
    ): void {
        const trust =
            certificateAuthority === undefined ? {} : { "certificate-authority": certificateAuthority };
        const kubeconfig = {
            apiVersion: "v1",
            kind: "Config",
            clusters: [{ name: "c", cluster: { server, ...trust } }],
            users: [{ name: "u", user: { token } }],
            contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
            "current-context": "c",
        };
        writeFileSync(path, JSON.stringify(kubeconfig), { mode: 0o600 });
    }

    #run(name: keyof ControlPlanePrograms, args: string[]): void {
        const log = this.#path(`${name}.log`);
        this.#processes.push(new OwnedProcess(this.#options.programs[name], args, { log }));
    }

    /** Waits, but not for a process that has ended: then it says what that one said last. */
    async #until(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
        await waitUntil(what, 90, () => {
            const ended = this.#processes.find((process) => !process.isRunning);
            if (ended) {
                throw new SimulatorError(`${ended.name} ended too early:\n${ended.lastWords}`);
            }
            return condition();
        });
    }

    #path(...parts: string[]): string {
        return join(this.#options.directory, ...parts);
    }
}

function etcdArguments(directory: string, port: number, peerPort: number): string[] {
    const client = `http://127.0.0.1:${port}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    return [
        `--data-dir=${directory}`,
        `--listen-client-urls=${client}`,
        `--advertise-client-urls=${client}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=default=${peer}`,
        // Nothing here is worth the wait for a disk.
        "--unsafe-no-fsync",
    ];
}
