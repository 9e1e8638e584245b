import * as assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packages } from "../../scripts/judge/judges";
import { unrenderedCharts } from "../../scripts/judge/unrendered";
import { judged, mended, verdicts } from "../../scripts/judge/verdicts";
import type { Finding, Verdict } from "../../scripts/judge/verdicts";
import { projectFolder } from "../support/stacks";
import { folderPerTest } from "../support/temporaryFolder";

const finding: Finding = { judge: "j", check: "C1", title: "t", stack: "dev", subject: "Deployment.a.b" };
const verdict: Verdict = { check: "C1", subject: "Deployment.", verdict: "waived", reason: "r" };

describe("scripts/judge", () => {
    let folder: string;
    folderPerTest((made) => {
        folder = made;
    });

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

    it("knows charts that were not rendered, and cannot be judged", () => {
        const write = (stack: string, charts: object[]) => {
            mkdirSync(join(folder, stack));
            writeFileSync(join(folder, stack, "inventory.json"), JSON.stringify({ charts }));
        };
        write("dev", [{ chart: "traefik" }, { chart: "kured", rendered: "charts/kured.rendered.yaml" }]);
        write("prod", [{ chart: "traefik" }]);
        assert.deepEqual(unrenderedCharts(folder), ["traefik"]);
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
