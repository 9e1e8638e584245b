import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CloudController, fillCluster } from "./clusterContents";
import { KubernetesApi } from "./kubernetesApi";
import { OwnedProcess } from "./ownedProcess";
import { freePorts } from "./ports";
import { SimulatorError } from "../simulatorError";
import type { ControlPlanePrograms } from "./programs";
import { waitUntil } from "./waiting";

/** What a control plane is started with. */
export interface ControlPlaneOptions {
    programs: ControlPlanePrograms;
    kwokStages: string;
    /** A folder of its own, for keys, data and logs. */
    directory: string;
    /** Azure region of the nodes' zones. */
    location: string;
}

/** A real Kubernetes control plane on the loopback interface, with KWOK playing the nodes and what runs on them. */
export class ControlPlane {
    readonly #options: ControlPlaneOptions;
    readonly #processes: OwnedProcess[] = [];
    /** Token of the principal that deploys: an administrator of the cluster. */
    readonly deployerToken = randomBytes(24).toString("hex");
    readonly #ownToken = randomBytes(24).toString("hex");
    #cloudController: CloudController | undefined;
    #api: KubernetesApi | undefined;
    #port = 0;

    constructor(options: ControlPlaneOptions) {
        this.#options = options;
    }

    get port(): number {
        return this.#port;
    }

    get certificateAuthority(): string {
        return readFileSync(this.#path("certs", "apiserver.crt"), "utf8");
    }

    /** Key of the server's certificate. */
    get key(): string {
        return readFileSync(this.#path("certs", "apiserver.key"), "utf8");
    }

    /** The API, as an administrator who is not the deployer. */
    get api(): KubernetesApi {
        if (!this.#api) {
            throw new Error("the control plane was not started");
        }
        return this.#api;
    }

    /** Resolves when objects can be created, nodes are there and controllers work. */
    async start(): Promise<void> {
        const [etcdPort = 0, peerPort = 0, apiPort = 0] = await freePorts(3);
        this.#port = apiPort;
        this.#writeKeys();
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
            port: apiPort,
            token: this.#ownToken,
            certificateAuthority: this.certificateAuthority,
        });
        await this.#until("an API server that is ready", () => this.api.isReady());
        this.#startControllers();
        await fillCluster(this.api, this.#options.location);
        this.#cloudController = new CloudController(this.api);
        this.#cloudController.start();
    }

    /** Kills what was started, and nothing else. */
    async stop(): Promise<void> {
        this.#cloudController?.stop();
        await Promise.all(this.#processes.splice(0).map((process) => process.stop()));
    }

    #startControllers(): void {
        const kubeconfig = this.#path("admin.kubeconfig");
        writeFileSync(kubeconfig, this.#adminKubeconfig(), { mode: 0o600 });
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
            `--secure-port=${this.#port}`,
            "--bind-address=127.0.0.1",
            `--cert-dir=${this.#path("certs")}`,
            `--service-account-key-file=${serviceAccountKey}`,
            `--service-account-signing-key-file=${serviceAccountKey}`,
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=172.16.0.0/16",
            `--token-auth-file=${this.#path("tokens.csv")}`,
            "--authorization-mode=RBAC,Node",
            "--allow-privileged=true",
        ];
    }

    #writeKeys(): void {
        mkdirSync(this.#path("certs"), { recursive: true });
        const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        const pem = privateKey.export({ type: "pkcs1", format: "pem" });
        writeFileSync(this.#path("sa.key"), pem, { mode: 0o600 });
        const tokens = [
            `${this.deployerToken},deployer,1,"system:masters"`,
            `${this.#ownToken},rehearsal,2,"system:masters"`,
        ];
        writeFileSync(this.#path("tokens.csv"), `${tokens.join("\n")}\n`, { mode: 0o600 });
    }

    #adminKubeconfig(): string {
        return JSON.stringify({
            apiVersion: "v1",
            kind: "Config",
            clusters: [
                {
                    name: "rehearsal",
                    cluster: {
                        server: `https://127.0.0.1:${this.#port}`,
                        "certificate-authority": this.#path("certs", "apiserver.crt"),
                    },
                },
            ],
            users: [{ name: "rehearsal", user: { token: this.#ownToken } }],
            contexts: [{ name: "rehearsal", context: { cluster: "rehearsal", user: "rehearsal" } }],
            "current-context": "rehearsal",
        });
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
