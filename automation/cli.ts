import { createInterface } from "node:readline/promises";
import { start } from "../terminal/start";
import { run } from "./command";
import { Interruption, interruptionText, signals } from "./interruption";

const { stdin, stderr } = process;
const interruption = new Interruption();

for (const signal of signals) {
    process.on(signal, () => {
        interruption.interrupt();
        stderr.write(`\n${interruptionText(interruption)}\n`);
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
