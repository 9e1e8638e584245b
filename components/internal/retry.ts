import * as pulumi from "@pulumi/pulumi";

// Azure's words for "the role or identity is written but not yet in effect everywhere"; it takes effect within minutes.
const notYetInEffect =
    /PrincipalNotFound|AuthorizationFailed|LinkedAuthorizationFailed|MissingPermission|Forbidden/;
const anotherOperationRuns = /OperationNotAllowed.*in.progress|AnotherOperationInProgress/i;
const attempts = 9;
const pauseInMilliseconds = 30_000;

/** True when a failed operation is worth another try: the fault is one that Azure mends by itself, and tries are left. */
export function isWorthRetrying(errors: readonly string[]): boolean {
    const [latest = ""] = errors;
    return errors.length < attempts && (notYetInEffect.test(latest) || anotherOperationRuns.test(latest));
}

let hook: pulumi.ErrorHook | undefined;
let hookRun: unknown;

/**
 * Hooks option for resources that use a role right after it was assigned: waits 30 s and tries again, up to eight
 * times, while Azure says that the role or another operation is not there yet; any other error fails at once.
 */
export function retryWhileAzureSettles(): pulumi.ResourceHookBinding {
    // One hook a run: names must be unique within it, and a hook belongs to the engine connection that it was made on.
    const run = pulumi.runtime.getMonitor();
    if (!hook || hookRun !== run) {
        hookRun = run;
        hook = new pulumi.ErrorHook("retry-while-azure-settles", async (args) => {
            if (!isWorthRetrying(args.errors)) {
                return false;
            }
            await new Promise((resolve) => setTimeout(resolve, pauseInMilliseconds));
            return true;
        });
    }
    return { onError: [hook] };
}
