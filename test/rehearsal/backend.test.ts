import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { backendUrl } from "../../rehearsal/engine";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";
import { requireProgram } from "../support/toolchain";

describe("rehearsal: the folder of the state", function () {
    this.timeout(60_000);

    it("has nothing in it that a killed engine could leave half written beside the state", function () {
        requireProgram(this, "pulumi");
        const root = temporaryFolder();
        try {
            const [project, state] = [join(root, "project"), join(root, "state")];
            [project, state].forEach((folder) => mkdirSync(folder));
            writeFileSync(join(project, "Pulumi.yaml"), "name: p\nruntime: yaml\n");
            const { status, stderr } = spawnSync("pulumi", ["stack", "init", "dev", "--non-interactive"], {
                cwd: project,
                encoding: "utf8",
                env: {
                    PATH: process.env["PATH"],
                    PULUMI_HOME: join(root, "home"),
                    PULUMI_BACKEND_URL: backendUrl(state),
                    PULUMI_CONFIG_PASSPHRASE: "passphrase",
                    PULUMI_SKIP_UPDATE_CHECK: "true",
                },
            });
            assert.equal(status, 0, stderr);
            const files = readdirSync(state, { recursive: true, encoding: "utf8" });
            assert.ok(files.some((file) => file.endsWith("dev.json")));
            assert.deepEqual(
                files.filter((file) => file.endsWith(".attrs")),
                [],
            );
        } finally {
            removeFolder(root);
        }
    });
});
