import type { ContainerDefaultsArgs, TenantQuotaArgs } from "../tenantArgs";
import { compareQuantities, isQuantity } from "./quantity";

/** Labels of a tenant's namespace that say whose it is. */
export const tenantLabels = {
    tenant: "aks-landing-zone/tenant",
    environment: "aks-landing-zone/environment",
} as const;

/** A container's defaults and maximum with every field filled in. */
export type FilledContainerDefaults = Required<ContainerDefaultsArgs>;

/** A quota with every field filled in. */
export type FilledQuota = Required<TenantQuotaArgs>;

/** `hard` of the namespace's ResourceQuota. */
export function quotaHard(quota: FilledQuota): { [key: string]: string } {
    return {
        "requests.cpu": quota.requestsCpu,
        "requests.memory": quota.requestsMemory,
        "limits.cpu": quota.limitsCpu,
        "limits.memory": quota.limitsMemory,
        pods: String(quota.pods),
        persistentvolumeclaims: String(quota.persistentVolumeClaims),
        "requests.storage": quota.storage,
        "services.loadbalancers": String(quota.loadBalancers),
        "services.nodeports": String(quota.nodePorts),
    };
}

/**
 * Spec of a ResourceQuota that allows no pod with another priority class than this one. Its two conditions hold
 * together: the pod names a class, and not this one; pods that name none do not count.
 */
export function priorityQuotaSpec(priorityClassName: string) {
    return {
        hard: { pods: "0" },
        scopeSelector: {
            matchExpressions: [
                { scopeName: "PriorityClass", operator: "Exists" },
                { scopeName: "PriorityClass", operator: "NotIn", values: [priorityClassName] },
            ],
        },
    };
}

/** Spec of the namespace's LimitRange. */
export function limitRangeSpec(containers: FilledContainerDefaults) {
    return {
        limits: [
            {
                type: "Container",
                defaultRequest: { cpu: containers.requestCpu, memory: containers.requestMemory },
                default: { cpu: containers.limitCpu, memory: containers.limitMemory },
                max: { cpu: containers.maxCpu, memory: containers.maxMemory },
            },
        ],
    };
}

/** What is wrong with the amounts, one sentence each; empty when they are quantities and each fits into the next. */
export function quotaProblems(quota: FilledQuota, containers: FilledContainerDefaults): string[] {
    const amounts: [string, string][] = [
        ["quota.requestsCpu", quota.requestsCpu],
        ["quota.requestsMemory", quota.requestsMemory],
        ["quota.limitsCpu", quota.limitsCpu],
        ["quota.limitsMemory", quota.limitsMemory],
        ["quota.storage", quota.storage],
        ...Object.entries(containers).map(([key, value]): [string, string] => [
            `containerDefaults.${key}`,
            value,
        ]),
    ];
    const malformed = amounts.filter(([, value]) => !isQuantity(value));
    const counts = (["pods", "persistentVolumeClaims", "loadBalancers", "nodePorts"] as const)
        .filter((key) => !Number.isInteger(quota[key]) || quota[key] < 0)
        .map((key) => `\`quota.${key}\` is ${quota[key]}: a whole number of 0 or more is allowed`);
    const syntax = [
        ...malformed.map(
            ([key, value]) =>
                `\`${key}\` is "${value}": a Kubernetes quantity such as 500m, 2 or 4Gi is allowed`,
        ),
        ...counts,
    ];
    return syntax.length > 0 ? syntax : orderProblems(quota, containers);
}

function orderProblems(quota: FilledQuota, containers: FilledContainerDefaults): string[] {
    const pairs: [string, string, string, string][] = [
        ["quota.requestsCpu", quota.requestsCpu, "quota.limitsCpu", quota.limitsCpu],
        ["quota.requestsMemory", quota.requestsMemory, "quota.limitsMemory", quota.limitsMemory],
        [
            "containerDefaults.requestCpu",
            containers.requestCpu,
            "containerDefaults.limitCpu",
            containers.limitCpu,
        ],
        [
            "containerDefaults.requestMemory",
            containers.requestMemory,
            "containerDefaults.limitMemory",
            containers.limitMemory,
        ],
        ["containerDefaults.limitCpu", containers.limitCpu, "containerDefaults.maxCpu", containers.maxCpu],
        [
            "containerDefaults.limitMemory",
            containers.limitMemory,
            "containerDefaults.maxMemory",
            containers.maxMemory,
        ],
        ["containerDefaults.maxCpu", containers.maxCpu, "quota.limitsCpu", quota.limitsCpu],
        ["containerDefaults.maxMemory", containers.maxMemory, "quota.limitsMemory", quota.limitsMemory],
    ];
    return pairs
        .filter(([, small, , large]) => compareQuantities(small, large) > 0)
        .map(
            ([smallKey, small, largeKey, large]) =>
                `\`${smallKey}\` ${small} is more than \`${largeKey}\` ${large}: lower the first or raise the second`,
        );
}
