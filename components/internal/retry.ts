import type * as pulumi from "@pulumi/pulumi";
import { retryHook } from "./retryHook";

// Azure's words for "the role, its definition or the identity is written but not yet in effect everywhere"; within minutes it is.
const notYetInEffect =
    /PrincipalNotFound|RoleDefinitionDoesNotExist|AuthorizationFailed|LinkedAuthorizationFailed|MissingPermission|Forbidden/;
// Azure's words for "one at a time"; some answers spread over several lines.
const anotherOperationRuns =
    /OperationNotAllowed.*in.progress|AnotherOperationInProgress|ConcurrentFederatedIdentityCredentialsWrites/is;
const attempts = 9;
const pauseVariable = "LANDING_ZONE_RETRY_PAUSE_SECONDS";
const defaultPauseInSeconds = 30;

/** True when a failed operation is worth another try: the fault is one that Azure mends by itself, and tries are left. */
export function isWorthRetrying(errors: readonly string[]): boolean {
    const [latest = ""] = errors;
    return errors.length < attempts && (notYetInEffect.test(latest) || anotherOperationRuns.test(latest));
}

/**
 * Seconds between two tries: 30, or what the environment variable `LANDING_ZONE_RETRY_PAUSE_SECONDS` says, which is for
 * rehearsals against an Azure that runs faster than the real one. Throws when that is not a positive number.
 */
export function retryPauseInSeconds(environment: Readonly<Record<string, string | undefined>>): number {
    const text = environment[pauseVariable];
    const seconds = text === undefined ? defaultPauseInSeconds : Number(text);
    if (!Number.isFinite(seconds) || seconds <= 0) {
        throw new Error(
            `the environment variable ${pauseVariable} is "${text}", allowed is a positive number of seconds such as ` +
                `0.3: correct it, or unset it for the usual ${defaultPauseInSeconds}`,
        );
    }
    return seconds;
}

const hooks = retryHook({
    name: "retry-while-azure-settles",
    isWorthRetrying,
    pauseInSeconds: () => retryPauseInSeconds(process.env),
});

/**
 * Hooks option for resources that use a role right after it was assigned: waits (`retryPauseInSeconds`) and tries again,
 * up to eight times, while Azure says that the role is not there yet or another operation still runs; any other error
 * fails at once.
 */
export function retryWhileAzureSettles(): pulumi.ResourceHookBinding {
    return { onError: hooks() };
}
