import type { DriverContext } from "./context";
import { textOptions } from "./context";
import { exitCode } from "./exitCode";
import type { Outcome } from "./operations";

/** Reports a failed operation of the engine; the exit code. */
export function reportFailure(
    what: string,
    { error }: Pick<Outcome, "error">,
    { stderr, environment, interruption }: DriverContext,
): number {
    const { colors } = textOptions(stderr, environment);
    if (interruption.gentle.aborted) {
        return exitCode.interrupted;
    }
    stderr.write(`${colors.red("error:")} ${what} failed: ${error ?? "unknown"}\n`);
    const hint = hintFor(error ?? "");
    if (hint !== undefined) {
        stderr.write(`${colors.dim("hint:")} ${hint}\n`);
    }
    return exitCode.failed;
}

/** Ways out of failures that the engine itself explains badly. */
const hints: readonly { message: RegExp; hint: string }[] = [
    {
        message: /cannot be (?:deleted|replaced)[\s\S]*protected|protected resource|marked for protection/i,
        hint:
            "it is protected. If it is meant: set protection.protect and protection.locks to false in the stack file and run " +
            "`up`; then make the change (docs/operations.md, Protection and locks)",
    },
    {
        message: /pending (?:operations|creations?)/i,
        hint: "an earlier run was interrupted: docs/operations.md, Recover from a failed or interrupted run",
    },
    {
        message: /incorrect passphrase|PULUMI_CONFIG_PASSPHRASE/,
        hint: "the stack's secrets take a passphrase: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE",
    },
    {
        message: /az login|AADSTS|no (?:valid )?credentials|DefaultAzureCredential/i,
        hint: "sign in to Azure: az login",
    },
];

function hintFor(error: string): string | undefined {
    return hints.find(({ message }) => message.test(error))?.hint;
}
