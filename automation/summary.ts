import type { DriverContext } from "./context";
import { complain } from "../terminal/complain";
import { DriverError } from "./driverError";
import { exitCode } from "../terminal/exitCode";
import type { Outcome } from "./operations";
import { recoveryRunbook } from "./runbooks";

/** Reports a failed operation of the engine; the exit code. */
export function reportFailure(
    what: string,
    { error }: Pick<Outcome, "error">,
    context: DriverContext,
): number {
    if (context.interruption.gentle.aborted) {
        return exitCode.interrupted;
    }
    complain(new DriverError(`${what} failed: ${error ?? "unknown"}`, hintFor(error ?? "")), context);
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
        hint: `an earlier run was interrupted: ${recoveryRunbook}`,
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
