import { createHash } from "node:crypto";
import { definitionId } from "./azureRoles";
import { duplicates } from "./duplicates";
import { isNamespaceName, isServiceAccountName } from "./kubernetesNames";

/** A Kubernetes service account that may act as an identity. */
export interface WorkloadSubjectInput {
    namespace: string;
    serviceAccount: string;
}

/** The arguments of a workload identity that the rules of Azure and Kubernetes are about. */
export interface WorkloadIdentityRuleInput {
    identityName: string;
    subjects: readonly WorkloadSubjectInput[];
    roleAssignments?: readonly { key: string; scope: unknown; roleDefinitionId: unknown }[];
}

/** Azure's limit of federated credentials for one identity. */
export const maxFederatedCredentials = 20;

/** What Azure or Kubernetes would refuse about a workload identity, one sentence each; empty when it is good. */
export function workloadIdentityProblems(workload: WorkloadIdentityRuleInput): string[] {
    const { identityName, subjects, roleAssignments = [] } = workload;
    return [
        ...(/^[A-Za-z0-9_-]{1,60}$/.test(identityName)
            ? []
            : [
                  `\`identityName\` is "${identityName}": use 1 to 60 letters, digits, hyphens and underscores.`,
              ]),
        ...subjectProblems(subjects),
        ...duplicates(roleAssignments.map(({ key }) => key)).map(
            (key) =>
                `\`roleAssignments\` has two entries with key "${key}". Give every role a key of its own.`,
        ),
        ...duplicates(
            roleAssignments
                .filter(
                    ({ scope, roleDefinitionId }) =>
                        typeof scope === "string" && typeof roleDefinitionId === "string",
                )
                .map(({ scope, roleDefinitionId }) => `"${String(roleDefinitionId)}" on "${String(scope)}"`),
        ).map(
            (grant) =>
                `\`roleAssignments\` gives role ${grant} twice, which Azure refuses. Remove one of them.`,
        ),
    ];
}

function subjectProblems(subjects: readonly WorkloadSubjectInput[]): string[] {
    if (subjects.length === 0) {
        return [
            "`subjects` is empty: an identity that no service account may use is of no use. List at least one.",
        ];
    }
    if (subjects.length > maxFederatedCredentials) {
        return [
            `\`subjects\` has ${subjects.length} entries: Azure allows ${maxFederatedCredentials} for one identity. ` +
                "Use another identity for the rest.",
        ];
    }
    return [
        ...subjects
            .filter(({ namespace }) => !isNamespaceName(namespace))
            .map(
                ({ namespace }) =>
                    `\`subjects\` has namespace "${namespace}": Kubernetes allows up to 63 lower-case letters, digits and ` +
                    "hyphens, starting and ending with a letter or digit.",
            ),
        ...subjects
            .filter(({ serviceAccount }) => !isServiceAccountName(serviceAccount))
            .map(
                ({ serviceAccount }) =>
                    `\`subjects\` has service account "${serviceAccount}": Kubernetes allows up to 253 lower-case letters, ` +
                    "digits, hyphens and periods, starting and ending with a letter or digit.",
            ),
        ...duplicates(subjects.map((subject) => tokenSubject(subject))).map(
            (subject) => `\`subjects\` has "${subject}" twice, which Azure refuses. Remove one of them.`,
        ),
    ];
}

/** What the cluster writes into the tokens of a service account, and what the identity must therefore trust. */
export function tokenSubject({ namespace, serviceAccount }: WorkloadSubjectInput): string {
    return `system:serviceaccount:${namespace}:${serviceAccount}`;
}

/**
 * The name of the federated credential of a service account: `<namespace>_<service account>` where Azure allows that (3 to
 * 120 letters, digits, hyphens and underscores), else its front part and a hash. No two subjects get the same name.
 */
export function federatedCredentialName(subject: WorkloadSubjectInput): string {
    const name = `${subject.namespace}_${subject.serviceAccount}`;
    if (name.length <= 120 && !name.includes(".")) {
        return name;
    }
    const hash = createHash("sha256").update(tokenSubject(subject)).digest("hex").slice(0, 16);
    // A second underscore, which neither part can hold: a shortened name is never equal to a whole one.
    return `${name.replace(/\./g, "-").slice(0, 100)}_${hash}`;
}

/** A role definition's full id, from a full id or from the bare GUID of a built-in role. */
export function qualifiedRoleDefinitionId(subscriptionId: string, role: string): string {
    return role.includes("/") ? role : definitionId(subscriptionId, role);
}
