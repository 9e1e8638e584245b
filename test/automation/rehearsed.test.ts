import * as assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../automation/command";
import { Interruption } from "../../automation/interruption";
import { lockFolder } from "../../automation/lockHolders";
import type { DriftDocument } from "../../automation/commands/drift";
import type { OperationDocument } from "../../automation/render/documents";
import { projectName } from "../../config/project";
import { types } from "../../stack/resourceTypes";
import { autoscaling } from "../../rehearsal/life/drift";
import type { Stage } from "../../rehearsal/stage";
import type { Toolchain } from "../../rehearsal/toolchain";
import type { Ended } from "../support/commandRun";
import { onDevStage } from "../support/devStage";
import { requireToolchain } from "../support/toolchain";

/** As much of the setting as is changed here. */
interface Tenants {
    sizes: { small: { quota: { pods: number } } };
}

/** The driver on the real engine with the simulated Azure, from nothing to nothing. */
describe("driver on the real engine", function () {
    // Sixteen operations of the engine and a preview of Azure alone: minutes on two cores, several times that on a busy machine.
    this.timeout(20 * 60_000);

    let toolchain: Toolchain;

    before(function () {
        toolchain = requireToolchain(this);
    });

    it("previews, applies, guards, finds drift, waits for locks and destroys", () =>
        onDevStage(toolchain, life));
});

