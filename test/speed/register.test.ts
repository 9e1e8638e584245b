import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { speedups, speedupsOff } from "../../speed/switches";
import { evaluated } from "../support/evaluated";
import { projectFolder, withTypeScript } from "../support/stacks";
import { folderPerTest } from "../support/temporaryFolder";

/** A repository of its own, with the caches of nobody else. */
describe("speed-ups: loading TypeScript", function () {
    this.timeout(120_000);
    let folder: string;

    folderPerTest((made) => {
        folder = made;
        mkdirSync(join(folder, "speed"));
        cpSync(join(projectFolder, "speed", "register.cjs"), join(folder, "speed", "register.cjs"));
        mkdirSync(join(folder, "node_modules"));
        for (const name of ["esbuild", "@esbuild"]) {
            symlinkSync(join(projectFolder, "node_modules", name), join(folder, "node_modules", name));
        }
        write("first");
    });

    const cached = (name: string) => join(folder, "node_modules", ".cache", "aks-landing-zone", name);
    const write = (word: string) =>
        writeFileSync(join(folder, "main.ts"), `const word: string = "${word}";\nconsole.log(word);\n`);
    const started = (off = "") => {
        const environment: NodeJS.ProcessEnv = { ...process.env, [speedupsOff]: off };
        delete environment["NODE_COMPILE_CACHE"];
        return spawnSync(process.execPath, ["--require", "./speed/register.cjs", "main.ts"], {
            cwd: folder,
            encoding: "utf8",
            env: environment,
        });
    };
    const run = (off = "") => {
        const { stdout, stderr } = started(off);
        assert.equal(stderr, "");
        return stdout.trim();
    };
    const failure = () => started().stderr;
    const transpiled = () =>
        readdirSync(cached("transpiled")).map((name) => join(cached("transpiled"), name));

    it("reads again what it transpiled before, and nothing that has changed since", () => {
        assert.equal(run(), "first");
        const [file = "", ...others] = transpiled();
        assert.deepEqual(others, []);
        writeFileSync(file, readFileSync(file, "utf8").replace("first", "from the cache"));
        assert.equal(run(), "from the cache");
        assert.equal(run("transpile-cache"), "first");
        assert.equal(run("all"), "first");
        write("second");
        assert.equal(run(), "second");
    });

    it("transpiles again what stands broken in the cache", () => {
        run();
        const [file = ""] = transpiled();
        writeFileSync(file, "{");
        assert.equal(run(), "first");
        assert.match(readFileSync(file, "utf8"), /first/);
    });

    it("leads stack traces to the lines of the TypeScript where these are wanted", () => {
        writeFileSync(
            join(folder, "main.ts"),
            'type Word = string;\n\nconst word: Word = "x";\nconsole.log(/main.ts:4:/.test(new Error(word).stack ?? ""));\n',
        );
        assert.equal(run("stack-traces"), "true");
        assert.equal(run(), "false");
    });

    it("says where in a file that is no TypeScript, and keeps nothing of it", () => {
        writeFileSync(join(folder, "main.ts"), "const word: = 1;\n");
        assert.match(failure(), /main\.ts:1:12: ERROR: /);
        write("mended");
        assert.equal(run(), "mended");
    });

    it("runs where nothing can be kept", () => {
        writeFileSync(join(folder, "node_modules", ".cache"), "a file, so that no folder can be made here");
        assert.equal(run(), "first");
    });

    it("keeps nothing where that is off", () => {
        assert.equal(run("all"), "first");
        assert.deepEqual(readdirSync(join(folder, "node_modules")).includes(".cache"), false);
    });

    it("shares exports between modules as their language has it", () => {
        const files = {
            "old.js": 'module.exports = { word: "old", default: "no default" };',
            "made.js": 'exports.__esModule = true; exports.default = "made"; exports.word = "word";',
            "counter.ts":
                "export let count = 0;\nexport const add = () => (count += 1);\nexport default 'one';",
            "again.ts":
                'export * from "./counter";\nexport * as counter from "./counter";\nexport const own = 2;',
            "early.ts": 'import { late } from "./late";\nexport const early = () => late;',
            "late.ts":
                'import { early } from "./early";\nexport const late = "late";\nexport const both = () => early();',
            "main.ts": [
                'import old, * as all from "./old.js";',
                'import made, { word } from "./made.js";',
                'import one, * as counter from "./counter";',
                'import * as again from "./again";',
                'import { both } from "./late";',
                "again.add();",
                "counter.add();",
                "const found: unknown[] = [old.word, all.word, all.default.word, made, word, one, counter.count, again.count];",
                "found.push(Object.keys(again).sort(), again.counter.count, both(), 'default' in again);",
                "console.log(JSON.stringify(found), again.counter === counter);",
            ].join("\n"),
        };
        for (const [name, text] of Object.entries(files)) {
            writeFileSync(join(folder, name), text);
        }
        const values = [
            ...["old", "old", "old", "made", "word", "one", 2, 2],
            ...[["add", "count", "counter", "own"], 2, "late", false],
        ];
        assert.equal(run("shared-exports"), `${JSON.stringify(values)} false`);
        assert.equal(run(), `${JSON.stringify(values)} true`);
        assert.equal(run("shared-exports"), `${JSON.stringify(values)} false`);
    });

    it("plans the same with and without, byte for byte", () => {
        const planned = (off: string) => {
            const { stdout, stderr, status } = spawnSync(
                process.execPath,
                [...withTypeScript, join(projectFolder, "plan", "cli.ts"), "prod", "--json"],
                {
                    cwd: projectFolder,
                    encoding: "utf8",
                    env: { ...process.env, [speedupsOff]: off },
                    maxBuffer: 1e9,
                },
            );
            assert.equal(status, 0, stderr);
            return stdout.replace(/"durationInMilliseconds": \d+/, "");
        };
        const fast = planned("");
        assert.ok(fast.length > 100_000);
        // The number of aliases is in a plan; test/speed/switches.test.ts compares the rest without them.
        const others = speedups.filter((name) => name !== "version-aliases");
        assert.ok(fast === planned(others.join(",")));
    });

    /** What a script prints with these speed-ups off. */
    const printed = (script: string, off: string) => evaluated(script, { [speedupsOff]: off }).stdout.trim();

    it("loads the Automation API when it is used", () => {
        const script = [
            'const { automation } = require("@pulumi/pulumi");',
            'const loaded = () => Object.keys(require.cache).some((file) => file.includes("localWorkspace"));',
            "const before = loaded();",
            'console.log(before, typeof automation.LocalWorkspace.create, "LocalWorkspace" in automation, loaded());',
        ].join("\n");
        assert.equal(printed(script, ""), "false function true true");
        assert.equal(printed(script, "lazy-modules"), "true function true true");
    });

    it("loads what talks to an engine, drives one or is one of its plugins on first use", () => {
        const script = [
            'const { dynamic, provider } = require("@pulumi/pulumi");',
            'const { z } = require("zod");',
            'const parts = ["grpc-js", "@opentelemetry", "semver", "dynamic", "provider/server", "locales/nl"];',
            'const files = () => Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));',
            "const loaded = () => parts.filter((part) => files().some((file) => file.includes(`/${part}`)));",
            "const before = loaded();",
            "class Own extends dynamic.Resource {}",
            "const main = typeof provider.main;",
            "z.config(z.locales.nl());",
            'const dutch = z.string().safeParse(1).error.issues[0].message.includes("verwacht");',
            "console.log(JSON.stringify([before, loaded(), main, Own.prototype instanceof dynamic.Resource, dutch]));",
        ].join("\n");
        const found = (off: string) => JSON.parse(printed(script, off)) as unknown[];
        const all = ["grpc-js", "@opentelemetry", "semver", "dynamic", "provider/server", "locales/nl"];
        assert.deepEqual(found("lazy-modules"), [all, all, "function", true, true]);
        const [before, after, ...rest] = found("");
        assert.deepEqual(before, []);
        assert.deepEqual(after, ["grpc-js", "dynamic", "provider/server", "locales/nl"]);
        assert.deepEqual(rest, ["function", true, true]);
    });

    it("loads the SDK's compilers when a function is serialized", () => {
        const script = [
            'const { runtime } = require("@pulumi/pulumi");',
            "const loaded = () => Object.keys(require.cache).some((file) => /node_modules.typescript.lib/.test(file));",
            "const before = loaded();",
            "runtime.serializeFunction(() => 1 + 1).then(({ text }) => console.log(before, loaded(), /1 \\+ 1/.test(text)));",
        ].join("\n");
        assert.equal(printed(script, ""), "false true true");
        assert.equal(printed(script, "lazy-modules"), "true true true");
    });
});
