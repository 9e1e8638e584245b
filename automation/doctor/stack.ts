import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { messageOf } from "../../terminal/userError";
import { isMissing, ok, problem, unknown } from "./check";
import type { Check, Finding, Subject } from "./check";

const stackFileCheck: Check = {
    id: "stack-file",
    title: "The stack file is valid and complete",
    run({ config, stack }) {
        let unset;
        try {
            ({ unset } = config());
        } catch (error) {
            return [
                problem(
                    messageOf(error),
                    `correct Pulumi.${stack}.yaml; docs/configuration.md lists every key`,
                ),
            ];
        }
        return unset.length === 0
            ? [ok(`Pulumi.${stack}.yaml`)]
            : unset.map(({ path, placeholder, find }) => problem(`${path} is still ${placeholder}`, find));
    },
};

interface Identity {
    user?: string;
    url?: string;
}

const backendCheck: Check = {
    id: "backend",
    title: "Somebody is logged in to the backend, and the stack is in it",
    async run({ tool, stack }) {
        let identity: Identity;
        try {
            identity = JSON.parse(
                await tool("pulumi", ["whoami", "--json", "--non-interactive"]),
            ) as Identity;
        } catch (error) {
            if (isMissing(error)) {
                return [unknown("there is no `pulumi` on the PATH", "see the check pulumi-cli")];
            }
            return [
                problem(
                    `the backend does not answer: ${firstLine(messageOf(error))}`,
                    "pulumi login 'azblob://<container>?storage_account=<account>'; docs/operations.md says which",
                ),
            ];
        }
        const { user = "somebody", url = "the backend" } = identity;
        const stacks = JSON.parse(await tool("pulumi", ["stack", "ls", "--json", "--non-interactive"])) as {
            name: string;
        }[];
        const isThere = stacks.some(({ name }) => name.split("/").pop() === stack);
        return [
            ok(`${user} at ${url}`),
            isThere
                ? ok(`stack ${stack} is in it`)
                : problem(
                      `stack ${stack} is not in it`,
                      `pulumi stack init ${stack} --secrets-provider "azurekeyvault://<vault>.vault.azure.net/keys/<key>"`,
                  ),
        ];
    },
};

const secretsCheck: Check = {
    id: "secrets-provider",
    title: "The stack's secrets can be read",
    async run(subject) {
        const { directory, stack, environment, azure } = subject;
        const file = parse(readFileSync(join(directory, `Pulumi.${stack}.yaml`), "utf8")) as Record<
            string,
            unknown
        >;
        const provider = file["secretsprovider"];
        if (typeof provider === "string" && provider !== "passphrase") {
            return [await keyFinding(provider, azure)];
        }
        if (provider === "passphrase" || typeof file["encryptionsalt"] === "string") {
            const isSet = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"].some(
                (name) => environment[name] !== undefined,
            );
            return [
                isSet
                    ? ok("a passphrase, which is set")
                    : problem(
                          "a passphrase, which is not set",
                          "export PULUMI_CONFIG_PASSPHRASE_FILE=<file that holds it>",
                      ),
            ];
        }
        return [
            unknown(
                `Pulumi.${stack}.yaml names none: the stack was never created, or the backend keeps the key`,
                `pulumi stack init ${stack} --secrets-provider "azurekeyvault://<vault>.vault.azure.net/keys/<key>"`,
            ),
        ];
    },
};

async function keyFinding(provider: string, azure: Subject["azure"]): Promise<Finding> {
    const [, vault, key] = /^azurekeyvault:\/\/([^./]+)\.[^/]+\/keys\/([^/?]+)/.exec(provider) ?? [];
    if (vault === undefined || key === undefined) {
        return unknown(
            `${provider.split("://")[0]}, which this check does not know`,
            "see whether `pulumi config` works",
        );
    }
    try {
        await azure(["keyvault", "key", "show", "--vault-name", vault, "--name", key]);
        return ok(`key ${key} in vault ${vault}`);
    } catch (error) {
        return problem(
            `key ${key} in vault ${vault} cannot be read: ${firstLine(messageOf(error))}`,
            `az role assignment create --role "Key Vault Crypto User" --assignee <you> --scope $(az keyvault show --name ${vault} --query id --output tsv)/keys/${key}`,
        );
    }
}

/** Checks of what belongs to the stack and needs no subscription. */
export const stackChecks: readonly Check[] = [stackFileCheck, backendCheck, secretsCheck];

function firstLine(text: string): string {
    return text.trim().split("\n")[0] ?? "";
}
