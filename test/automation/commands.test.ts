import * as assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Interruption, interruptionText } from "../../automation/interruption";
import type { OperationDocument } from "../../automation/render/documents";
import { types } from "../../stack/resourceTypes";
import { FakeStack, change, driver, outcome, project, removeProjects } from "./fixtures";

const update = change({
    operation: "update",
    type: types.registry,
    name: "registry",
    paths: ["sku.name"],
    differences: [{ path: "sku.name", before: "Standard", after: "Premium" }],
});
const replacement = change({
    operation: "replace",
    type: types.cluster,
    name: "cluster",
    replaceKeys: ["location"],
});
const holder = { description: "ada@laptop (pid 7) since 2026-11-21T10:00:00Z" };

function stackWith(answers: FakeStack["answers"]): FakeStack {
    const stack = new FakeStack();
    Object.assign(stack.answers, answers);
    return stack;
}

describe("driver", () => {
    after(removeProjects);

    it("has help for itself and each command", async () => {
        const { code, stdout } = await driver(["--help"], new FakeStack());
        assert.equal(code, 0);
        const names = [
            "doctor",
            "preview",
            "up",
            "refresh",
            "drift",
            "outputs",
            "destroy",
            "unlock",
            "plan",
            "export",
            "rehearse",
        ];
        for (const name of names) {
            assert.match(stdout, new RegExp(`^  ${name} `, "m"));
            const help = await driver([name, "--help"], new FakeStack());
            assert.deepEqual([help.code, help.stderr], [0, ""], name);
            assert.match(help.stdout, /^Usage: /);
            const asked = await driver(["--help", name], new FakeStack());
            assert.deepEqual(asked, help, name);
        }
    });

    it("refuses unknown options, commands and stacks with the nearest one", async () => {
        const cases: [string[], RegExp][] = [
            [["up", "dev", "--alow-replace", "x"], /Did you mean --allow-replace\?/],
            [["prevew", "dev"], /Did you mean preview\?/],
            [["upp", "--help"], /unknown command 'upp'\n\(Did you mean up\?\)/],
            [["up", "--help", "--yess"], /unknown option '--yess'\n\(Did you mean --yes\?\)/],
            [["--help", "plan", "--jsn"], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
            [["plan", "--jsn", "--help"], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
            [["rehearse", "--kep", "-h"], /unknown option '--kep'\n\(Did you mean --keep\?\)/],
            [["preview", "pord"], /there is no stack "pord".*\n.*did you mean prod\?/],
            [["up", "dev", "--max-deletions", "-1"], /whole number/],
            [["up"], /missing required argument 'stack'/],
        ];
        for (const [args, expected] of cases) {
            const { code, stdout, stderr } = await driver(args, new FakeStack());
            assert.deepEqual([code, stdout], [1, ""], args.join(" "));
            assert.match(stderr, expected);
        }
    });

    it("shows stack traces with --debug only", async () => {
        const open = () => Promise.reject(new Error("broken"));
        const quiet = await driver(["preview", "dev"], new FakeStack(), { open });
        assert.deepEqual([quiet.code, quiet.stderr], [1, "error: broken\n"]);
        const loud = await driver(["preview", "dev", "--debug"], new FakeStack(), { open });
        assert.match(loud.stderr, /Error: broken\n {4}at /);
    });
});

describe("driver preview", () => {
    it("shows losses first, with reasons, and what up would refuse", async () => {
        const preview = outcome({ changes: [update, replacement], unchanged: 40 });
        const { code, stdout } = await driver(["preview", "dev"], stackWith({ preview }));
        assert.equal(code, 0);
        assert.match(stdout, /^Preview of dev {2}1 to replace, 1 to update, 40 unchanged\n/);
        assert.ok(stdout.indexOf("Replacements (1)") < stdout.indexOf("Updates (1)"));
        assert.match(stdout, /ManagedCluster cluster\n {4}cannot be changed in place: location\n/);
        assert.match(stdout, /Registry registry\n {4}sku\.name: "Standard" -> "Premium"\n/);
        assert.match(stdout, /refused: .*cluster would be replaced/);
    });

    it("writes a comment, a document and a plan", async () => {
        const directory = project();
        const [comment, plan] = [join(directory, "out", "c.md"), join(directory, "out", "p.json")];
        const { code, stdout } = await driver(
            ["preview", "dev", "--json", "--markdown", comment, "--save-plan", plan],
            stackWith({ preview: outcome({ changes: [replacement] }) }),
            { directory },
        );
        assert.equal(code, 0);
        const document = JSON.parse(stdout) as OperationDocument;
        assert.deepEqual(
            [document.result, document.applied, document.counts["replace"], document.refusals[0]?.guard],
            ["done", false, 1, "replacement"],
        );
        const text = readFileSync(comment, "utf8");
        assert.match(
            text,
            /^<!-- aks-landing-zone preview dev -->\n### Preview of dev\n\n\*\*1 to replace, 3 unchanged\*\*/,
        );
        assert.match(
            text,
            /\*\*Replacements \(1\)\*\*\n\n- `ManagedCluster cluster`\n {2}- `cannot be changed in place: location`/,
        );
        assert.match(readFileSync(plan, "utf8"), /"operation": "replace"/);
    });

    it("puts the cost below the counts of the comment, also where the preview fails", async () => {
        const directory = project();
        const [comment, cost] = [join(directory, "c.md"), join(directory, "cost.md")];
        writeFileSync(cost, "**Cost:** 1.00 USD\n");
        const args = ["preview", "dev", "--markdown", comment, "--cost", cost];
        await driver(args, stackWith({ preview: outcome({ changes: [replacement] }) }), { directory });
        assert.match(
            readFileSync(comment, "utf8"),
            /\n\*\*1 to replace, 3 unchanged\*\*\n\n\*\*Cost:\*\* 1\.00 USD\n\n/,
        );
        await driver(args, stackWith({ preview: outcome({ error: "no way" }) }), { directory });
        assert.match(readFileSync(comment, "utf8"), /no way\n```\n\n\*\*Cost:\*\* 1\.00 USD\n/);
    });

    it("says so before anything is looked at when there is no such cost", async () => {
        const directory = project();
        const stack = new FakeStack();
        const file = join(directory, "none.md");
        const { code, stderr } = await driver(["preview", "dev", "--cost", file], stack, { directory });
        assert.deepEqual([code, stack.calls], [1, []]);
        assert.match(
            stderr,
            /^error: \S+none\.md cannot be read: ENOENT.*\nhint: name a file that is there\n$/,
        );
    });

    it("fails with the engine's error, in the comment too, and writes no plan", async () => {
        const directory = project();
        const [comment, plan] = [join(directory, "c.md"), join(directory, "p.json")];
        const { code, stderr } = await driver(
            ["preview", "dev", "--markdown", comment, "--save-plan", plan],
            stackWith({ preview: outcome({ error: "no way" }) }),
            { directory },
        );
        assert.equal(code, 1);
        assert.match(stderr, /error: the preview of dev failed: no way/);
        assert.match(readFileSync(comment, "utf8"), /\*\*Failed\*\*\n\n```text\nno way\n```/);
        assert.throws(() => readFileSync(plan));
    });
});

describe("driver with a file that cannot be written", () => {
    for (const args of [
        ["preview", "--markdown"],
        ["preview", "--save-plan"],
        ["drift", "--markdown"],
    ]) {
        it(`says so before anything is looked at: ${args.join(" ")}`, async () => {
            const directory = project();
            const [command = "", option = ""] = args;
            for (const file of [directory, join(directory, "Pulumi.yaml", "comment.md")]) {
                const stack = new FakeStack();
                const { code, stderr } = await driver([command, "dev", option, file], stack, { directory });
                assert.deepEqual([code, stack.calls], [1, []]);
                assert.match(
                    stderr,
                    /^error: \S+ cannot be written: E[A-Z]+: .*\nhint: name another file\n$/,
                );
            }
        });
    }
});

describe("driver up", () => {
    it("previews, then applies", async () => {
        const stack = stackWith({
            preview: outcome({ changes: [update] }),
            up: outcome({ changes: [update] }),
        });
        const { code, stdout } = await driver(["up", "dev", "--yes"], stack);
        assert.deepEqual([code, stack.calls], [0, ["preview", "up"]]);
        assert.match(stdout, /^Done: dev {2}1 updated, 3 unchanged\n/);
    });

    it("applies nothing that a guard refuses", async () => {
        const stack = stackWith({ preview: outcome({ changes: [replacement] }) });
        const { code, stderr } = await driver(["up", "dev", "--yes"], stack);
        assert.deepEqual([code, stack.calls], [2, ["preview"]]);
        assert.match(
            stderr,
            /refused: .*cluster would be replaced because of location.*\nhint: .*--allow-replace cluster/,
        );
        const allowed = stackWith({ preview: outcome({ changes: [replacement] }) });
        assert.equal((await driver(["up", "dev", "--yes", "--allow-replace", "cluster"], allowed)).code, 0);
    });

    it("applies nothing after a failed preview", async () => {
        const stack = stackWith({ preview: outcome({ error: "wrong" }) });
        const { code } = await driver(["up", "dev", "--yes"], stack);
        assert.deepEqual([code, stack.calls], [1, ["preview"]]);
    });

    it("fails when the update fails", async () => {
        const stack = stackWith({ up: outcome({ error: "QuotaExceeded" }) });
        const { code, stderr, stdout } = await driver(["up", "dev", "--yes", "--json"], stack);
        assert.equal(code, 1);
        assert.match(stderr, /error: the update of dev failed: QuotaExceeded/);
        const document = JSON.parse(stdout) as OperationDocument;
        assert.deepEqual(
            [document.result, document.applied, document.error],
            ["failed", true, "QuotaExceeded"],
        );
    });

    it("asks a person, and refuses where nobody is there", async () => {
        const said = (answer: string) => ({ ask: () => Promise.resolve(answer) });
        const unseen = new FakeStack();
        const alone = await driver(["up", "dev"], unseen);
        assert.deepEqual([alone.code, unseen.calls], [1, []]);
        assert.match(alone.stderr, /the input is no terminal\nhint: give --yes/);
        const no = new FakeStack();
        assert.equal((await driver(["up", "dev"], no, said("no"))).code, 2);
        assert.deepEqual(no.calls, ["preview"]);
        const yes = new FakeStack();
        assert.equal((await driver(["up", "dev"], yes, said("yes"))).code, 0);
        assert.deepEqual(yes.calls, ["preview", "up"]);
    });

    it("refuses a plan that fits no more", async () => {
        const directory = project();
        const plan = join(directory, "p.json");
        const preview = outcome({ changes: [update] });
        await driver(["preview", "dev", "--save-plan", plan], stackWith({ preview }), { directory });
        const fits = stackWith({ preview });
        assert.equal((await driver(["up", "dev", "--yes", "--plan", plan], fits, { directory })).code, 0);
        const other = stackWith({ preview: outcome({ changes: [{ ...update, inputsDigest: "other" }] }) });
        const { code, stderr } = await driver(["up", "dev", "--yes", "--plan", plan], other, { directory });
        assert.deepEqual([code, other.calls], [2, ["preview"]]);
        assert.match(stderr, /the plan does not fit any more: update urn:\S+::registry: with other values/);
    });

    it("waits for a locked stack, saying who holds it, and previews again", async () => {
        const stack = stackWith({ up: [outcome({ locked: holder }), outcome()] });
        stack.locks = [holder, holder, "nobody"];
        const pauses: number[] = [];
        const { code, stderr } = await driver(["up", "dev", "--yes"], stack, {
            sleep: (milliseconds) => Promise.resolve(void pauses.push(milliseconds / 1000)),
        });
        assert.deepEqual([code, stack.calls], [0, ["preview", "up", "preview", "up"]]);
        assert.deepEqual(pauses, [5, 10, 20]);
        assert.equal(stderr.match(/waiting: stack dev is locked by ada@laptop/g)?.length, 1);
    });

    it("gives up waiting at the limit, with a growing pause of a minute at most", async () => {
        const stack = new FakeStack();
        stack.locks = [holder];
        const pauses: number[] = [];
        const sleep = (milliseconds: number) => Promise.resolve(void pauses.push(milliseconds / 1000));
        const { code, stderr } = await driver(["up", "dev", "--yes", "--wait-for-lock", "4"], stack, {
            sleep,
        });
        assert.deepEqual([code, stack.calls], [1, []]);
        assert.deepEqual(pauses, [5, 10, 20, 40, 60, 60, 45]);
        assert.match(stderr, /locked by ada@laptop .*\nhint: it did not end in 4 minutes.*unlock dev/);
    });

    it("ends an update that begins to replace what was not previewed", async () => {
        const stack = new FakeStack();
        const interruption = new Interruption();
        const { urn, type } = replacement;
        stack.up = ((listener: (event: object) => void) => {
            const metadata = { op: "delete-replaced", urn, type, provider: "" };
            listener({ sequence: 1, timestamp: 1, resourcePreEvent: { metadata } });
            return Promise.resolve(outcome({ error: "update canceled" }));
        }) as typeof stack.up;
        const { code, stderr } = await driver(["up", "dev", "--yes"], stack, { interruption });
        assert.equal(code, 1);
        assert.ok(interruption.gentle.aborted);
        assert.match(stderr, /the engine began to replace ManagedCluster cluster, which was not previewed/);
    });

    it("applies nothing after an interruption, and ends with 130", async () => {
        const stack = new FakeStack();
        const interruption = new Interruption();
        stack.preview = () => {
            stack.calls.push("preview");
            interruption.interrupt();
            return Promise.resolve(outcome({ error: "preview canceled" }));
        };
        const { code, stderr } = await driver(["up", "dev", "--yes"], stack, { interruption });
        assert.deepEqual([code, stack.calls], [130, ["preview"]]);
        assert.match(stderr, /^interrupted: nothing was changed$/m);
        assert.equal(interruptionText(interruption), "ending: nothing was changed yet");
    });

    for (const [times, inTheEnd, first] of [
        [
            1,
            /^interrupted: nothing new was begun; .*Recover from a failed/m,
            /^ending: what has begun is fin/,
        ],
        [2, /^killed: the lock and operations in the air are left behind; /m, /^killing what runs$/],
    ] as const) {
        it(`says what is left of an update that was interrupted, told ${times} times`, async () => {
            const stack = new FakeStack();
            const interruption = new Interruption();
            stack.up = () => {
                Array.from({ length: times }, () => interruption.interrupt());
                assert.match(interruptionText(interruption), first);
                return Promise.resolve(outcome({ error: "update canceled" }));
            };
            const { code, stderr } = await driver(["up", "dev", "--yes"], stack, { interruption });
            assert.equal(code, 130);
            assert.match(stderr, inTheEnd);
        });
    }
});

describe("driver refresh", () => {
    it("shows what it would write, and writes it when it may", async () => {
        const alone = await driver(["refresh", "dev"], new FakeStack());
        assert.equal(alone.code, 1);
        const stack = stackWith({ previewRefresh: outcome({ changes: [update] }) });
        const no = await driver(["refresh", "dev"], stack, { ask: () => Promise.resolve("") });
        assert.deepEqual([no.code, stack.calls], [2, ["previewRefresh"]]);
        assert.match(no.stdout, /1 changed, 3 unchanged/);
        const yes = new FakeStack();
        assert.equal((await driver(["refresh", "dev", "--yes"], yes)).code, 0);
        assert.deepEqual(yes.calls, ["previewRefresh", "refresh"]);
    });
});

describe("driver drift", () => {
    const scaled = change({
        operation: "update",
        type: types.agentPool,
        name: "apps",
        paths: ["count"],
        differences: [{ path: "count", before: 2, after: 3 }],
        current: { enableAutoScaling: true },
    });

    it("ends with 0 where there is none, and says what it left out", async () => {
        const stack = stackWith({ previewRefresh: outcome({ changes: [scaled] }) });
        const { code, stdout } = await driver(["drift", "dev"], stack);
        assert.deepEqual([code, stack.calls], [0, ["previewRefresh"]]);
        assert.match(stdout, /Left out: 1 property\n {2}apps count \(autoscaler\): /);
    });

    it("ends with 2 where there is some, naming resource and property", async () => {
        const directory = project();
        const issue = join(directory, "issue.md");
        const stack = stackWith({ previewRefresh: outcome({ changes: [scaled, update] }) });
        const { code, stdout } = await driver(["drift", "dev", "--markdown", issue], stack, { directory });
        assert.equal(code, 2);
        assert.match(stdout, /1 changed, 3 unchanged/);
        assert.match(stdout, /Registry registry\n {4}sku\.name: "Standard" -> "Premium"/);
        assert.match(readFileSync(issue, "utf8"), /^<!-- aks-landing-zone drift dev -->/);
    });

    it("ends with 1 where it could not be found out", async () => {
        const stack = stackWith({ previewRefresh: outcome({ error: "no answer" }) });
        assert.equal((await driver(["drift", "dev", "--json"], stack)).code, 1);
    });
});

describe("driver outputs", () => {
    it("masks secrets unless they are asked for", async () => {
        const stack = new FakeStack();
        stack.shownOutputs = [
            { name: "token", value: "s3cret-text", secret: true },
            { name: "clusterName", value: "aks", secret: false },
        ];
        const masked = await driver(["outputs", "dev"], stack);
        assert.equal(masked.stdout, "clusterName  aks\ntoken        [secret]\n");
        const json = await driver(["outputs", "dev", "--json"], stack);
        assert.doesNotMatch(json.stdout, /s3cret/);
        const shown = await driver(["outputs", "dev", "--show-secrets"], stack);
        assert.match(shown.stdout, /token {8}s3cret-text/);
    });
});

describe("driver destroy", () => {
    const deletion = change({ operation: "delete", type: types.cluster, name: "cluster" });

    it("takes the stack's name, typed or given", async () => {
        const answers = { previewDestroy: outcome({ changes: [deletion] }) };
        const wrong = stackWith(answers);
        assert.equal((await driver(["destroy", "dev", "--confirm", "prod"], wrong)).code, 1);
        assert.equal((await driver(["destroy", "dev"], wrong)).code, 1);
        const typo = await driver(["destroy", "dev"], wrong, { ask: () => Promise.resolve("yes") });
        assert.equal(typo.code, 2);
        assert.ok(!wrong.calls.includes("destroy"));
        const given = stackWith(answers);
        assert.equal((await driver(["destroy", "dev", "--confirm", "dev"], given)).code, 0);
        assert.deepEqual(given.calls, ["previewDestroy", "destroy"]);
        const asked = stackWith(answers);
        const typed = await driver(["destroy", "dev"], asked, { ask: () => Promise.resolve("dev") });
        assert.deepEqual([typed.code, asked.calls], [0, ["previewDestroy", "destroy"]]);
        assert.match(typed.stdout, /Deletions \(1\)\n {2}ManagedCluster cluster/);
    });

    it("refuses a protected stack with the two steps, before it asks the engine", async () => {
        const stack = new FakeStack();
        stack.state = [{ urn: "urn:pulumi:dev::p::t::vault", protect: true }];
        const { code, stderr } = await driver(["destroy", "dev", "--confirm", "dev"], stack);
        assert.deepEqual([code, stack.calls], [2, []]);
        assert.match(
            stderr,
            /stack dev is protected: vault\nhint: .*1\. .*Pulumi\.dev\.yaml; 2\. npm run lz -- up dev/,
        );
    });

    it("destroys nothing after a failed preview", async () => {
        const stack = stackWith({
            previewDestroy: outcome({ error: "cannot be deleted because it is protected" }),
        });
        const { code, stderr } = await driver(["destroy", "dev", "--confirm", "dev"], stack);
        assert.deepEqual([code, stack.calls], [1, ["previewDestroy"]]);
        assert.match(stderr, /hint: it is protected/);
    });
});

describe("driver unlock", () => {
    it("says who holds the lock, and takes it away for the stack's name only", async () => {
        const stack = new FakeStack();
        stack.locks = [holder];
        const alone = await driver(["unlock", "dev"], stack);
        assert.deepEqual([alone.code, alone.stdout], [1, `stack dev is locked by ${holder.description}\n`]);
        assert.equal((await driver(["unlock", "dev", "--confirm", "prod"], stack)).code, 1);
        assert.equal((await driver(["unlock", "dev"], stack, { ask: () => Promise.resolve("no") })).code, 2);
        assert.deepEqual(stack.calls, []);
        assert.equal((await driver(["unlock", "dev", "--confirm", "dev"], stack)).code, 0);
        assert.deepEqual(stack.calls, ["cancel"]);
    });

    it("does nothing where nobody holds it", async () => {
        const stack = new FakeStack();
        const { code, stdout } = await driver(["unlock", "dev"], stack);
        assert.deepEqual([code, stdout, stack.calls], [0, "stack dev is not locked\n", []]);
    });
});
