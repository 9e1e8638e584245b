import { CommanderError } from "commander";
import type { Command } from "commander";
import { complain } from "./complain";
import type { Complaint } from "./complain";
import type { CommandContext } from "./context";
import { exitCode } from "./exitCode";

type Streams = Pick<CommandContext, "stdout" | "stderr">;

/** Lets commander answer on the given streams and throw, where by itself it would take the process's and end it. */
export function answeringOn(program: Command, { stdout, stderr }: Streams): Command {
    return program
        .helpOption("-h, --help", "show this help")
        .exitOverride()
        .configureOutput({
            writeOut: (text) => void stdout.write(text),
            writeErr: (text) => void stderr.write(text),
        });
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
