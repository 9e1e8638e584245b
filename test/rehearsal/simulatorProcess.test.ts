import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SimulatorProcess } from "../../rehearsal/simulatorProcess";
import { testEnvironment } from "../support/harness";
import { projectFolder } from "../support/stacks";

describe("rehearsal/simulatorProcess", function () {
    this.timeout(60_000);

    let folder: string;
    let simulator: SimulatorProcess | undefined;

    const noPrograms = {
        etcd: "",
        "kube-apiserver": "",
        "kube-controller-manager": "",
        "kube-scheduler": "",
        kwok: "",
    };

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "simulator-process-"));
    });

    afterEach(async () => {
        await simulator?.stop();
        rmSync(folder, { recursive: true });
    });

    it("listens on the same ports after it was killed, and knows what it knew", async () => {
        simulator = await SimulatorProcess.start(projectFolder, folder, {
            environment: testEnvironment,
            timeScale: 100,
            people: [],
            clusters: { programs: noPrograms, kwokStages: "", directory: join(folder, "clusters") },
            canary: "canary",
            limits: {},
        });
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
