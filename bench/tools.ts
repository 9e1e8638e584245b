import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Subject, Usage } from "./child";
import { usageOf } from "./child";
import { ratioOf, spreadOf } from "./measurement";
import type { Group, Measurement, Setting } from "./measurement";
import { inTurn } from "./pairs";
import { inTemporaryFolder } from "./temporaryFolder";

const mocha = join("node_modules", "mocha", "bin", "mocha.js");
const tsc = join("node_modules", "typescript", "bin", "tsc");

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
        return compared(own.name, nothing.name, [all[0]], [base[0]]);
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
    const own: Subject = { name: "tsc as npm run typecheck", command: [process.execPath, tsc, "--noEmit"] };
    const byDefault: Subject = {
        name: "tsc that checks declarations too",
        command: [process.execPath, tsc, "--noEmit", "--skipLibCheck", "false"],
    };
    const few = { ...setting, pairs: Math.min(setting.pairs, mostPairs) };
    const [all = [], base = []] = await inTurn([own, byDefault], few);
    return compared(own.name, byDefault.name, all, base);
}

function compared(
    name: string,
    against: string,
    usages: readonly (Usage | undefined)[],
    base: readonly (Usage | undefined)[],
): Measurement {
    const wall = (list: readonly (Usage | undefined)[]) => list.map((usage) => usage?.wallSeconds ?? NaN);
    return {
        name,
        against,
        ratio: ratioOf(wall(usages), wall(base)),
        pairs: usages.length,
        figures: {
            seconds: spreadOf(wall(usages)).median,
            secondsAgainst: spreadOf(wall(base)).median,
        },
    };
}
