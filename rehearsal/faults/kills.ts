import type { CliResult } from "./cliRun";
import { differencesFromAzure, differencesOfEndStates } from "./convergence";
import type { FaultStage } from "./faultStage";
import { failureOf } from "./recovery";
import type { RecordedResource, Recovery } from "./recovery";

/** What a kill and the recovery from it came to. */
export interface KillResult {
    /** When it was killed, in words. */
    moment: string;
    recovery?: Recovery;
    /** What did not go as it should; empty where Azure, the cluster and the state agree again. */
    problems: string[];
}

/**
 * Runs `up`, kills it when the `created`-th resource of this life is begun to be created, and recovers. The next `up` of
 * the same life goes on from there.
 */
export async function killUp(stage: FaultStage, created: number): Promise<KillResult> {
    const known = new Set(stage.resources().map(({ urn }) => urn));
    const killed = await stage.run(["up", "--yes", "--skip-preview"], (events) => {
        for (const { resourcePreEvent } of events) {
            if (resourcePreEvent?.metadata.op === "create") {
                known.add(resourcePreEvent.metadata.urn);
            }
        }
        return known.size >= created;
    });
    return recovered(stage, killed, `at resource ${created} of the up`);
}

/** The same in the middle of a Helm installation, which leaves a release that is neither there nor not there. */
export async function killHelm(stage: FaultStage): Promise<KillResult> {
    const pending = "/api/v1/secrets?labelSelector=owner%3Dhelm,status%3Dpending-install";
    const killed = await stage.run(["up", "--yes", "--skip-preview"], async () => {
        const api = await stage.cluster();
        const records = await api?.list(pending).catch(() => []);
        return records !== undefined && records.length > 0;
    });
    return recovered(stage, killed, "while Helm installed");
}

/** Runs `destroy` and kills it when the `deleted`-th resource is begun to be deleted, and recovers. */
export async function killDestroy(stage: FaultStage, deleted: number): Promise<KillResult> {
    let count = 0;
    const killed = await stage.run(["destroy", "--yes", "--skip-preview"], (events) => {
        count += events.filter(({ resourcePreEvent }) => resourcePreEvent?.metadata.op === "delete").length;
        return count >= deleted;
    });
    // What is in the cluster goes with it, without a word to it: only Azure counts here.
    return recovered(stage, killed, `at resource ${deleted} of the destroy`, () =>
        Promise.resolve(differencesFromAzure(stage.simulator.entities(), stage.resources())),
    );
}

/** `up` to the end, and whether all is as in a life that nobody disturbed. */
export async function converge(stage: FaultStage, reference: readonly RecordedResource[]): Promise<string[]> {
    const up = await stage.up();
    return [
        ...(up.code === 0 ? [] : [failureOf("up", up)]),
        ...(await stage.disagreements()),
        ...differencesOfEndStates(reference, stage.resources()),
    ];
}

async function recovered(
    stage: FaultStage,
    killed: CliResult,
    moment: string,
    disagreements = () => stage.disagreements(),
): Promise<KillResult> {
    if (killed.code !== undefined) {
        const how = killed.code === 0 ? "it was done before that" : failureOf("up", killed);
        return { moment, problems: [`not killed: ${how}`] };
    }
    const recovery = await stage.recover();
    return {
        moment,
        recovery,
        problems: [...(recovery.error === undefined ? [] : [recovery.error]), ...(await disagreements())],
    };
}
