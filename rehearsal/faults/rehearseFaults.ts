import type { Fault } from "../../simulator/provider/faults";
import type { Progress } from "../../terminal/progress/liveProgress";
import type { Check, Step } from "../report";
import { onStage } from "../stage";
import type { Stage, StageOptions } from "../stage";
import { withoutProtection } from "../stackSettings";
import { neverDisturbed, sweepCreations } from "./creationSweep";
import { FaultNotes } from "./faultNotes";
import { effectChecks, faultChecks, faultSets, helmKillCheck, killChecks, killId } from "./faultSets";
import type { FaultSet, FaultSetName } from "./faultSets";
import { FaultStage } from "./faultStage";
import { converge, killDestroy, killHelm, killUp } from "./kills";
import type { KillResult } from "./kills";
import { widestLevels } from "./levels";
import { sampledMoments } from "./moments";
import type { RecordedResource } from "./recovery";

/** Which faults are rehearsed, and against what. */
export interface FaultOptions extends StageOptions {
    set: FaultSetName;
    /** Is told what is being done. */
    progress?: Progress;
    /** The state after an `up` that nobody disturbed; empty where there is none, and then nothing can be judged. */
    reference: readonly RecordedResource[];
    /** The stack file's `config:` section that led to it. */
    config: Record<string, unknown>;
}

/** What the rehearsal of faults found. */
export interface FaultFindings {
    checks: Check[];
    steps: Step[];
    durationInMilliseconds: number;
    /** Folders with logs and state, where they were kept. */
    keptIn: string[];
}

/** Simulated seconds per real second, at least: what is looked for here is order and state, not time. */
const leastTimeScale = 2000;
/** Any number does; the same one gives the same moments. */
const seed = 4;

/** Lets every creation fail and kills the engine midway, and says whether the stack comes to the same end. */
export async function rehearseFaults(options: FaultOptions): Promise<FaultFindings> {
    return new FaultRehearsal(options).run();
}

class FaultRehearsal {
    readonly #options: FaultOptions;
    readonly #set: FaultSet;
    readonly #notes: FaultNotes;
    readonly #keptIn: string[] = [];

    constructor(options: FaultOptions) {
        this.#options = { ...options, timeScale: Math.max(leastTimeScale, options.timeScale ?? 0) };
        this.#set = faultSets[options.set];
        this.#notes = new FaultNotes(faultChecks(this.#set));
    }

    async run(): Promise<FaultFindings> {
        const start = performance.now();
        const { effects, helm } = this.#set;
        if (this.#options.reference.length > 0) {
            for (const effect of effects) {
                await this.#life([effectChecks[effect].id], (stage) => this.#sweep(effect, stage));
            }
            const kills = killChecks(this.#set).map(({ id }) => id);
            await this.#life(kills, (stage, played) => this.#kill(stage, played));
            if (helm) {
                await this.#life([helmKillCheck.id], (stage) => this.#killHelm(stage));
            }
        }
        return {
            checks: this.#notes.checks(),
            steps: this.#notes.steps,
            durationInMilliseconds: Math.round(performance.now() - start),
            keptIn: this.#keptIn,
        };
    }

    /** A life of its own, from nothing. Where it breaks off, its checks say so, and the other lives go on. */
    async #life(
        ids: readonly string[],
        action: (stage: FaultStage, played: Stage) => Promise<void>,
    ): Promise<void> {
        const { signal, keep, stack, config, progress } = this.#options;
        progress?.chapter("faults: starting the simulated Azure");
        try {
            await onStage(this.#options, async (played) => {
                if (keep) {
                    this.#keptIn.push(played.workspace.root);
                }
                played.workspace.writeStackFile(stack, config);
                await action(new FaultStage(played, { signal, progress }), played);
            });
        } catch (error) {
            signal?.throwIfAborted();
            this.#notes.broken(ids, error instanceof Error ? error : new Error(String(error)));
        }
    }

    async #sweep(effect: Fault["effect"], stage: FaultStage): Promise<void> {
        const { reference } = this.#options;
        const { id } = effectChecks[effect];
        const { levels } = this.#set;
        const { rounds, inAzure, inCluster, problems } = await this.#notes.timed(id, () =>
            sweepCreations(stage, {
                effect,
                targets: widestLevels(reference, levels),
                reference,
                onProgress: (step) => this.#doing(step),
            }),
        );
        const isForAll = effect === "refuse" && levels === Infinity;
        const spared = isForAll ? neverDisturbed(reference, [...inAzure, ...inCluster]) : [];
        this.#notes.record(
            id,
            [...problems, ...spared],
            `${inAzure.length} creations in Azure and ${inCluster.length} in the cluster disturbed, ${rounds} times up`,
        );
    }

    async #kill(stage: FaultStage, played: Stage): Promise<void> {
        const { reference, stack, config } = this.#options;
        for (const [index, moment] of sampledMoments(reference.length, this.#set.kills, seed).entries()) {
            await this.#timed(killId(index), async () =>
                this.#recordKill(killId(index), await killUp(stage, moment)),
            );
        }
        await this.#timed("kill-converges", async () =>
            this.#notes.record(
                "kill-converges",
                await converge(stage, reference),
                `${reference.length} resources as in an undisturbed life`,
            ),
        );
        await this.#timed("kill-destroy", async () => {
            if (stage.isProtected) {
                played.workspace.writeStackFile(stack, withoutProtection({ config }));
                await stage.up();
            }
            const [half = 1] = sampledMoments(reference.length, 1, seed);
            const killed = await killDestroy(stage, half);
            const destroy = await stage.run(["destroy", "--yes", "--skip-preview"]);
            const left = [
                ...killed.problems,
                ...stage.simulator.entities().map((entity) => `left in the simulated Azure: ${entity.id}`),
                ...stage.resources().map(({ urn }) => `left in the state: ${urn}`),
                ...(destroy.code === 0 ? [] : ["destroy failed"]),
            ];
            this.#notes.record("kill-destroy", left, `killed ${killed.moment}; nothing left`);
        });
    }

    /** In a life of its own: Helm installs at a moment that no count of resources names. */
    async #killHelm(stage: FaultStage): Promise<void> {
        await this.#timed(helmKillCheck.id, async () => {
            const killed = await killHelm(stage);
            const problems = [...killed.problems, ...(await converge(stage, this.#options.reference))];
            this.#recordKill(helmKillCheck.id, { ...killed, problems });
        });
    }

    #recordKill(id: string, { moment, recovery, problems }: KillResult): void {
        const { imported = {}, cleared = [], removed = [] } = recovery ?? {};
        const done = `${Object.keys(imported).length} creations taken over, ${cleared.length} forgotten, ${removed.length} releases removed`;
        this.#notes.record(
            id,
            problems.map((problem) => `killed ${moment}: ${problem}`),
            `killed ${moment}; ${done}`,
        );
    }

    #timed(name: string, action: () => Promise<void>): Promise<void> {
        this.#doing(name);
        return this.#notes.timed(name, action);
    }

    #doing(step: string): void {
        const { progress, reference } = this.#options;
        progress?.chapter(`faults: ${step}`);
        progress?.expect(reference.filter(({ custom }) => custom === true).length);
    }
}
