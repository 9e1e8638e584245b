import { setTimeout as pause } from "node:timers/promises";
import { nearestKey } from "../config/errors";
import { knownStacks, noSuchStack } from "../plan/stackFile";
import type { DriverContext } from "./context";
import { textOptions } from "../terminal/textOptions";
import { azureCli } from "./doctor/azureCli";
import { DriverError } from "./driverError";
import type { LockHolder, LockState, StackOperations } from "./operations";
import type { LockWait } from "./locking";

/** Opens a stack that has a file in the repository. */
export async function openStack(stack: string, context: DriverContext): Promise<StackOperations> {
    const { directory, environment, interruption, debug: traces } = context;
    checkStack(stack, directory);
    if (context.open) {
        return context.open(stack);
    }
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- Help and refusals answer at once, without Pulumi.
    const { StackWorkspace } = require("./workspace") as typeof import("./workspace.js");
    const azure = context.azure ?? azureCli(environment);
    return StackWorkspace.open(stack, { directory, environment, interruption, azure, traces });
}

/** Refuses a stack without a file, with the name that was probably meant. */
export function checkStack(stack: string, directory: string): void {
    const known = knownStacks(directory);
    if (!known.includes(stack)) {
        const nearest = nearestKey(stack, known);
        throw new DriverError(
            noSuchStack(stack, known),
            nearest === undefined
                ? "a stack is known by its file Pulumi.<stack>.yaml"
                : `did you mean ${nearest}?`,
        );
    }
}

/** How long to wait for a locked stack, and whom to tell. */
export function lockWait(stack: string, limitInMinutes: number, context: DriverContext): LockWait {
    const { stderr, environment, interruption } = context;
    const { colors } = textOptions(stderr, environment);
    return {
        stack,
        limitInMinutes,
        tell: (text) => void stderr.write(`${colors.yellow("waiting:")} ${text}\n`),
        sleep:
            context.sleep ??
            ((milliseconds) => pause(milliseconds, undefined, { signal: interruption.gentle })),
    };
}

/** True where somebody is known to hold the lock. */
export function isHeld(state: LockState): state is LockHolder {
    return typeof state === "object";
}
