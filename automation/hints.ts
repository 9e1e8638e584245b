import { recoveryRunbook } from "./runbooks";

/** Ways out of failures that the engine itself explains badly. */
const hints: readonly { message: RegExp; hint: string }[] = [
    {
        message: /cannot be (?:deleted|replaced)[\s\S]*protected|protected resource|marked for protection/i,
        hint:
            "it is protected. If it is meant: set protection.protect and protection.locks to false in the stack file and run " +
            "`up`; then make the change (docs/operations.md, Protection and locks)",
    },
    {
        // The program's own refusal, or the CLI's of a file that it cannot read: that one does not name the file.
        message: /^(?:The configuration has (?:a problem|\d+ problems):|invalid YAML file: )/m,
        hint: "correct the stack file Pulumi.<stack>.yaml, which npm run lz -- doctor <stack> checks by itself; docs/configuration.md lists every key",
    },
    {
        message: /failed with an unhandled exception(?![\s\S]*\n\s+at )/,
        hint: "--debug shows where in the program that is",
    },
    {
        message: /cannot create already existing resource/,
        hint: `it is there, and not in the state: an interrupted run made it, or somebody by hand. Import it: ${recoveryRunbook}`,
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
        message:
            /unable to open (?:state directory|bucket)|could not list bucket|PULUMI_ACCESS_TOKEN must be set/,
        hint: "log in to the backend that holds the state: pulumi login 'azblob://state?storage_account=<account>'; docs/operations.md has all that signs in",
    },
    {
        message: /ENOENT: pulumi |spawn pulumi ENOENT/,
        hint: "the Pulumi CLI is not on the PATH: npm run lz -- doctor <stack> has the command that installs it",
    },
    {
        message: /az login|AADSTS|no (?:valid )?credentials|DefaultAzureCredential/i,
        hint: "sign in to Azure: az login",
    },
];

/** The way out of a failure, by what was said of it; undefined where none is known. */
export function hintFor(error: string): string | undefined {
    return hints.find(({ message }) => message.test(error))?.hint;
}
