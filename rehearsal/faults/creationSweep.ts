import type { Fault } from "../../simulator/provider/faults";
import type { OperationRecord } from "../../simulator/provider/operationLog";
import type { CliResult } from "./cliRun";
import { DenyPolicy } from "./denyPolicy";
import { differencesOfEndStates } from "./convergence";
import type { FaultStage } from "./faultStage";
import { azureTargets, firstCreationFails, kubernetesTargets } from "./faultTargets";
import { failureOf } from "./recovery";
import type { RecordedResource } from "./recovery";

/** What a sweep found. */
export interface SweepResult {
    /** How often `up` was run until it succeeded. */
    rounds: number;
    /** URNs of those whose creation was disturbed in Azure and Entra ID. */
    inAzure: string[];
    /** URNs of those whose creation failed in the cluster. */
    inCluster: string[];
    /** What did not go as it should; empty where all converged. */
    problems: string[];
}

/** More than any chain of resources that wait for each other. */
const mostRounds = 40;

/** What a sweep does, and against what it judges. */
export interface Sweep {
    effect: Fault["effect"];
    /** Those whose first creation fails. */
    targets: readonly RecordedResource[];
    /** The end state of a life that nobody disturbs. */
    reference: readonly RecordedResource[];
    onProgress: (step: string) => void;
}

/**
 * Lets the first creation of each target fail, and runs `up` again until it succeeds. Whatever an `up` reaches fails
 * in it at once, and so the number of rounds is the depth of the graph, not the number of resources. Only Azure knows
 * other effects than a refusal: the cluster's half is left alone with these.
 */
export async function sweepCreations(
    stage: FaultStage,
    { effect, targets, reference, onProgress }: Sweep,
): Promise<SweepResult> {
    await stage.simulator.control.setFaults(firstCreationFails(targets, effect));
    const failures = new Map<string, number>();
    let denied = effect === "refuse" ? kubernetesTargets(targets) : [];
    const inCluster = new Set(denied.map(({ urn }) => urn));
    let policy: DenyPolicy | undefined;
    let problem: string | undefined;
    let rounds = 0;
    for (let isDone = false; !isDone && problem === undefined;) {
        rounds += 1;
        onProgress(`${effect}: up ${rounds}`);
        const api = await stage.cluster();
        if (api && inCluster.size > 0) {
            policy ??= new DenyPolicy(api);
            await policy.replace(denied.map((target) => target.denied));
        }
        const up = await stage.up("--continue-on-error");
        const failed = failedUrns(up);
        failed.forEach((urn) => failures.set(urn, (failures.get(urn) ?? 0) + 1));
        denied = denied.filter(({ urn }) => !failures.has(urn));
        isDone = up.code === 0;
        const isProgress = failed.some((urn) => failures.get(urn) === 1);
        if (!isDone && (!isProgress || rounds === mostRounds)) {
            problem = `round ${rounds} brings nothing new: ${failureOf("up", up)}`;
        }
    }
    await policy?.remove();
    await stage.simulator.control.setFaults([]);
    const azure = azureTargets(targets);
    const operations = await stage.simulator.control.operations();
    const problems = [
        ...(problem === undefined ? [] : [problem]),
        ...faultedOnce(azure, operations, effect),
        ...[...inCluster]
            .filter((urn) => failures.get(urn) !== 1)
            .map((urn) => `creation failed ${failures.get(urn) ?? 0} times in place of once: ${urn}`),
        ...unexpectedFailures(failures, new Set([...azure.map(({ urn }) => urn), ...inCluster])),
        ...(await stage.disagreements()),
        ...differencesOfEndStates(reference, stage.resources()),
    ];
    const disturbed = new Set(disturbances(operations, effect).map(({ urn }) => urn));
    return {
        rounds,
        inAzure: [...disturbed],
        inCluster: [...inCluster].filter((urn) => failures.has(urn)),
        problems,
    };
}

/** Resources that were spared. Of the explicit providers nothing exists outside the engine that could fail. */
export function neverDisturbed(
    resources: readonly RecordedResource[],
    disturbed: readonly string[],
): string[] {
    const known = new Set(disturbed);
    return resources
        .filter(({ custom, type }) => custom === true && !type.startsWith("pulumi:providers:"))
        .filter(({ urn }) => !known.has(urn))
        .map(({ urn }) => `its creation was never disturbed: ${urn}`);
}

/** Where the creation of a resource was not disturbed exactly once. */
export function faultedOnce(
    resources: readonly RecordedResource[],
    operations: readonly OperationRecord[],
    effect: Fault["effect"],
): string[] {
    const disturbed = disturbances(operations, effect);
    return resources.flatMap(({ urn }) => {
        const count = disturbed.filter((operation) => operation.urn === urn).length;
        return count === 1 ? [] : [`creation was disturbed ${count} times in place of once: ${urn}`];
    });
}

function disturbances(operations: readonly OperationRecord[], effect: Fault["effect"]): OperationRecord[] {
    return operations.filter(({ kind, fault }) => kind === "create" && fault === effect);
}

/** Failures of resources that nobody had meant to fail, or more of them than were meant. */
export function unexpectedFailures(
    failures: ReadonlyMap<string, number>,
    meant: ReadonlySet<string>,
): string[] {
    return [...failures]
        .filter(([urn, count]) => count > 1 || !meant.has(urn))
        .map(([urn, count]) => `failed ${count} times, ${meant.has(urn) ? 1 : 0} meant: ${urn}`);
}

function failedUrns({ events }: CliResult): string[] {
    return events.flatMap(({ resOpFailedEvent }) =>
        resOpFailedEvent && resOpFailedEvent.metadata.type !== "pulumi:pulumi:Stack"
            ? [resOpFailedEvent.metadata.urn]
            : [],
    );
}
