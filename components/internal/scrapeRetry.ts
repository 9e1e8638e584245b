import type * as pulumi from "@pulumi/pulumi";
import { retryHook } from "./retryHook";

// The Kubernetes provider itself waits about a minute for a kind that is missing; ten times that is enough.
const attempts = 10;

/** True when a scrape object failed because the cluster does not know its kind yet, and tries are left. */
export function isKindStillMissing(errors: readonly string[]): boolean {
    const [latest = ""] = errors;
    return errors.length < attempts && /no matches for kind/.test(latest);
}

const hooks = retryHook({
    name: "retry-until-kind-exists",
    isWorthRetrying: isKindStillMissing,
    // The provider has waited before it failed.
    pauseInSeconds: () => 0,
});

/**
 * Hooks option for scrape objects: their kinds are brought by the metrics add-on, which starts minutes after the
 * cluster. Any other error fails at once.
 */
export function retryUntilKindExists(): pulumi.ResourceHookBinding {
    return { onError: hooks() };
}
