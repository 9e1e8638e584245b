import * as authorization from "@pulumi/azure-native/authorization";
import * as dashboard from "@pulumi/azure-native/dashboard";
import * as pulumi from "@pulumi/pulumi";
import { globallyUniqueName } from "./internal/naming";
import { roleAssignmentOptions } from "./internal/roleAssignment";
import { roleDefinitionId } from "./internal/roles";
import type { RoleKey } from "./internal/roles";
import type { GrafanaArgs } from "./monitoringArgs";
import { PrivateLink } from "./privateLink";
import { PrincipalType } from "./shared";

/** Arguments of a managed Grafana. */
export interface ManagedGrafanaArgs {
    /** Resource group of Grafana. Changing this replaces it. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of Grafana. Changing this replaces it. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`. */
    baseName: string;
    /** Subscription that role definitions are read from, a GUID. */
    subscriptionId: string;
    /** Settings of Grafana. */
    settings: GrafanaArgs;
    /** Id of the Azure Monitor workspace that becomes a data source. Defaults to none. */
    azureMonitorWorkspaceId?: pulumi.Input<string>;
    /** Tags of Grafana and its private endpoint. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}

const defaults = {
    // Grafana 11 was retired 2026-06-15.
    majorVersion: "12",
    // The Essential tier cannot be created any more.
    sku: "Standard",
    zoneRedundant: false,
    publicNetworkAccess: false,
};

/** Managed Grafana, what its identity may read, and who may log in. */
export class Grafana extends pulumi.ComponentResource {
    /** Id of Grafana; resolves when its identity may read its data sources. */
    public readonly id: pulumi.Output<string>;
    /** Address of the log-in page. */
    public readonly endpoint: pulumi.Output<string>;

    constructor(name: string, args: ManagedGrafanaArgs, opts?: pulumi.ComponentResourceOptions) {
        super("aks-landing-zone:index:Grafana", name, {}, opts);
        const { settings, azureMonitorWorkspaceId } = args;

        const grafana = new dashboard.Grafana(
            `${name}-workspace`,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                workspaceName:
                    settings.name ?? globallyUniqueName("grafana", args.baseName, args.subscriptionId),
                sku: { name: defaults.sku },
                identity: { type: dashboard.ManagedServiceIdentityType.SystemAssigned },
                properties: {
                    grafanaMajorVersion: defaults.majorVersion,
                    // Service account tokens would be a way in that Entra does not see.
                    apiKey: dashboard.ApiKey.Disabled,
                    deterministicOutboundIP: dashboard.DeterministicOutboundIP.Disabled,
                    publicNetworkAccess: enabled(
                        settings.publicNetworkAccess ?? defaults.publicNetworkAccess,
                    ),
                    zoneRedundancy: enabled(settings.zoneRedundant ?? defaults.zoneRedundant),
                    grafanaConfigurations: {
                        // External snapshots are published on a server of Grafana Labs.
                        snapshots: { externalEnabled: false },
                        users: { viewersCanEdit: false },
                    },
                    grafanaIntegrations: {
                        azureMonitorWorkspaceIntegrations:
                            azureMonitorWorkspaceId === undefined
                                ? []
                                : [{ azureMonitorWorkspaceResourceId: azureMonitorWorkspaceId }],
                    },
                },
                tags: args.tags,
            },
            { parent: this },
        );

        const assign = (
            role: RoleKey,
            key: string,
            scope: pulumi.Input<string>,
            principalId: pulumi.Input<string>,
            principalType: PrincipalType,
        ): authorization.RoleAssignment =>
            new authorization.RoleAssignment(
                `${name}-${role}-${key}`,
                {
                    scope,
                    principalId,
                    principalType,
                    roleDefinitionId: roleDefinitionId(args.subscriptionId, role),
                },
                roleAssignmentOptions(this),
            );

        // `identity` is set by the argument above, hence always there.
        const identity = grafana.identity.apply((value) => value?.principalId ?? "");
        const readScopes = settings.readScopes ?? [
            {
                key: "own-group",
                scopeId: pulumi.interpolate`/subscriptions/${args.subscriptionId}/resourceGroups/${args.resourceGroupName}`,
            },
        ];
        const readers = readScopes.map(({ key, scopeId }) =>
            assign("monitoringReader", key, scopeId, identity, PrincipalType.ServicePrincipal),
        );
        if (azureMonitorWorkspaceId !== undefined) {
            // Azure links the data source but, unlike the portal, does not let Grafana read it.
            readers.push(
                assign(
                    "monitoringDataReader",
                    "prometheus",
                    azureMonitorWorkspaceId,
                    identity,
                    PrincipalType.ServicePrincipal,
                ),
            );
        }
        for (const { key, objectId } of settings.adminGroups) {
            assign("grafanaAdmin", key, grafana.id, objectId, PrincipalType.Group);
        }
        for (const { key, objectId } of settings.viewerGroups ?? []) {
            assign("grafanaViewer", key, grafana.id, objectId, PrincipalType.Group);
        }

        if (settings.privateEndpoint) {
            new PrivateLink(
                `${name}-private-link`,
                {
                    resourceGroupName: args.resourceGroupName,
                    location: args.location,
                    baseName: args.baseName,
                    serviceId: grafana.id,
                    groupId: "grafana",
                    endpoint: settings.privateEndpoint,
                    tags: args.tags,
                },
                { parent: this },
            );
        }

        this.id = pulumi
            .all([grafana.id, pulumi.all(readers.map((reader) => reader.id))])
            .apply(([id]) => id);
        this.endpoint = grafana.properties.endpoint;
        this.registerOutputs({ id: this.id, endpoint: this.endpoint });
    }
}

function enabled(value: boolean): "Enabled" | "Disabled" {
    return value ? "Enabled" : "Disabled";
}
