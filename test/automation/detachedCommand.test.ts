import * as assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runDetached } from "../../automation/detachedCommand";
import { Interruption } from "../../automation/interruption";
import { isAlive } from "../support/isAlive";
import { project, removeProjects } from "./fixtures";

/** A program that notes its signals, and ends by itself after the first. */
const program = (endsGracefully: boolean) => `#!/bin/sh
trap 'echo INT >> signals; ${endsGracefully ? "exit 7" : ":"}' INT
echo $$ > pid
echo ready
while :; do sleep 0.05; done
`;

async function started(endsGracefully: boolean) {
    const cwd = project();
    const file = join(cwd, "cli");
    writeFileSync(file, program(endsGracefully));
    chmodSync(file, 0o700);
    const interruption = new Interruption();
    let said = "";
    const onOutput = (text: string) => void (said += text);
    const ended = runDetached([], { cwd, environment: process.env, interruption, onOutput }, file).then(
        () => assert.fail("it succeeded"),
        (error: Error) => error,
    );
    while (!said.includes("ready")) {
        await pause(10);
    }
    const pid = Number(readFileSync(join(cwd, "pid"), "utf8"));
    const signals = () =>
        existsSync(join(cwd, "signals")) ? readFileSync(join(cwd, "signals"), "utf8").trim().split("\n") : [];
    return { interruption, ended, pid, signals };
}

describe("the CLI in a process group of its own", () => {
    after(removeProjects);

    it("is cancelled once by the first signal", async () => {
        const { interruption, ended, signals, pid } = await started(true);
        interruption.interrupt();
        assert.match((await ended).message, /^code: 7\n/);
        assert.deepEqual(signals(), ["INT"]);
        assert.ok(!isAlive(pid));
    });

    it("is killed by the second signal where it does not end", async () => {
        const { interruption, ended, signals, pid } = await started(false);
        interruption.interrupt();
        while (signals().length === 0) {
            await pause(10);
        }
        assert.ok(isAlive(pid));
        interruption.interrupt();
        assert.match((await ended).message, /^code: -2\n/);
        assert.ok(!isAlive(pid));
    });

    it("is in no group that a terminal's Ctrl-C reaches", async () => {
        const { interruption, ended, pid } = await started(true);
        // The group of a leader is its own pid; signal 0 to it asks whether it exists.
        assert.ok(process.kill(-pid, 0));
        assert.notEqual(pid, process.pid);
        interruption.interrupt();
        await ended;
    });
});
