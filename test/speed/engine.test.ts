import * as assert from "node:assert/strict";
import type { StateResource } from "../../rehearsal/engine";
import { differencesOfEndStates, pathsOfDifference } from "../../rehearsal/faults/convergence";
import { runCli } from "../../rehearsal/faults/cliRun";
import type { Stage } from "../../rehearsal/stage";
import type { Toolchain } from "../../rehearsal/toolchain";
import { speedupsOff } from "../../speed/switches";
import { types } from "../../stack/resourceTypes";
import { onDevStage } from "../support/devStage";
import { requireToolchain } from "../support/toolchain";

/** What differs between any two runs: times and ciphertext. Inputs are compared apart from that. */
const incidental: readonly string[] = [
    "created",
    "modified",
    "inputs",
    "outputs",
    "sourcePosition",
    "stackTrace",
];

describe("speed-ups on the real engine", function () {
    this.timeout(10 * 60_000);

    let toolchain: Toolchain;

    before(function () {
        toolchain = requireToolchain(this);
    });

    it("make the same state, and find nothing to change in one that was made without them", async () => {
        const slow = await onDevStage(toolchain, async (stage) => {
            await up(stage, "all");
            const made = stage.engine.resources();
            assert.ok(made.filter(({ type }) => type === types.tenantComponent).length > 1);

            await up(stage, "", "--expect-no-changes");
            const updated = stage.engine.resources();
            assert.deepEqual(differencesOfEndStates(made, updated), []);
            assert.deepEqual(pathsOfDifference(lasting(made), lasting(updated)), []);
            return made;
        });
        const fast = await onDevStage(toolchain, async (stage) => {
            await up(stage, "");
            return stage.engine.resources();
        });
        assert.deepEqual(differencesOfEndStates(slow, fast), []);
    });
});

async function up({ engine, workspace }: Stage, off: string, ...options: string[]): Promise<void> {
    const { commandLine } = engine;
    const { code, errors, output } = await runCli(
        {
            ...commandLine,
            environment: { ...commandLine.environment, [speedupsOff]: off },
            log: (text) => workspace.log(text),
        },
        ["up", "--yes", "--skip-preview", ...options],
    );
    assert.equal(code, 0, errors || output);
}

/** What lasts of a state, in an order that no run decides. */
function lasting(resources: readonly StateResource[]): unknown[] {
    return resources
        .map(({ dependencies = [], propertyDependencies = {}, ...resource }) => ({
            ...Object.fromEntries(Object.entries(resource).filter(([key]) => !incidental.includes(key))),
            dependencies: [...dependencies].sort(),
            propertyDependencies: Object.entries(propertyDependencies).map(
                ([property, urns]) => `${property}: ${[...(urns ?? [])].sort().join(", ")}`,
            ),
            urn: resource.urn,
        }))
        .sort((one, other) => one.urn.localeCompare(other.urn));
}
