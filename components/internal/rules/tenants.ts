import { duplicates } from "../duplicates";
import { isNamespaceName, isServiceAccountName } from "../kubernetesNames";
import { maxFederatedCredentials } from "../workloadIdentityRules";

/** A namespace that is to be made for a team. */
export interface TenantNamespaceInput {
    namespace: string;
    team: string;
}

/** A team, as far as it refers to things outside it. */
export interface TeamInput {
    team: string;
    size: string;
    priorityClassName: string;
    /** Sizes of single environments. */
    environmentSizes: Readonly<Record<string, string | undefined>>;
    /** Service accounts without an Azure identity. */
    serviceAccounts: readonly string[];
    /** Service accounts of workloads, by workload. */
    workloadAccounts: Readonly<Record<string, string>>;
}

/** What teams may refer to. */
export interface TenantTableInput {
    environments: readonly string[];
    sizes: readonly string[];
    priorityClasses: readonly string[];
}

// Namespaces and prefixes that belong to Kubernetes, AKS and its add-ons.
const systemNamespaces = [
    "default",
    "gatekeeper-system",
    "azure-arc",
    "flux-system",
    "dataprotection-microsoft",
    "app-routing-system",
    "calico-system",
    "tigera-operator",
];
const systemPrefixes = ["kube-", "aks-", "azure-"];

/** What is wrong with the names of tenants' namespaces, a sentence each. */
export function tenantNamespaceProblems(
    namespaces: readonly TenantNamespaceInput[],
    platformNamespaces: readonly string[] = [],
): string[] {
    const taken = [...systemNamespaces, ...platformNamespaces];
    const repeated = duplicates(namespaces.map(({ namespace }) => namespace));
    return namespaces.flatMap(({ namespace, team }, index) => {
        const start = `\`teams.${team}\` makes the namespace "${namespace}", `;
        const prefix = systemPrefixes.find((candidate) => namespace.startsWith(candidate));
        if (!isNamespaceName(namespace)) {
            return `${start}which has ${namespace.length} characters: Kubernetes allows 63. Shorten the name of team or environment.`;
        }
        if (prefix !== undefined) {
            return `${start}but names that start with ${prefix} belong to the system. Rename the team.`;
        }
        if (taken.includes(namespace)) {
            return `${start}which the platform itself uses. Rename the team.`;
        }
        const first = namespaces.findIndex((other) => other.namespace === namespace);
        return repeated.includes(namespace) && first !== index
            ? `${start}as ${namespaces[first]?.team} does. Rename one of the teams.`
            : [];
    });
}

/** What is wrong with the list of environments, a sentence each. */
export function environmentProblems(environments: readonly string[]): string[] {
    return duplicates(environments).map(
        (name) => `\`environments\` has "${name}" twice. Remove one of them.`,
    );
}

/** What a team refers to that does not exist, and accounts that it names twice, a sentence each. */
export function teamProblems(input: TeamInput, table: TenantTableInput): string[] {
    const sizes = table.sizes.join(", ");
    return [
        ...sizeProblems("size", input.size, sizes, table),
        ...Object.entries(input.environmentSizes).flatMap(([environment, size]) =>
            table.environments.includes(environment)
                ? sizeProblems(`environments.${environment}.size`, size ?? input.size, sizes, table)
                : [
                      `\`environments.${environment}\` has no effect: tenants.environments has ${table.environments.join(", ")} only. ` +
                          "Remove it, or add the environment there.",
                  ],
        ),
        ...(table.priorityClasses.includes(input.priorityClassName)
            ? []
            : [
                  `\`priorityClassName\` is "${input.priorityClassName}", which is no class for tenants. Use one of ` +
                      `${table.priorityClasses.join(", ")}.`,
              ]),
        ...accountProblems(input),
    ];
}

// Azure takes longer names; the components keep room for what stands around this one.
const longestIdentityName = 60;

/** Whether team and workload make a name that an identity can have; a sentence when they do not. */
export function identityNameProblems(team: string, workload: string): string[] {
    const { length } = `${team}-${workload}`;
    return length > longestIdentityName
        ? [
              `\`workloads.${workload}\` makes an identity called "${team}-${workload}" of ${length} characters, allowed are ` +
                  `${longestIdentityName}. Shorten the name of team or workload.`,
          ]
        : [];
}

/** Whether Azure takes a service account of each environment for one identity; a sentence when it does not. */
export function federatedCredentialProblems(workload: string, environments: number): string[] {
    return environments > maxFederatedCredentials
        ? [
              `\`workloads.${workload}\` would have ${environments} federated credentials, one for each environment: Azure allows ` +
                  `${maxFederatedCredentials} for an identity. Divide the environments among clusters.`,
          ]
        : [];
}

function sizeProblems(argument: string, size: string, sizes: string, table: TenantTableInput): string[] {
    return table.sizes.includes(size)
        ? []
        : [
              `\`${argument}\` is "${size}", but tenants.sizes has ${sizes === "" ? "no size" : sizes}. Use one of them, or add it there.`,
          ];
}

function accountProblems({ serviceAccounts, workloadAccounts }: TeamInput): string[] {
    const wrong = (account: string) => account === "default" || !isServiceAccountName(account);
    const advice = 'use lower-case letters, digits and hyphens, other than "default"';
    const accounts = [...serviceAccounts, ...Object.values(workloadAccounts)];
    return [
        ...serviceAccounts.filter(wrong).map((account) => `\`serviceAccounts\` has "${account}": ${advice}.`),
        ...Object.entries(workloadAccounts)
            .filter(([, account]) => wrong(account))
            .map(
                ([workload, account]) =>
                    `\`workloads.${workload}.serviceAccount\` is "${account}": ${advice}.`,
            ),
        ...duplicates(accounts).map((account) => {
            const workload = Object.keys(workloadAccounts)
                .reverse()
                .find((key) => workloadAccounts[key] === account);
            return workload === undefined
                ? `\`serviceAccounts\` has "${account}" twice. Remove one of them.`
                : `\`workloads.${workload}.serviceAccount\` is "${account}", which another workload or serviceAccounts has too. Rename one of them.`;
        }),
    ];
}
