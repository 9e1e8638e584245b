import * as assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recover } from "../../rehearsal/faults/recovery";
import type { ExportedState, RecordedResource, Recovery } from "../../rehearsal/faults/recovery";
import { credential, group, role, urnOf, user } from "./faultFixtures";
import { folderPerTest } from "../support/temporaryFolder";

/** A CLI that writes down how it was called, and has the given state. */
const cli = [
    "#!/bin/sh",
    'echo "$@" >> calls',
    'case "$1 $2" in',
    '"stack export") cat state.json ;;',
    '"import --file") cp "$3" imported.json ;;',
    "esac",
    '[ "$1" != "$(cat failing 2>/dev/null)" ]',
].join("\n");

describe("rehearsal faults: the steps of a recovery", () => {
    let directory: string;

    folderPerTest((made) => {
        directory = made;
        writeFileSync(join(directory, "pulumi"), cli);
        chmodSync(join(directory, "pulumi"), 0o755);
    });

    const recovered = (
        deployment: ExportedState["deployment"],
        ids: Readonly<Record<string, string>>,
        halfInstalled?: string,
    ): Promise<Recovery> => {
        writeFileSync(join(directory, "state.json"), JSON.stringify({ deployment }));
        return recover(
            {
                directory,
                stack: "dev",
                environment: { PATH: `${directory}:${process.env["PATH"] ?? ""}` },
                log: () => undefined,
            },
            {
                settled: () => Promise.resolve(),
                idOf: ({ urn }) => Promise.resolve(ids[urn]),
                isHalfInstalled: ({ urn }) => Promise.resolve(urn === halfInstalled),
            },
        );
    };
    const creating = (resource: RecordedResource) => ({ type: "creating", resource }) as const;
    const calls = () =>
        readFileSync(join(directory, "calls"), "utf8")
            .trim()
            .split("\n")
            .map((call) => call.split(" --stack")[0]?.replace(directory, "."));

    const cancel = "cancel --yes";
    const exported = "stack export";
    const refresh = "refresh --yes --skip-preview --clear-pending-creates";
    const takeOver = "import --file ./import.json --yes --skip-preview --protect=false --generate-code=false";

    it("takes over what is there, forgets what is not, and makes patches again", async () => {
        const lost = credential("lost");
        const type = "kubernetes:core/v1:NamespacePatch";
        const patch: RecordedResource = { urn: urnOf(type, "patch"), type };
        const updating = { type: "updating", resource: role("1") } as const;
        const recovery = await recovered(
            { pending_operations: [creating(group), creating(lost), creating(patch), updating] },
            { [group.urn]: "/found", [patch.urn]: "kube-system", [role("1").urn]: "/role" },
        );
        assert.deepEqual(recovery, {
            imported: { [group.urn]: "/found" },
            cleared: [lost.urn, patch.urn],
            removed: [],
            superfluous: [],
        });
        assert.deepEqual(calls(), [cancel, exported, takeOver, refresh]);
        const file = JSON.parse(readFileSync(join(directory, "imported.json"), "utf8")) as {
            resources: { id: string; inputs: unknown }[];
        };
        assert.deepEqual(
            file.resources.map(({ id, inputs }) => ({ id, inputs })),
            [{ id: "/found", inputs: group.inputs }],
        );
    });

    it("removes a release that was not installed to its end", async () => {
        const { urn } = user("a");
        const recovery = await recovered(
            { pending_operations: [creating(user("a"))] },
            { [urn]: "kured/kured" },
            urn,
        );
        assert.deepEqual(recovery.removed, [urn]);
        const remove = `destroy --yes --skip-preview --target ${urn}`;
        assert.deepEqual(calls(), [cancel, exported, takeOver, refresh, remove]);
    });

    it("names the replacement that was made and that no state knows", async () => {
        const resources = [group];
        const replacing = { resources, pending_operations: [creating(group)] };
        const recovery = await recovered(replacing, { [group.urn]: "/new" });
        assert.deepEqual(recovery.superfluous, ["/new"]);
        assert.match(recovery.error ?? "", /in no state; delete by hand, then run up: \/new$/);
        assert.deepEqual(calls(), [cancel, exported, refresh]);
    });

    it("takes the old resource under its id not for its replacement", async () => {
        const replacing = { resources: [group], pending_operations: [creating(group)] };
        const recovery = await recovered(replacing, { [group.urn]: group.id ?? "" });
        assert.deepEqual(
            [recovery.cleared, recovery.superfluous, recovery.error],
            [[group.urn], [], undefined],
        );
    });

    it("names the replacement under the id of what was deleted for it", async () => {
        const replacing = {
            resources: [{ ...group, pendingReplacement: true }],
            pending_operations: [creating(group)],
        };
        const recovery = await recovered(replacing, { [group.urn]: group.id ?? "" });
        assert.deepEqual([recovery.cleared, recovery.superfluous], [[], [group.id]]);
        assert.match(recovery.error ?? "", /delete by hand, then run up/);
    });

    it("ends at the first step that fails", async () => {
        writeFileSync(join(directory, "failing"), "refresh");
        const recovery = await recovered(
            { pending_operations: [creating(group)] },
            { [group.urn]: "/found" },
        );
        assert.match(recovery.error ?? "", /^pulumi refresh --yes failed with exit code 1/);
        assert.deepEqual(calls(), [cancel, exported, takeOver, refresh]);
    });
});
