import { egressRangeProblems } from "../../components/internal/networkPolicies";
import { tenantPriorityClasses } from "../../components/internal/priorityClasses";
import { quotaProblems } from "../../components/internal/tenantObjects";
import { entraGroupProblems } from "../../components/internal/entraGroupRules";
import {
    environmentProblems,
    federatedCredentialProblems,
    groupKeyProblems,
    identityNameProblems,
    groupReferenceProblems,
    repeatedGroupProblems,
    teamProblems,
    tenantNamespaceProblems,
} from "../../components/internal/rules";
import type { GroupReference } from "../../components/internal/rules";
import { tenantWorkloads } from "../derived";
import type { Problem } from "../errors";
import { whereReadable } from "../guarded";
import type { Settings } from "../schema";
import { at } from "./problemPath";

/** Runs a check for each key; what one of them needs and cannot read does not keep the others from being checked. */
function forEachKey<T>(
    record: Readonly<Record<string, T>>,
    check: (key: string, value: T) => Problem[],
): Problem[] {
    // Not Object.entries: it would read every value at once.
    return Object.keys(record).flatMap((key) => whereReadable(() => check(key, record[key] as T)));
}

/** Names of environments and namespaces. */
export function checkNamespaces({ tenants }: Settings): Problem[] {
    const namespaces = Object.keys(tenants.teams).flatMap((team) =>
        tenants.environments.map((environment) => ({ team, namespace: `${team}-${environment}` })),
    );
    return at(
        ["tenants"],
        [...environmentProblems(tenants.environments), ...tenantNamespaceProblems(namespaces)],
    );
}

/** Quotas and container defaults. */
export function checkSizes({ tenants }: Settings): Problem[] {
    return forEachKey(tenants.sizes, (name, { quota, containerDefaults }) => {
        const filled = {
            ...containerDefaults,
            maxCpu: containerDefaults.maxCpu ?? quota.limitsCpu,
            maxMemory: containerDefaults.maxMemory ?? quota.limitsMemory,
        };
        const base = ["tenants", "sizes", name];
        // A maximum that is not set is the quota's, and so is what is wrong with it.
        return at(base, quotaProblems(quota, filled), {
            ...(containerDefaults.maxCpu === undefined
                ? { "containerDefaults.maxCpu": [...base, "quota", "limitsCpu"] }
                : {}),
            ...(containerDefaults.maxMemory === undefined
                ? { "containerDefaults.maxMemory": [...base, "quota", "limitsMemory"] }
                : {}),
        });
    });
}

/** What teams refer to. */
export function checkTeams({ tenants, kubernetes }: Settings): Problem[] {
    return forEachKey(tenants.teams, (team, settings) => {
        const table = {
            environments: tenants.environments,
            sizes: Object.keys(tenants.sizes),
            priorityClasses: [...tenantPriorityClasses, ...kubernetes.platform.priorityClasses].map(
                ({ name }) => name,
            ),
        };
        const input = {
            team,
            size: settings.size,
            priorityClassName: settings.priorityClassName,
            environmentSizes: Object.fromEntries(
                Object.entries(settings.environments).map(([environment, { size }]) => [environment, size]),
            ),
            serviceAccounts: settings.serviceAccounts,
            workloadAccounts: Object.fromEntries(
                Object.entries(settings.workloads).map(([workload, { serviceAccount }]) => [
                    workload,
                    serviceAccount,
                ]),
            ),
        };
        return at(["tenants", "teams", team], teamProblems(input, table));
    });
}

/** Ranges that teams may reach. */
export function checkTeamEgress({ tenants }: Settings): Problem[] {
    return forEachKey(tenants.teams, (team, { network }) =>
        at(["tenants", "teams", team, "network"], egressRangeProblems(network.egressCidrs)),
    );
}

/** Identities of workloads: their names, and that Azure takes 20 subjects for each. */
export function checkWorkloads({ tenants }: Settings): Problem[] {
    return tenantWorkloads(tenants).flatMap(({ team, workload, subjects }) =>
        at(
            ["tenants", "teams", team],
            [
                ...identityNameProblems(team, workload),
                ...federatedCredentialProblems(workload, subjects.length),
            ],
        ),
    );
}

/** Keys of groups, and groups that are created. */
export function checkGroups({ access }: Settings): Problem[] {
    const created = Object.entries(access.createGroups).map(([key, group]) => ({ key, ...group }));
    return at(
        ["access"],
        [
            ...groupKeyProblems(Object.keys(access.groups), Object.keys(access.createGroups)),
            ...repeatedGroupProblems("adminGroups", access.adminGroups),
            ...entraGroupProblems(created),
        ],
        { groups: ["access", "createGroups"] },
    );
}

/** One group under two keys would get each role twice, which Azure refuses. */
export function checkGroupIds({ access }: Settings): Problem[] {
    const entries = Object.entries(access.groups);
    return entries.flatMap(([key, id], index) => {
        const first = entries.slice(0, index).find(([, other]) => other.toLowerCase() === id.toLowerCase());
        return first === undefined
            ? []
            : at(
                  ["access"],
                  [
                      `\`groups.${key}\` is "${id}", the object id of ${first[0]} too: Azure refuses a role given twice. Keep one key.`,
                  ],
              );
    });
}

/** Whether every group that is named exists. */
export function checkGroupReferences(settings: Settings): Problem[] {
    const { access } = settings;
    const known = [...Object.keys(access.groups), ...Object.keys(access.createGroups)];
    const lists: (() => GroupReference[])[] = [
        () => listed("access.adminGroups", access.adminGroups),
        () =>
            settings.keyVault.roleAssignments.map(({ group }, index) => ({
                argument: `keyVault.roleAssignments[${index}].group`,
                key: group,
            })),
        () => listed("monitoring.grafana.adminGroups", settings.monitoring.grafana?.adminGroups ?? []),
        () => listed("monitoring.grafana.viewerGroups", settings.monitoring.grafana?.viewerGroups ?? []),
        ...Object.keys(settings.tenants.teams).flatMap((team) => [
            () => listed(`tenants.teams.${team}.developers`, settings.tenants.teams[team]?.developers ?? []),
            () => listed(`tenants.teams.${team}.readers`, settings.tenants.teams[team]?.readers ?? []),
        ]),
    ];
    return lists.flatMap((list) => whereReadable(() => at([], groupReferenceProblems(known, list()))));
}

/** Whether teams name each group once in a list. */
export function checkRepeatedTeamGroups({ tenants }: Settings): Problem[] {
    return forEachKey(tenants.teams, (team, { developers, readers }) =>
        at(
            ["tenants", "teams", team],
            [
                ...repeatedGroupProblems("developers", developers),
                ...repeatedGroupProblems("readers", readers),
            ],
        ),
    );
}

function listed(argument: string, keys: readonly string[]): GroupReference[] {
    return keys.map((key, index) => ({ argument: `${argument}[${index}]`, key }));
}
