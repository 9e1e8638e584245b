import * as assert from "node:assert/strict";
import { join } from "node:path";
import { engine } from "../../bench/engine";
import { pairsOfLives } from "../../bench/engine/operations";
import { comparison } from "../../bench/engine/perResource";
import type { Setting } from "../../bench/measurement";

function life(resources: number, seconds: number, stateBytes: number) {
    return {
        resources,
        seconds: { up: seconds, unchangedUp: seconds / 2, refresh: seconds / 4, destroy: seconds / 5 },
        stateBytes,
    };
}

describe("bench/engine", () => {
    it("compares time and state per resource, pair by pair", () => {
        const rows = comparison(
            "dev",
            [life(64, 40, 4000), life(64, 60, 4000), life(64, 75, 4000)],
            [life(32, 10, 1000), life(32, 20, 1000), life(32, 12.5, 1000)],
        );
        assert.deepEqual(
            rows.map(({ name, ratio, pairs }) => [name, ratio.least, ratio.median, ratio.most, pairs]),
            [
                ["dev, up from nothing", 1.5, 2, 3, 3],
                ["dev, up without a change", 1.5, 2, 3, 3],
                ["dev, refresh", 1.5, 2, 3, 3],
                ["dev, destroy", 1.5, 2, 3, 3],
                ["dev, state file", 2, 2, 2, 3],
            ],
        );
        assert.deepEqual(rows[0]?.figures, {
            resources: 64,
            bareResources: 32,
            seconds: 60,
            bareSeconds: 12.5,
        });
        assert.deepEqual(rows[4]?.figures, {
            resources: 64,
            bareResources: 32,
            bytes: 4000,
            bareBytes: 1000,
        });
    });

    it("lives a fifth as many lives as pairs are asked for, and one at least", () => {
        assert.deepEqual(
            [1, 5, 6, 20].map((pairs) => pairsOfLives({ pairs })),
            [1, 1, 2, 4],
        );
    });

    it("says what is missing where the toolchain is not there", () => {
        const setting = { directory: join(__dirname, "..", ".."), environment: {} } as Setting;
        const hindrance = engine.hindrance?.(setting);
        assert.match(hindrance ?? "", /^a rehearsal needs what this machine does not have:\n.* {2}- etcd: /s);
        const empty = engine.hindrance?.({ ...setting, directory: "/nowhere" });
        assert.equal(empty, "the npm packages are not installed: run `npm ci`");
    });
});
