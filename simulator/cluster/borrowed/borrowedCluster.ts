import { setTimeout as sleep } from "node:timers/promises";
import type { ExistingResource } from "../../azure/subscription";
import type { CertificateAnswer, TokenAnswer } from "../../entra/tokenIssuer";
import { SimulatorError } from "../../simulatorError";
import { scrapeDefinitions } from "../aksObjects";
import { CloudController } from "../cloudController";
import type { ClusterEndpoint, ClusterHost, RunningCluster, RunningClusters } from "../clusterHost";
import { KubernetesApi } from "../kubernetesApi";
import type { ApiAccess, KubernetesObject } from "../kubernetesApi";
import { clustersOf } from "../nodes/nodePools";
import { Loan } from "./loan";

// A load balancer of the cluster's own (cloud-provider-kind, MetalLB, minikube tunnel) is quicker than this.
const secondsToGetAnAddress = 15;
// The starter of this process waits no longer for its end.
const secondsToStop = 15;

/**
 * A cluster of the user's own that plays every managed cluster. It is neither started nor stopped; it gets no nodes and
 * none of what AKS installs but the kinds of managed Prometheus, without which the program fails. When the last managed
 * cluster goes, and when this process ends, what was made in it is deleted and what was changed is changed back.
 */
export class BorrowedCluster implements ClusterHost, RunningClusters {
    readonly #access: ApiAccess;
    readonly #borrower: string;
    readonly #api: KubernetesApi;
    #loan: Loan | undefined;
    #cloudController: CloudController | undefined;
    #ids: string[] = [];
    #work: Promise<void> = Promise.resolve();

    /** @param borrower Tells one user of the cluster from another; the same one finds its loan again. */
    constructor(access: ApiAccess, borrower: string) {
        this.#access = access;
        this.#borrower = borrower;
        this.#api = new KubernetesApi(access);
    }

    follow(resources: readonly ExistingResource[]): Promise<void> {
        const result = this.#work.then(() => this.#follow(clustersOf(resources)));
        this.#work = result.catch(() => undefined);
        return result;
    }

    endpoint(clusterId: string): ClusterEndpoint {
        if (!this.#ids.some((id) => id.toLowerCase() === clusterId.toLowerCase())) {
            throw new SimulatorError(`no cluster is running for ${clusterId}`);
        }
        const { server, certificateAuthority, serverName, isUnverified } = this.#access;
        return { server, certificateAuthority, serverName, isUnverified };
    }

    running(): RunningCluster[] {
        return this.#ids.map((id) => ({
            id,
            ...this.endpoint(id),
            administrator: this.#access.credential,
        }));
    }

    /** The deployer comes in as the user of the kubeconfig; nobody else is known to such a cluster. */
    issue(person: string): TokenAnswer | CertificateAnswer {
        if (person !== "deployer") {
            throw new SimulatorError(
                `a borrowed cluster knows no people of Entra ID, and nobody but the deployer signs in to it: ask in the name of "${person}" by impersonation`,
            );
        }
        const { credential } = this.#access;
        return "token" in credential
            ? { token: credential.token }
            : { clientCertificateData: credential.certificate, clientKeyData: credential.key };
    }

    /** Gives the cluster back where it was not given back before. */
    async stop(): Promise<void> {
        await Promise.race([this.#work, sleep(1000, undefined, { ref: false })]);
        this.#cloudController?.stop();
        const loan = this.#loan;
        this.#loan = undefined;
        this.#ids = [];
        await Promise.race([loan?.abandon(), sleep(secondsToStop * 1000, undefined, { ref: false })]);
    }

    async #follow(clusters: readonly ExistingResource[]): Promise<void> {
        this.#loan ??= await Loan.resumed(this.#api, this.#borrower);
        if (clusters.length > 0) {
            this.#loan ??= await Loan.begin(this.#api, this.#borrower);
            this.#balanceLoads(this.#loan);
            for (const cluster of clusters) {
                await this.#loan.install(scrapeDefinitions(cluster));
            }
        }
        this.#ids = clusters.map(({ id }) => id);
        if (clusters.length === 0) {
            this.#cloudController?.stop();
            this.#cloudController = undefined;
            await this.#loan?.end();
            this.#loan = undefined;
        }
    }

    /** Most test clusters have no load balancers, and Helm waits for an address. */
    #balanceLoads(loan: Loan): void {
        if (!this.#cloudController) {
            this.#cloudController = new CloudController(
                this.#api,
                ({ metadata }) => loan.isNew(metadata.namespace ?? "") && isOverdue(metadata),
            );
            this.#cloudController.start();
        }
    }
}

function isOverdue({ creationTimestamp = "" }: KubernetesObject["metadata"]): boolean {
    return Date.now() - Date.parse(creationTimestamp) > secondsToGetAnAddress * 1000;
}
