import * as assert from "node:assert/strict";
import { run } from "../../plan/command";
import type { PlanDocument } from "../../plan/document";
import type { StackPlan } from "../../plan/stackPlan";
import { propertyProblems } from "../../simulator/azure/models";
import { nameProblem } from "../../simulator/azure/names";
import { runHere } from "../support/commandRun";
import type { Ended } from "../support/commandRun";
import { deployBootstrapStack } from "./bootstrapStacks";

/** What `npm run plan -- --bootstrap` says of the real stack files. */
describe("bootstrap plan", () => {
    let ended: Ended;
    let plans: StackPlan[];

    before(async () => {
        ended = await runHere(run, ["--bootstrap", "--json"]);
        plans = (JSON.parse(ended.stdout) as PlanDocument).stacks;
    });

    it("is made of both stacks, and no check of severity error fails", () => {
        assert.deepEqual(
            [ended.code, ended.stderr, plans.map(({ stack }) => stack)],
            [0, "", ["dev", "prod"]],
        );
    });

    it("has the checks for pipelines, of which only dev's open network does not hold", () => {
        for (const { stack, checks } of plans) {
            const failing = checks.filter(({ holds }) => !holds).map(({ id }) => id);
            const open = stack === "dev" ? ["state-denies-unknown-networks"] : [];
            assert.deepEqual(failing, [...open, "no-unset-placeholders"]);
            assert.ok(checks.some(({ id }) => id === "roles-are-granted-on-a-condition"));
        }
    });

    it("declares the same resources in both phases, and knows names, roles and costs of all", () => {
        const guid = /[0-9a-f]{8}-[0-9a-f]{4}-/;
        for (const { phases, access, cost } of plans) {
            assert.deepEqual(
                [phases.onlyInPreview, phases.onlyInUpdate, phases.preview],
                [[], [], phases.update],
            );
            assert.deepEqual(
                access.filter(({ principal, role }) => guid.test(principal) || guid.test(role)),
                [],
            );
            assert.deepEqual(
                cost.lines.filter(({ note }) => note.includes("has no rule for this type")),
                [],
            );
        }
    });

    for (const stack of ["dev", "prod"]) {
        it(`declares in ${stack} what Azure's name rules and Microsoft's models take`, async () => {
            const { resources } = await deployBootstrapStack(stack);
            const azure = resources.filter(({ type }) => type.startsWith("azure-native:"));
            assert.ok(azure.length >= 28);
            for (const { type, name, id = "", inputs } of azure) {
                assert.equal(nameProblem(type, id.slice(id.lastIndexOf("/") + 1)), undefined, name);
                assert.deepEqual(
                    propertyProblems(type, inputs).map(({ message }) => message),
                    [],
                    name,
                );
            }
        });
    }
});
