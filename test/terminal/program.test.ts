import * as assert from "node:assert/strict";
import { Command } from "commander";
import { answeringOn, codeAfter, parse } from "../../terminal/program";
import { UserError } from "../../terminal/userError";

describe("A program of commander", () => {
    const run = async (...args: string[]) => {
        const written = { stdout: "", stderr: "" };
        const context = {
            stdout: { write: (text: string) => void (written.stdout += text) },
            stderr: { write: (text: string) => void (written.stderr += text) },
            environment: {},
        };
        const program = answeringOn(new Command("p"), context).option("--good");
        program.command("fail").action(() => {
            throw new UserError("it failed", "try again");
        });
        program.command("pass").argument("<what>").option("--loud");
        try {
            await parse(program, args);
            return { code: undefined, ...written };
        } catch (error) {
            return { code: codeAfter(error, context), ...written };
        }
    };

    it("shows its help on the given stream, and that is no failure", async () => {
        for (const args of [["--help"], ["--good", "-h"]]) {
            const { code, stdout, stderr } = await run(...args);
            assert.deepEqual([code, stderr], [0, ""]);
            assert.match(stdout, /^Usage: p \[options\] \[command\]\n[\s\S]*-h, --help +show this help\n/);
        }
        for (const args of [
            ["pass", "--help"],
            ["pass", "--loud", "-h", "this"],
        ]) {
            const { code, stdout } = await run(...args);
            assert.equal(code, 0);
            assert.match(stdout, /^Usage: p pass \[options\] <what>\n/);
        }
    });

    it("refuses what it does not know, and says so once, beside --help too", async () => {
        const cases: [string[], string][] = [
            [["--god"], "error: unknown option '--god'\n(Did you mean --good?)\n"],
            [["pas"], "error: unknown command 'pas'\n(Did you mean pass?)\n"],
            [["pass", "this", "--lout"], "error: unknown option '--lout'\n(Did you mean --loud?)\n"],
        ];
        for (const [args, message] of cases) {
            const expected = { code: 1, stdout: "", stderr: `${message}hint: --help says what there is\n` };
            assert.deepEqual(await run(...args), expected);
            assert.deepEqual(await run(...args, "--help"), expected);
            assert.deepEqual(await run("-h", ...args), expected);
        }
    });

    it("leaves every other fault to be reported", async () => {
        const expected = { code: 1, stdout: "", stderr: "error: it failed\nhint: try again\n" };
        assert.deepEqual(await run("fail"), expected);
    });
});
