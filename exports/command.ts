import { Command } from "commander";
import { knownStacks, noSuchStack } from "../plan/stackFile";
import type { RunOptions } from "../plan/runStack";
import type { CommandContext } from "../terminal/context";
import { exitCode } from "../terminal/exitCode";
import { jsonText } from "../terminal/files";
import { wrapped } from "../terminal/layout";
import { answeringOn, codeAfter, parse } from "../terminal/program";
import { textOptions } from "../terminal/textOptions";
import { counted } from "../terminal/words";
import { ExportError } from "./exportError";
import type { ExportOptions, StackExport } from "./exportStack";
import type { Inventory } from "./inventory";

/** Where the command reads from and writes to; a test gives its own. */
export interface ExportContext extends CommandContext {
    /** Loads the program that is exported. Defaults to config.ts and program.ts. */
    loadProgram?: RunOptions["loadProgram"];
}

interface Flags {
    out: string;
    json?: boolean;
    debug?: boolean;
}

/** Runs the export command with the given arguments and returns its exit code. Reports every fault itself. */
export async function run(args: readonly string[], context: ExportContext): Promise<number> {
    const command = answeringOn(new Command("export"), context)
        .description(
            "Writes a stack for tools that cannot read a Pulumi program: an ARM template of the Azure half, " +
                "manifests and charts of the in-cluster half, and an inventory. Asks nobody and deploys nothing.",
        )
        .argument("<stack>", "stack, as in Pulumi.<stack>.yaml")
        .requiredOption("--out <directory>", "folder to write; a new or empty one, or an earlier export")
        .option("--json", "write one JSON document to standard output instead of text")
        .option("--debug", "show stack traces of failures");
    try {
        await parse(command, args);
        const [stack = ""] = command.args;
        await writeExport(stack, command.opts<Flags>(), context);
        return exitCode.good;
    } catch (error) {
        return codeAfter(error, context, { traces: command.opts<Partial<Flags>>().debug });
    }
}

async function writeExport(stack: string, flags: Flags, context: ExportContext): Promise<void> {
    const known = knownStacks(context.directory);
    if (!known.includes(stack)) {
        throw new ExportError(noSuchStack(stack, known));
    }
    const { exportStack, checkTarget, writeFolder } = lazily();
    // Before the work, and again before writing: whoever names the wrong folder need not wait for it.
    checkTarget(flags.out);
    const result = await exportStack({
        directory: context.directory,
        stack,
        debug: flags.debug,
        environment: context.environment,
        loadProgram: context.loadProgram,
    });
    writeFolder(flags.out, result.files);
    context.stdout.write(
        flags.json
            ? jsonText({ directory: flags.out, ...result.inventory })
            : exportText(flags.out, result.inventory, context),
    );
}

function exportText(directory: string, list: Inventory, { stdout, environment }: ExportContext): string {
    const { standIns, unset, leftOut, charts, resources, parameters, files } = list;
    const options = textOptions(stdout, environment);
    const total = resources.reduce((sum, { count }) => sum + count, 0);
    const missing = charts.flatMap(({ release, notRendered }) =>
        notRendered === undefined ? [] : [`The chart of ${release} is not rendered: ${notRendered}.`],
    );
    const lines = [
        `${directory}: ${counted(files.length + 1, "file")} with ${counted(total, "resource")} of the stack ${list.stack}.`,
        ...(parameters.length > 0 ? [`arm.json asks for ${parameters.join(", ")}.`] : []),
        ...(standIns.length > 0
            ? [
                  `${counted(standIns.length, "value")} will be others in a deployment: \`standIns\` of inventory.json.`,
              ]
            : []),
        ...(unset.length > 0
            ? [
                  `${counted(unset.length, "placeholder")} of the stack file ${unset.length === 1 ? "has a stand-in" : "have stand-ins"}: \`unset\` of inventory.json.`,
              ]
            : []),
        ...missing,
        ...leftOut.map(({ what, why }) => `Left out: ${what}, because ${why}.`),
    ];
    return lines.flatMap((line) => wrapped(line, options.width)).join("\n") + "\n";
}

interface Work {
    exportStack: (options: ExportOptions) => Promise<StackExport>;
    checkTarget: (directory: string) => void;
    writeFolder: (directory: string, files: ReadonlyMap<string, string>) => void;
}

/** Loads Pulumi and what builds on it only now: help and refusals answer at once. */
function lazily(): Work {
    /* eslint-disable @typescript-eslint/no-require-imports -- import() would pass by the transpiler. */
    return {
        ...(require("./exportStack") as typeof import("./exportStack.js")),
        ...(require("./folder") as typeof import("./folder.js")),
    };
    /* eslint-enable @typescript-eslint/no-require-imports */
}
