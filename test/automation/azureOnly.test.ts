import * as assert from "node:assert/strict";
import { join } from "node:path";
import { leftOut } from "../../automation/workspace";
import type { OperationDocument } from "../../automation/render/documents";
import { types } from "../../stack/resourceTypes";
import { FakeStack, change, driver, outcome, project, removeProjects } from "./fixtures";

const cluster = { type: types.cluster, name: "cluster" };
const stackThat = (...changes: ReturnType<typeof change>[]) => {
    const stack = new FakeStack();
    stack.answers.preview = outcome({ changes });
    return stack;
};

describe("driver with --azure-only", () => {
    after(removeProjects);

    it("leaves out the Kubernetes half of preview and update alike, and says so", async () => {
        const stack = new FakeStack();
        const { code, stdout, stderr } = await driver(["up", "dev", "--yes", "--azure-only"], stack);
        assert.deepEqual([code, stack.parts], [0, [{ azureOnly: true }, { azureOnly: true }]]);
        assert.match(stdout, /^Done: dev \(Azure only\) {2}no changes/);
        assert.match(stderr, /^preview of dev \(Azure only\) /);
        const shown = await driver(["preview", "dev", "--azure-only"], stack);
        assert.match(shown.stdout, /^Preview of dev \(Azure only\) {2}/);
        assert.deepEqual(stack.parts.at(-1), { azureOnly: true });
        await driver(["preview", "dev"], stack);
        assert.deepEqual(stack.parts.at(-1), { azureOnly: undefined });
    });

    it("says it in the documents of both", async () => {
        for (const args of [["preview"], ["up", "--yes"]]) {
            const [command = "", ...options] = args;
            const part = async (...more: string[]) => {
                const words = [command, "dev", "--json", ...options, ...more];
                const { stdout } = await driver(words, new FakeStack());
                return (JSON.parse(stdout) as OperationDocument).azureOnly;
            };
            assert.deepEqual([await part("--azure-only"), await part()], [true, false], command);
        }
    });

    it("asks the engine for that in its own words", () => {
        assert.deepEqual(leftOut({ azureOnly: true }), {
            exclude: ["**kubernetes:**"],
            excludeDependents: true,
        });
        assert.deepEqual(leftOut({}), {});
    });

    it("has the guards of every update", async () => {
        const stack = stackThat(change({ operation: "delete", type: types.vault, name: "vault" }));
        const { code, stderr } = await driver(["up", "dev", "--yes", "--azure-only"], stack);
        assert.deepEqual([code, stack.calls], [2, ["preview"]]);
        assert.match(stderr, /vault would be deleted/);
    });

    for (const operation of ["replace", "delete"] as const) {
        it(`does not lose the cluster without what is inside it, even if it is named: ${operation}`, async () => {
            const named = ["up", "dev", "--yes", `--allow-${operation}`, "cluster"];
            const stack = stackThat(change({ operation, ...cluster }));
            assert.equal((await driver(named, stack)).code, 0);
            const { code, stderr } = await driver([...named, "--azure-only"], stack);
            assert.equal(code, 2);
            assert.match(
                stderr,
                new RegExp(`^refused: cluster would be ${operation}d, and --azure-only keeps`, "m"),
            );
            const shown = await driver(["preview", "dev", "--azure-only"], stack);
            assert.match(shown.stdout, /--azure-only keeps in the state/);
        });
    }

    it("takes a plan of its own part only", async () => {
        const directory = project();
        const stack = stackThat(change({ operation: "update", ...cluster }));
        const lz = (...args: string[]) => driver(args, stack, { directory });
        for (const [saved, other] of [
            [["--azure-only"], []],
            [[], ["--azure-only"]],
        ] as const) {
            const plan = join(directory, "plan.json");
            const { stderr } = await lz("preview", "dev", "--save-plan", plan, ...saved);
            assert.match(
                stderr,
                new RegExp(`for \`up dev ${saved.map((word) => `${word} `).join("")}--plan `),
            );
            assert.equal((await lz("up", "dev", "--yes", "--plan", plan, ...saved)).code, 0);
            const refused = await lz("up", "dev", "--yes", "--plan", plan, ...other);
            assert.equal(refused.code, 2);
            const how = saved.length > 0 ? "with" : "without";
            assert.match(
                refused.stderr,
                new RegExp(`does not fit any more: it was made ${how} --azure-only\n`),
            );
        }
    });
});
