import { isSpedUp } from "./switches";

/**
 * Pulumi formats several stack traces for every property of every resource, in case somebody asks where a promise was
 * made. Without them the program takes about half the time. What is thrown has its message only, from here to the end of
 * the process: call it once the configuration is read, where most errors are.
 */
export function dropStackTraces(): void {
    if (isSpedUp("stack-traces")) {
        Error.stackTraceLimit = 0;
    }
}

/** The same for as long as `action` takes, for a process that goes on. With `debug` the stack traces stay. */
export async function withStackTraces<Result>(
    debug: boolean,
    action: () => Promise<Result>,
): Promise<Result> {
    const limit = Error.stackTraceLimit;
    if (!debug) {
        dropStackTraces();
    }
    try {
        return await action();
    } finally {
        Error.stackTraceLimit = limit;
    }
}
