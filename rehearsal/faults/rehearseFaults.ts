import type { Fault } from "../../simulator/provider/faults";
import type { Check, Step } from "../report";
import { onStage } from "../stage";
import type { StageOptions } from "../stage";
import { withoutProtection } from "../stackSettings";
import { sweepCreations } from "./creationSweep";
import { FaultStage } from "./faultStage";
import { converge, killDestroy, killHelm, killUp } from "./kills";
import type { KillResult } from "./kills";
import { sampledLevels } from "./levels";
import { sampledMoments } from "./moments";
import type { RecordedResource } from "./recovery";

/** Which faults are rehearsed, and how. */
export interface FaultOptions extends StageOptions {
    /** `quick`: each creation refused once, the engine killed twice. `all`: every effect, and many more moments. */
    set: "quick" | "all";
    onProgress?: (step: string) => void;
    /** The state after an `up` that nobody disturbed. Absent: one is run first. */
    reference?: readonly RecordedResource[];
}

/** What the rehearsal of faults found. */
export interface FaultFindings {
    checks: Check[];
    steps: Step[];
}

/** What a set consists of. */
interface FaultSet {
    effects: Fault["effect"][];
    /** Creations fail on each so-manieth level of the graph: every level costs one more `up`. */
    levelDistance: number;
    /** How often `up` is killed. */
    kills: number;
    /** Whether it is killed in the middle of a Helm installation too. */
    helm: boolean;
}

const sets: Readonly<Record<FaultOptions["set"], FaultSet>> = {
    // Every seventh level: 79 resources of 14 types in dev, both Helm releases among them, with four failing `up`s.
    quick: { effects: ["refuse"], levelDistance: 7, kills: 2, helm: false },
    all: {
        effects: ["refuse", "timeOut", "throttle", "loseAnswer"],
        levelDistance: 1,
        kills: 10,
        helm: true,
    },
};

const effectTitles: Readonly<Record<Fault["effect"], { id: string; title: string }>> = {
    refuse: { id: "fault-refuse", title: "Creations refused once each: up again comes to the same end" },
    timeOut: { id: "fault-time-out", title: "Creations timed out once each: up again comes to the same end" },
    throttle: { id: "fault-throttle", title: "Creations throttled once each: up comes to the same end" },
    loseAnswer: {
        id: "fault-lost-answer",
        title: "Answers to creations lost once each: up again comes to the same end",
    },
};

/** Simulated seconds per real second: what is looked for here is order and state, not time. */
const timeScale = 2000;
/** Any number does; the same one gives the same moments. */
const seed = 4;

/** Lets every creation fail and kills the engine midway, and says whether the stack comes to the same end. */
export async function rehearseFaults(options: FaultOptions): Promise<FaultFindings> {
    return new FaultRehearsal(options).run();
}

class FaultRehearsal {
    readonly #options: FaultOptions;
    readonly #findings: FaultFindings = { checks: [], steps: [] };

    constructor(options: FaultOptions) {
        this.#options = { timeScale, ...options };
    }

    async run(): Promise<FaultFindings> {
        const { effects, kills, helm } = sets[this.#options.set];
        const reference = this.#options.reference ?? (await this.#reference());
        for (const effect of effects) {
            await this.#sweep(effect, reference);
        }
        await this.#kill(kills, reference);
        if (helm) {
            await this.#killHelm(reference);
        }
        return this.#findings;
    }

    /** The end state of an `up` that nobody disturbs. */
    #reference(): Promise<RecordedResource[]> {
        return this.#timed("undisturbed up", () =>
            onStage(this.#options, async ({ engine, workspace }) => {
                const { error } = await engine.up();
                workspace.log("\n");
                if (error !== undefined) {
                    throw new Error(`without any fault, up fails: ${error}`);
                }
                return engine.resources();
            }),
        );
    }

    #sweep(effect: Fault["effect"], reference: readonly RecordedResource[]): Promise<void> {
        const { id, title } = effectTitles[effect];
        return this.#timed(id, () =>
            onStage(this.#options, async (stage) => {
                const { rounds, failed, problems } = await sweepCreations(
                    new FaultStage(stage, this.#options.signal),
                    {
                        effect,
                        targets: sampledLevels(reference, sets[this.#options.set].levelDistance),
                        reference,
                        onProgress: (step) => this.#options.onProgress?.(step),
                    },
                );
                this.#record(id, title, problems, `${failed} creations disturbed, ${rounds} times up`);
            }),
        );
    }

    async #kill(kills: number, reference: readonly RecordedResource[]): Promise<void> {
        await onStage(this.#options, async (played) => {
            const stage = new FaultStage(played, this.#options.signal);
            const moments = sampledMoments(reference.length, kills, seed);
            for (const [index, moment] of moments.entries()) {
                const id = `kill-${index + 1}`;
                await this.#timed(id, async () => this.#recordKill(id, await killUp(stage, moment)));
            }
            await this.#timed("kill-converges", async () =>
                this.#record(
                    "kill-converges",
                    "Killed and recovered again and again, up comes to the same end",
                    await converge(stage, reference),
                    `${reference.length} resources as in an undisturbed life`,
                ),
            );
            await this.#timed("kill-destroy", async () => {
                if (stage.isProtected) {
                    played.workspace.writeStackFile(this.#options.stack, withoutProtection(played.settings));
                    await stage.up();
                }
                const [half = 1] = sampledMoments(reference.length, 1, seed);
                const killed = await killDestroy(stage, half);
                const destroy = await stage.run(["destroy", "--yes", "--skip-preview"]);
                const left = [
                    ...killed.problems,
                    ...stage.simulator
                        .entities()
                        .map((entity) => `left in the simulated Azure: ${entity.id}`),
                    ...stage.resources().map(({ urn }) => `left in the state: ${urn}`),
                    ...(destroy.code === 0 ? [] : ["destroy failed"]),
                ];
                this.#record(
                    "kill-destroy",
                    "Destroy, killed and run again, leaves nothing behind",
                    left,
                    `killed ${killed.moment}; nothing left`,
                );
            });
        });
    }

    /** In a life of its own: Helm installs at a moment that no count of resources names. */
    async #killHelm(reference: readonly RecordedResource[]): Promise<void> {
        await this.#timed("kill-helm", () =>
            onStage(this.#options, async (played) => {
                const stage = new FaultStage(played, this.#options.signal);
                const killed = await killHelm(stage);
                const problems = [...killed.problems, ...(await converge(stage, reference))];
                this.#recordKill("kill-helm", { ...killed, problems });
            }),
        );
    }

    #recordKill(id: string, { moment, recovery, problems }: KillResult): void {
        const { imported = {}, cleared = [], removed = [] } = recovery ?? {};
        const done = `${Object.keys(imported).length} creations taken over, ${cleared.length} forgotten, ${removed.length} releases removed`;
        this.#record(id, `Killed ${moment} and recovered, nothing is orphaned`, problems, done);
    }

    #record(id: string, title: string, problems: readonly string[], good: string): void {
        this.#findings.checks.push({
            id,
            title,
            outcome: problems.length === 0 ? "holds" : "fails",
            detail: problems.length === 0 ? good : problems.join("\n"),
        });
    }

    async #timed<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
        this.#options.onProgress?.(name);
        const start = performance.now();
        const result = await action();
        this.#findings.steps.push({ name, durationInMilliseconds: Math.round(performance.now() - start) });
        return result;
    }
}
