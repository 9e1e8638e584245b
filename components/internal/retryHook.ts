import * as pulumi from "@pulumi/pulumi";

/** What an error hook does after a failed operation. */
export interface RetryHookArgs {
    /** Name of the hook, which the engine's state keeps. */
    name: string;
    /** Whether to try again; the newest error comes first, and there is one for each try. */
    isWorthRetrying: (errors: readonly string[]) => boolean;
    /** Seconds to wait before another try, asked once a run. */
    pauseInSeconds: () => number;
}

/**
 * Gives, whenever it is called, the run's own hook, made at the first call in the run. None under Pulumi's mocks: these
 * say that they take hooks, have no call for them, and would end the test with "registerErrorHook is not a function".
 */
export function retryHook({
    name,
    isWorthRetrying,
    pauseInSeconds,
}: RetryHookArgs): () => pulumi.ErrorHook[] {
    let hook: pulumi.ErrorHook | undefined;
    let hookRun: unknown;
    return () => {
        // One hook a run: names must be unique within it, and a hook belongs to the engine connection that it was made on.
        const run: object | undefined = pulumi.runtime.getMonitor();
        if (run && !("registerErrorHook" in run)) {
            return [];
        }
        if (!hook || hookRun !== run) {
            const pauseInMilliseconds = 1000 * pauseInSeconds();
            hookRun = run;
            hook = new pulumi.ErrorHook(name, async ({ errors }) => {
                if (!isWorthRetrying(errors)) {
                    return false;
                }
                await new Promise((resolve) => setTimeout(resolve, pauseInMilliseconds));
                return true;
            });
        }
        return [hook];
    };
}
