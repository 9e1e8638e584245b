import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Job, Wait, WaitKind } from "../../rehearsal/duration/job";
import { lowerBound, oneAtATime } from "../../rehearsal/duration/lowerBound";
import { lengtheningOrderings } from "../../rehearsal/duration/orderings";
import { criticalPath, makespan, schedule } from "../../rehearsal/duration/schedule";
import type { Run } from "../../rehearsal/duration/schedule";

const wait = (on: string, kind: WaitKind = "data", lagInSeconds = 0): Wait => ({ on, kind, lagInSeconds });

const job = (id: string, seconds: number, waits: Wait[] = [], rest: Partial<Job> = {}): Job => ({
    id,
    seconds,
    waits,
    locks: [],
    isOperation: true,
    ...rest,
});

const component = (id: string, waits: Wait[] = []) => job(id, 0, waits, { isOperation: false });

/** `a 0-3` for each run. */
const times = (runs: readonly Run[]) => runs.map(({ job: { id }, start, end }) => `${id} ${start}-${end}`);

/** `a data` for each step of the critical path. */
const path = (runs: readonly Run[]) =>
    criticalPath(runs).map(({ job: { id }, after }) => (after ? `${id} ${after.cause}` : id));

const diamond = [
    job("top", 2),
    job("left", 10, [wait("top")]),
    job("right", 4, [wait("top")]),
    job("bottom", 1, [wait("right"), wait("left")]),
];

describe("The model of an operation's duration", () => {
    it("starts each job when the last of what it waits for has ended", () => {
        const runs = schedule(diamond, Infinity);
        assert.deepEqual(times(runs), ["top 0-2", "left 2-12", "right 2-6", "bottom 12-13"]);
        assert.deepEqual(path(runs), ["top", "left data", "bottom data"]);
        assert.equal(lowerBound(diamond), 13);
    });

    it("runs no more operations at a time than the engine does, components aside", () => {
        const runs = schedule(
            [job("a", 5), job("b", 3), component("c"), job("d", 2, [wait("c", "parent")])],
            2,
        );
        assert.deepEqual(times(runs), ["a 0-5", "b 0-3", "c 0-0", "d 3-5"]);
        assert.deepEqual(path(schedule([job("a", 5), job("b", 3)], 1)), ["a", "b parallelism"]);
    });

    it("makes pools of one cluster wait for each other, in the order of asking", () => {
        const locked = { locks: ["cluster"] };
        const jobs = [
            job("cluster", 100, [], locked),
            job("pool-a", 50, [wait("cluster")], locked),
            job("pool-b", 60, [wait("cluster")], locked),
            job("workload", 10, [wait("pool-a")]),
        ];
        const runs = schedule(jobs, Infinity);
        assert.deepEqual(times(runs), [
            "cluster 0-100",
            "pool-a 100-150",
            "pool-b 150-210",
            "workload 150-160",
        ]);
        assert.deepEqual(path(runs), ["cluster", "pool-a data", "pool-b serialised"]);
        // Without the lock it would be 160.
        assert.equal(lowerBound(jobs), 210);
    });

    it("lets no order of locked jobs pass for the best one where a longer tail waits", () => {
        const locked = { locks: ["network"] };
        const jobs = [
            job("short", 3, [], locked),
            job("long", 3, [], locked),
            job("after", 20, [wait("long")]),
        ];
        // The list's order takes 26; the other way round takes 23.
        assert.equal(makespan(schedule(jobs, Infinity)), 26);
        assert.equal(lowerBound(jobs), 23);
        assert.equal(
            oneAtATime([
                { head: 0, seconds: 4, tail: 1 },
                { head: 1, seconds: 2, tail: 9 },
            ]),
            12,
        );
    });

    it("begins in the list's order what becomes ready at one moment", () => {
        const locked = { locks: ["network"] };
        const jobs = [
            job("a", 1),
            job("b", 1),
            job("after-b", 2, [wait("b")], locked),
            job("after-a", 2, [wait("a")], locked),
        ];
        assert.deepEqual(times(schedule(jobs, Infinity)).slice(2), ["after-b 1-3", "after-a 3-5"]);
    });

    it("waits for a role to take effect, at the pace of its tries where it tries again", () => {
        const role = job("role", 3);
        const needsRole = [wait("role", "role", 60)];
        const patient = schedule([role, job("cluster", 300, needsRole)], Infinity);
        assert.deepEqual(times(patient), ["role 0-3", "cluster 63-363"]);
        assert.deepEqual(path(patient), ["role", "cluster role"]);
        // Begun at 20, and refused then and at 50: the third try at 80 is the first after 63.
        const late = job("late", 20);
        const tries = [
            role,
            late,
            job("cluster", 300, [...needsRole, wait("late")], { retryPauseInSeconds: 30 }),
        ];
        const runs = schedule(tries, Infinity);
        assert.deepEqual(times(runs), ["role 0-3", "late 0-20", "cluster 80-380"]);
        assert.deepEqual(path(runs), ["role", "cluster role"]);
        assert.equal(lowerBound(tries), 363);
    });

    it("does not let a role that works already delay anything", () => {
        const jobs = [
            job("role", 3),
            job("network", 100),
            job("cluster", 300, [wait("role", "role", 60), wait("network")], { retryPauseInSeconds: 30 }),
        ];
        const runs = schedule(jobs, Infinity);
        assert.equal(makespan(runs), 400);
        assert.deepEqual(path(runs), ["network", "cluster data"]);
    });

    it("refuses what can never begin, by name", () => {
        assert.throws(
            () => schedule([job("a", 1, [wait("b")]), job("b", 1, [wait("a")])], 2),
            /^Error: a can never/,
        );
        assert.throws(() => schedule([job("a", 1, [wait("elsewhere")])], 2), /a can never begin/);
    });
});

