import type { CapturedResource } from "../simulator/capture";
import { textAt } from "../stack/values";

/** What Kubernetes does with pods that break a namespace's level: refuse them, tell who creates them, or write it into the audit log. */
type PodSecurityMode = "enforce" | "warn" | "audit";

/**
 * What a namespace has instead of a pod-security level that forbids privilege, in words: "no level", "the level privileged".
 * Nothing where it has one.
 */
export function weakPodSecurity({ inputs }: CapturedResource, mode: PodSecurityMode): string | undefined {
    const level = textAt(inputs, "metadata", "labels", `pod-security.kubernetes.io/${mode}`);
    if (level === "restricted" || level === "baseline") {
        return undefined;
    }
    return level ? `the level ${level}` : "no level";
}
