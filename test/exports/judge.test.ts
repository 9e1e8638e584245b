import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../../scripts/judge/judges";
import { judged, mended, verdicts } from "../../scripts/judge/verdicts";
import type { Finding, Verdict } from "../../scripts/judge/verdicts";
import { projectFolder } from "../support/stacks";

const finding: Finding = { judge: "j", check: "C1", title: "t", stack: "dev", subject: "Deployment.a.b" };
const verdict: Verdict = { check: "C1", subject: "Deployment.", verdict: "waived", reason: "r" };

describe("scripts/judge", () => {
    it("settles a finding by a verdict on its check, subject and stack, and by no other", () => {
        assert.deepEqual(judged([finding], [verdict]), {
            settled: [{ verdict, findings: [finding] }],
            open: [],
            unused: [],
        });
        for (const change of [{ check: "C2" }, { subject: "DaemonSet." }, { stacks: ["prod"] }]) {
            const other = { ...verdict, ...change };
            assert.deepEqual(judged([finding], [other]), { settled: [], open: [finding], unused: [other] });
        }
    });

    it("has a page with every verdict, mend and version", () => {
        const page = readFileSync(join(projectFolder, "docs/judge.md"), "utf8");
        for (const { check, reason } of verdicts) {
            assert.ok(page.includes(`| ${check} `) && page.includes(reason), `${check}: run npm run judge`);
        }
        [...mended.map(({ mend }) => mend), ...packages].forEach((text) =>
            assert.ok(page.includes(text), text),
        );
        const rows = page.split("\n").filter((line) => /^\| CKV/.test(line));
        assert.equal(rows.length, verdicts.length);
    });
});
