/** A PriorityClass of Kubernetes. */
export interface PriorityClassPlan {
    name: string;
    value: number;
    /** False: pods of the class wait for room and displace nobody. */
    preempting: boolean;
    description: string;
}

/** Largest value that Kubernetes leaves to users; higher ones are its own. */
export const highestUserPriority = 1_000_000_000;

/** The platform's own class: above all tenants, far below Kubernetes' system classes (2,000,000,000). */
export const criticalPriorityClass: PriorityClassPlan = {
    name: "platform-critical",
    value: 1_000_000,
    preempting: true,
    description: "Components of the platform that every tenant depends on, such as the ingress controller.",
};

/**
 * The classes for tenants. Pods that name no class have priority 0. The cluster autoscaler adds nodes for pods down to
 * priority -10, so the lowest class stays above that.
 */
export const tenantPriorityClasses: readonly PriorityClassPlan[] = [
    {
        name: "tenant-high",
        value: 10_000,
        preempting: true,
        description: "Workloads of tenants that others must make room for.",
    },
    { name: "tenant-default", value: 1_000, preempting: true, description: "Ordinary workloads of tenants." },
    {
        name: "tenant-low",
        value: -5,
        preempting: false,
        description: "Work that can wait, such as batch jobs: displaces nobody and is displaced first.",
    },
];