describe("Orders that lengthen an operation", () => {
    it("are those by dependsOn on the critical path, with what each costs", () => {
        const jobs = [
            job("cluster", 100),
            job("pool", 50, [wait("cluster")]),
            job("provider", 0, [wait("cluster"), wait("pool", "dependsOn")]),
            job("release", 67, [wait("provider", "provider")]),
        ];
        assert.equal(makespan(schedule(jobs, Infinity)), 217);
        assert.equal(lowerBound(jobs), 167);
        assert.deepEqual(lengtheningOrderings(jobs), [
            { from: "provider", on: "pool", kind: "dependsOn", savesSeconds: 50 },
        ]);
    });

    it("count a component's argument, which its children have no use for", () => {
        const jobs = [
            job("logs", 30),
            component("network", [wait("logs", "argument")]),
            job("vnet", 4, [wait("network", "parent")]),
            job("subnet", 3, [wait("vnet"), wait("network", "parent")]),
        ];
        assert.equal(lowerBound(jobs), 30);
        assert.deepEqual(lengtheningOrderings(jobs), [
            { from: "network", on: "logs", kind: "argument", savesSeconds: 7 },
        ]);
    });

    it("count a parent that takes time itself", () => {
        const jobs = [job("parent", 5), job("child", 3, [wait("parent", "parent")])];
        assert.deepEqual(lengtheningOrderings(jobs), [
            { from: "child", on: "parent", kind: "parent", savesSeconds: 3 },
        ]);
    });

    it("leave out what costs nothing: off the path, or where Azure waits anyway", () => {
        const locked = { locks: ["network"] };
        const jobs = [
            job("subnet-a", 3, [], locked),
            job("subnet-b", 3, [wait("subnet-a", "dependsOn")], locked),
            job("alert", 1, [wait("subnet-a", "dependsOn")]),
        ];
        assert.deepEqual(path(schedule(jobs, Infinity)), ["subnet-a", "subnet-b dependsOn"]);
        assert.deepEqual(lengtheningOrderings(jobs), []);
    });

    it("are found together where two hold up the same thing", () => {
        const jobs = [
            job("a", 10),
            job("b", 10),
            job("c", 5, [wait("a", "dependsOn"), wait("b", "dependsOn")]),
        ];
        assert.deepEqual(
            lengtheningOrderings(jobs).map(({ on, savesSeconds }) => `${on} ${savesSeconds}`),
            ["a 0", "b 5"],
        );
    });
});

