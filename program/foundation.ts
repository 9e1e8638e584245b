import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import { Provider as EntraProvider } from "@pulumi/azuread/provider";
import type * as pulumi from "@pulumi/pulumi";
import { EntraGroups } from "../components";
import type { EntraGroupArgs } from "../components";
import { azureName } from "../components/internal/naming";
import { landingZoneTags } from "../components/internal/tags";
import type { TagMap } from "../components/internal/tags";
import type { LandingZoneConfig } from "../config";

/** A group of Entra as components take it. */
export interface NamedGroup {
    key: string;
    objectId: pulumi.Input<string>;
}

/** Where a component's resources go, and what they are called and tagged. */
export interface Placement {
    resourceGroupName: pulumi.Output<string>;
    location: string;
    baseName: string;
    tags: TagMap;
}

/** What everything else stands on: provider, resource groups, names, tags, groups of people. */
export interface Foundation {
    config: LandingZoneConfig;
    provider: AzureProvider;
    tags: TagMap;
    groups: Record<"network" | "cluster" | "shared", ResourceGroup>;
    placedIn: (group: ResourceGroup) => Placement;
    /** Options of a component that can be made again. */
    azure: pulumi.ComponentResourceOptions;
    /** Options of a component that holds data: Pulumi refuses to delete or replace it while protection is on. */
    stateful: pulumi.ComponentResourceOptions;
    /** Object id of a group, by its key in the configuration. */
    objectIdOf: (key: string) => pulumi.Input<string>;
    groupOf: (key: string) => NamedGroup;
}

/** Creates provider and resource groups, and settles what all components share. */
export function layFoundation(config: LandingZoneConfig): Foundation {
    const { baseName, location, subscriptionId, tenantId } = config;
    const { protect } = config.protection;
    const tags = landingZoneTags(config.workload, config.environment, config.tags);
    const provider = new AzureProvider("azure", { subscriptionId, tenantId });
    const resourceGroup = (role: string) =>
        new ResourceGroup(
            `group-${role}`,
            { resourceGroupName: azureName("resourceGroup", baseName, role), location, tags },
            { provider, protect },
        );
    const objectIdOf = groupObjectIds(config);
    return {
        config,
        provider,
        tags,
        groups: {
            network: resourceGroup("network"),
            cluster: resourceGroup("cluster"),
            shared: resourceGroup("shared"),
        },
        placedIn: (group) => ({ resourceGroupName: group.name, location, baseName, tags }),
        azure: { providers: [provider] },
        stateful: { providers: [provider], protect },
        objectIdOf,
        groupOf: (key) => ({ key, objectId: objectIdOf(key) }),
    };
}

/** Object ids of the groups that the configuration names: existing ones, and those that this stack creates. */
function groupObjectIds({ access, tenantId }: LandingZoneConfig): (key: string) => pulumi.Input<string> {
    const toCreate = Object.entries(access.createGroups).map(([key, group]) => ({ key, ...group }));
    // Without groups to create there is no Entra provider: it would ask for directory rights that nothing needs.
    const created = toCreate.length > 0 ? createGroups(toCreate, tenantId) : undefined;
    return (key) => {
        const existing = access.groups[key] ?? created?.apply((ids) => ids[key] ?? "");
        if (existing === undefined) {
            throw new Error(
                `the configuration names the group "${key}", which access.groups and access.createGroups do not have`,
            );
        }
        return existing;
    };
}

function createGroups(groups: EntraGroupArgs[], tenantId: string): pulumi.Output<{ [key: string]: string }> {
    const provider = new EntraProvider("entra", { tenantId });
    return new EntraGroups("groups", { groups }, { providers: [provider] }).objectIds;
}
