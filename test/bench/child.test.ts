import * as assert from "node:assert/strict";
import { usageOf } from "../../bench/child";
import { inTurn } from "../../bench/pairs";
import type { Setting } from "../../bench/measurement";
import { projectFolder } from "../support/stacks";

describe("bench: processes that are measured", function () {
    this.timeout(60_000);
    let steps: string[];
    let setting: Setting;

    beforeEach(() => {
        steps = [];
        setting = {
            directory: projectFolder,
            environment: process.env,
            pairs: 2,
            onProgress: (step) => steps.push(step),
        };
    });

    const node = (name: string, script: string) => ({ name, command: [process.execPath, "--eval", script] });

    it("tell what they used", async () => {
        const busy = "const end = Date.now() + 300; while (Date.now() < end); console.log('done');";
        const [usage, ...others] = await usageOf(node("busy", busy), setting);
        assert.deepEqual(others, []);
        assert.equal(usage?.stdout, "done\n");
        assert.ok(usage.wallSeconds >= 0.3 && usage.wallSeconds < 30, String(usage.wallSeconds));
        // As much as the machine let it have.
        assert.ok(
            usage.cpuSeconds > 0.01 && usage.cpuSeconds < 2 * usage.wallSeconds,
            String(usage.cpuSeconds),
        );
        assert.ok(usage.peakMebibytes > 20 && usage.peakMebibytes < 500, String(usage.peakMebibytes));
    });

    it("tell it of what they start, too", async () => {
        const child = 'require("node:child_process").execFileSync(process.execPath, ["--eval", "0"])';
        assert.equal((await usageOf(node("two", child), setting)).length, 2);
    });

    it("are no measurement where they fail", async () => {
        const failing = node("wrong", "console.error('out of luck'); process.exit(3)");
        await assert.rejects(
            usageOf(failing, setting),
            /wrong ended with 3 and is not measured:\nout of luck/,
        );
        assert.equal((await usageOf({ ...failing, endsWith: 3 }, setting)).length, 1);
        await assert.rejects(usageOf({ ...node("right", "0"), endsWith: 3 }, setting), /right ended with 0/);
    });

    it("are no measurement where no process says what it used", async () => {
        const silent = { name: "silent", command: ["sh", "-c", "exit 0"] };
        await assert.rejects(usageOf(silent, setting), {
            message: /^silent is not measured: it had no Node process/,
        });
    });

    it("take turns, and the first round does not count", async () => {
        const usages = await inTurn([node("one", "1"), node("two", "2")], setting);
        assert.deepEqual(
            usages.map((list) => list.length),
            [2, 2],
        );
        assert.deepEqual(steps, [
            "one, warming up",
            "two, warming up",
            "one, 1 of 2",
            "two, 1 of 2",
            "one, 2 of 2",
            "two, 2 of 2",
        ]);
    });
});
