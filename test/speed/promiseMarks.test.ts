import * as assert from "node:assert/strict";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import * as state from "@pulumi/pulumi/runtime/state";
import { dropPromiseMarks } from "../../speed/promiseMarks";
import { speedupsOff } from "../../speed/switches";
import { evaluated } from "../support/evaluated";

const sdk = debuggable as unknown as {
    debuggablePromise: <Value>(promise: Promise<Value>, context: string) => Promise<Value>;
};
const { getStore } = state as unknown as { getStore: () => { leakCandidates: Set<Promise<unknown>> } };
const marksOf = (promise: Promise<unknown>) => Object.getOwnPropertyNames(promise).sort();
const marks = ["_debugCtx", "_debugId", "_debugStackTrace"];

describe("speed-ups: marks of promises", () => {
    let bringBack: () => void;

    beforeEach(() => {
        bringBack = dropPromiseMarks();
    });

    afterEach(() => {
        bringBack();
    });

    it("are left out, with the SDK that is installed, and come back", async () => {
        const [without, marked] = [Promise.resolve(1), Promise.resolve(2)];
        assert.equal(await sdk.debuggablePromise(without, "without"), 1);
        assert.deepEqual(marksOf(without), []);
        bringBack();
        assert.equal(await sdk.debuggablePromise(marked, "with"), 2);
        assert.deepEqual(marksOf(marked), marks);
    });

    it("are no part of the watch over a promise until it comes or fails", async () => {
        const { leakCandidates } = getStore();
        const coming = Promise.resolve("a");
        const watched = sdk.debuggablePromise(coming, "coming");
        assert.ok(leakCandidates.has(coming));
        assert.equal(await watched, "a");
        assert.ok(!leakCandidates.has(coming));

        const failing = Promise.reject(new Error("b"));
        await assert.rejects(sdk.debuggablePromise(failing, "failing"), (error: Error) => {
            assert.equal(error.message, "b");
            return (error as { promise?: unknown }).promise === failing;
        });
        assert.ok(!leakCandidates.has(failing));
    });

    it("make no difference to what is said of a promise that never comes", () => {
        const script = [
            'require("@pulumi/pulumi");',
            'require("./speed/stackTraces").dropStackTraces();',
            'const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable");',
            "const never = new Promise(() => {});",
            'debuggablePromise(never, "what for");',
            "process.stdout.write(String(Object.getOwnPropertyNames(never).length));",
        ].join("\n");
        const ended = (variables: Record<string, string>) => evaluated(script, variables);
        const fast = ended({ [speedupsOff]: "" });
        assert.equal(fast.status, 1);
        assert.match(fast.stderr, /detected that 1 promise was still active/);
        assert.equal(fast.stdout, "0");
        assert.deepEqual(ended({ [speedupsOff]: "stack-traces" }), { ...fast, stdout: "3" });
        const debugged = ended({ [speedupsOff]: "", PULUMI_DEBUG_PROMISE_LEAKS: "true" });
        assert.match(debugged.stderr, /CONTEXT\(\d+\): what for/);
    });
});
