import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OwnedProcess } from "../../../simulator/cluster/ownedProcess";
import { waitUntil } from "../../../simulator/cluster/waiting";
import { isAlive } from "../../support/isAlive";
import { projectFolder, withTypeScript } from "../../support/stacks";
import { folderPerTest } from "../../support/temporaryFolder";

describe("simulator/cluster/ownedProcess", () => {
    let folder: string;

    folderPerTest((made) => {
        folder = made;
    });

    it("is gone when it was stopped", async () => {
        const owned = new OwnedProcess("sleep", ["600"], { log: join(folder, "log") });
        assert.equal(owned.isRunning, true);
        await owned.stop();
        assert.equal(owned.isRunning, false);
    });

    it("keeps what a program said last", async () => {
        const owned = new OwnedProcess("sh", ["-c", "echo one; echo two >&2"], { log: join(folder, "log") });
        await waitUntil("its end", 10, () => !owned.isRunning);
        assert.equal(owned.lastWords, "one\ntwo");
        await owned.stop();
    });

    it("does not outlive the process that started it, even if that one is killed", async () => {
        const script = [
            `const { OwnedProcess } = require(${JSON.stringify(join(projectFolder, "simulator/cluster/ownedProcess"))});`,
            `new OwnedProcess("sh", ["-c", "echo $$; exec sleep 600"], { log: ${JSON.stringify(join(folder, "log"))} });`,
            "setInterval(() => {}, 1000);",
        ].join("\n");
        const parent = spawn(process.execPath, [...withTypeScript, "-e", script], {
            cwd: projectFolder,
        });
        const pid = () => {
            try {
                return Number(readFileSync(join(folder, "log"), "utf8"));
            } catch {
                return 0;
            }
        };
        await waitUntil("its start", 20, () => pid() > 0);
        const owned = pid();
        assert.equal(isAlive(owned), true);
        parent.kill("SIGKILL");
        await waitUntil("its end", 10, () => !isAlive(owned));
    });
});
