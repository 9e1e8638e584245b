import * as assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import { Engine, changesOf } from "../../rehearsal/engine";
import type { SimulatorProcess } from "../../rehearsal/simulatorProcess";
import { bootstrapProject } from "../../bootstrap/config";
import { startSimulator, timeScale } from "../support/simulatorProcess";
import { projectFolder } from "../support/stacks";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";
import { requireProgram } from "../support/toolchain";
import { baseline, bootstrapFolder, subscriptionId, tenantId } from "./bootstrapStacks";
import type { Sections } from "./bootstrapStacks";

/** The line of the program where the only resource of a type is made, as the state has it; empty where it has none. */
function declaration(engine: Engine, type: string): string {
    const { stackTrace = [] } = engine.resources().find((resource) => resource.type === type) ?? {};
    const positions = stackTrace.map(({ sourcePosition = "" }) => sourcePosition);
    const [, file = "", line] = /(\/bootstrap\/.*\.ts)#(\d+)/.exec(positions.join("\n")) ?? [];
    return file === ""
        ? ""
        : (readFileSync(`${projectFolder}${file}`, "utf8").split("\n")[Number(line) - 1] ?? "");
}

/** The bootstrap program on the real engine, with the simulated Azure. */
describe("bootstrap on the engine", function () {
    this.timeout(180_000);

    let root: string;
    let simulator: SimulatorProcess | undefined;

    const project = () => path.join(root, "project");
    const configure = (changes: Sections) => {
        const sections = Object.entries({ ...baseline(), ...changes });
        const config = Object.fromEntries(
            sections.map(([key, value]) => [`${bootstrapProject}:${key}`, value]),
        );
        writeFileSync(path.join(project(), "Pulumi.prod.yaml"), stringify({ config }));
    };

    before(async function () {
        requireProgram(this, "pulumi");
        root = temporaryFolder();
        for (const folder of ["project", "state", "home"]) {
            mkdirSync(path.join(root, folder), { mode: 0o700 });
        }
        copyFileSync(path.join(bootstrapFolder, "Pulumi.yaml"), path.join(project(), "Pulumi.yaml"));
        symlinkSync(path.join(bootstrapFolder, "index.ts"), path.join(project(), "index.ts"));
        symlinkSync(path.join(projectFolder, "node_modules"), path.join(project(), "node_modules"));
        symlinkSync(path.join(projectFolder, "speed"), path.join(root, "speed"));
        configure({});
        simulator = await startSimulator(root, { subscriptionId, tenantId, deployerObjectId: tenantId });
    });

    after(async () => {
        await simulator?.stop();
        removeFolder(root);
    });

    it("goes up, has nothing more to do, is protected, and goes when protection is lifted", async () => {
        let log = "";
        const engine = await Engine.create({
            stack: "prod",
            project: project(),
            home: path.join(root, "home"),
            state: path.join(root, "state"),
            passphrase: "bootstrap",
            providerPorts: { "azure-native": simulator?.port ?? 0 },
            searchPath: process.env["PATH"] ?? "",
            variables: { LANDING_ZONE_RETRY_PAUSE_SECONDS: String(30 / timeScale) },
            secrets: {},
            log: (text) => void (log += text),
        });

        const up = await engine.upWithLines();
        assert.equal(up.error, undefined, log.slice(-4000));
        assert.match(
            declaration(engine, "azure-native:storage:StorageAccount"),
            /new storage\.StorageAccount\(/,
        );
        const custom = changesOf(up).filter(({ isComponent }) => !isComponent);
        assert.equal(custom.length, 40);

        for (const again of [await engine.refresh(), await engine.up()]) {
            assert.deepEqual([again.error, changesOf(again)], [undefined, []]);
        }
        assert.equal(declaration(engine, "azure-native:storage:StorageAccount"), "");

        const refused = await engine.destroy();
        assert.match(refused.error ?? "", /protect/);

        configure({ protection: { protect: false, locks: false } });
        const lifted = await engine.up();
        const deleted = changesOf(lifted).filter(({ operation }) => operation === "delete");
        assert.equal(lifted.error, undefined, log.slice(-4000));
        assert.deepEqual(deleted.map(({ urn }) => urn.split("::").pop()).sort(), [
            "secrets-lock",
            "state-lock",
        ]);
        const gone = await engine.destroy();
        assert.equal(gone.error, undefined, log.slice(-4000));
        assert.deepEqual(engine.resources(), []);
    });
});
