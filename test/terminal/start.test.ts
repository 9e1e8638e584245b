import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { projectFolder, withTypeScript } from "../support/stacks";

describe("A command as a process", () => {
    const start = (cli: string, ...args: string[]) =>
        spawn(process.execPath, [...withTypeScript, cli, ...args], { cwd: projectFolder });
    const textOf = (stream: NodeJS.ReadableStream) => {
        let text = "";
        stream.on("data", (part) => (text += String(part)));
        return () => text;
    };

    for (const cli of ["plan/cli.ts", "rehearsal/cli.ts", "automation/cli.ts"]) {
        it(`ends well where nobody reads what it says: ${cli}`, async () => {
            const child = start(cli, "--help");
            child.stdout.destroy();
            const said = textOf(child.stderr);
            assert.deepEqual([(await once(child, "close"))[0], said()], [0, ""]);
        });
    }

    it("ends with its own code where nobody reads what is wrong", async () => {
        const child = start("automation/cli.ts", "nothing-of-that-name");
        child.stderr.destroy();
        child.stdout.resume();
        assert.equal((await once(child, "close"))[0], 1);
    });
});
