import { execFile } from "node:child_process";

/** Runs `az` with the given arguments and parses what it answers. Rejects with an {@link AzureCliError}. */
export type AzureCli = (args: readonly string[]) => Promise<unknown>;

/** `az` could not be run, or it failed. */
export class AzureCliError extends Error {
    constructor(
        message: string,
        readonly reason: "missing" | "signed-out" | "failed",
    ) {
        super(message);
        this.name = "AzureCliError";
    }
}

const limitInMilliseconds = 120_000;
const largestAnswerInBytes = 256 * 1024 * 1024;

/** The `az` on the PATH of an environment. */
export function azureCli(environment: Readonly<Record<string, string | undefined>>): AzureCli {
    return (args) =>
        new Promise((resolve, reject) => {
            execFile(
                "az",
                [...args, "--output", "json", "--only-show-errors"],
                { env: environment, timeout: limitInMilliseconds, maxBuffer: largestAnswerInBytes },
                (error, stdout, stderr) => {
                    if (error) {
                        reject(failure(error, stderr, args));
                        return;
                    }
                    try {
                        resolve(stdout.trim() === "" ? undefined : JSON.parse(stdout));
                    } catch {
                        reject(new AzureCliError(`az ${args.join(" ")} answered with no JSON`, "failed"));
                    }
                },
            );
        });
}

function failure(
    error: Error & { code?: string | number | null },
    stderr: string,
    args: readonly string[],
): AzureCliError {
    if (error.code === "ENOENT") {
        return new AzureCliError("the Azure CLI `az` is not on the PATH", "missing");
    }
    const said = stderr.trim().split("\n")[0] ?? "";
    const reason = /az login|AADSTS|not logged in/i.test(stderr) ? "signed-out" : "failed";
    return new AzureCliError(
        said === "" ? `az ${args.slice(0, 3).join(" ")} failed: ${error.message.split("\n")[0]}` : said,
        reason,
    );
}
