import { onStage } from "../../rehearsal/stage";
import type { Stage } from "../../rehearsal/stage";
import type { Toolchain } from "../../rehearsal/toolchain";
import { projectFolder } from "./stacks";

/** Runs an action with the real engine and the simulated Azure on the stack dev, and leaves nothing behind. */
export function onDevStage<Result>(
    toolchain: Toolchain,
    action: (stage: Stage) => Promise<Result>,
): Promise<Result> {
    return onStage(
        {
            directory: projectFolder,
            stack: "dev",
            toolchain,
            keep: false,
            inheritedPath: process.env["PATH"],
        },
        action,
    );
}
