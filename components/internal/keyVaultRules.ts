import { duplicates } from "./duplicates";
import { nameProblem } from "./naming";
import { serviceFirewallProblems } from "./serviceFirewall";
import type { ServiceFirewallInput } from "./serviceFirewall";

/** The arguments of a vault that Azure's rules are about. */
export interface KeyVaultRuleInput extends ServiceFirewallInput {
    vaultName: string;
    softDeleteRetentionInDays?: number;
    purgeProtection?: boolean;
    keys?: readonly string[];
    roleAssignments?: readonly { key: string; role: string; principalId: unknown }[];
}

const keyName = /^[A-Za-z0-9-]{1,127}$/;

/** What Azure would refuse about a vault, one sentence each; empty when it is good. */
export function keyVaultProblems(vault: KeyVaultRuleInput): string[] {
    const name = nameProblem("keyVault", vault.vaultName);
    return [
        ...(name ? [`\`vaultName\` is "${vault.vaultName}": ${name}. Choose another name.`] : []),
        ...retentionProblems(vault.softDeleteRetentionInDays),
        ...serviceFirewallProblems(vault),
        ...keyProblems(vault),
        ...roleProblems(vault.roleAssignments ?? []),
    ];
}

function retentionProblems(days: number | undefined): string[] {
    if (days === undefined || (Number.isInteger(days) && days >= 7 && days <= 90)) {
        return [];
    }
    return [`\`softDeleteRetentionInDays\` is ${days}: Azure allows whole numbers from 7 to 90.`];
}

function keyProblems({ keys = [], purgeProtection = true }: KeyVaultRuleInput): string[] {
    return [
        ...keys
            .filter((key) => !keyName.test(key))
            .map(
                (key) =>
                    `\`keys\` has "${key}": Azure allows 1 to 127 letters, digits and hyphens. Rename the key.`,
            ),
        // Vaults compare names without regard to case.
        ...duplicates(keys.map((key) => key.toLowerCase())).map(
            (key) => `\`keys\` has "${key}" twice: a vault holds one key of a name. Remove one of them.`,
        ),
        ...(keys.length > 0 && !purgeProtection
            ? [
                  "`keys` has names but `purgeProtection` is false: Azure encrypts disks only with a key that nobody can " +
                      "purge, and what a purged key encrypted is lost. Set `purgeProtection: true` or remove `keys`.",
              ]
            : []),
    ];
}

function roleProblems(assignments: NonNullable<KeyVaultRuleInput["roleAssignments"]>): string[] {
    const known = assignments.filter(({ principalId }) => typeof principalId === "string");
    return [
        ...duplicates(assignments.map(({ key, role }) => `key "${key}" and role "${role}"`)).map(
            (entry) =>
                `\`roleAssignments\` has two entries with ${entry}. Give every principal a key of its own.`,
        ),
        ...duplicates(
            known.map(({ principalId, role }) => `role "${role}" to principal "${String(principalId)}"`),
        ).map(
            (grant) => `\`roleAssignments\` gives ${grant} twice, which Azure refuses. Remove one of them.`,
        ),
    ];
}
