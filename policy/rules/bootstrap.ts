import { builtInRoles } from "../../bootstrap/internal/builtInRoles";
import { roleGuid } from "../../stack/roleTitles";
import { types } from "../../stack/resourceTypes";
import { at, textAt } from "../../stack/values";
import { ofEach, ofEveryOne } from "../rule";
import type { Rule, RulesByTopic } from "../rule";
import { sources } from "../sources";
import { identityRules } from "./identity";
import { integrityRules } from "./integrity";
import { vaultRules } from "./vault";

const only = (rules: readonly Rule[], ...ids: readonly string[]) =>
    rules.filter(({ id }) => ids.includes(id));

/** Rules about the state and about what pipelines may do. */
const pipelineRules: readonly Rule[] = [
    {
        id: "state-takes-no-keys",
        title: "The state is read with an Entra login only",
        severity: "error",
        why: "An account key, or a link signed with it, opens the state to whoever finds it.",
        mend: "Set `allowSharedKeyAccess` and `allowBlobPublicAccess` to false.",
        sources: [sources.storageKeys],
        ...ofEveryOne(types.storageAccount, "storage account", ({ inputs }) => [
            ...(inputs["allowSharedKeyAccess"] === false ? [] : ["takes account keys"]),
            ...(inputs["allowBlobPublicAccess"] === false ? [] : ["may hold public blobs"]),
        ]),
    },
    {
        id: "state-denies-unknown-networks",
        title: "The state is out of reach for networks that are not named",
        severity: "warning",
        why: "A token that leaks is then of no use outside the networks of the runners.",
        mend: "Set `stateNetwork.exposure` to Private, or to Restricted where runners have addresses of their own.",
        sources: [sources.storageKeys],
        ...ofEveryOne(types.storageAccount, "storage account", ({ inputs }) =>
            inputs["publicNetworkAccess"] === "Disabled" ||
            textAt(inputs, "networkRuleSet", "defaultAction") === "Deny"
                ? undefined
                : "every network reaches it",
        ),
    },
    {
        id: "state-keeps-versions",
        title: "Earlier versions of the state are kept",
        severity: "error",
        why: "A state that was overwritten or deleted is the only record of what is deployed.",
        mend: "Set `isVersioningEnabled` and `deleteRetentionPolicy`.",
        sources: [sources.pulumiProtect],
        ...ofEveryOne(types.blobService, "blob service", ({ inputs }) => [
            ...(inputs["isVersioningEnabled"] === true ? [] : ["keeps no versions"]),
            ...(at(inputs, "deleteRetentionPolicy", "enabled") === true
                ? []
                : ["does not keep what is deleted"]),
        ]),
    },
    {
        id: "roles-are-granted-on-a-condition",
        title: "Who may grant roles may grant listed ones only, and nobody is an Owner",
        severity: "error",
        why: "Whoever may grant every role has every role.",
        mend: "Assign Role Based Access Control Administrator with a condition, and neither Owner nor User Access Administrator.",
        sources: [sources.rolePractices],
        ...ofEach(types.roleAssignment, ({ inputs }) => {
            const guid = roleGuid(textAt(inputs, "roleDefinitionId"));
            const isLimited = (textAt(inputs, "condition") ?? "").includes("GuidEquals");
            if (ownerRoles.includes(guid)) {
                return "may grant every role";
            }
            return guid === builtInRoles.roleAdministrator.id && !isLimited
                ? "may grant every role: it has no condition"
                : undefined;
        }),
    },
];

// Owner and User Access Administrator.
const ownerRoles: readonly string[] = [
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
];

/** What is judged of a bootstrap stack: its own rules, and those of the landing zone that hold for it as well. */
export const bootstrapRules: RulesByTopic = {
    pipelines: pipelineRules,
    vault: only(vaultRules, "vault-survives-deletion", "vault-uses-azure-rbac"),
    identity: only(
        identityRules,
        "role-assignment-names-principal-type",
        "role-assignment-names-role-in-full",
        "federated-credentials-are-chained",
    ),
    integrity: integrityRules,
};
