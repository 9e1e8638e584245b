import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PendingOperation } from "../../automation/operations";
import type { OperationDocument } from "../../automation/render/documents";
import { types } from "../../stack/resourceTypes";
import { FakeStack, driver, project, removeProjects } from "./fixtures";

const operation = (of: PendingOperation["operation"], type: string, name: string): PendingOperation => ({
    operation: of,
    type,
    urn: `urn:pulumi:dev::aks-landing-zone::${type}::${name}`,
});
const creation = operation("creating", types.cluster, "cluster");
const update = operation("updating", types.subnet, "nodes");

function interrupted(...pending: PendingOperation[]): FakeStack {
    const stack = new FakeStack();
    stack.pending = pending;
    return stack;
}

const warning =
    "warning: a run of dev was interrupted and left 2 operations of which nobody saw the end:\n" +
    "  creating ManagedCluster cluster\n" +
    "  updating Subnet nodes\n" +
    "hint: look first what is there now: docs/operations.md, Recover from a failed or interrupted run\n";

describe("driver after an interrupted run", () => {
    after(removeProjects);

    for (const args of [
        ["preview"],
        ["up", "--yes"],
        ["refresh", "--yes"],
        ["drift"],
        ["destroy", "--confirm", "dev"],
    ]) {
        const [command = "", ...options] = args;
        it(`says what is in the air before anything is done: ${command}`, async () => {
            const { stderr } = await driver([command, "dev", ...options], interrupted(creation, update));
            assert.equal(stderr.slice(0, warning.length), warning);
            const quiet = await driver([command, "dev", ...options], interrupted());
            assert.doesNotMatch(quiet.stderr, /warning/);
        });
    }

    it("does not deploy while creations are pending, unless each is named", async () => {
        const other = operation("creating", types.registry, "registry");
        const stack = interrupted(creation, update, other);
        const { code, stderr } = await driver(["up", "dev", "--yes", "--allow-create", "registry"], stack);
        assert.deepEqual([code, stack.calls], [2, []]);
        const refusals = stderr.split("\n").filter((line) => line.startsWith("refused: "));
        assert.deepEqual(refusals, [
            "refused: an interrupted run was creating ManagedCluster cluster: it may be there, without being in the state",
        ]);
        assert.match(stderr, /^hint: Look for it, .*If it is not there: --allow-create cluster$/m);
        const named = ["--allow-create", creation.urn, "--allow-create", "registry"];
        assert.equal((await driver(["up", "dev", "--yes", ...named], stack)).code, 0);
        assert.deepEqual(stack.calls, ["preview", "up"]);
    });

    it("deploys where only updates are pending", async () => {
        const stack = interrupted(update);
        assert.equal((await driver(["up", "dev", "--yes"], stack)).code, 0);
        assert.deepEqual(stack.calls, ["preview", "up"]);
    });

    it("refuses a name of which no creation was interrupted", async () => {
        const near = await driver(["up", "dev", "--yes", "--allow-create", "clutser"], interrupted(creation));
        assert.equal(near.code, 2);
        assert.match(
            near.stderr,
            /--allow-create clutser: no creation of that name.*\nhint: Did you mean cluster\?/,
        );
        const none = await driver(["up", "dev", "--yes", "--allow-create", "nodes"], interrupted(update));
        assert.equal(none.code, 2);
        assert.match(none.stderr, /hint: Leave it out: no creation was interrupted/);
    });

    it("says in previews what up would refuse", async () => {
        const { code, stdout } = await driver(["preview", "dev", "--json"], interrupted(creation, update));
        assert.equal(code, 0);
        assert.deepEqual(
            (JSON.parse(stdout) as OperationDocument).refusals.map(({ guard, urn }) => [guard, urn]),
            [["pending-creations", creation.urn]],
        );
    });

    it("notes it in the text of an issue", async () => {
        const directory = project();
        const issue = join(directory, "issue.md");
        await driver(["drift", "dev", "--markdown", issue], interrupted(update), { directory });
        assert.match(readFileSync(issue, "utf8"), /\nInterrupted, its end unknown: updating Subnet nodes \(/);
    });

    it("takes a run that is going on for no interrupted one", async () => {
        const stack = interrupted(creation);
        stack.locks = [{ description: "ada@laptop" }];
        const { stdout, stderr } = await driver(["preview", "dev", "--json"], stack);
        assert.match(stderr, /^warning: stack dev is being changed by ada@laptop\n/);
        assert.deepEqual((JSON.parse(stdout) as OperationDocument).refusals, []);
        stack.locks = ["unknown"];
        assert.match(
            (await driver(["drift", "dev"], stack)).stderr,
            /a run of dev was interrupted, or is going on, and/,
        );
    });

    it("says after unlocking to look first where creations are pending", async () => {
        const unlocked = async (...pending: PendingOperation[]) => {
            const stack = interrupted(...pending);
            stack.locks = [{ description: "ada@laptop" }];
            return (await driver(["unlock", "dev", "--confirm", "dev"], stack)).stdout;
        };
        const looking = await unlocked(creation, update);
        assert.match(looking, /\nthe lock is gone\nLook first: .*\n {2}creating ManagedCluster cluster\n$/);
        assert.doesNotMatch(looking, /Next|Subnet/);
        assert.match(await unlocked(update), /\nthe lock is gone\nNext: npm run lz -- refresh dev; /);
    });
});
