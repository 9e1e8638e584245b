/** Pod security standard that the API server holds the pods of a namespace to (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export const PodSecurityLevel = {
    /** Anything is allowed: host access, privileged containers. For trusted system components only. */
    Privileged: "privileged",
    /** Refuses what is known to escalate privileges: host namespaces, host paths, privileged containers. */
    Baseline: "baseline",
    /** Baseline, and pods must run as non-root without capabilities and with a seccomp profile. */
    Restricted: "restricted",
} as const;
/** One of the values of the constant of the same name. */
export type PodSecurityLevel = (typeof PodSecurityLevel)[keyof typeof PodSecurityLevel];
