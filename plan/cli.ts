import * as module from "node:module";
import { join } from "node:path";
import { run } from "./command";

// Keeps compiled code between runs, in the temporary directory. The command loads Pulumi after this. Only ever speeds up:
// Node 20, which Pulumi does not support but still runs on, does not have it.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const { stdout, stderr, argv, env } = process;

// A reader that has seen enough, such as `head`, closes the pipe: that is no fault.
stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
        throw error;
    }
});

void run(argv.slice(2), { directory: join(__dirname, ".."), stdout, stderr, environment: env }).then(
    (code) => {
        process.exitCode = code;
    },
);
