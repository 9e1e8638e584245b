import * as assert from "node:assert/strict";
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Usage } from "../../bench/child";
import { nodeHalfRows, programOf, writeDefaultProject } from "../../bench/engine/nodeHalf";
import { folderPerTest } from "../support/temporaryFolder";

function usage(program: string, cpuSeconds: number, wallSeconds: number): Usage {
    return { argv: ["node", program], cpuSeconds, wallSeconds, peakMebibytes: 100, stdout: "" };
}

describe("bench/engine/nodeHalf", () => {
    it("compares first runs with first ones and later with later, with a goal where types are checked", () => {
        const rows = nodeHalfRows(
            "prod",
            { first: [usage("a", 1, 3)], later: [usage("a", 1, 2)] },
            { first: [usage("b", 10, 12)], later: [usage("b", 2, 8)] },
        );
        assert.deepEqual(
            rows.map(({ name, ratio, goal }) => [name, ratio.median, goal]),
            [
                ["prod, node half of up, first run, processor time", 0.1, 0.15],
                ["prod, node half of up, first run, wall time", 0.25, 0.15],
                ["prod, node half of up, later run, processor time", 0.5, undefined],
                ["prod, node half of up, later run, wall time", 0.25, undefined],
            ],
        );
    });

    it("knows the program's process, and refuses none and two", () => {
        const program = usage("/node_modules/@pulumi/pulumi/cmd/run/index.js", 1, 1);
        const other = usage("/node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js", 1, 1);
        assert.equal(programOf([other, program], "a set-up"), program);
        for (const usages of [[other], [program, program]]) {
            assert.throws(() => programOf(usages, "a set-up"), /up in a set-up was to run the program once/);
        }
    });

    describe("the default set-up", () => {
        let folder: string;

        folderPerTest((made) => {
            folder = made;
        });

        it("leaves out the language host's options, imports whole providers, and keeps the rest", () => {
            const repository = join(folder, "repository");
            const project = join(folder, "project");
            const target = join(folder, "default");
            [repository, project].forEach((path) => mkdirSync(path));
            writeFileSync(join(repository, "index.ts"), "module.exports = landingZone(config);\n");
            symlinkSync(join(repository, "index.ts"), join(project, "index.ts"));
            symlinkSync(repository, join(project, "components"));
            writeFileSync(
                join(project, "Pulumi.yaml"),
                "name: lz\nruntime: {name: nodejs, options: {typescript: false}}\nconfig: {}\n",
            );
            writeDefaultProject(project, target);
            const read = (path: string) => readFileSync(path, "utf8");
            assert.equal(read(join(target, "Pulumi.yaml")), "name: lz\nruntime: nodejs\nconfig: {}\n");
            assert.match(
                read(join(target, "index.ts")),
                /^import \* as azureNative from "@pulumi\/azure-native";\n.*\nmodule\.exports = landingZone\(config\);\n$/s,
            );
            assert.ok(lstatSync(join(target, "components")).isSymbolicLink());
            // The repository's own is left alone.
            assert.equal(read(join(repository, "index.ts")), "module.exports = landingZone(config);\n");
        });
    });
});
