import { IngressController } from "../components/ingressArgs";
import type { LandingZoneConfig } from "../config";
import { kuredNamespace, usesKured } from "../program/nodePatching";
import { loanMark, loanMarkPath } from "../simulator/cluster/borrowed/loan";
import { readKubeconfig } from "../simulator/cluster/kubeconfig";
import { KubernetesApi } from "../simulator/cluster/kubernetesApi";
import { namespacesOfNewTeam } from "./changes/tenant";
import type { CheckId, ChapterName } from "./lifeChecks";
import { RehearsalError } from "./rehearsalError";

/** A cluster of the user's own that plays the managed one. */
export interface BorrowedKubeconfig {
    kubeconfig: string;
    /** Name of a context in it. */
    context: string;
}

/** What a life can say less about, because of where it is played. */
export interface Reservations {
    /** Checks that do not apply, with the reason. */
    notApplicable: Partial<Record<CheckId, string>>;
    /** What is to be known of all that a chapter found. */
    remarks: Partial<Record<ChapterName, string>>;
}

/** What is not there in a borrowed cluster, and which checks that concerns. */
export const borrowedReservations: Reservations = {
    notApplicable: {
        placement: "the nodes are those of the borrowed cluster, not of the stack's pools",
        "destroy-calls": "a borrowed cluster does not go, and nobody sees what it is asked for",
    },
    remarks: {
        people: "asked by impersonation: Kubernetes' own roles alone, Azure's are not there",
    },
};

/** Namespace of the ingress (program/kubernetes.ts). */
const ingressNamespace = "ingress";

/** Namespaces that the stack makes in its life, as it is configured and with the team that joins it. */
export function namespacesOf(config: LandingZoneConfig): string[] {
    const { controller } = config.kubernetes.ingress;
    return [
        ...(controller === IngressController.None ? [] : [ingressNamespace]),
        ...(usesKured(config) ? [kuredNamespace] : []),
        ...config.namespaces.map(({ namespace }) => namespace),
        ...namespacesOfNewTeam(config),
    ];
}

/** Throws one error where the cluster cannot play a part in this stack's life. Nothing is changed in it. */
export async function ensureLendable(
    { kubeconfig, context }: BorrowedKubeconfig,
    config: LandingZoneConfig,
): Promise<void> {
    const access = readKubeconfig(kubeconfig, context);
    await checkLendable(
        new KubernetesApi(access),
        `the cluster of context "${context}" (${access.server})`,
        namespacesOf(config),
    );
}

/**
 * Throws where nobody answers, the user is no administrator, another rehearsal has the cluster, or namespaces are there
 * already that the stack would take over, and may one day delete.
 */
export async function checkLendable(
    api: Pick<KubernetesApi, "ask" | "find" | "list">,
    at: string,
    wanted: readonly string[],
): Promise<void> {
    const review = await api.ask("POST", accessReviewsPath, accessReview).catch((error: Error) => {
        throw new RehearsalError(`${at} does not answer: ${error.message}`);
    });
    const { status } = review.body as { status?: { allowed?: boolean } };
    if (review.status >= 300 || status?.allowed !== true) {
        throw new RehearsalError(
            `${at} does not let the kubeconfig's user do everything`,
            "give the user the ClusterRole cluster-admin: the rehearsal makes roles, and asks in the name of others",
        );
    }
    if ((await api.find(loanMarkPath)) !== undefined) {
        throw new RehearsalError(
            `${at} is used by another rehearsal`,
            `where that one was cut off, delete what it has left there, and then: kubectl delete configmap -n ${loanMark.namespace} ${loanMark.name}`,
        );
    }
    const existing = (await api.list("/api/v1/namespaces")).map(({ metadata }) => metadata.name);
    const taken = wanted.filter((name) => existing.includes(name));
    if (taken.length > 0) {
        throw new RehearsalError(
            `${at} has namespaces that the stack would take over: ${taken.join(", ")}`,
            "lend a cluster without them, such as a new one of `kind create cluster`",
        );
    }
}

const accessReviewsPath = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const accessReview = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes: { verb: "*", group: "*", resource: "*" } },
};
