import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../rehearsal/command";
import { lifeChecks } from "../../rehearsal/lifeChecks";
import { runHere } from "../support/commandRun";
import { projectFolder } from "../support/stacks";

describe("docs/rehearsal.md", () => {
    const page = readFileSync(join(projectFolder, "docs", "rehearsal.md"), "utf8");

    /** First cells of the table with this head. */
    const firstCells = (head: string): string[] => {
        const [, after = ""] = page.split(new RegExp(`^\\| ${head} .*\\n`, "m"));
        const [rows = ""] = after.split("\n\n");
        return [...rows.matchAll(/^\| `([\w-]+)/gm)].map(([, cell]) => cell ?? "");
    };

    it("lists exactly the checks of a life, in their order", () => {
        assert.deepEqual(
            firstCells("Check"),
            lifeChecks.map(({ id }) => id),
        );
    });

    it("lists exactly the options of the command", async () => {
        const { stdout: help } = await runHere(run, ["--help"]);
        const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name ?? "");
        assert.ok(options.length > 3);
        assert.deepEqual(firstCells("Option").sort(), options.filter((name) => name !== "--help").sort());
    });
});
