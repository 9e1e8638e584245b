import { exitCode } from "../terminal/exitCode";
import { start } from "../terminal/start";
import { run } from "./command";

const interruption = new AbortController();

// The first one ends the operation that is going on and takes everything down; a second one does not wait for that.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
        if (interruption.signal.aborted) {
            process.exit(exitCode.interrupted);
        }
        interruption.abort();
    });
}

start((args, context) => run(args, { ...context, signal: interruption.signal }));
