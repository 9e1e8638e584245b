import type { CommandContext } from "./context";
import { exitCode } from "./exitCode";
import { start } from "./start";

/**
 * Runs a command as this process, as `start` does, and tells it of SIGINT and SIGTERM: the first one ends what is going on
 * and takes everything down; a second one does not wait for that.
 */
export function startInterruptible(
    run: (args: readonly string[], context: CommandContext & { signal: AbortSignal }) => Promise<number>,
): void {
    const interruption = new AbortController();
    const { signal } = interruption;
    for (const name of ["SIGINT", "SIGTERM"] as const) {
        process.on(name, () => {
            if (signal.aborted) {
                process.exit(exitCode.interrupted);
            }
            interruption.abort();
        });
    }
    start((args, context) => run(args, { ...context, signal }));
}
