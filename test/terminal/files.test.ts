import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkWritable, writeFile } from "../../terminal/files";
import { projectFolder, withTypeScript } from "../support/stacks";
import { folderPerTest } from "../support/temporaryFolder";

const limitInMilliseconds = 20_000;

describe("Files that commands write", () => {
    let folder = "";
    folderPerTest((made) => void (folder = made));

    it("are written with the folders that they are in, and again", () => {
        const file = join(folder, "out", "deep", "report.md");
        writeFile(file, "one");
        writeFile(file, "two");
        assert.equal(readFileSync(file, "utf8"), "two");
    });

    it("are not there after it was only asked whether they can be", () => {
        checkWritable(join(folder, "out", "report.md"));
        assert.deepEqual(readdirSync(join(folder, "out")), []);
    });

    it("are refused below what is a file", () => {
        writeFileSync(join(folder, "file"), "");
        assert.throws(() => checkWritable(join(folder, "file", "out", "report.md")), /ENOTDIR/);
    });

    it("are refused at once where no folder can be made", function () {
        if (!existsSync("/proc/self")) {
            this.skip();
        }
        this.timeout(2 * limitInMilliseconds);
        // In a process of its own: what never ends here cannot be ended by a test's limit.
        const script =
            'try { require("./terminal/files").checkWritable("/proc/no/such/report.md"); } catch (error) { console.log(error.message); }';
        const { stdout, signal } = spawnSync(process.execPath, [...withTypeScript, "--eval", script], {
            cwd: projectFolder,
            encoding: "utf8",
            timeout: limitInMilliseconds,
        });
        assert.equal(signal, null);
        assert.match(
            stdout,
            /^\/proc\/no\/such\/report\.md cannot be written: ENOENT: .*mkdir '\/proc\/no'\n$/,
        );
    });
});
