import type { PodSecurityLevel } from "../podSecurityLevel";

/**
 * Labels that make the API server hold a namespace's pods to a pod security standard: refuse (enforce), record (audit)
 * and tell the user (warn), each at the level and by the rules of the cluster's own version.
 */
export function podSecurityLabels(level: PodSecurityLevel): { [key: string]: string } {
    const labels: { [key: string]: string } = {};
    for (const mode of ["enforce", "audit", "warn"]) {
        labels[`pod-security.kubernetes.io/${mode}`] = level;
        labels[`pod-security.kubernetes.io/${mode}-version`] = "latest";
    }
    return labels;
}
