import * as module from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { run } from "./command";
import { Interruption, signals } from "./interruption";

// Keeps compiled code between runs, in the temporary directory. Only ever speeds up.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const { stdin, stdout, stderr, argv, env } = process;
const interruption = new Interruption();

for (const signal of signals) {
    process.on(signal, () => {
        interruption.interrupt();
        stderr.write(
            interruption.hard.aborted
                ? "\nkilling what runs\n"
                : "\nending: what has begun is finished. Once more kills it, and leaves the lock behind\n",
        );
    });
}

// A reader that has seen enough, such as `head`, closes the pipe: that is no fault.
stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
        throw error;
    }
});

async function ask(question: string): Promise<string> {
    const lines = createInterface({ input: stdin, output: stderr });
    try {
        return await lines.question(question, { signal: interruption.gentle });
    } finally {
        lines.close();
    }
}

void run(argv.slice(2), {
    directory: join(__dirname, ".."),
    stdout,
    stderr,
    environment: env,
    interruption,
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
}).then((code) => {
    process.exitCode = code;
});
