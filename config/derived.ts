import { azureName, globallyUniqueName } from "../components/internal/naming";
import { regions } from "../components/internal/rules/regions";
import { pathText } from "./errors";
import type { StandIn } from "./placeholders";
import type { Settings } from "./schema";

/** A value of the stack file that is still a placeholder, and what stands in for it in a plan. */
export interface UnsetValue {
    /** Key path in the stack file, without the project's name. */
    path: string;
    /** The placeholder, as it is written in the stack file. */
    placeholder: string;
    /** The value that the plan uses instead. */
    standIn: string;
    /** Where to get the real value. */
    find: string;
}

/** Names of resources, from `names` in the stack file or derived. */
export interface ResolvedNames {
    cluster: string;
    keyVault: string;
    registry: string;
    grafana: string;
}

/** One namespace of the tenant table. */
export interface TenantNamespace {
    /** `<team>-<environment>`. */
    namespace: string;
    team: string;
    environment: string;
    /** Size of the namespace: that of the environment where it names one, otherwise the team's. */
    size: Settings["tenants"]["sizes"][string];
    /** The team's settings. */
    settings: Settings["tenants"]["teams"][string];
}

/** A service account that may sign in as a workload's identity. */
export interface WorkloadSubject {
    namespace: string;
    serviceAccount: string;
}

/** One workload of the tenant table: one identity with a subject in each of the team's namespaces. */
export interface TenantWorkload {
    /** `<team>-<workload>`. */
    name: string;
    team: string;
    workload: string;
    keyVaultSecrets: boolean;
    subjects: WorkloadSubject[];
}

/** The configuration of a stack: checked, complete with defaults, frozen. */
export interface LandingZoneConfig extends Omit<Settings, "names"> {
    /** Common part of all names, such as `lz-dev-weu`. */
    baseName: string;
    names: ResolvedNames;
    /** Name of the stack's own private DNS zone for the API server; absent where AKS keeps the zone. */
    apiServerZoneName?: string;
    /** Teams x environments; teams by name, as Pulumi hands them over. */
    namespaces: TenantNamespace[];
    workloads: TenantWorkload[];
    /** Placeholders that have a stand-in; empty unless loaded with `placeholders: "standIn"`. */
    unset: UnsetValue[];
}

/** Common part of all names. */
export function baseNameOf(settings: Pick<Settings, "workload" | "environment" | "location">): string {
    const region = regions[settings.location]?.abbreviation ?? settings.location;
    return `${settings.workload}-${settings.environment}-${region}`;
}

/** The names that the stack file gives, and derived ones for the others. */
export function resolveNames(settings: Settings): ResolvedNames {
    const { names, subscriptionId } = settings;
    const baseName = baseNameOf(settings);
    return {
        cluster: names.cluster ?? azureName("cluster", baseName),
        // Unique in all of Azure: the subscription's id makes them so, and a second landing zone of the same names possible.
        keyVault: names.keyVault ?? globallyUniqueName("keyVault", baseName, subscriptionId),
        registry: names.registry ?? globallyUniqueName("registry", baseName, subscriptionId),
        grafana: names.grafana ?? globallyUniqueName("grafana", baseName, subscriptionId),
    };
}

/** Name of the zone for a private API server; AKS accepts these two forms only. */
export function apiServerZoneName({ cluster: { apiServer }, location }: Settings): string | undefined {
    return apiServer.ownDnsZone
        ? `${apiServer.vnetIntegration ? "private" : "privatelink"}.${location}.azmk8s.io`
        : undefined;
}

/** Teams x environments. A size that does not exist leaves its namespaces out; a rule reports it. */
export function tenantNamespaces({ environments, sizes, teams }: Settings["tenants"]): TenantNamespace[] {
    return Object.entries(teams).flatMap(([team, settings]) =>
        environments.flatMap((environment) => {
            const size = sizes[settings.environments[environment]?.size ?? settings.size];
            return size ? [{ namespace: `${team}-${environment}`, team, environment, size, settings }] : [];
        }),
    );
}

/** Workloads of all teams. */
export function tenantWorkloads({ environments, teams }: Settings["tenants"]): TenantWorkload[] {
    return Object.entries(teams).flatMap(([team, { workloads }]) =>
        Object.entries(workloads).map(([workload, { serviceAccount, keyVaultSecrets }]) => ({
            name: `${team}-${workload}`,
            team,
            workload,
            keyVaultSecrets,
            subjects: environments.map((environment) => ({
                namespace: `${team}-${environment}`,
                serviceAccount,
            })),
        })),
    );
}

/** Adds what follows from the settings. */
export function derive(settings: Settings, standIns: readonly StandIn[]): LandingZoneConfig {
    return {
        ...settings,
        baseName: baseNameOf(settings),
        names: resolveNames(settings),
        apiServerZoneName: apiServerZoneName(settings),
        namespaces: tenantNamespaces(settings.tenants),
        workloads: tenantWorkloads(settings.tenants),
        unset: unsetValues(standIns),
    };
}

/** The placeholders that a stand-in was used for. */
export function unsetValues(standIns: readonly StandIn[]): UnsetValue[] {
    return standIns.flatMap(({ path, placeholder, standIn, find }) =>
        standIn === undefined ? [] : [{ path: pathText(path), placeholder, standIn, find }],
    );
}
