import { types } from "../../stack/resourceTypes";
import { at, numberAt, recordAt, recordsAt, textAt } from "../../stack/values";
import { deniesUnknown } from "../firewall";
import { ofEach, ofEveryOne } from "../rule";
import type { Rule } from "../rule";
import { sources } from "../sources";

/** Rules about key vaults. */
export const vaultRules: readonly Rule[] = [
    {
        id: "vault-survives-deletion",
        title: "Deleted vaults can be recovered and not be purged",
        severity: "error",
        why: "Whoever may delete a vault could otherwise destroy its keys, and the data that they encrypt, for good.",
        mend: "Set `enablePurgeProtection: true` and do not switch soft delete off.",
        sources: [sources.keyVaultBaseline],
        ...ofEveryOne(types.vault, "key vault", ({ inputs }) => [
            ...(at(inputs, "properties", "enablePurgeProtection") === true
                ? []
                : ["purge protection is off"]),
            ...(at(inputs, "properties", "enableSoftDelete") === false ? ["soft delete is off"] : []),
        ]),
    },
    {
        id: "vault-uses-azure-rbac",
        title: "Azure RBAC decides who may read a vault",
        severity: "error",
        why: "Access policies lie outside Azure's role assignments, and whoever may write the vault may grant themselves all.",
        mend: "Set `enableRbacAuthorization: true` and no access policies.",
        sources: [sources.keyVaultBaseline],
        ...ofEveryOne(types.vault, "key vault", ({ inputs }) => [
            ...(at(inputs, "properties", "enableRbacAuthorization") === true ? [] : ["Azure RBAC is off"]),
            ...(recordsAt(inputs, "properties", "accessPolicies").length > 0 ? ["has access policies"] : []),
        ]),
    },
    {
        id: "vault-denies-unknown-networks",
        title: "Vaults deny networks that are not named",
        severity: "error",
        why: "A token that leaks is then of no use outside the networks that the vault knows.",
        mend: "Set `publicNetworkAccess: Disabled`, or `networkAcls.defaultAction: Deny`.",
        sources: [sources.keyVaultBaseline],
        ...ofEveryOne(types.vault, "key vault", ({ inputs }) =>
            textAt(inputs, "properties", "publicNetworkAccess") === "Disabled" ||
            deniesUnknown(recordAt(inputs, "properties", "networkAcls"), "value")
                ? undefined
                : "every network reaches it",
        ),
    },
    {
        id: "vault-keeps-deleted-keys-longest",
        title: "Vaults keep what was deleted for 90 days",
        severity: "warning",
        why: "A deletion is often noticed at the end of a month; the time cannot be made longer afterwards.",
        mend: "Set `softDeleteRetentionInDays: 90`.",
        sources: [sources.keyVaultBaseline],
        ...ofEach(types.vault, ({ inputs }) => {
            const days = numberAt(inputs, "properties", "softDeleteRetentionInDays");
            return days === 90
                ? undefined
                : `keeps what was deleted for ${days ?? "an unsaid number of"} days`;
        }),
    },
    {
        id: "vault-hands-nothing-to-deployments",
        title: "Vaults hand no secrets to machines, disks or templates by themselves",
        severity: "warning",
        why: "Whoever may deploy a template would read secrets without any role on the vault.",
        mend: "Set `enabledForDeployment`, `enabledForDiskEncryption` and `enabledForTemplateDeployment` to false.",
        sources: [sources.keyVaultBaseline],
        ...ofEach(types.vault, ({ inputs }) =>
            ["enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"]
                .filter((setting) => at(inputs, "properties", setting) === true)
                .map((setting) => `\`${setting}\` is on`),
        ),
    },
    {
        id: "vault-lets-no-service-pass",
        title: "No Azure service passes a vault's firewall unnamed",
        severity: "warning",
        why: "The bypass is for services of every tenant that Microsoft trusts, not for those of this one.",
        mend: "Set `networkAcls.bypass: None`.",
        sources: [sources.keyVaultBaseline],
        ...ofEach(types.vault, ({ inputs }) =>
            textAt(inputs, "properties", "networkAcls", "bypass") === "None"
                ? undefined
                : "`networkAcls.bypass` is not None",
        ),
    },
];
