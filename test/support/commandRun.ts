import { projectFolder } from "./stacks";

/** A command of this repository, as its `cli.ts` calls it. */
export type RunCommand = (
    args: readonly string[],
    context: {
        directory: string;
        stdout: { write(text: string): unknown };
        stderr: { write(text: string): unknown };
        environment: Readonly<Record<string, string | undefined>>;
    },
) => Promise<number>;

/** What came of a command. */
export interface Ended {
    code: number;
    stdout: string;
    stderr: string;
}

/** Runs a command here, in the project's folder, and keeps what it says. The environment is empty unless it is given. */
export async function runHere(
    run: RunCommand,
    args: readonly string[],
    environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Ended> {
    let stdout = "";
    let stderr = "";
    const code = await run(args, {
        directory: projectFolder,
        stdout: { write: (text) => void (stdout += text) },
        stderr: { write: (text) => void (stderr += text) },
        environment,
    });
    return { code, stdout, stderr };
}
