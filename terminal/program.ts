import { CommanderError } from "commander";
import type { Command } from "commander";
import { complain } from "./complain";
import type { Complaint } from "./complain";
import type { CommandContext } from "./context";
import { exitCode } from "./exitCode";

type Streams = Pick<CommandContext, "stdout" | "stderr">;

const helpFlags = ["-h", "--help"];

/** Whether an argument asks for help. */
export function isHelp(argument: string): boolean {
    return helpFlags.includes(argument);
}

/** Lets commander answer on the given streams and throw, where by itself it would take the process's and end it. */
export function answeringOn(program: Command, { stdout, stderr }: Streams): Command {
    return program
        .helpOption(helpFlags.join(", "), "show this help")
        .showHelpAfterError("hint: --help says what there is")
        .exitOverride()
        .configureOutput({
            writeOut: (text) => void stdout.write(text),
            writeErr: (text) => void stderr.write(text),
        });
}

/**
 * Parses the arguments and runs the action that they ask for. What commander does not know is refused beside `--help` too,
 * where commander by itself shows the help of whatever it has understood. Throws what commander throws.
 */
export async function parse(program: Command, args: readonly string[]): Promise<void> {
    const others = args.filter((arg) => !isHelp(arg));
    const isAsked = others.length < args.length;
    // With something in it that is not known, no action is run.
    await program.parseAsync(isAsked && hasUnknown(program, others) ? others : args, { from: "user" });
}

function hasUnknown(command: Command, args: readonly string[]): boolean {
    const { operands, unknown } = command.parseOptions([...args]);
    const [name, ...rest] = operands;
    if (command.commands.length === 0 || name === undefined) {
        return unknown.length > 0;
    }
    const next = command.commands.find((subcommand) => subcommand.name() === name);
    return next === undefined || hasUnknown(next, [...rest, ...unknown]);
}

/** The exit code of a command that threw. What commander ends with it has reported itself, or is its help; the rest is reported. */
export function codeAfter(
    error: unknown,
    context: Pick<CommandContext, "stderr" | "environment">,
    complaint?: Complaint,
): number {
    if (error instanceof CommanderError) {
        return error.exitCode === 0 ? exitCode.good : exitCode.failed;
    }
    complain(error, context, complaint);
    return exitCode.failed;
}
