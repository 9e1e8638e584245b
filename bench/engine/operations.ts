import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changesOf } from "../../rehearsal/engine";
import type { OperationResult, StateResource } from "../../rehearsal/engine";
import { runCli } from "../../rehearsal/faults/cliRun";
import type { Stage } from "../../rehearsal/stage";
import { withoutProtection } from "../../rehearsal/stackSettings";
import type { Measurement, Setting } from "../measurement";
import { bareProgram, bareProgramFile } from "./bareProgram";
import { comparison } from "./perResource";
import type { Life } from "./perResource";
import { onBenchStage } from "./stage";

/** What is measured of a stack, with the state after its first `up`. */
interface RecordedLife extends Life {
    state: StateResource[];
}

/** A pair takes minutes: a fifth as many as asked for, and none that does not count. */
export function pairsOfLives({ pairs }: Pick<Setting, "pairs">): number {
    return Math.max(1, Math.ceil(pairs / 5));
}

/** The engine's operations on the landing zone and on a bare program of the same resources, in turn. */
export async function measureOperations(stack: string, setting: Setting): Promise<Measurement[]> {
    const pairs = pairsOfLives(setting);
    const own: Life[] = [];
    const bare: Life[] = [];
    for (let pair = 1; pair <= pairs; pair += 1) {
        const doing = (what: string) => (step: string) =>
            setting.onProgress(`${stack}, ${what}, ${step}, ${pair} of ${pairs}`);
        const life = await ownLife(stack, setting, doing("landing zone"));
        own.push(life);
        bare.push(await bareLife(stack, setting, life.state, doing("bare program")));
    }
    return comparison(stack, own, bare);
}

function ownLife(stack: string, setting: Setting, doing: (step: string) => void): Promise<RecordedLife> {
    return onBenchStage(setting, stack, (stage) => {
        // What is protected could not be destroyed.
        stage.workspace.writeStackFile(stack, withoutProtection(stage.settings));
        return live(stage, setting, doing);
    });
}

function bareLife(
    stack: string,
    setting: Setting,
    state: readonly StateResource[],
    doing: (step: string) => void,
): Promise<RecordedLife> {
    return onBenchStage(setting, stack, (stage) => {
        const { workspace, settings } = stage;
        const program = bareProgram(state, settings.checked.kubernetes.login);
        const file = join(workspace.project, bareProgramFile);
        writeFileSync(file, JSON.stringify(program), { mode: 0o600 });
        const entry = join(workspace.project, "index.ts");
        rmSync(entry);
        symlinkSync(join(setting.directory, "bench", "programs", "bare", "index.ts"), entry);
        return live(stage, setting, doing);
    });
}

/** From nothing to nothing. */
async function live(stage: Stage, setting: Setting, doing: (step: string) => void): Promise<RecordedLife> {
    const { engine } = stage;
    const secondsOf = async (step: string, run: () => Promise<OperationResult>, mayChange: boolean) => {
        setting.signal?.throwIfAborted();
        doing(step);
        const result = await run();
        ensureAsMeant(`${step} of ${stage.stack}`, result, mayChange);
        return result.durationInMilliseconds / 1000;
    };
    const up = await secondsOf("up from nothing", () => engine.up(), true);
    const state = engine.resources();
    const stateBytes = Buffer.byteLength(await exportedState(stage, setting));
    const unchangedUp = await secondsOf("up without a change", () => engine.up(), false);
    const refresh = await secondsOf("refresh", () => engine.refresh(), false);
    const destroy = await secondsOf("destroy", () => engine.destroy(), true);
    return {
        resources: state.filter(({ custom }) => custom).length,
        seconds: { up, unchangedUp, refresh, destroy },
        stateBytes,
        state,
    };
}

/** An operation that failed, or that found something to do where there is nothing, measures something else. */
function ensureAsMeant(what: string, result: OperationResult, mayChange: boolean): void {
    const changes = mayChange ? [] : changesOf(result).map(({ operation, urn }) => `${operation} ${urn}`);
    const problems = [...(result.error === undefined ? [] : [result.error]), ...changes];
    if (problems.length > 0) {
        throw new Error(`${what} went another way and is not measured:\n${problems.join("\n")}`);
    }
}

/** What `pulumi stack export` writes, with secrets as ciphertext. */
async function exportedState({ engine }: Stage, { signal }: Setting): Promise<string> {
    const { code, output, errors } = await runCli({ ...engine.commandLine, log: () => undefined, signal }, [
        "stack",
        "export",
    ]);
    if (code !== 0) {
        throw new Error(`the state cannot be exported:\n${errors}`);
    }
    return output;
}
