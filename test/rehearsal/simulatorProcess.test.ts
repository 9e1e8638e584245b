import * as assert from "node:assert/strict";
import type { SimulatorProcess } from "../../rehearsal/simulatorProcess";
import { testEnvironment } from "../support/harness";
import { startSimulator } from "../support/simulatorProcess";
import { folderPerTest } from "../support/temporaryFolder";

describe("rehearsal/simulatorProcess", function () {
    this.timeout(60_000);

    let folder: string;
    let simulator: SimulatorProcess | undefined;

    afterEach(() => simulator?.stop());

    folderPerTest((made) => {
        folder = made;
    });

    it("listens on the same ports after it was killed, and knows what it knew", async () => {
        simulator = await startSimulator(folder, testEnvironment);
        const before = [simulator.port, simulator.controlPort];
        assert.deepEqual(await simulator.control.operations(), []);
        await assert.rejects(
            simulator.control.drift({ id: "/subscriptions/s/resourceGroups/rg", path: ["tags"], value: {} }),
            /the simulator refuses POST \/drift: Code="ResourceNotFound"/,
        );
        await simulator.restart();
        assert.deepEqual([simulator.port, simulator.controlPort], before);
        assert.deepEqual(await simulator.control.operations(), []);
        await simulator.stop();
        await assert.rejects(simulator.control.operations());
    });
});
