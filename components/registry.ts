import * as authorization from "@pulumi/azure-native/authorization";
import * as containerregistry from "@pulumi/azure-native/containerregistry";
import * as monitor from "@pulumi/azure-native/monitor";
import * as pulumi from "@pulumi/pulumi";
import { recreatable } from "./internal/protection";
import { registryProblems } from "./internal/registryRules";
import { roleAssignmentOptions } from "./internal/roleAssignment";
import { roleDefinitionId } from "./internal/roles";
import { withoutHostPrefix } from "./internal/serviceFirewall";
import { PrivateLink } from "./privateLink";
import { RegistrySku } from "./registryArgs";
import type { RegistryArgs } from "./registryArgs";
import { PrincipalType } from "./shared";

const defaults = {
    sku: RegistrySku.Premium,
    publicNetworkAccess: false,
    zoneRedundant: true,
    dataEndpoint: true,
    trustedServicesBypass: false,
    untaggedRetentionInDays: 7,
    exportEnabled: false,
};

const logCategories = ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"];

/**
 * A container registry without passwords: no admin user, no anonymous pull, roles only. On Premium it is private,
 * spread over zones and replicated. The other tiers cannot be private, so they take an explicit `publicNetworkAccess`.
 */
export class Registry extends pulumi.ComponentResource {
    /** Id of the registry. */
    public readonly id: pulumi.Output<string>;
    /** Name of the registry. */
    public readonly name: pulumi.Output<string>;
    /** Host name for image references, for example `crlzdevweu.azurecr.io`. */
    public readonly loginServer: pulumi.Output<string>;
    /** Ids of the pull assignments, in the order of `pullPrincipals`: what a first pull must wait for. */
    public readonly pullAssignmentIds: pulumi.Output<string[]>;
    /** Id of the private endpoint; absent without one. Resolves when the registry's name leads to its private address. */
    public readonly privateEndpointId?: pulumi.Output<string>;

    constructor(name: string, args: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Registry", name, {}, opts);
        const problems = registryProblems(args);
        if (problems.length > 0) {
            throw new pulumi.ResourceError(problems.join("\n"), this);
        }

        const registry = new containerregistry.Registry(
            `${name}-registry`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                registryName: args.registryName,
                sku: { name: args.sku ?? defaults.sku },
                adminUserEnabled: false,
                anonymousPullEnabled: false,
                ...((args.sku ?? defaults.sku) === RegistrySku.Premium
                    ? premiumSettings(args)
                    : { publicNetworkAccess: "Enabled" }),
                tags: args.tags,
            },
            { parent: this },
        );

        const replicas: containerregistry.Replication[] = [];
        for (const location of args.replicaLocations ?? []) {
            replicas.push(
                new containerregistry.Replication(
                    `${name}-replica-${location}`,
                    {
                        resourceGroupName: args.resourceGroupName,
                        registryName: registry.name,
                        replicationName: location,
                        location,
                        regionEndpointEnabled: true,
                        zoneRedundancy: zoneRedundancy(args),
                        tags: args.tags,
                    },
                    {
                        parent: this,
                        ...recreatable,
                        // A registry takes one change of its regions at a time.
                        dependsOn: replicas.slice(-1),
                        // Azure refuses to change it on a replica and the provider does not know that.
                        replaceOnChanges: ["zoneRedundancy"],
                        // A region holds one replica, under the region's name.
                        deleteBeforeReplace: true,
                    },
                ),
            );
        }

        if (args.privateEndpoint) {
            const link = new PrivateLink(
                `${name}-private-link`,
                {
                    resourceGroupName: args.resourceGroupName,
                    location: args.location,
                    baseName: args.baseName,
                    serviceId: registry.id,
                    groupId: "registry",
                    endpoint: args.privateEndpoint,
                    // The endpoint takes an address for each region's data endpoint: all regions at once when it comes last.
                    waitFor: replicas.map((replica) => replica.id),
                    tags: args.tags,
                },
                { parent: this, ...recreatable },
            );
            this.privateEndpointId = link.endpointId;
        }

        const pullAssignments = (args.pullPrincipals ?? []).map(
            ({ key, principalId }) =>
                new authorization.RoleAssignment(
                    `${name}-acrPull-${key}`,
                    {
                        scope: registry.id,
                        principalId,
                        principalType: PrincipalType.ServicePrincipal,
                        roleDefinitionId: roleDefinitionId(args.subscriptionId, "acrPull"),
                    },
                    roleAssignmentOptions(this),
                ),
        );

        for (const rule of args.cacheRules ?? []) {
            new containerregistry.CacheRule(
                `${name}-cache-${rule.name}`,
                {
                    resourceGroupName: args.resourceGroupName,
                    registryName: registry.name,
                    cacheRuleName: rule.name,
                    sourceRepository: rule.sourceRepository,
                    targetRepository: rule.targetRepository,
                    credentialSetResourceId: rule.credentialSetId,
                },
                {
                    parent: this,
                    ...recreatable,
                    // Only the credential set of a rule can be changed; the provider does not know that.
                    replaceOnChanges: ["sourceRepository", "targetRepository"],
                    // The rule's name and target are taken until the old rule is gone.
                    deleteBeforeReplace: true,
                },
            );
        }

        if (args.logAnalyticsWorkspaceId !== undefined) {
            // Registry logs have tables of their own in any case; Azure drops a destination type that is sent for them.
            new monitor.DiagnosticSetting(
                `${name}-logs`,
                {
                    resourceUri: registry.id,
                    name: "audit-logs",
                    workspaceId: args.logAnalyticsWorkspaceId,
                    logs: logCategories.map((category) => ({ category, enabled: true })),
                },
                { parent: this, ...recreatable },
            );
        }

        this.id = registry.id;
        this.name = registry.name;
        this.loginServer = registry.loginServer;
        this.pullAssignmentIds = pulumi.all(pullAssignments.map((assignment) => assignment.id));
        this.registerOutputs({
            id: this.id,
            name: this.name,
            loginServer: this.loginServer,
            pullAssignmentIds: this.pullAssignmentIds,
            privateEndpointId: this.privateEndpointId,
        });
    }
}

function zoneRedundancy(args: RegistryArgs): string {
    return (args.zoneRedundant ?? defaults.zoneRedundant) ? "Enabled" : "Disabled";
}

/** Settings that Azure knows on Premium only: on the other tiers they are left out, not sent as "off". */
function premiumSettings(args: RegistryArgs) {
    const isPublic = args.publicNetworkAccess ?? defaults.publicNetworkAccess;
    const bypass = args.trustedServicesBypass ?? defaults.trustedServicesBypass;
    const days = args.untaggedRetentionInDays ?? defaults.untaggedRetentionInDays;
    return {
        zoneRedundancy: zoneRedundancy(args),
        dataEndpointEnabled: args.dataEndpoint ?? defaults.dataEndpoint,
        publicNetworkAccess: isPublic ? "Enabled" : "Disabled",
        networkRuleBypassOptions: bypass ? "AzureServices" : "None",
        networkRuleSet: {
            defaultAction: "Deny",
            ipRules: (args.allowedIpRanges ?? []).map((range) => ({
                action: "Allow",
                iPAddressOrRange: withoutHostPrefix(range),
            })),
        },
        policies: {
            exportPolicy: { status: (args.exportEnabled ?? defaults.exportEnabled) ? "enabled" : "disabled" },
            retentionPolicy: days === 0 ? { status: "disabled" } : { status: "enabled", days },
        },
    };
}
