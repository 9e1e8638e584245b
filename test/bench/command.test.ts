import * as assert from "node:assert/strict";
import { run } from "../../bench/command";
import type { Group, Measurement, Setting } from "../../bench/measurement";
import type { Results } from "../../bench/render";
import { runHere } from "../support/commandRun";

describe("bench: the command", () => {
    const measurement = (ratio: number): Measurement => ({
        name: "this",
        against: "that",
        ratio: { median: ratio, least: ratio - 0.1, most: ratio + 0.1 },
        pairs: 3,
        goal: 1,
        figures: { resources: 7 },
    });
    let settings: Setting[];

    beforeEach(() => {
        settings = [];
    });

    function group(name: string, measurements: Measurement[], hindrance?: string): Group {
        return {
            name,
            title: `Group ${name}`,
            hindrance: () => hindrance,
            measure: (setting) => {
                settings.push(setting);
                return Promise.resolve(measurements);
            },
        };
    }

    const bench = (groups: readonly Group[], ...args: string[]) =>
        runHere((given, context) => run(given, { ...context, groups }), args);
    const met = group("fast", [measurement(0.5)]);
    const missed = group("slow", [measurement(1.2)]);

    it("ends with 0 where all goals are met, and shows the ratios", async () => {
        const { code, stdout } = await bench([met]);
        assert.equal(code, 0);
        assert.match(stdout, /Group fast {2}fast/);
        assert.match(stdout, /this +that +0\.50 +0\.40-0\.60 +1\.00 +met/);
    });

    it("ends with 2 where a goal is missed", async () => {
        const { code, stdout } = await bench([met, missed]);
        assert.equal(code, 2);
        assert.match(stdout, /1\.20 +1\.10-1\.30 +1\.00 +missed/);
    });

    it("shows what there is to say of a measurement below the table, and leaves figures out", async () => {
        const told = {
            ...measurement(1),
            figures: { "one waits for another": "because it has to", resources: 7 },
        };
        const { stdout } = await bench([group("told", [told])]);
        assert.match(stdout, /met\n {2}this: one waits for another, because it has to\n$/);
    });

    it("measures only what is named, as often as it is told", async () => {
        const { code } = await bench([met, missed], "fast", "--pairs", "7");
        assert.equal(code, 0);
        assert.deepEqual(
            settings.map(({ pairs }) => pairs),
            [7],
        );
    });

    it("says why something is not measured, and goes on", async () => {
        const { code, stdout } = await bench([group("far", [], "there is no engine"), met]);
        assert.equal(code, 0);
        assert.match(stdout, /not measured: there is no engine/);
        assert.match(stdout, /0\.50/);
        assert.equal(settings.length, 1);
    });

    it("writes one document for machines, with the machine and the figures", async () => {
        const { stdout } = await bench([missed], "--json");
        const { machine, results } = JSON.parse(stdout) as Results;
        assert.match(machine.versions["node"] ?? "", /^\d+\./);
        assert.match(machine.versions["@pulumi/pulumi"] ?? "", /^3\./);
        assert.deepEqual(results, [{ name: "slow", title: "Group slow", measurements: [measurement(1.2)] }]);
    });

    it("refuses what it does not know before it measures anything", async () => {
        const unknown = await bench([met], "fsat");
        assert.equal(unknown.code, 1);
        assert.match(unknown.stderr, /nothing to measure that is called fsat\nhint: name some of fast/);
        const none = await bench([met], "--pairs", "0");
        assert.equal(none.code, 1);
        assert.match(none.stderr, /whole number from 1 to 100/);
        assert.deepEqual(settings, []);
    });
});
