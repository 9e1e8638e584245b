import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { driverCommand } from "../../automation/command";
import { checks } from "../../automation/doctor/examine";
import { exitCode } from "../../terminal/exitCode";
import { Interruption } from "../../automation/interruption";
import { operationDocument } from "../../automation/render/documents";
import { projectFolder } from "../support/stacks";
import { outcome } from "./fixtures";

const page = readFileSync(join(projectFolder, "docs", "driver.md"), "utf8");

/** The rows of the first table below a heading. */
function rowsOf(heading: string): string[][] {
    const start = page.indexOf(`\n## ${heading}\n`);
    assert.notEqual(start, -1, heading);
    const lines = page.slice(start).split("\n");
    const first = lines.findIndex((line) => line.startsWith("|"));
    const rest = lines.slice(first);
    const end = rest.findIndex((line) => !line.startsWith("|"));
    return rest.slice(2, end).map((line) =>
        line
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
    );
}

function program(): Command {
    const stream = { write: () => undefined };
    return driverCommand(
        {
            directory: projectFolder,
            stdout: stream,
            stderr: stream,
            environment: {},
            interruption: new Interruption(),
        },
        () => undefined,
    );
}

describe("documentation of the driver", () => {
    it("lists exactly the commands", () => {
        assert.deepEqual(
            rowsOf("Commands").map(([command]) => command?.replace(/[`]| <stack>/g, "")),
            program().commands.map((command) => command.name()),
        );
    });

    it("lists exactly the options, with their defaults", () => {
        const documented = rowsOf("Options").map(([command, option, initial]) =>
            [command, option, initial].join(" ").replaceAll("`", "").trim(),
        );
        const real = program().commands.flatMap((command) =>
            command.options
                .filter(({ long }) => long !== "--debug")
                .map(({ flags, defaultValue }) =>
                    [command.name(), flags, typeof defaultValue === "number" ? defaultValue : ""]
                        .join(" ")
                        .trim(),
                ),
        );
        assert.deepEqual(documented.sort(), ["all --debug", ...real].sort());
    });

    it("lists exactly the exit codes", () => {
        assert.deepEqual(
            rowsOf("Exit codes").map(([code]) => Number(code)),
            Object.values(exitCode),
        );
    });

    it("lists exactly the checks of doctor, in order", () => {
        assert.deepEqual(
            rowsOf("What `doctor` checks").map(([id, title]) => [id?.replaceAll("`", ""), title]),
            checks.map(({ id, title }) => [id, title]),
        );
    });

    it("lists exactly the fields of an operation's document", () => {
        const document = operationDocument(
            { command: "up", stack: "dev", result: "failed", applied: true },
            outcome({ error: "x" }),
        );
        assert.deepEqual(
            [
                "schemaVersion",
                "command",
                "stack",
                ...rowsOf("JSON documents").map(([field]) => field?.replaceAll("`", "")),
            ].sort(),
            Object.keys(document).sort(),
        );
    });
});
