import * as assert from "node:assert/strict";
import { measurements } from "../../bench/scale";
import { bestStart } from "../../bench/start";

describe("bench: figures", () => {
    it("hold time per resource and memory of each size against those of 500 tenants", () => {
        const run = (resources: number, seconds: number, peak: number) => [{ resources, seconds, peak }];
        const rows = measurements([
            run(100, 1, 100),
            run(1000, 2, 100),
            run(5000, 5, 200),
            run(10_000, 11, 300),
            run(50_000, 65, 500),
        ]);
        assert.deepEqual(
            rows.map(({ name, ratio, goal }) => [name, Number(ratio.median.toFixed(3)), goal]),
            [
                ["10 tenants: time per resource", 10, undefined],
                ["100 tenants: time per resource", 2, undefined],
                ["1000 tenants: time per resource", 1.1, undefined],
                ["5000 tenants: time per resource", 1.3, 1.2],
                ["10 tenants: peak memory", 0.5, undefined],
                ["100 tenants: peak memory", 0.5, undefined],
                ["1000 tenants: peak memory", 1.5, undefined],
                ["5000 tenants: peak memory", 2.5, 2],
            ],
        );
        assert.deepEqual(rows[3]?.figures, {
            resources: 50_000,
            microsecondsPerResource: 1300,
            peakMebibytes: 500,
        });
    });

    it("allow a start more the more resources there are", () => {
        assert.equal(bestStart(0), 0.35);
        assert.equal(Number(bestStart(200).toFixed(2)), 0.95);
    });
});
