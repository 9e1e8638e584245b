import * as assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAllDocuments } from "yaml";
import { run } from "../../exports/command";
import { checkTarget, writeFolder } from "../../exports/folder";
import type { Inventory } from "../../exports/inventory";
import { runHere } from "../support/commandRun";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";
import { declared } from "./declaredStacks";

function contents(folder: string): Map<string, string> {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
        each.isFile(),
    );
    return new Map(
        files
            .map((each) => join(each.parentPath, each.name))
            .sort()
            .map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]),
    );
}

describe("The export command", function () {
    this.timeout(120_000);
    let folder: string;
    let out: string;

    beforeEach(() => {
        folder = temporaryFolder();
        out = join(folder, "deep", "out");
    });
    afterEach(() => removeFolder(folder));

    it("writes the same bytes again over an earlier export, and leaves nothing beside it", async () => {
        const first = await runHere(run, ["prod", "--out", out]);
        assert.deepEqual([first.code, first.stderr], [0, ""]);
        const before = contents(out);
        assert.deepEqual((await runHere(run, ["prod", "--out", out])).code, 0);
        assert.deepEqual(contents(out), before);
        assert.deepEqual(readdirSync(join(folder, "deep")), ["out"]);
        assert.match(first.stdout, /with 175 resources of the stack prod\./);
        assert.match(first.stdout, /The chart of kured is not rendered: helm is not on the PATH\./);
    });

    it("says with --json what the inventory says, and what it says is there", async () => {
        const { code, stdout } = await runHere(run, ["dev", "--out", out, "--json"]);
        assert.equal(code, 0);
        const { directory, ...said } = JSON.parse(stdout) as Inventory & { directory: string };
        const files = contents(out);
        assert.equal(directory, out);
        assert.deepEqual(JSON.parse(files.get("inventory.json") ?? ""), said);
        assert.deepEqual(
            [...said.files.map(({ path }) => path), "inventory.json"].sort(),
            [...files.keys()].sort(),
        );
    });

    it("writes every object of the cluster once, in the file of its namespace, as valid YAML", async () => {
        await runHere(run, ["dev", "--out", out]);
        const stack = await declared("dev");
        const wanted = stack.resources
            .filter(({ type }) => type.startsWith("kubernetes:") && !type.includes(":helm.sh/"))
            .map(({ state }) => state as { kind: string; metadata: { name: string; namespace?: string } })
            .map(({ kind, metadata: { name, namespace } }) => {
                const home = kind === "Namespace" ? name : namespace;
                const file = home === undefined ? "cluster.yaml" : `namespaces/${home}.yaml`;
                return `kubernetes/${file} ${kind} ${name}`;
            });
        const found = [...contents(out)]
            .filter(([file]) => file.endsWith(".yaml") && !file.includes("/charts/"))
            .flatMap(([file, text]) =>
                parseAllDocuments(text).map((document) => {
                    assert.deepEqual(document.errors, []);
                    const { kind, metadata } = document.toJS() as {
                        kind: string;
                        metadata: { name: string };
                    };
                    return `${file} ${kind} ${metadata.name}`;
                }),
            );
        assert.deepEqual(found.sort(), wanted.sort());
    });

    it("tells of each value that a deployment will have otherwise", async () => {
        const { stdout } = await runHere(run, ["dev", "--out", out, "--json"]);
        const { standIns, unset } = JSON.parse(stdout) as Inventory;
        assert.deepEqual(
            standIns.filter(({ at }) => at !== "name").map(({ resource, at }) => `${resource} ${at}`),
            [
                "monitoring-basic-plan-tables properties.template",
                "pool-apps-agent-pool agentPoolName",
                "pool-spot-agent-pool agentPoolName",
                ...["payments-api-account-payments-dev", "payments-api-account-payments-stage"].map(
                    (each) =>
                        `workload-${each}.payments-api metadata.annotations["azure.workload.identity/client-id"]`,
                ),
                ...["storefront-web-account-storefront-dev", "storefront-web-account-storefront-stage"].map(
                    (each) =>
                        `workload-${each}.storefront-web metadata.annotations["azure.workload.identity/client-id"]`,
                ),
            ],
        );
        const made = standIns.filter(({ at }) => at === "name").map(({ type }) => type);
        assert.deepEqual([...new Set(made)], ["azure-native:authorization:RoleAssignment"]);
        assert.ok(unset.some(({ path }) => path === "tenantId"));
        const text = contents(out).get("kubernetes/namespaces/payments-dev.yaml") ?? "";
        assert.match(text, /client-id: [\w-]+ # stand-in: known only after the deployment\n/);
    });

    it("refuses a folder with anything that no earlier export wrote, and leaves it as it was", async () => {
        mkdirSync(out, { recursive: true });
        writeFileSync(join(out, "letter.txt"), "mine");
        const { code, stderr, stdout } = await runHere(run, ["dev", "--out", out]);
        assert.deepEqual([code, stdout], [1, ""]);
        assert.equal(
            stderr,
            `error: --out: ${out} holds letter.txt, which is no part of an earlier export, and would be lost\n` +
                "hint: name a folder that is new, empty or an earlier export\n",
        );
        assert.deepEqual([...contents(out).keys()], ["letter.txt"]);
    });

    it("refuses a folder to which somebody has added a file since an earlier export", () => {
        const list = JSON.stringify({ kind: "landing-zone-export", files: [{ path: "arm.json" }] });
        writeFolder(
            out,
            new Map([
                ["arm.json", "{}"],
                ["inventory.json", list],
            ]),
        );
        writeFolder(
            out,
            new Map([
                ["arm.json", "[]"],
                ["inventory.json", list],
            ]),
        );
        assert.equal(contents(out).get("arm.json"), "[]");
        writeFileSync(join(out, "notes.md"), "mine");
        assert.throws(
            () => writeFolder(out, new Map()),
            /holds notes\.md, which is no part of an earlier export/,
        );
        assert.ok(existsSync(join(out, "arm.json")));
    });

    it("refuses a folder in which nothing can be made, before the work", () => {
        assert.throws(() => checkTarget("/proc/nothing/here"), {
            name: "ExportError",
            message: /^--out: \/proc\/nothing\/here cannot be written: ENOENT/,
            hint: "name another folder",
        });
        checkTarget(join(out, "deep", "down"));
        assert.deepEqual(readdirSync(join(out, "deep")), []);
    });

    it("takes a folder by whatever path leads to it", () => {
        const files = new Map([
            ["inventory.json", '{ "kind": "landing-zone-export", "files": [{ "path": "deep/arm.json" }] }'],
            ["deep/arm.json", "{}"],
        ]);
        const here = relative("", out);
        for (const way of [out, `./${here}`, `${here}/`, `${out}//`, `${out}/deep/..`]) {
            writeFolder(way, files);
            assert.deepEqual([...contents(out).keys()], ["deep/arm.json", "inventory.json"], way);
        }
    });

    it("does not take the working folder for the target where none is named", async () => {
        const before = process.cwd();
        writeFileSync(join(folder, "precious.txt"), "");
        // Somewhere else than in the repository: were it not refused, that would be gone.
        process.chdir(folder);
        try {
            const { code, stderr } = await runHere(run, ["dev", "--out", ""]);
            assert.deepEqual(
                [code, stderr],
                [
                    1,
                    "error: --out names no folder\nhint: name a folder that is new, empty or an earlier export\n",
                ],
            );
            assert.throws(() => writeFolder("", new Map()), { message: "--out names no folder" });
        } finally {
            process.chdir(before);
        }
        assert.deepEqual(readdirSync(folder), ["precious.txt"]);
    });

    it("refuses a stack that is not there, and a command without --out", async () => {
        const unknown = await runHere(run, ["staging", "--out", out]);
        assert.deepEqual(
            [unknown.code, unknown.stderr],
            [1, 'error: there is no stack "staging": the known ones are dev, prod\n'],
        );
        const nowhere = await runHere(run, ["dev"]);
        assert.deepEqual(
            [nowhere.code, nowhere.stderr],
            [
                1,
                "error: required option '--out <directory>' not specified\nhint: --help says what there is\n",
            ],
        );
    });
});
