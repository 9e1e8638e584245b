import * as assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AzureError } from "../../../simulator/azure/azureError";
import type { Operation, Subscription } from "../../../simulator/azure/subscription";
import type { Fault } from "../../../simulator/provider/faults";
import { OperationLog, readOperations } from "../../../simulator/provider/operationLog";
import { Operations } from "../../../simulator/provider/operations";
import type { OperationRequest } from "../../../simulator/provider/operations";
import { testEnvironment } from "../../support/harness";
import { TestAzure } from "../../support/simulatedAzure";

const request = (kind: OperationRequest["kind"], name: string): OperationRequest => ({
    kind,
    id: `/pools/${name}`,
    type: "azure-native:containerservice:AgentPool",
    urn: `urn:pulumi:dev::p::azure-native:containerservice:AgentPool::${name}`,
    logicalName: name,
    inputs: {},
});

// Seconds of simulator/azure/durations.ts.
const creation = 199;
const deletion = 50;

describe("simulator/provider/operations", () => {
    let azure: TestAzure;
    let operations: Operations;
    let judged: { operation: Operation; running: readonly Operation[]; now: number }[];
    let objection: (operation: Operation, subscription: Subscription) => Error | undefined;

    beforeEach(() => {
        azure = new TestAzure();
        judged = [];
        objection = () => undefined;
        const { store, clock, faults, log } = azure;
        operations = new Operations({
            store,
            environment: testEnvironment,
            clock,
            faults,
            log,
            limits: {},
            refusal: (operation, subscription) => {
                judged.push({ operation, running: subscription.running, now: subscription.now });
                return objection(operation, subscription);
            },
        });
    });

    afterEach(() => azure.remove());

    const arm = (fault: Partial<Fault>) =>
        azure.faults.replaceAll([{ operation: "any", times: 1, effect: "refuse", ...fault }]);
    const settled = () => new Promise((resolve) => setImmediate(resolve));

    it("takes the time that Azure takes, does the work, and logs both", async () => {
        const done: number[] = [];
        await operations.run(request("create", "a"), () => done.push(azure.clock.now()));
        await operations.run(request("delete", "a"), () => undefined);
        assert.deepEqual(done, [creation]);
        assert.deepEqual(operations.all(), [
            {
                number: 1,
                kind: "create",
                type: "azure-native:containerservice:AgentPool",
                id: "/pools/a",
                urn: "urn:pulumi:dev::p::azure-native:containerservice:AgentPool::a",
                beganAt: 0,
                endedAt: creation,
                outcome: "succeeded",
            },
            {
                number: 2,
                kind: "delete",
                type: "azure-native:containerservice:AgentPool",
                id: "/pools/a",
                urn: "urn:pulumi:dev::p::azure-native:containerservice:AgentPool::a",
                beganAt: creation,
                endedAt: creation + deletion,
                outcome: "succeeded",
            },
        ]);
        assert.deepEqual(readOperations(join(azure.folder, "operations.jsonl")), operations.all());
    });

    it("refuses at once what Azure refuses, and does no work", async () => {
        objection = () => new AzureError("NoSuchThing", "there is none");
        await assert.rejects(
            operations.run(request("create", "a"), () => assert.fail("worked")),
            { message: `Code="NoSuchThing" Message="there is none"` },
        );
        assert.deepEqual(azure.clock.waits, []);
        const [record] = operations.all();
        assert.deepEqual([record?.outcome, record?.code], ["failed", "NoSuchThing"]);
    });

    it("shows the rules what else runs, from its beginning to its end", async () => {
        azure.clock.isHeld = true;
        const first = operations.run(request("create", "a"), () => undefined);
        await settled();
        const second = operations.run(request("create", "b"), () => undefined);
        await settled();
        assert.deepEqual(
            judged.map(({ running }) => running.map(({ id }) => id)),
            [[], ["/pools/a"]],
        );
        assert.deepEqual(
            operations.all().map(({ outcome }) => outcome),
            ["running", "running"],
        );
        await azure.clock.pass(creation);
        await Promise.all([first, second]);
        azure.clock.isHeld = false;
        await operations.run(request("create", "c"), () => undefined);
        assert.deepEqual(judged[2]?.running, []);
        assert.equal(judged[2]?.now, creation);
    });

    it("judges and works on what is there, not on questions", async () => {
        assert.equal(await operations.run(request("read", "a"), () => 5), 5);
        assert.deepEqual(judged, []);
    });

    it("waits out a conflict on a network as the provider's client does, three times", async () => {
        const codes = ["AnotherOperationInProgress", "AnotherOperationInProgress"];
        objection = () => {
            const code = codes.shift();
            return code === undefined ? undefined : new AzureError(code, "");
        };
        await operations.run(request("create", "a"), () => undefined);
        assert.deepEqual(azure.clock.waits, [0.8, 1.6, creation]);
        objection = () => new AzureError("AnotherOperationInProgress", "");
        judged = [];
        await assert.rejects(
            operations.run(request("create", "b"), () => undefined),
            /AnotherOperationInProgress/,
        );
        assert.equal(judged.length, 4);
    });

    describe("faults", () => {
        it("refuse: no work, no time", async () => {
            arm({ effect: "refuse" });
            await assert.rejects(
                operations.run(request("create", "a"), () => assert.fail("worked")),
                /Code="InternalServerError"/,
            );
            assert.deepEqual([azure.clock.waits, judged], [[], []]);
        });

        it("timeOut: three times the time, no work", async () => {
            arm({ effect: "timeOut" });
            await assert.rejects(
                operations.run(request("create", "a"), () => assert.fail("worked")),
                { message: "context deadline exceeded" },
            );
            assert.deepEqual(azure.clock.waits, [3 * creation]);
            assert.equal(operations.all()[0]?.fault, "timeOut");
        });

        it("throttle: tried again after the time that it says, and given up after three tries", async () => {
            arm({ effect: "throttle", retryAfterSeconds: 7, times: 2 });
            await operations.run(request("create", "a"), () => undefined);
            assert.deepEqual(azure.clock.waits, [7, 7, creation]);
            arm({ effect: "throttle", times: "always" });
            await assert.rejects(
                operations.run(request("create", "b"), () => undefined),
                /Code="TooManyRequests"/,
            );
            assert.deepEqual(azure.clock.waits.slice(3), [10, 10, 10]);
        });

        it("loseAnswer: the work is done, the answer is an error", async () => {
            arm({ effect: "loseAnswer" });
            let isDone = false;
            const run = operations.run(request("delete", "a"), () => (isDone = true));
            await assert.rejects(run, { message: "read: connection reset by peer" });
            assert.ok(isDone);
            assert.deepEqual(azure.clock.waits, [deletion]);
        });
    });

    describe("the log of a process that was killed", () => {
        it("says of what ran that it never ended, and goes on counting", async () => {
            const path = join(azure.folder, "operations.jsonl");
            azure.clock.isHeld = true;
            void operations.run(request("create", "a"), () => undefined);
            await settled();
            appendFileSync(path, `{"number":2,"ki`);
            const log = new OperationLog(path);
            assert.deepEqual(
                log.all().map(({ number, outcome, error }) => [number, outcome, error]),
                [[1, "failed", "the simulator ended before the operation did"]],
            );
            assert.equal(log.begin({ ...request("create", "b"), beganAt: 3 }).number, 2);
            assert.deepEqual(readOperations(path), log.all());
            assert.ok(readFileSync(path, "utf8").endsWith("\n"));
        });
    });
});
