import { operationProblems, operationsOf } from "../changes/change";
import type { Change, ChangeMaker } from "../changes/change";
import { chartValue } from "../changes/chart";
import { newTeam } from "../changes/tenant";
import { newMinor } from "../changes/version";
import { biggerMachines, rollProblems } from "../changes/vmSize";
import { changesOf } from "../engine";
import type { ResourceStep } from "../engine";
import type { Stage } from "../stage";
import type { Notes } from "./notes";

const cluster = "azure-native:containerservice:ManagedCluster";
const makers: Readonly<Record<Change["check"], ChangeMaker>> = {
    "change-version": newMinor,
    "change-tenant": newTeam,
    "change-vm-size": biggerMachines,
    "change-chart": chartValue,
};

/** One change of the configuration at a time. They stay: to take them back would cost as much again, and prove no more. */
export async function changes(
    { engine, simulator, workspace, settings, stack }: Stage,
    notes: Notes,
): Promise<void> {
    const clusterSteps: ResourceStep[] = [];
    for (const [check, maker] of Object.entries(makers) as [Change["check"], ChangeMaker][]) {
        const change = maker(settings.checked);
        if (change === undefined) {
            notes.record(check, [], "nothing in this stack's settings to change");
            continue;
        }
        notes.config = change.apply(notes.config);
        workspace.writeStackFile(stack, notes.config);
        const before = (await simulator.control.operations()).length;
        const result = await notes.run(change.title, (watcher) => engine.up(watcher));
        const found = changesOf(result);
        clusterSteps.push(...found.filter(({ urn }) => urn.includes(`${cluster}::`)));
        notes.record(
            check,
            [
                ...(result.error === undefined ? [] : [result.error]),
                ...operationProblems(change.expected, operationsOf(result)),
                ...(check === "change-vm-size"
                    ? rollProblems((await simulator.control.operations()).slice(before))
                    : []),
            ],
            `${change.title}: ${change.expected.length} operations`,
        );
    }
    const replaced = clusterSteps.filter(({ operation }) => operation !== "update");
    notes.record(
        "cluster-kept",
        replaced.map(({ operation, urn }) => `${operation} ${urn}`),
        "the same cluster from beginning to end",
    );
}