async function life(stage: Stage): Promise<void> {
    const { engine, simulator, workspace, settings } = stage;
    const file = (name: string) => join(workspace.root, name);
    // Ends the driver as Ctrl-C does, as soon as it says this.
    let interruptAt: string | undefined;
    const lz = async (...args: string[]): Promise<Ended> => {
        let stdout = "";
        let stderr = "";
        const interruption = new Interruption();
        const code = await run(args, {
            directory: workspace.project,
            stdout: { write: (text) => void (stdout += text) },
            stderr: {
                write: (text) => {
                    stderr += text;
                    if (interruptAt !== undefined && text.includes(interruptAt)) {
                        interruptAt = undefined;
                        interruption.interrupt();
                    }
                },
            },
            environment: engine.commandLine.environment,
            interruption,
        });
        // What the driver says is a log that people may read.
        workspace.log(`\n# lz ${args.join(" ")}\n${stdout}${stderr}`);
        return { code, stdout, stderr };
    };
    const ends = async (code: number, ...args: string[]): Promise<Ended> => {
        const ended = await lz(...args);
        assert.equal(ended.code, code, `lz ${args.join(" ")}\n${ended.stdout}\n${ended.stderr}`);
        return ended;
    };
    const documentOf = ({ stdout }: Ended) => JSON.parse(stdout) as OperationDocument;
    /** Writes the stack file with these values in place of its own. */
    const configure = (values: Record<string, unknown>) =>
        workspace.writeStackFile("dev", {
            ...settings.config,
            ...Object.fromEntries(
                Object.entries(values).map(([key, value]) => [`${projectName}:${key}`, value]),
            ),
        });

    // Interrupted while it previews, it has begun nothing, and the lock is free.
    interruptAt = "preview of dev";
    const interrupted = await ends(130, "up", "dev", "--yes");
    assert.match(interrupted.stderr, /^interrupted: nothing was changed$/m);
    assert.deepEqual(engine.resources(), []);
    assert.match((await ends(0, "unlock", "dev")).stdout, /^stack dev is not locked\n$/);

    // Azure alone, for who cannot reach the cluster.
    const outside = documentOf(await ends(0, "preview", "dev", "--azure-only", "--json"));
    const created = outside.changes.map(({ type }) => type);
    assert.ok(created.includes(types.cluster) && created.includes(types.registry), created.join());
    assert.deepEqual(
        // The provider itself is made, and asks nothing.
        created.filter((type) => type.startsWith("kubernetes:")),
        [],
    );

    // A first preview, and exactly that is applied.
    const plan = file("plan.json");
    const comment = file("comment.md");
    const first = documentOf(
        await ends(0, "preview", "dev", "--json", "--save-plan", plan, "--markdown", comment),
    );
    assert.ok((first.counts["create"] ?? 0) > 150, JSON.stringify(first.counts));
    assert.deepEqual([first.result, first.applied, first.refusals], ["done", false, []]);
    assert.match(
        readFileSync(comment, "utf8"),
        /^<!-- aks-landing-zone preview dev -->\n### Preview of dev\n/,
    );
    const applied = documentOf(await ends(0, "up", "dev", "--json", "--yes", "--plan", plan));
    assert.deepEqual(
        [applied.result, applied.applied, applied.counts["create"]],
        ["done", true, first.counts["create"]],
    );

    // Nothing is left to do, and a plan that was applied fits no more.
    const outlived = await ends(2, "up", "dev", "--yes", "--json", "--expect-no-changes", "--plan", plan);
    const { changes: left, refusals } = documentOf(outlived);
    assert.deepEqual([left, refusals.map(({ guard }) => guard)], [[], ["plan"]]);
    assert.match(
        outlived.stderr,
        /the plan does not fit any more: create urn:\S+ was planned, and is not to be done/,
    );

    // Somebody in the portal is drift.
    const resources = engine.resources();
    const registry = resources.find(({ type }) => type === types.registry);
    assert.ok(registry?.id !== undefined, "there is no registry");
    await simulator.control.drift({
        id: registry.id,
        path: ["publicNetworkAccess"],
        value: "Disabled",
    });
    const found = JSON.parse((await ends(2, "drift", "dev", "--json")).stdout) as DriftDocument;
    assert.deepEqual(
        found.changes.map(({ operation, urn, paths }) => ({ operation, urn, paths })),
        [{ operation: "update", urn: registry.urn, paths: ["publicNetworkAccess"] }],
    );
    await ends(0, "refresh", "dev", "--yes");

    // A new name of the registry replaces it, with every image: refused, and each option that is wrong besides.
    configure({ names: { registry: "crsomethingelse" } });
    const options = ["--expect-no-changes", "--allow-replace", "registry-registri", "--max-deletions", "0"];
    const replacing = await ends(2, "up", "dev", "--yes", "--json", ...options);
    const refused = documentOf(replacing);
    assert.deepEqual(
        [refused.result, refused.applied, refused.refusals.map(({ guard, urn }) => [guard, urn])],
        [
            "refused",
            false,
            [
                ["unknown-name", undefined],
                ["no-changes", undefined],
                ["replacement", registry.urn],
                ["number-of-deletions", undefined],
            ],
        ],
    );
    assert.match(replacing.stderr, /hint: Did you mean registry-registry\?/);
    assert.match(replacing.stderr, /^refused: \d+ resources? would be deleted or replaced, and 0 may be$/m);
    assert.deepEqual(simulator.entities().filter(({ id }) => id === registry.id).length, 1);

    // Repaired, back to what the program says, and protected from here on: in Azure alone, without the new quotas.
    const protection = settings.config[`${projectName}:protection`] as object;
    const tenants = structuredClone(settings.config[`${projectName}:tenants`]) as Tenants;
    tenants.sizes.small.quota.pods += 1;
    configure({ protection: { ...protection, protect: true }, tenants });
    const repaired = documentOf(await ends(0, "up", "dev", "--yes", "--json", "--azure-only"));
    assert.deepEqual(
        [repaired.azureOnly, repaired.changes.map(({ urn, paths }) => ({ urn, paths }))],
        [true, [{ urn: registry.urn, paths: ["publicNetworkAccess"] }]],
    );

    // The autoscaler is no drift, and nothing else is left of it.
    for (const count of autoscaling(resources)) {
        await simulator.control.drift(count);
    }
    const quiet = JSON.parse((await ends(0, "drift", "dev", "--json")).stdout) as DriftDocument;
    assert.deepEqual([...new Set(quiet.ignored.map(({ owner, path }) => `${owner} ${path}`))].sort(), [
        "autoscaler agentPoolProfiles[0].count",
        "autoscaler count",
    ]);

    // A killed run leaves its lock behind.
    const lock = join(workspace.state, lockFolder(projectName, "dev"), "left-behind.json");
    mkdirSync(join(lock, ".."), { recursive: true });
    writeFileSync(
        lock,
        JSON.stringify({ pid: 7, username: "ada", hostname: "laptop", timestamp: "2026-11-21T10:00:00Z" }),
    );
    // So it does operations of which it did not see the end.
    const begun = { ...registry, id: undefined, outputs: undefined };
    const stateFile = join(workspace.state, ".pulumi", "stacks", projectName, "dev.json");
    const state = readFileSync(stateFile, "utf8");
    const { checkpoint, ...rest } = JSON.parse(state) as { checkpoint: { latest: object } };
    const latest = { ...checkpoint.latest, pending_operations: [{ resource: begun, type: "creating" }] };
    writeFileSync(stateFile, JSON.stringify({ ...rest, checkpoint: { ...checkpoint, latest } }));
    const waiting = await ends(1, "up", "dev", "--yes", "--wait-for-lock", "0");
    assert.match(waiting.stderr, /stack dev is locked by ada@laptop \(pid 7\) since 2026-11-21T10:00:00Z/);
    assert.match(
        (await ends(0, "unlock", "dev", "--confirm", "dev")).stdout,
        /\nthe lock is gone\nLook first: .*\n {2}creating Registry registry-registry\n$/,
    );
    writeFileSync(stateFile, state);
    assert.match((await ends(0, "unlock", "dev")).stdout, /^stack dev is not locked\n$/);

    // Outputs, and nothing secret in anything that was said.
    const outputs = await ends(0, "outputs", "dev", "--json");
    assert.ok(Object.keys((JSON.parse(outputs.stdout) as { outputs: object }).outputs).length > 5);

    // A protected stack is refused as a whole; lifted, it goes with its name only.
    const before = simulator.entities().length;
    const kept = await ends(2, "destroy", "dev", "--confirm", "dev");
    assert.match(
        kept.stderr,
        /stack dev is protected: .*\nhint: .*protection\.protect .*npm run lz -- up dev/,
    );
    configure({});
    await ends(0, "up", "dev", "--yes");
    assert.match((await ends(1, "destroy", "dev")).stderr, /nobody is there to confirm it/);
    assert.match(
        (await ends(1, "destroy", "dev", "--confirm", "prod")).stderr,
        /is not the name of the stack/,
    );
    assert.equal(simulator.entities().length, before);
    await ends(0, "destroy", "dev", "--confirm", "dev");
    assert.deepEqual(engine.resources(), []);

    const secrets = [...stage.secrets, ...workspace.keysAndTokens()];
    const leaks = workspace
        .writtenTexts()
        .filter(({ name }) => name.endsWith(".log"))
        .flatMap(({ name, text }) => secrets.filter((secret) => text.includes(secret)).map(() => name));
    assert.deepEqual(leaks, []);
}
