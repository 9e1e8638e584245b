import * as module from "node:module";
import { join } from "node:path";
import type { CommandContext } from "./context";

/**
 * Runs a command as this process: on its arguments, environment and streams, and with its exit code. Goes on when nobody
 * reads any more what it says. What the command loads from now on is kept as compiled code between runs, in the temporary
 * directory.
 */
export function start(run: (args: readonly string[], context: CommandContext) => Promise<number>): void {
    // Only ever speeds up: Node 20, which Pulumi does not support but still runs on, does not have it.
    (module as { enableCompileCache?: () => unknown }).enableCompileCache?.();
    const { stdout, stderr, argv, env } = process;
    endureClosedPipes([stdout, stderr]);
    const context = { directory: join(__dirname, ".."), stdout, stderr, environment: env };
    void run(argv.slice(2), context).then((code) => {
        process.exitCode = code;
    });
}

/** A reader that has seen enough, such as `head`, closes the pipe: that is no fault. */
function endureClosedPipes(streams: readonly NodeJS.WriteStream[]): void {
    for (const stream of streams) {
        stream.on("error", (error: NodeJS.ErrnoException) => {
            if (error.code !== "EPIPE") {
                throw error;
            }
        });
    }
}
