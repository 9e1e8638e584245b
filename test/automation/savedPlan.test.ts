import * as assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { misfits, planOf, readPlan, writePlan } from "../../automation/savedPlan";
import { change, project, removeProjects } from "./fixtures";

describe("saved plan", () => {
    after(removeProjects);
    const update = change({ operation: "update", paths: ["tags"] });

    it("fits what is the same", () => {
        const directory = project();
        const file = join(directory, "plan.json");
        writePlan(file, planOf("dev", directory, [update]));
        assert.deepEqual(misfits(readPlan(file), planOf("dev", directory, [update])), []);
    });

    it("has no values in it", () => {
        const directory = project();
        const file = join(directory, "plan.json");
        const differences = [{ path: "tags", before: "old-value", after: "new-value" }];
        writePlan(
            file,
            planOf("dev", directory, [{ ...update, differences, current: { tags: "new-value" } }]),
        );
        assert.doesNotMatch(readFileSync(file, "utf8"), /-value/);
    });

    const directory = () => project();
    const cases: [string, ReturnType<typeof change>[], RegExp][] = [
        [
            "something new",
            [update, change({ operation: "delete", name: "x" })],
            /^delete urn:\S+::x was not planned$/,
        ],
        ["another operation", [change({ operation: "replace", paths: ["tags"] })], /planned was update$/],
        ["other properties", [{ ...update, paths: ["sku"] }], /: of sku, planned was tags$/],
        ["other values", [{ ...update, inputsDigest: "1" }], /with other values than planned$/],
        ["something missing", [], /was planned, and is not to be done any more$/],
    ];
    for (const [title, now, expected] of cases) {
        it(`does not fit ${title}`, () => {
            const folder = directory();
            const found = misfits(planOf("dev", folder, [update]), planOf("dev", folder, now));
            assert.equal(found.length, 1);
            assert.match(found[0] ?? "", expected);
        });
    }

    it("does not fit another stack file: a secret may have changed", () => {
        const folder = directory();
        const before = planOf("dev", folder, [update]);
        writeFileSync(join(folder, "Pulumi.dev.yaml"), "config:\n  aks-landing-zone:x: {secure: abc}\n");
        assert.deepEqual(misfits(before, planOf("dev", folder, [update])), [
            "Pulumi.yaml or Pulumi.dev.yaml is not what it was",
        ]);
    });

    it("is for one stack", () => {
        const folder = directory();
        assert.deepEqual(misfits(planOf("prod", folder, []), planOf("dev", folder, [])), [
            "the plan is for stack prod, not dev",
        ]);
    });

    it("is refused where it is none", () => {
        const folder = directory();
        assert.throws(() => readPlan(join(folder, "none.json")), /there is no plan/);
        writeFileSync(join(folder, "a.json"), "{");
        assert.throws(() => readPlan(join(folder, "a.json")), /is no JSON/);
        writeFileSync(join(folder, "b.json"), '{"schemaVersion":1}');
        assert.throws(() => readPlan(join(folder, "b.json")), /is not a plan: stack: /);
        writeFileSync(join(folder, "c.json"), "[]");
        assert.throws(
            () => readPlan(join(folder, "c.json")),
            /is not a plan: Invalid input: expected object/,
        );
        assert.throws(() => readPlan(folder), /^DriverError: the plan \S+ cannot be read: EISDIR/);
    });
});
