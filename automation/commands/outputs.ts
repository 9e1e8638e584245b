import { table } from "../../terminal/layout";
import { mask } from "../../terminal/redacted";
import { textOptions } from "../../terminal/textOptions";
import type { DriverContext } from "../context";
import { exitCode } from "../../terminal/exitCode";
import { jsonText } from "../../terminal/files";
import { openStack } from "../session";

/** Options of `outputs`. */
export interface OutputsFlags {
    json?: boolean;
    showSecrets?: boolean;
}

/** What `outputs` writes with `--json`. */
export interface OutputsDocument {
    schemaVersion: 1;
    command: "outputs";
    stack: string;
    outputs: Record<string, { value: unknown; secret: boolean }>;
}

/** Shows the outputs of the last update; secret ones masked, unless they are asked for. */
export async function outputs(stack: string, flags: OutputsFlags, context: DriverContext): Promise<number> {
    const { stdout, environment } = context;
    const operations = await openStack(stack, context);
    const found = await operations.outputs();
    const shown = found
        .map(({ name, value, secret }) => ({
            name,
            value: secret && !flags.showSecrets ? mask : value,
            secret,
        }))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    if (flags.json) {
        const document: OutputsDocument = {
            schemaVersion: 1,
            command: "outputs",
            stack,
            outputs: Object.fromEntries(shown.map(({ name, value, secret }) => [name, { value, secret }])),
        };
        stdout.write(jsonText(document));
        return exitCode.good;
    }
    const { width } = textOptions(stdout, environment);
    const rows = shown.map(({ name, value }) => [
        name,
        typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const lines =
        rows.length === 0 ? ["no outputs"] : table([{}, { flexible: true }], rows, { width, indent: 0 });
    stdout.write(`${lines.join("\n")}\n`);
    return exitCode.good;
}
