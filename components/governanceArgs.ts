import type * as pulumi from "@pulumi/pulumi";

/** Which of Kubernetes' pod security standards Azure Policy compares pods with. */
export const PolicyPodSecurityLevel = {
    /** Keeps pods from taking over their node. */
    Baseline: "Baseline",
    /** Baseline, and hardened pods: no root, no privilege escalation, few volume types. */
    Restricted: "Restricted",
} as const;
/** One of the values of the constant of the same name. */
export type PolicyPodSecurityLevel = (typeof PolicyPodSecurityLevel)[keyof typeof PolicyPodSecurityLevel];

/** What a policy does about an object that breaks it. */
export const PolicyEffect = {
    /** Reports it. */
    Audit: "Audit",
    /** Refuses it. What exists already stays and is reported. */
    Deny: "Deny",
    /** Nothing; the assignment stays in place. */
    Disabled: "Disabled",
} as const;
/** One of the values of the constant of the same name. */
export type PolicyEffect = (typeof PolicyEffect)[keyof typeof PolicyEffect];

/** The highest limits that a container may set. */
export interface PolicyContainerLimitsArgs {
    /** CPU in Kubernetes' notation, for example `2` or `500m`. */
    cpu: string;
    /** Memory in Kubernetes' notation, for example `4Gi`. */
    memory: string;
}

/** Which of Azure's built-in policies hold in the clusters of the scope, and how. */
export interface PolicyArgs {
    /** Pod security standard that pods are compared with. Defaults to Baseline. */
    podSecurityLevel?: PolicyPodSecurityLevel;
    /** What all assigned policies do about objects that break them. Defaults to Audit. */
    effect?: PolicyEffect;
    /**
     * Namespaces that are not checked, added to those that never are: kube-system, gatekeeper-system, azure-arc and the
     * namespaces of Microsoft's add-ons. Kured's namespace belongs here. Defaults to none.
     */
    excludedNamespaces?: string[];
    /** Services may have internal load balancers only. Defaults to true. */
    internalLoadBalancersOnly?: boolean;
    /** Ingress objects must use TLS and forbid HTTP. Defaults to true. */
    httpsIngressOnly?: boolean;
    /** Nothing may run in the namespace `default`. Defaults to true. */
    noDefaultNamespace?: boolean;
    /** Services may not claim addresses by `externalIPs`. Defaults to true. */
    noExternalIps?: boolean;
    /** Containers must have a read-only root file system. Defaults to false: many images do not work so. */
    readOnlyRootFilesystem?: boolean;
    /** Regular expression that whole image names must match, for example `^myregistry\.azurecr\.io/.+$`. Defaults to any image. */
    allowedImagesRegex?: string;
    /** Containers must set CPU and memory limits, at most these. Defaults to none required. */
    containerLimits?: PolicyContainerLimitsArgs;
}

/** A monthly budget that sends mail. Azure does not stop anything when it is used up. */
export interface BudgetArgs {
    /** Id of the resource group or subscription whose cost counts. Changing this replaces the budget. */
    scopeId: pulumi.Input<string>;
    /** What a month may cost, in the currency of the subscription's bills. */
    amountPerMonth: number;
    /**
     * First day of the month that the budget starts in, `YYYY-MM-01`. When the budget is created Azure refuses months before the
     * current one and more than twelve months ahead; later on leave it as it is.
     */
    startDate: string;
    /** E-mail addresses that are told, at least one. */
    contactEmails: string[];
    /** Percents of the amount at which spent money is told. At most five thresholds of both kinds. Defaults to 80 and 100. */
    actualThresholds?: number[];
    /** Percents of the amount at which the forecast for the month is told. Defaults to 100. */
    forecastThresholds?: number[];
}

/** A lock that keeps a resource, and everything that belongs to it, from being deleted until the lock is removed. */
export interface LockArgs {
    /** Short name of the resource within the program, for example `key-vault`. Changing this replaces the lock. */
    key: string;
    /** Id of the resource or resource group. Changing this replaces the lock. */
    resourceId: pulumi.Input<string>;
    /** Why it must not be deleted; people who try read it. At most 512 characters. */
    reason: string;
}

/** Arguments of governance. */
export interface GovernanceArgs {
    /** Common part of Azure names, for example `lz-dev-weu`. Changing this replaces assignments and budget. */
    baseName: string;
    /** Id of the resource group of the cluster, which the policies are assigned to. Changing this replaces the assignments. */
    scopeId: pulumi.Input<string>;
    /** Policies for the clusters in the scope. Defaults to the defaults of each: baseline pod security and four single policies, reported. */
    policies?: PolicyArgs;
    /** Monthly budget. Defaults to none. */
    budget?: BudgetArgs;
    /** Resources that must not be deleted. Defaults to none. */
    locks?: LockArgs[];
}
