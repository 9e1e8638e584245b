import type { DriverContext } from "./context";
import { complain } from "../terminal/complain";
import { DriverError } from "./driverError";
import { exitCode } from "../terminal/exitCode";
import { hintFor } from "./hints";
import type { Outcome } from "./operations";

/** Reports a failed operation of the engine; the exit code. */
export function reportFailure(
    what: string,
    { error }: Pick<Outcome, "error">,
    context: DriverContext,
): number {
    if (context.interruption.gentle.aborted) {
        return exitCode.interrupted;
    }
    complain(new DriverError(`${what} failed: ${error ?? "unknown"}`, hintFor(error ?? "")), context);
    return exitCode.failed;
}
