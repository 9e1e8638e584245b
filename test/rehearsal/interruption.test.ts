import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { within } from "../../simulator/cluster/waiting";
import { projectFolder, withTypeScript } from "../support/stacks";
import { TemporaryDirectory } from "../support/temporaryDirectory";
import { requireToolchain } from "../support/toolchain";

/** What becomes of a rehearsal that does not come to its end. */
describe("rehearsal: interruption", function () {
    this.timeout(5 * 60_000);

    let temporary: TemporaryDirectory;
    let command: ChildProcess;
    let stderr: string;

    before(function () {
        requireToolchain(this);
    });

    beforeEach(async () => {
        temporary = new TemporaryDirectory();
        stderr = "";
        command = spawn(
            process.execPath,
            [...withTypeScript, join(projectFolder, "rehearsal", "cli.ts"), "dev"],
            { env: { ...process.env, TMPDIR: temporary.path, NO_COLOR: "1" } },
        );
        command.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        await until("the engine's program", engineIsRunning);
    });

    afterEach(() => {
        command?.kill("SIGKILL");
        temporary?.remove();
    });

    const until = async (what: string, condition: () => boolean, seconds = 120) => {
        assert.ok(await within(seconds, condition), `${what} did not come about; ${stderr}`);
    };

    /** The first preview registers resources: servers, CLI, language host and plugins are all there. */
    const engineIsRunning = () =>
        temporary.folders().some((folder) => {
            const log = join(temporary.path, folder, "engine.log");
            return existsSync(log) && readFileSync(log, "utf8").includes("resourcePreEvent");
        });

    it("ends all that it started on Ctrl-C, and says so", async () => {
        assert.notDeepEqual(temporary.processes(), []);
        command.kill("SIGINT");
        const [code] = (await once(command, "exit")) as [number | null];
        assert.equal(stderr, "error: interrupted; everything that was started is gone\n");
        assert.equal(code, 1);
        assert.deepEqual(temporary.processes(), []);
        assert.deepEqual(temporary.folders(), []);
    });

    it("leaves no process and no folder behind where it is killed", async () => {
        command.kill("SIGKILL");
        await until("the end of everything", () => temporary.processes().length === 0, 20);
        await until("the end of the folder", () => temporary.folders().length === 0, 20);
    });
});
