import * as assert from "node:assert/strict";
import { FaultNotes } from "../../rehearsal/faults/faultNotes";
import { faultChecks, faultSets } from "../../rehearsal/faults/faultSets";
import { rehearseFaults } from "../../rehearsal/faults/rehearseFaults";
import type { Toolchain } from "../../rehearsal/toolchain";
import { group } from "./faultFixtures";

describe("rehearsal faults: sets and notes", () => {
    const checks = [
        { id: "a", title: "A" },
        { id: "b", title: "B" },
        { id: "c", title: "C" },
    ];
    const outcomes = (notes: FaultNotes) =>
        notes.checks().map(({ id, outcome, detail }) => [id, outcome, detail]);

    it("owes a check for each effect and each kill, each once", () => {
        const ids = (set: keyof typeof faultSets) => faultChecks(faultSets[set]).map(({ id }) => id);
        assert.deepEqual(ids("quick"), [
            "fault-refuse",
            "kill-1",
            "kill-2",
            "kill-converges",
            "kill-destroy",
        ]);
        const all = ids("all");
        assert.equal(new Set(all).size, all.length);
        assert.deepEqual(all.slice(0, 5), [
            "fault-refuse",
            "fault-time-out",
            "fault-throttle",
            "fault-lost-answer",
            "kill-1",
        ]);
        assert.deepEqual(all.slice(-4), ["kill-10", "kill-converges", "kill-destroy", "kill-helm"]);
    });

    it("reports what was not reached as skipped, in the order of the list", () => {
        const notes = new FaultNotes(checks);
        notes.record("c", ["one", "two"], "");
        notes.record("a", [], "good");
        assert.deepEqual(outcomes(notes), [
            ["a", "holds", "good"],
            ["b", "skipped", "a step before it failed"],
            ["c", "fails", "one\ntwo"],
        ]);
    });

    it("lays an error to the first check that is still owed", () => {
        const notes = new FaultNotes(checks);
        notes.record("a", [], "good");
        notes.broken(["a", "b", "c"], new Error("no cluster"));
        assert.deepEqual(outcomes(notes)[1], ["b", "fails", "no cluster"]);
        assert.throws(() => notes.broken(["a"], new Error("too late")), /too late/);
    });

    it("starts nothing where the life had no end state to judge by", async () => {
        const { checks: found, steps } = await rehearseFaults({
            directory: "/nowhere",
            stack: "dev",
            toolchain: {} as Toolchain,
            keep: false,
            set: "quick",
            reference: [],
            config: {},
        });
        assert.deepEqual(new Set(found.map(({ outcome }) => outcome)), new Set(["skipped"]));
        assert.deepEqual([found.length, steps], [5, []]);
    });

    it("fails the checks of a life that cannot be started, and goes on with the next", async () => {
        const { checks: found } = await rehearseFaults({
            directory: "/nowhere",
            stack: "dev",
            toolchain: {} as Toolchain,
            keep: false,
            set: "quick",
            reference: [group],
            config: {},
        });
        assert.deepEqual(
            found.map(({ id, outcome }) => [id, outcome]),
            [
                ["fault-refuse", "fails"],
                ["kill-1", "fails"],
                ["kill-2", "skipped"],
                ["kill-converges", "skipped"],
                ["kill-destroy", "skipped"],
            ],
        );
    });

    it("writes down what a step took, also of one that fails", async () => {
        const notes = new FaultNotes(checks);
        assert.equal(await notes.timed("good", () => Promise.resolve(1)), 1);
        await assert.rejects(notes.timed("bad", () => Promise.reject(new Error("x"))));
        assert.deepEqual(
            notes.steps.map(({ name }) => name),
            ["good", "bad"],
        );
    });
});
