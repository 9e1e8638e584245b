import { duplicates } from "./duplicates";

/** Log categories of a managed cluster and what each holds (learn.microsoft.com, "Monitor AKS control plane", read 2026-04-09). */
export const clusterLogCategories = {
    "kube-apiserver": "The API server's own log.",
    "kube-audit": "Every request to the API server, reads included. Voluminous.",
    "kube-audit-admin": "Every request that changes something; what kube-audit holds without get and list.",
    "kube-controller-manager": "The controllers of Kubernetes itself.",
    "kube-scheduler": "Where pods are placed and why not.",
    "cluster-autoscaler": "When nodes are added and taken away.",
    "cloud-controller-manager": "Load balancers and routes in Azure.",
    guard: "Log-ins through Entra and Azure role checks.",
    "csi-azuredisk-controller": "Attaching of disks.",
    "csi-azurefile-controller": "Mounting of file shares.",
    "csi-snapshot-controller": "Volume snapshots.",
    "karpenter-events": "Node auto-provisioning.",
    "fleet-member-agent": "Membership in a fleet.",
    "fleet-member-net-controller-manager": "Networking in a fleet.",
    "fleet-mcs-controller-manager": "Services that span a fleet.",
} as const;

/** What is collected unless told otherwise: who changed what, and why the control plane acted; not `kube-audit`, for its volume. */
export const defaultClusterLogCategories: string[] = [
    "kube-audit-admin",
    "guard",
    "kube-controller-manager",
    "kube-scheduler",
    "cluster-autoscaler",
    "cloud-controller-manager",
    "csi-azuredisk-controller",
    "csi-azurefile-controller",
    "csi-snapshot-controller",
];

/** What is wrong with a choice of log categories, each with the remedy; empty when it is good. */
export function clusterLogCategoryProblems(categories: readonly string[]): string[] {
    const problems = categories
        .filter((category) => !Object.keys(clusterLogCategories).includes(category))
        .map(
            (category) =>
                `\`diagnosticCategories\` has "${category}", which a cluster does not offer. ` +
                `Choose from: ${Object.keys(clusterLogCategories).join(", ")}.`,
        );
    problems.push(
        ...duplicates(categories).map(
            (category) => `\`diagnosticCategories\` has "${category}" twice. Remove one of them.`,
        ),
    );
    if (categories.includes("kube-audit") && categories.includes("kube-audit-admin")) {
        problems.push(
            "`diagnosticCategories` has both kube-audit and kube-audit-admin: the changes in kube-audit-admin would be paid for twice. Remove one of them.",
        );
    }
    return problems;
}
