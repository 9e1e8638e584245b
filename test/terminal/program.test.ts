import * as assert from "node:assert/strict";
import { Command } from "commander";
import { answeringOn, codeAfter } from "../../terminal/program";
import { UserError } from "../../terminal/userError";

describe("A program of commander", () => {
    const run = (...args: string[]) => {
        const written = { stdout: "", stderr: "" };
        const context = {
            stdout: { write: (text: string) => void (written.stdout += text) },
            stderr: { write: (text: string) => void (written.stderr += text) },
            environment: {},
        };
        const program = answeringOn(new Command("p"), context)
            .option("--good")
            .action(() => {
                throw new UserError("it failed", "try again");
            });
        try {
            program.parse(args, { from: "user" });
            return { code: undefined, ...written };
        } catch (error) {
            return { code: codeAfter(error, context), ...written };
        }
    };

    it("shows its help on the given stream, and that is no failure", () => {
        const { code, stdout, stderr } = run("--help");
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /^Usage: p \[options\]\n[\s\S]*-h, --help +show this help\n$/);
    });

    it("refuses what it does not know, and says so once", () => {
        const { code, stdout, stderr } = run("--god");
        assert.deepEqual([code, stdout], [1, ""]);
        assert.equal(stderr, "error: unknown option '--god'\n(Did you mean --good?)\n");
    });

    it("leaves every other fault to be reported", () => {
        assert.deepEqual(run(), { code: 1, stdout: "", stderr: "error: it failed\nhint: try again\n" });
    });
});
