import { createInterface } from "node:readline/promises";
import { start } from "../terminal/start";
import { run } from "./command";
import { Interruption, signals } from "./interruption";

const { stdin, stderr } = process;
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

async function ask(question: string): Promise<string> {
    const lines = createInterface({ input: stdin, output: stderr });
    try {
        return await lines.question(question, { signal: interruption.gentle });
    } finally {
        lines.close();
    }
}

start((args, context) =>
    run(args, { ...context, interruption, ...(stdin.isTTY && stderr.isTTY ? { ask } : {}) }),
);
