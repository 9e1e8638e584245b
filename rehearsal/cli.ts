import * as module from "node:module";
import { join } from "node:path";
import { run } from "./command";

// Keeps compiled code between runs, in the temporary directory. Only ever speeds up.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const { stdout, stderr, argv, env } = process;
const interruption = new AbortController();

// The first one ends the operation that is going on and takes everything down; a second one does not wait for that.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
        if (interruption.signal.aborted) {
            process.exit(130);
        }
        interruption.abort();
    });
}

void run(argv.slice(2), {
    directory: join(__dirname, ".."),
    stdout,
    stderr,
    environment: env,
    signal: interruption.signal,
}).then((code) => {
    process.exitCode = code;
});
