import * as assert from "node:assert/strict";
import { ScaledClock, realTime } from "../../../simulator/provider/clock";

describe("simulator/provider/clock", () => {
    it("runs as many times faster as it is told, from where simulated time began", () => {
        const clock = new ScaledClock(realTime() - 60_000, 100);
        const now = clock.now();
        assert.ok(now >= 6_000 && now < 6_200, String(now));
    });

    it("waits simulated seconds, and never less than an answer over a network takes", async () => {
        const clock = new ScaledClock(realTime(), 1_000);
        for (const [seconds, milliseconds] of [
            [100, 100],
            [0, 20],
        ] as const) {
            const start = performance.now();
            await clock.wait(seconds);
            // Timers may be a millisecond early, and are late on a busy machine.
            assert.ok(performance.now() - start >= milliseconds - 2, `${seconds} s`);
        }
    });
});
