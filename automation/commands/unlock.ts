import { checkConfirmed, typed } from "../consent";
import type { DriverContext } from "../context";
import { exitCode } from "../../terminal/exitCode";
import { creationsAmong, pendingText } from "../pending";
import { recoveryRunbook } from "../runbooks";
import { openStack } from "../session";

/** Options of `unlock`. */
export interface UnlockFlags {
    /** The stack's name, again. */
    confirm?: string;
}

/** Takes the lock of a stack away from whoever holds it: for a run that was killed, never for one that still goes on. */
export async function unlock(stack: string, flags: UnlockFlags, context: DriverContext): Promise<number> {
    const { stdout, stderr } = context;
    checkConfirmed(flags.confirm, "unlock", stack);
    const operations = await openStack(stack, context);
    const lock = await operations.whoHoldsLock();
    if (lock === "nobody") {
        stdout.write(`stack ${stack} is not locked\n`);
        return exitCode.good;
    }
    const holder = lock === "unknown" ? "somebody, whom this backend does not name" : lock.description;
    stdout.write(`stack ${stack} is locked by ${holder}\n`);
    if (flags.confirm === undefined) {
        const question =
            "If that run is still going on, it and the next one may write over each other's state.";
        if (
            !(await typed(
                question,
                stack,
                context,
                `make sure that it has ended, then give --confirm ${stack}`,
            ))
        ) {
            stderr.write("refused: the name of the stack was not typed\n");
            return exitCode.refused;
        }
    }
    context.interruption.begin();
    await operations.cancel();
    stdout.write("the lock is gone\n");
    const creations = creationsAmong((await operations.export()).pending);
    stdout.write(
        creations.length === 0
            ? `Next: npm run lz -- refresh ${stack}; ${recoveryRunbook}\n`
            : "Look first: what the run was creating may be there, without being in the state. " +
                  `${recoveryRunbook}, says how\n${creations.map((one) => `  ${pendingText(one)}\n`).join("")}`,
    );
    return exitCode.good;
}
