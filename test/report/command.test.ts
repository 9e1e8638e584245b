import * as assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../plan/command";
import type { PlanContext } from "../../plan/command";
import { bareProject, projectDirectory, removeDirectories } from "../plan/projectDirectory";
import { sampleConfig, sampleProgram } from "../plan/sampleProgram";
import { sampleRules } from "../plan/sampleRules";
import { runHere } from "../support/commandRun";
import { folderPerTest } from "../support/temporaryFolder";
import { today } from "../support/today";

const sample: PlanContext["loadProgram"] = () => ({
    rules: sampleRules,
    loadConfig: () => sampleConfig,
    program: sampleProgram,
});

describe("plan --report", function () {
    this.timeout(60_000);
    let folder: string;
    folderPerTest((made) => void (folder = made));
    after(removeDirectories);

    async function plan(args: string[], loadProgram = sample) {
        const directory = projectDirectory(bareProject);
        return runHere((own, context) => run(own, { ...context, directory, loadProgram, today }), args);
    }

    it("writes the file, says where, and leaves nothing else behind", async () => {
        const file = join(folder, "made", "report.html");
        const { code, stdout, stderr } = await plan(["dev", "--report", file]);
        assert.deepEqual([code, stderr], [0, ""]);
        assert.ok(stdout.endsWith(`\nReport  ${file}\n`), stdout.slice(-200));
        assert.match(readFileSync(file, "utf8"), /^<!doctype html>/);
        assert.deepEqual(readdirSync(join(folder, "made")), ["report.html"]);
    });

    it("takes the place of an earlier report, also through a link", async () => {
        const file = join(folder, "report.html");
        writeFileSync(file, "earlier");
        symlinkSync(file, join(folder, "link.html"));
        const { code } = await plan(["dev", "prod", "--report", join(folder, "link.html")]);
        assert.equal(code, 0);
        assert.match(readFileSync(file, "utf8"), /Differences/);
        assert.deepEqual(readdirSync(folder).sort(), ["link.html", "report.html"]);
    });

    it("is named after the stacks in out/ by itself", async () => {
        const before = process.cwd();
        process.chdir(folder);
        try {
            const { stdout } = await plan(["prod", "dev", "--report"]);
            assert.match(stdout, /\nReport {2}out\/prod-dev\.html\n$/);
            assert.ok(existsSync(join(folder, "out", "prod-dev.html")));
        } finally {
            process.chdir(before);
        }
    });

    it("keeps standard output for the document with --json", async () => {
        const file = join(folder, "report.html");
        const { stdout, stderr } = await plan(["dev", "--json", "--report", file]);
        assert.equal((JSON.parse(stdout) as { schemaVersion: number }).schemaVersion, 2);
        assert.equal(stderr, `Report  ${file}\n`);
    });

    it("is written when a check does not hold, and the exit code says so", async () => {
        const file = join(folder, "report.html");
        const failing: PlanContext["loadProgram"] = () => ({ ...sample(), program: () => ({}) });
        assert.equal((await plan(["dev", "--report", file], failing)).code, 2);
        assert.match(readFileSync(file, "utf8"), /Controls that do not hold/);
    });

    it("is not written when a stack has no plan: an earlier one stays as it was", async () => {
        const file = join(folder, "report.html");
        writeFileSync(file, "earlier");
        const broken: PlanContext["loadProgram"] = () => ({
            ...sample(),
            program: () => {
                throw new Error("no such thing");
            },
        });
        const { code, stdout } = await plan(["dev", "--report", file], broken);
        assert.equal(code, 1);
        assert.match(stdout, /No report is written: there is no plan of dev\./);
        assert.equal(readFileSync(file, "utf8"), "earlier");
    });

    describe("refuses before the work", () => {
        const refused = async (args: string[]) => {
            const { code, stdout, stderr } = await plan(args, () => assert.fail("the program is loaded"));
            assert.deepEqual([code, stdout], [1, ""]);
            return stderr;
        };

        it("a folder in the file's place", async () => {
            mkdirSync(join(folder, "report.html"));
            const file = join(folder, "report.html");
            assert.match(
                await refused(["dev", "--report", file]),
                /^error: .*report\.html cannot be written: /,
            );
        });

        it("a file below a file", async () => {
            writeFileSync(join(folder, "file"), "");
            const stderr = await refused(["dev", "--report", join(folder, "file", "report.html")]);
            assert.match(stderr, /^error: .* cannot be written: [^\n]*\nhint: name another file\n$/);
        });

        it("what is no file, such as a device", async () => {
            assert.match(
                await refused(["dev", "--report", "/dev/null"]),
                /cannot be written: it is not a regular file/,
            );
        });

        it("a stack that it takes for the file", async () => {
            assert.equal(
                await refused(["--report", "dev"]),
                "error: --report takes the name of a file, and dev is a stack\n" +
                    "hint: name the stacks first, as in `plan dev --report`, or write `--report ./dev` for a file of that name\n",
            );
        });
    });
});
