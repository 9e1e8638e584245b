import type * as pulumi from "@pulumi/pulumi";
import { retryPauseInSeconds } from "./retry";
import { retryHook } from "./retryHook";

/*
 * The API server's words for "this user may not do that", and nothing else: a full quota, a refused pod or a policy are
 * `forbidden` too, but do not say that somebody "cannot" do something to a resource. AKS adds "User does not have access
 * to the resource in Azure" (kubeguard/guard, authz/providers/azure/rbac).
 */
const mayNotYet = /is forbidden: User "[^"]*" cannot /;

// A role assignment can take up to ten minutes to work (https://learn.microsoft.com/azure/role-based-access-control/troubleshooting).
const attempts = 21;

/** True when the cluster does not know the deployer's role yet, and tries are left. */
export function isAccessStillMissing(errors: readonly string[]): boolean {
    const [latest = ""] = errors;
    return errors.length < attempts && mayNotYet.test(latest);
}

const retryHooks = retryHook({
    name: "retry-until-access-works",
    isWorthRetrying: isAccessStillMissing,
    pauseInSeconds: () => retryPauseInSeconds(process.env),
});

/**
 * For the `transformations` of components that work inside a cluster: every Kubernetes resource below them waits
 * (`retryPauseInSeconds`) and tries again, up to twenty times, while the cluster does not know the role that the deployer
 * was given a moment ago. All of them, and not only the first: servers learn of a role one after another, and the next
 * request may meet one that has not. Any other error fails at once.
 */
export function retryUntilAccessWorks({
    type,
    props,
    opts,
}: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult | undefined {
    if (!type.startsWith("kubernetes:")) {
        return undefined;
    }
    const { hooks } = opts;
    return {
        props,
        opts: { ...opts, hooks: { ...hooks, onError: [...(hooks?.onError ?? []), ...retryHooks()] } },
    };
}
