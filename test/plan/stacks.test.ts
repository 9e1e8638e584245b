import * as assert from "node:assert/strict";
import { run } from "../../plan/command";
import type { PlanDocument } from "../../plan/document";
import type { StackPlan } from "../../plan/stackPlan";
import { runHere } from "../support/commandRun";
import type { Ended } from "../support/commandRun";
import { today } from "../support/today";

/** What `npm start` says of the real stack files and the real program. */
describe("plan of the real stacks", () => {
    let ended: Ended;
    let plans: StackPlan[];

    before(async () => {
        ended = await runHere((args, context) => run(args, { ...context, today }), ["--json"]);
        plans = (JSON.parse(ended.stdout) as PlanDocument).stacks;
    });

    it("succeeds for dev and prod, with nothing on standard error", () => {
        assert.deepEqual(
            [ended.code, ended.stderr, plans.map(({ stack }) => stack)],
            [0, "", ["dev", "prod"]],
        );
    });

    it("fails no check of severity error", () => {
        const failing = plans.flatMap(({ stack, checks }) =>
            checks
                .filter(({ holds, severity }) => !holds && severity === "error")
                .map(({ id }) => `${stack}: ${id}`),
        );
        assert.deepEqual(failing, []);
    });

    it("declares the same resources in both phases", () => {
        for (const { phases } of plans) {
            assert.deepEqual(
                [phases.onlyInPreview, phases.onlyInUpdate, phases.preview],
                [[], [], phases.update],
            );
        }
    });

    it("knows for every type of resource what it costs, or that it has no meter", () => {
        const strangers = plans.flatMap(({ cost }) =>
            cost.lines.filter(({ note }) => note.includes("has no rule for this type")),
        );
        assert.deepEqual(
            strangers.map(({ item }) => item),
            [],
        );
    });

    it("has a name for every principal and a title for every role", () => {
        const guid = /[0-9a-f]{8}-[0-9a-f]{4}-/;
        const nameless = plans.flatMap(({ access }) =>
            access.filter(({ principal, role }) => guid.test(principal) || guid.test(role)),
        );
        assert.deepEqual(nameless, []);
    });

    it("masks every kubeconfig", () => {
        const providers = plans.flatMap(({ resources }) =>
            resources.filter(({ type }) => type === "pulumi:providers:kubernetes"),
        );
        assert.equal(providers.length, 2);
        assert.ok(providers.every(({ inputs }) => inputs["kubeconfig"] === "[secret]"));
    });

    it("has nothing to say but the plan", () => {
        assert.deepEqual(
            plans.flatMap(({ messages }) => messages),
            [],
        );
    });
});
