import * as pulumi from "@pulumi/pulumi";

// The Kubernetes provider itself waits about a minute for a kind that is missing; ten times that is enough.
const attempts = 10;

/** True when a scrape object failed because the cluster does not know its kind yet, and tries are left. */
export function isKindStillMissing(errors: readonly string[]): boolean {
    const [latest = ""] = errors;
    return errors.length < attempts && /no matches for kind/.test(latest);
}

let hook: pulumi.ErrorHook | undefined;
let hookRun: unknown;

/**
 * Hooks option for scrape objects: their kinds are brought by the metrics add-on, which starts minutes after the
 * cluster. Any other error fails at once.
 */
export function retryUntilKindExists(): pulumi.ResourceHookBinding {
    // One hook a run: names must be unique within it, and a hook belongs to the engine connection that it was made on.
    const run = pulumi.runtime.getMonitor();
    if (!hook || hookRun !== run) {
        hookRun = run;
        hook = new pulumi.ErrorHook("retry-until-kind-exists", (args) => isKindStillMissing(args.errors));
    }
    return { onError: [hook] };
}
