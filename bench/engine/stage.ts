import { RehearsalError } from "../../rehearsal/rehearsalError";
import type { Stage } from "../../rehearsal/stage";
import { findToolchain } from "../../rehearsal/toolchain";
import type { Setting } from "../measurement";

/** Azure's half hour passes in a fiftieth of a second: what is left is the engine, the program and Kubernetes. */
const timeScale = 100_000;

/** Sets a stage of the rehearsal on which Azure takes no time, and takes it down however `action` ends. */
export function onBenchStage<Result>(
    { directory, environment, signal }: Setting,
    stack: string,
    action: (stage: Stage) => Promise<Result>,
): Promise<Result> {
    return lazyOnStage()(
        {
            directory,
            stack,
            toolchain: findToolchain(environment, directory),
            keep: false,
            timeScale,
            inheritedPath: environment["PATH"],
            signal,
        },
        action,
    );
}

/**
 * Brings the stage's stack up from nothing, with the lines of the program in its state.
 *
 * @param purpose What the stack is for afterwards, as a verb: `measure`.
 * @throws Error where that fails, with what the engine said.
 */
export async function upFromNothing({ engine, stack }: Stage, purpose: string): Promise<void> {
    const { error } = await engine.upWithLines();
    if (error !== undefined) {
        throw new Error(`up of ${stack} failed, so there is nothing to ${purpose}:\n${error}`);
    }
}

/** What a stage needs and this machine does not have; absent where nothing is missing. */
export function missingHere({ directory, environment }: Setting): string | undefined {
    try {
        findToolchain(environment, directory);
        return undefined;
    } catch (error) {
        if (error instanceof RehearsalError) {
            return [error.message, error.hint].filter((text) => text !== undefined).join(": ");
        }
        throw error;
    }
}

/** Loads Pulumi only now: what measures something else has no use for it. */
function lazyOnStage(): (typeof import("../../rehearsal/stage.js"))["onStage"] {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    return (require("../../rehearsal/stage") as typeof import("../../rehearsal/stage.js")).onStage;
}
