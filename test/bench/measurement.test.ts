import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { misses, ratioOf, spreadOf } from "../../bench/measurement";

describe("bench: measurements", () => {
    it("take the middle value, or between the two middle ones", () => {
        assert.deepEqual(spreadOf([9, 1, 5]), { median: 5, least: 1, most: 9 });
        assert.deepEqual(spreadOf([4, 1, 2, 9]), { median: 3, least: 1, most: 9 });
        assert.deepEqual(spreadOf([7]), { median: 7, least: 7, most: 7 });
    });

    it("leave as many values below the median as above", () => {
        fc.assert(
            fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
                const { median, least, most } = spreadOf(values);
                const below = values.filter((value) => value < median).length;
                const above = values.filter((value) => value > median).length;
                assert.ok(Math.max(below, above) * 2 <= values.length);
                assert.deepEqual([least, most], [Math.min(...values), Math.max(...values)]);
            }),
        );
    });

    it("divide pair by pair: what slows both down does not count", () => {
        // One pair was measured on a machine half as fast.
        assert.deepEqual(ratioOf([2, 5, 1.5], [10, 20, 10]), { median: 0.2, least: 0.15, most: 0.25 });
    });

    it("miss a goal by their median only, and none where there is none", () => {
        const measured = (median: number, goal?: number) =>
            misses({
                name: "a",
                against: "b",
                ratio: { median, least: 0, most: 9 },
                goal,
                figures: {},
            });
        assert.deepEqual([measured(1.01, 1), measured(1, 1), measured(5)], [true, false, false]);
    });
});
