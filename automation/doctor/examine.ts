import { messageOf } from "../../terminal/userError";
import { apiServerChecks } from "./apiServer";
import { subscriptionChecks } from "./azure";
import { AzureCliError } from "./azureCli";
import type { AzureCli } from "./azureCli";
import { unknown } from "./check";
import type { Check, Finding, Subject } from "./check";
import { localChecks } from "./local";
import { machineChecks } from "./machines";
import { roleChecks } from "./roles";
import { stackChecks } from "./stack";

/** All checks, in the order in which faults are best mended. */
export const checks: readonly Check[] = [
    ...localChecks,
    ...stackChecks,
    ...subscriptionChecks,
    ...machineChecks,
    ...roleChecks,
    ...apiServerChecks,
];

/** A check with what it found. */
export interface Examined {
    id: string;
    title: string;
    findings: Finding[];
}

/** Runs every check. One that throws could not be made, and says so: nothing passes in silence. */
export async function examine(subject: Subject, which: readonly Check[] = checks): Promise<Examined[]> {
    const shared = { ...subject, azure: remembering(subject.azure) };
    return Promise.all(
        which.map(async (check) => ({
            id: check.id,
            title: check.title,
            findings: await findingsOf(check, shared),
        })),
    );
}

async function findingsOf(check: Check, subject: Subject): Promise<Finding[]> {
    try {
        return await check.run(subject);
    } catch (error) {
        return [unknown(`could not be checked: ${messageOf(error).split("\n")[0]}`, mendOf(error))];
    }
}

function mendOf(error: unknown): string {
    if (!(error instanceof AzureCliError)) {
        return "mend what the other checks say, and run doctor again";
    }
    switch (error.reason) {
        case "missing":
            return "install it: https://learn.microsoft.com/cli/azure/install-azure-cli";
        case "signed-out":
            return "az login";
        case "failed":
            return "az account show tells who is signed in; that account must be able to read the subscription";
    }
}

/** Asks the same thing once: the list of machine sizes alone has tens of megabytes. */
function remembering(azure: AzureCli): AzureCli {
    const answers = new Map<string, Promise<unknown>>();
    return (args) => {
        const key = args.join("\0");
        const answer = answers.get(key) ?? azure(args);
        answers.set(key, answer);
        return answer;
    };
}
