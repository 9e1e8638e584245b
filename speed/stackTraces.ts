import * as pulumi from "@pulumi/pulumi";
import { dropPromiseMarks } from "./promiseMarks";
import { isSpedUp } from "./switches";

// Private: where each resource is made, of which the engine is told file and line.
const positions = pulumi.Resource as unknown as { callsites: () => object[] };

/**
 * Pulumi formats several stack traces for every property of every resource, in case somebody asks where a promise was
 * made, and one for every resource, to tell the engine its line; without source maps that is a line of JavaScript which
 * no one has. Without them the program takes about half the time. What is thrown has its message only, from here to the
 * end of the process: call it once the configuration is read, where most errors are.
 *
 * @returns what brings them back.
 */
export function dropStackTraces(): () => void {
    if (!isSpedUp("stack-traces")) {
        return () => undefined;
    }
    const { stackTraceLimit } = Error;
    const { callsites } = positions;
    Error.stackTraceLimit = 0;
    positions.callsites = () => [];
    const markPromises = dropPromiseMarks();
    return () => {
        Error.stackTraceLimit = stackTraceLimit;
        positions.callsites = callsites;
        markPromises();
    };
}

/**
 * Has Node lead the stack traces that stay to the lines of the TypeScript. Pulumi's language host puts a library in its
 * place, which looks for the map of a file in that file; here it is in what the file was transpiled to.
 */
export function mapStackTraces(): void {
    if (process.sourceMapsEnabled) {
        delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
    }
}

/** Drops them for as long as `action` takes, for a process that goes on. With `debug` the stack traces stay. */
export async function withStackTraces<Result>(
    debug: boolean,
    action: () => Promise<Result>,
): Promise<Result> {
    const bringBack = debug ? () => undefined : dropStackTraces();
    try {
        return await action();
    } finally {
        bringBack();
    }
}