const kinds: readonly WaitKind[] = [
    "data",
    "dependsOn",
    "provider",
    "argument",
    "parent",
    "azureParent",
    "nodes",
    "role",
];

/** Graphs without cycles: each job waits for some before it. */
const graphs = fc
    .array(
        fc.record({
            seconds: fc.nat(50),
            waits: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...kinds)), { maxLength: 3 }),
            lock: fc.option(fc.constantFrom("x", "y"), { nil: undefined }),
            retries: fc.boolean(),
            isOperation: fc.boolean(),
        }),
        { minLength: 1, maxLength: 14 },
    )
    .map((rows) =>
        rows.map(({ seconds, waits, lock, retries, isOperation }, index) => {
            const on = new Map(index === 0 ? [] : waits.map(([number, kind]) => [number % index, kind]));
            return job(
                String(index),
                isOperation ? seconds : 0,
                [...on].map(([number, kind]) => wait(String(number), kind, kind === "role" ? 60 : 0)),
                {
                    isOperation,
                    locks: lock !== undefined && isOperation ? [lock] : [],
                    ...(retries && { retryPauseInSeconds: 30 }),
                },
            );
        }),
    );

describe("Any operation", () => {
    const limits = fc.constantFrom(1, 2, 3, Infinity);

    it("takes at least its bound and its longest job, and all of them at most with their pauses", () => {
        fc.assert(
            fc.property(graphs, limits, (jobs, limit) => {
                const total = makespan(schedule(jobs, limit));
                const bound = lowerBound(jobs);
                const longest = Math.max(...jobs.map(({ seconds }) => seconds));
                const sum = jobs.reduce((all, { seconds }) => all + seconds + 90, 0);
                assert.ok(
                    longest <= bound && bound <= total && total <= sum,
                    `${longest} ${bound} ${total} ${sum}`,
                );
            }),
        );
    });

    it("takes as long as its critical path, which has no gap but for roles", () => {
        fc.assert(
            fc.property(graphs, limits, (jobs, limit) => {
                const runs = schedule(jobs, limit);
                const steps = criticalPath(runs);
                let end = 0;
                for (const { start, end: next, after } of steps) {
                    assert.ok(after?.cause === "role" ? start - end >= 60 : start === end);
                    end = next;
                }
                assert.equal(end, makespan(runs));
            }),
        );
    });

    it("keeps every wait, lock and limit", () => {
        fc.assert(
            fc.property(graphs, limits, (jobs, limit) => {
                const runs = schedule(jobs, limit);
                const byId = new Map(runs.map((run) => [run.job.id, run]));
                for (const {
                    job: { waits },
                    start,
                } of runs) {
                    assert.ok(
                        waits.every(
                            ({ on, lagInSeconds }) => start >= (byId.get(on)?.end ?? 0) + lagInSeconds,
                        ),
                    );
                }
                const busy = runs.filter(({ job: { seconds } }) => seconds > 0);
                for (const {
                    start,
                    job: { id, locks },
                } of busy) {
                    const others = busy.filter((other) => other.start <= start && start < other.end);
                    assert.ok(others.length <= limit);
                    const holders = others.filter((other) =>
                        other.job.locks.some((lock) => locks.includes(lock)),
                    );
                    assert.deepEqual(
                        holders.filter((other) => other.job.id !== id),
                        [],
                    );
                }
            }),
        );
    });

    it("is shorter without the orders found by what they cost together", () => {
        fc.assert(
            fc.property(graphs, (jobs) => {
                const found = lengtheningOrderings(jobs);
                const left = jobs.map((one) => ({
                    ...one,
                    waits: one.waits.filter(
                        ({ on, kind }) =>
                            !found.some(
                                (order) => order.from === one.id && order.on === on && order.kind === kind,
                            ),
                    ),
                }));
                const saved = found.reduce((sum, { savesSeconds }) => sum + savesSeconds, 0);
                assert.equal(makespan(schedule(jobs, Infinity)) - saved, makespan(schedule(left, Infinity)));
            }),
        );
    });
});
