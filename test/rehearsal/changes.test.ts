import * as assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { readStackFile } from "../../plan/stackFile";
import { operationProblems, operationsOf } from "../../rehearsal/changes/change";
import type { ChangeMaker, Config } from "../../rehearsal/changes/change";
import { chartValue } from "../../rehearsal/changes/chart";
import { newTeam } from "../../rehearsal/changes/tenant";
import { beginning, newMinor, upgradeOf } from "../../rehearsal/changes/version";
import { biggerMachines, doubled, rollProblems } from "../../rehearsal/changes/vmSize";
import { rehearsedSettings } from "../../rehearsal/stackSettings";
import type { LandingZoneConfig } from "../../config";
import type { CapturedResource } from "../../simulator/capture";
import { deployStack, projectFolder } from "../support/stacks";

const makers: Record<string, ChangeMaker> = { newMinor, newTeam, biggerMachines, chartValue };

const encoded = (config: Config) =>
    Object.fromEntries(
        Object.entries(config).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );

/** Custom resources by name. */
const resourcesOf = async (stack: string, config: Config) => {
    const { resources } = await deployStack(stack, "update", () => encoded(config));
    return new Map(resources.filter(({ custom }) => custom).map((resource) => [resource.name, resource]));
};

const differing = (before: Map<string, CapturedResource>, after: Map<string, CapturedResource>) =>
    [...new Set([...before.keys(), ...after.keys()])]
        .filter((name) => !isDeepStrictEqual(before.get(name)?.inputs, after.get(name)?.inputs))
        .sort();

describe("rehearsal/changes", () => {
    for (const stack of ["dev", "prod"]) {
        const { config, checked } = rehearsedSettings(readStackFile(projectFolder, stack), "/charts");
        const first = beginning(config, checked);
        let before: Promise<Map<string, CapturedResource>> | undefined;

        // The program itself, run over both configurations: what it asks for differently is what an `up` changes.
        for (const [name, maker] of Object.entries(makers)) {
            it(`${name} expects of ${stack} what the program asks for`, async () => {
                const change = maker(checked);
                assert.ok(change);
                const names = change.expected.map((line) => line.split(" ").at(-1) ?? "");
                assert.deepEqual(
                    differing(
                        await (before ??= resourcesOf(stack, first)),
                        await resourcesOf(stack, change.apply(first)),
                    ),
                    [...new Set(names)].sort(),
                );
            });
        }
    }

    it("leaves alone what it does not change", () => {
        const { config, checked } = rehearsedSettings(readStackFile(projectFolder, "dev"), "/charts");
        const first = beginning(config, checked);
        const copy = structuredClone(first);
        for (const maker of Object.values(makers)) {
            const changed = maker(checked)?.apply(first) ?? {};
            const keys = Object.keys(copy).filter((key) => !isDeepStrictEqual(copy[key], changed[key]));
            assert.equal(keys.length, 1);
        }
        assert.deepEqual(first, copy);
    });

    it("begins one minor below the stack's own, or goes one above the oldest", () => {
        const upgrade = (kubernetesVersion: string, longTermSupport = false) =>
            upgradeOf({ cluster: { kubernetesVersion, longTermSupport } } as LandingZoneConfig);
        assert.deepEqual(upgrade("1.36"), { from: "1.35", to: "1.36" });
        assert.deepEqual(upgrade("1.34"), { from: "1.34", to: "1.35" });
        assert.deepEqual(upgrade("1.34", true), { from: "1.33", to: "1.34" });
        assert.equal(upgrade("1.20"), undefined);
    });

    it("has nothing to expect where AKS itself chooses the version", () => {
        const { checked } = rehearsedSettings(readStackFile(projectFolder, "dev"), "/charts");
        const { cluster } = checked;
        const rapid = { ...cluster, upgrades: { ...cluster.upgrades, channel: "rapid" as const } };
        assert.equal(newMinor({ ...checked, cluster: rapid }), undefined);
    });

    it("doubles machines", () => {
        assert.equal(doubled("Standard_D4ds_v5"), "Standard_D8ds_v5");
        assert.equal(doubled("Standard_NC24ads_A100_v4"), "Standard_NC48ads_A100_v4");
    });

    it("wants the new pool before the old one goes", () => {
        const type = "azure-native:containerservice:AgentPool";
        const operation = (kind: "create" | "delete", id: string, beganAt: number, endedAt?: number) => ({
            kind,
            type,
            id,
            beganAt,
            endedAt,
        });
        const created = operation("create", "new", 0, 300);
        assert.deepEqual(rollProblems([created, operation("delete", "old", 300, 500)]), []);
        assert.deepEqual(rollProblems([created, operation("delete", "old", 200, 500)]), [
            "the old pool went before the new one was there",
        ]);
        assert.deepEqual(rollProblems([created, operation("delete", "new", 300, 500)]), [
            "both pools are new",
        ]);
        assert.equal(rollProblems([created]).length, 1);
        assert.equal(rollProblems([operation("delete", "old", 0, 1)]).length, 1);
    });

    it("names what was not done and what nobody expected", () => {
        const step = (operation: string, name: string, isComponent = false) => ({
            operation,
            urn: `urn:pulumi:dev::project::type::${name}`,
            isComponent,
            properties: [],
        });
        const steps = [
            step("same", "a"),
            step("update", "b"),
            step("update", "c", true),
            step("create", "d"),
        ];
        assert.deepEqual(operationsOf({ steps }), ["update b", "create d"]);
        assert.deepEqual(operationProblems(["update b", "create e"], ["update b", "create d"]), [
            "not done: create e",
            "not expected: create d",
        ]);
    });
});
