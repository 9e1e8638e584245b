import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Subject } from "./child";
import { usageOf } from "./child";
import type { Group, Measurement, Setting } from "./measurement";
import { inTurn } from "./pairs";
import { inTemporaryFolder } from "./temporaryFolder";
import { wallTimeOf } from "./wallTime";

const mocha = join("node_modules", "mocha", "bin", "mocha.js");
const tsc = join("node_modules", "typescript", "bin", "tsc");
const tsc7 = join("node_modules", "typescript7", "bin", "tsc");

/** Checking declarations too takes half a minute. */
const mostPairs = 3;

export const tools: Group = {
    name: "tools",
    title: "Tests and type-check",
    measure: async (setting) => [await tests(setting), await types(setting)],
};

/** The tests that need nothing but Node, once: they take minutes. */
function tests(setting: Setting): Promise<Measurement> {
    return inTemporaryFolder(async (folder) => {
        const empty = join(folder, "empty.test.cjs");
        writeFileSync(empty, 'it("does nothing", () => {});\n');
        const own: Subject = {
            name: "npm test without engine and browser",
            command: [process.execPath, mocha, "test/**/!(rehearsal|rehearsed|browser).test.ts"],
            variables: withoutToolchain,
        };
        const nothing: Subject = {
            name: "mocha on one empty test",
            command: [process.execPath, mocha, empty],
        };
        setting.onProgress(own.name);
        const all = await usageOf(own, setting);
        setting.onProgress(nothing.name);
        const base = await usageOf(nothing, setting);
        // Of mocha itself, not of what tests start.
        return { name: own.name, against: nothing.name, ...wallTimeOf(all.slice(0, 1), base.slice(0, 1)) };
    });
}

/** No folder of these has a program: the tests that need more than npm packages leave themselves out. */
const withoutToolchain = {
    CI: undefined,
    KUBEBUILDER_ASSETS: undefined,
    LANDING_ZONE_REQUIRE_TOOLCHAIN: undefined,
    PATH: "/usr/bin:/bin",
};

async function types(setting: Setting): Promise<Measurement> {
    const own: Subject = {
        name: "tsc 7 as npm run typecheck",
        command: waitingFor([tsc7, "--noEmit"]),
    };
    const byDefault: Subject = {
        name: "tsc 5.9 by its defaults",
        // Reads the declarations of libraries, some of which are wrong, and knows browsers.
        command: [
            ...[process.execPath, tsc, "--noEmit"],
            ...["--skipLibCheck", "false", "--lib", "ES2022,DOM"],
        ],
        endsWith: 2,
    };
    const few = { ...setting, pairs: Math.min(setting.pairs, mostPairs) };
    const [all = [], base = []] = await inTurn([own, byDefault], few);
    return { name: own.name, against: byDefault.name, ...wallTimeOf(all, base) };
}

/** For what turns into a program other than Node, which could not say what it used: a process that waits for it. */
function waitingFor(args: readonly string[]): string[] {
    const run = `spawnSync(process.execPath, ${JSON.stringify(args)}, { stdio: "inherit" })`;
    return [
        process.execPath,
        "--eval",
        `process.exitCode = require("node:child_process").${run}.status ?? 1`,
    ];
}
