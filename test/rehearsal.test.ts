import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../rehearsal/command";
import type { Report } from "../rehearsal/report";
import { findToolchain } from "../rehearsal/toolchain";
import { projectFolder } from "./support/stacks";

const common = ["preview-names-all", "first-up", "workloads-ready", "second-up", "refresh"];
const end = ["destroy-calls", "destroy", "secrets"];

const lives: Record<string, string[]> = {
    dev: [...common, ...end],
    prod: [...common, "protected-destroy", "protection-lifted", ...end],
};

/** Whole lives on the real engine and a real Kubernetes; docs/rehearsal.md says what that proves. */
describe("rehearsal", function () {
    // About a minute and a half for a stack on two cores; several times that on a busy machine.
    this.timeout(10 * 60_000);

    let temporary: string;
    let inherited: string | undefined;

    before(function () {
        try {
            findToolchain(process.env, projectFolder);
        } catch (error) {
            if (process.env["LANDING_ZONE_REQUIRE_TOOLCHAIN"]) {
                throw error;
            }
            this.skip();
        }
        // A temporary directory of its own shows what is left in it afterwards.
        inherited = process.env["TMPDIR"];
        temporary = mkdtempSync(join(tmpdir(), "rehearsal-test-"));
        process.env["TMPDIR"] = temporary;
    });

    after(() => {
        if (temporary === undefined) {
            return;
        }
        if (inherited === undefined) {
            delete process.env["TMPDIR"];
        } else {
            process.env["TMPDIR"] = inherited;
        }
        rmSync(temporary, { recursive: true, force: true });
    });

    for (const [stack, checks] of Object.entries(lives)) {
        it(`takes ${stack} through its life`, async () => {
            let stdout = "";
            let stderr = "";
            const code = await run([stack, "--json"], {
                directory: projectFolder,
                stdout: { write: (text) => void (stdout += text) },
                stderr: { write: (text) => void (stderr += text) },
                environment: process.env,
            });
            assert.equal(stderr, "");
            const report = JSON.parse(stdout) as Report;
            assert.deepEqual(
                report.checks.filter(({ outcome }) => outcome !== "holds"),
                [],
            );
            assert.deepEqual(
                report.checks.map(({ id }) => id),
                checks,
            );
            assert.equal(code, 0);
            assert.ok(report.resources > 150, `${report.resources} resources`);
        });
    }

    it("leaves no file and no process", () => {
        assert.deepEqual(
            readdirSync(temporary).filter((name) => name.startsWith("landing-zone-")),
            [],
        );
        const processes = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout.split("\n");
        assert.deepEqual(
            processes.filter((line) => line.includes(temporary)),
            [],
        );
    });
});
