import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { reportHtml } from "../../report/report";
import { costDifference } from "../../plan/cost/difference";
import type { CostComparison } from "../../plan/cost/difference";
import { asSpread } from "../../plan/cost/lines";
import { planStack } from "../../plan/planStack";
import { money } from "../../plan/render/amounts";
import { projectDirectory, removeDirectories } from "../plan/projectDirectory";
import { sampleConfig, sampleProgram } from "../plan/sampleProgram";
import { sampleRules } from "../plan/sampleRules";
import { today } from "../support/today";
import { planOf } from "./plans";

/** Whether a report has something; its text is too long to be shown. */
function has(text: string, pattern: RegExp): void {
    assert.ok(pattern.test(text), `${String(pattern)} is not in the report`);
}

function hasNot(text: string, pattern: RegExp): void {
    assert.equal(pattern.exec(text)?.[0], undefined);
}

describe("report", function () {
    this.timeout(120_000);
    let both: string;

    before(async () => {
        both = await reportHtml([await planOf("dev"), await planOf("prod")], { today });
    });
    after(removeDirectories);

    it("is the same bytes for the same plans", async () => {
        assert.equal(await reportHtml([await planOf("dev"), await planOf("prod")], { today }), both);
    });

    it("says what the cost assumes and, of a plan that was compared, how it differs", async () => {
        const dev = await planOf("dev");
        for (const { id, text } of dev.cost.assumptions) {
            assert.ok(both.includes(text.replaceAll("'", "&#39;")), id);
        }
        hasNot(both, /Difference to |Not compared with /);
        const comparedWith = (comparison: CostComparison) =>
            reportHtml([{ ...dev, cost: { ...dev.cost, comparison } }], { today });
        const dearer = { ...dev.cost, monthly: asSpread(0), lines: [] };
        const difference = costDifference(dev.cost, dearer);
        has(
            await comparedWith({ file: "base.json", difference }),
            /Difference to base\.json by component, in USD a month[^]*>Sum<[^]*>\+1,/,
        );
        has(await comparedWith({ file: "b", problem: "<gone>" }), /Not compared with b: &lt;gone&gt;\./);
        has(
            await comparedWith({ file: "b", difference: costDifference(dev.cost, dev.cost) }),
            /Costs the same as in b\./,
        );
    });

    it("has the plan's figures of the cost in its overview", async () => {
        const dev = await planOf("dev");
        const { minimum, expected, maximum } = dev.cost.monthly;
        const [least, likely, most] = [minimum, expected, maximum].map(money);
        const figure = (unknown: string) =>
            new RegExp(`>${least} - ${most} USD, ${likely} expected, ${unknown}<`);
        has(both, figure("2 unknown prices"));
        const one = { ...dev, cost: { ...dev.cost, unknown: dev.cost.unknown.slice(0, 1) } };
        has(await reportHtml([one], { today }), figure("1 unknown price"));
    });

    it("loads nothing and links only to the sources of the controls", () => {
        hasNot(both, /<(?:link|iframe|img|object|embed|base|form)\b/);
        hasNot(both, /\bsrc=|url\((?!#)|@import/);
        const links = [...both.matchAll(/href="([^"#][^"]*)"/g)].map(([, target]) => target ?? "");
        assert.ok(links.length > 20);
        assert.deepEqual(
            links.filter((link) => !link.startsWith("https://")),
            [],
        );
    });

    it("lets the browser run its own script and no other", () => {
        const scripts = [...both.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, text]) => text ?? "");
        assert.equal(scripts.length, 1);
        const hash = createHash("sha256")
            .update(scripts[0] ?? "")
            .digest("base64");
        has(both, /default-src &#39;none&#39;/);
        assert.ok(both.includes(`script-src &#39;sha256-${hash}&#39;`));
        hasNot(both, /\son\w+=/);
    });

    it("has every id once, and no link within the page that leads nowhere", () => {
        const ids = [...both.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
        assert.deepEqual(
            ids.filter((id, index) => ids.indexOf(id) !== index),
            [],
        );
        const targets = [
            ...both.matchAll(/(?:href="#|aria-labelledby="|aria-controls="|for="|data-filter=")([^"]+)"/g),
        ];
        const missing = targets
            .flatMap(([, names = ""]) => names.split(" "))
            .filter((id) => !ids.includes(id));
        assert.deepEqual(missing, []);
    });

    it("compares stacks when there are several, and has no place for it when there is one", async () => {
        has(both, /<h2 id="differences-heading">Differences<\/h2>/);
        has(both, /108 settings\s+of\s+\d+\s+differ\s+between\s+dev and prod/);
        hasNot(await reportHtml([await planOf("dev")], { today }), /[Dd]ifferences/);
    });

    it("says that nothing is deployed, and on which day waivers were judged", () => {
        has(both, /This is a plan: nothing is deployed/);
        has(both, new RegExp(`<time datetime="${today}">`));
    });

    it("has no anchor that one of its own parts has, whatever a stack is called", async () => {
        const plan = await planOf("dev");
        const text = await reportHtml(
            [
                { ...plan, stack: "main" },
                { ...plan, stack: "<b>" },
            ],
            { today },
        );
        has(text, /<h2 id="stack-0">main<\/h2>/);
        has(text, /<h2 id="stack-1">&lt;b&gt;<\/h2>/);
    });

    it("shows no secret of a program, and does with what a program has not", async () => {
        const directory = projectDirectory({
            "Pulumi.yaml": "name: aks-landing-zone\n",
            "Pulumi.dev.yaml":
                "config:\n  aks-landing-zone:password: { secure: AAABAMcGtHDr }\n  aks-landing-zone:hint: plain\n",
        });
        const plan = await planStack({
            directory,
            stack: "dev",
            today,
            loadProgram: () => ({
                rules: sampleRules,
                loadConfig: () => ({ ...sampleConfig, password: "in plain", hint: "plain" }),
                program: sampleProgram,
            }),
        });
        assert.equal(plan.settings["password"], "[secret]");
        assert.equal(plan.settings["hint"], "plain");
        const text = await reportHtml([plan, { ...plan, stack: "other" }], { today });
        for (const secret of ["in plain", "AAABAMcGtHDr", "kubeconfig of", "output that is secret"]) {
            assert.ok(!text.includes(secret), secret);
        }
        has(text, /\s0 settings\s+of\s+\d+\s+differ/);
    });
});
