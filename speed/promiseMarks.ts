import { hash } from "node:crypto";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import * as state from "@pulumi/pulumi/runtime/state";

type Watch = <Value>(promise: Promise<Value>, context: unknown) => Promise<Value>;

// Exported by the SDK but marked internal, hence missing from its types.
const sdk = debuggable as unknown as { debuggablePromise: Watch; debugPromiseLeaks: boolean };
const { getStore } = state as unknown as { getStore: () => { leakCandidates: Set<Promise<unknown>> } };

/** SHA-256 of the one text of the SDK's function that `watchedOnly` is known to stand for, of @pulumi/pulumi 3.259.0. */
const knownText = "19d27a81e9df719cc4d1ba7ac2958e165c4953ea6f62143e46f634c8446e72c6";

/**
 * Pulumi marks each of its promises, sixty for a resource, with a number, what it is for and where it was made, which
 * nothing reads without PULUMI_DEBUG_PROMISE_LEAKS; that takes a fifteenth of a start. This leaves the marks out. Promises
 * are watched all the same: those that never come are reported at the end. With an SDK whose function has another text
 * than the known one, and where somebody debugs promises, nothing changes.
 *
 * @returns what brings the marks back.
 */
export function dropPromiseMarks(): () => void {
    const { debuggablePromise, debugPromiseLeaks } = sdk;
    if (debugPromiseLeaks || hash("sha256", String(debuggablePromise)) !== knownText) {
        return () => undefined;
    }
    // The first call has the SDK look for what is left when the process ends.
    void debuggablePromise(Promise.resolve(), "the first");
    sdk.debuggablePromise = watchedOnly;
    return () => {
        sdk.debuggablePromise = debuggablePromise;
    };
}

/** What is left of the SDK's function without the marks. */
function watchedOnly<Value>(promise: Promise<Value>): Promise<Value> {
    const { leakCandidates } = getStore();
    leakCandidates.add(promise);
    return promise.then(
        (value) => {
            leakCandidates.delete(promise);
            return value;
        },
        (error: unknown) => {
            leakCandidates.delete(promise);
            // As the SDK does, which tells failures apart by it.
            (error as { promise?: Promise<unknown> }).promise = promise;
            throw error;
        },
    );
}
