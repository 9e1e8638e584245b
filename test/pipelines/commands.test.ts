import * as assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { pipelineJobs } from "./support/azurePipeline";
import {
    driverWords,
    inlineCommands,
    shellCommands,
    unknownToDriver,
    unknownToPulumi,
} from "./support/commandLines";
import { pipelineFiles, root } from "./support/files";
import { workflowJobs, workflows } from "./support/workflows";

const docs = join(root, "docs");
const pages = readdirSync(docs)
    .filter((name) => name.endsWith(".md"))
    .map((name) => ({ name: `docs/${name}`, text: readFileSync(join(docs, name), "utf8") }));

/** Each place that calls the driver or the CLI, with its command lines. */
const places = new Map<string, string[]>([
    ["the workflows", workflowJobs(pipelineFiles()).flatMap(({ commands }) => commands)],
    ["the Azure pipeline", pipelineJobs(pipelineFiles()).flatMap(({ commands }) => commands)],
    ...pages.map(({ name, text }) => [name, shellCommands(text)] as const),
]);

const workflowStart = z.object({ inputs: z.record(z.string(), z.unknown()).default({}) });

async function refusedByDriver(commands: readonly string[]): Promise<string[]> {
    const refused = await Promise.all(
        commands.map(async (command) => {
            const words = driverWords(command);
            return words ? (await unknownToDriver(words)).map((text) => `${command}: ${text}`) : [];
        }),
    );
    return refused.flat();
}

describe("Commands that pipelines and pages name", () => {
    for (const [place, commands] of places) {
        it(`are known to the driver in ${place}`, async () => {
            assert.deepEqual(await refusedByDriver(commands), []);
        });
    }

    it("are found at all", () => {
        for (const place of ["the workflows", "the Azure pipeline", "docs/operations.md"]) {
            const called = new Set((places.get(place) ?? []).map((command) => driverWords(command)?.[0]));
            for (const command of ["doctor", "preview", "drift"]) {
                assert.ok(called.has(command), `${place}: ${command}`);
            }
        }
    });

    it("are known where a page names them in passing", async () => {
        const named = pages
            .filter(({ name }) => ["docs/operations.md", "docs/pipelines.md"].includes(name))
            .flatMap(({ name, text }) => inlineCommands(text).map((command) => ({ name, command })));
        assert.ok(named.length >= 5, `only ${named.length} found`);
        const problems = await Promise.all(
            named.map(async ({ name, command }) => {
                const words = driverWords(command) ?? command.split(" ");
                const unknown =
                    words[0] === "pulumi" ? (unknownToPulumi(command) ?? []) : await unknownToDriver(words);
                return unknown.map((text) => `${name}: ${command}: ${text}`);
            }),
        );
        assert.deepEqual(problems.flat(), []);
    });

    it("start workflows that exist, with inputs that they have", () => {
        const known = workflows(pipelineFiles());
        const calls = [...places.values()].flat().filter((command) => command.startsWith("gh workflow "));
        assert.ok(calls.length >= 4, `only ${calls.length} found`);
        const problems = calls.flatMap((call) => {
            const [, , verb, file = "", ...rest] = call.split(/\s+/);
            const { inputs } = workflowStart.parse(known.get(file)?.on["workflow_dispatch"] ?? {});
            const given = [...rest.join(" ").matchAll(/-f ([\w-]+)=/g)].map(([, name = ""]) => name);
            const isThere = known.has(file) && ["run", "enable", "disable"].includes(verb ?? "");
            return isThere && given.every((name) => name in inputs) ? [] : [call];
        });
        assert.deepEqual(problems, []);
    });

    for (const [command, expected] of Object.entries({
        "npm run lz -- upp dev": ["upp is no command of the driver"],
        "npm run --silent lz -- up dev --plan p --force": ["--force is no option of it"],
        "npm run plan -- prod --save-plan x": ["--save-plan is no option of it"],
    })) {
        it(`would be refused: ${command}`, async () => {
            assert.deepEqual(
                await refusedByDriver([command]),
                expected.map((text) => `${command}: ${text}`),
            );
        });
    }

    it("are known to Pulumi's CLI", function () {
        this.timeout(60_000);
        if (unknownToPulumi("pulumi up") === undefined) {
            this.skip();
        }
        const problems = pages.flatMap(({ name, text }) =>
            shellCommands(text)
                .filter((command) => command.startsWith("pulumi "))
                .flatMap((command) =>
                    unknownToPulumi(command)?.map((what) => `${name}: ${command}: ${what}`),
                ),
        );
        assert.deepEqual(problems, []);
        assert.deepEqual(unknownToPulumi("pulumi stack migrat file://x"), [
            "pulumi stack migrat is no command of Pulumi's",
        ]);
        assert.deepEqual(unknownToPulumi("pulumi -C bootstrap up -s dev --force"), [
            "--force is no option of it",
        ]);
    });
});
