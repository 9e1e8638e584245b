import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { within } from "../../simulator/cluster/waiting";
import { folderPerTest } from "../support/temporaryFolder";
import { withTypeScript } from "../support/stacks";

/** A process that guards a folder, and does nothing else until it is killed. */
const guarding = (folder: string, keep: boolean) =>
    spawn(process.execPath, [
        ...withTypeScript,
        "--eval",
        [
            `const { WorkspaceGuard } = require(${JSON.stringify(join(__dirname, "../../rehearsal/workspaceGuard"))});`,
            `new WorkspaceGuard(${JSON.stringify(folder)}, ${keep ? "undefined" : JSON.stringify(folder)});`,
            'console.log("ready"); setInterval(() => {}, 1000);',
        ].join("\n"),
    ]);

describe("rehearsal/workspaceGuard", function () {
    this.timeout(30_000);

    let folder: string;
    let engine: ChildProcess;
    let other: ChildProcess;

    const ofEngine = (home: string) =>
        spawn("sleep", ["60"], { env: { ...process.env, PULUMI_HOME: home }, detached: true });

    afterEach(() => {
        engine.kill("SIGKILL");
        other.kill("SIGKILL");
    });

    folderPerTest((made) => {
        folder = made;
        mkdirSync(join(folder, "home"));
        engine = ofEngine(join(folder, "home"));
        other = ofEngine(`${folder}-other/home`);
    });

    for (const keep of [false, true]) {
        it(`kills the engine and ${keep ? "keeps" : "removes"} the folder of one that was killed`, async () => {
            const owner = guarding(folder, keep);
            await once(owner.stdout, "data");
            const gone = once(engine, "exit");
            owner.kill("SIGKILL");
            await gone;
            if (!keep) {
                await within(10, () => !existsSync(folder));
            }
            assert.equal(existsSync(folder), keep);
            // Of another rehearsal.
            assert.equal(other.exitCode ?? other.signalCode, null);
        });
    }
});
