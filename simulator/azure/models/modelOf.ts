import type { SdkPackageName } from "./sdkPackages";

/** Which of Microsoft's models describes the request body of a resource type. */
export interface CheckedModel {
    package: SdkPackageName;
    /** Export of the package's `models/mappers.js`. */
    mapper: string;
    /** API version that azure-native calls, from the doc comment of its class. */
    apiVersion: string;
    /** API version that the model describes. */
    modelVersion: string;
}

/** A resource type whose properties nobody checks here. */
export interface UncheckedModel {
    /** Why no model describes it. */
    unchecked: string;
    /** API version that azure-native calls, from the doc comment of its class. */
    apiVersion: string;
}

export type Model = CheckedModel | UncheckedModel;

const aks = {
    package: "@azure/arm-containerservice",
    apiVersion: "2025-09-01",
    modelVersion: "2025-10-01",
} as const;
const network = {
    package: "@azure/arm-network",
    apiVersion: "2024-05-01",
    modelVersion: "2024-05-01",
} as const;
const dns = {
    package: "@azure/arm-privatedns",
    apiVersion: "2024-06-01",
    modelVersion: "2020-06-01",
} as const;
const identity = { package: "@azure/arm-msi", apiVersion: "2023-01-31", modelVersion: "2023-01-31" } as const;
const vault = {
    package: "@azure/arm-keyvault",
    apiVersion: "2024-11-01",
    modelVersion: "2024-11-01",
} as const;
const resources = {
    package: "@azure/arm-resources",
    apiVersion: "2024-03-01",
    modelVersion: "2025-03-01",
} as const;
const logs = {
    package: "@azure/arm-operationalinsights",
    apiVersion: "2023-09-01",
    modelVersion: "2022-10-01",
} as const;
const dataCollection = {
    package: "@azure/arm-monitor",
    apiVersion: "2022-06-01",
    modelVersion: "2021-04-01",
} as const;
const registry = {
    package: "@azure/arm-containerregistry",
    apiVersion: "2024-11-01-preview",
    modelVersion: "2025-11-01",
} as const;
const storage = {
    package: "@azure/arm-storage",
    apiVersion: "2024-01-01",
    modelVersion: "2024-01-01",
} as const;

/**
 * The model of every resource type of the table, by Pulumi type token. What belongs to the address and not to the body
 * (names, resource group, scope) is said by the resource type's own row.
 */
export const modelOf: Readonly<Record<string, Model>> = {
    "azure-native:alertsmanagement:PrometheusRuleGroup": {
        apiVersion: "2023-03-01",
        unchecked: "@azure/arm-prometheusrulegroups has only ever been built without readable models",
    },
    "azure-native:authorization:ManagementLockByScope": {
        package: "@azure/arm-locks",
        mapper: "ManagementLockObject",
        apiVersion: "2020-05-01",
        modelVersion: "2020-05-01",
    },
    "azure-native:authorization:PolicyAssignment": {
        package: "@azure/arm-policy",
        mapper: "PolicyAssignment",
        apiVersion: "2025-01-01",
        modelVersion: "2024-05-01",
    },
    "azure-native:authorization:RoleAssignment": {
        package: "@azure/arm-authorization",
        mapper: "RoleAssignmentCreateParameters",
        apiVersion: "2022-04-01",
        modelVersion: "2022-04-01",
    },
    "azure-native:authorization:RoleDefinition": {
        package: "@azure/arm-authorization",
        mapper: "RoleDefinition",
        apiVersion: "2022-05-01-preview",
        modelVersion: "2022-04-01",
    },
    "azure-native:compute:DiskEncryptionSet": {
        package: "@azure/arm-compute",
        mapper: "DiskEncryptionSet",
        apiVersion: "2024-03-02",
        modelVersion: "2024-03-02",
    },
    "azure-native:consumption:Budget": {
        package: "@azure/arm-consumption",
        mapper: "Budget",
        apiVersion: "2024-08-01",
        modelVersion: "2021-10-01",
    },
    "azure-native:containerregistry:CacheRule": { ...registry, mapper: "CacheRule" },
    "azure-native:containerregistry:Registry": {
        ...registry,
        mapper: "Registry",
        apiVersion: "2023-01-01-preview",
    },
    "azure-native:containerregistry:Replication": { ...registry, mapper: "Replication" },
    "azure-native:containerservice:AgentPool": { ...aks, mapper: "AgentPool" },
    "azure-native:containerservice:MaintenanceConfiguration": { ...aks, mapper: "MaintenanceConfiguration" },
    "azure-native:containerservice:ManagedCluster": { ...aks, mapper: "ManagedCluster" },
    "azure-native:dashboard:Grafana": {
        package: "@azure/arm-dashboard",
        mapper: "ManagedGrafana",
        apiVersion: "2024-10-01",
        modelVersion: "2023-09-01",
    },
    "azure-native:keyvault:Key": { ...vault, mapper: "KeyCreateParameters" },
    "azure-native:keyvault:Vault": { ...vault, mapper: "VaultCreateOrUpdateParameters" },
    "azure-native:managedidentity:FederatedIdentityCredential": {
        ...identity,
        mapper: "FederatedIdentityCredential",
    },
    "azure-native:managedidentity:UserAssignedIdentity": { ...identity, mapper: "Identity" },
    "azure-native:monitor:ActionGroup": {
        package: "@azure/arm-monitor",
        mapper: "ActionGroupResource",
        apiVersion: "2024-10-01-preview",
        modelVersion: "2021-09-01",
    },
    "azure-native:monitor:ActivityLogAlert": {
        package: "@azure/arm-monitor",
        mapper: "ActivityLogAlertResource",
        apiVersion: "2020-10-01",
        modelVersion: "2017-04-01",
    },
    "azure-native:monitor:AzureMonitorWorkspace": {
        apiVersion: "2023-04-03",
        unchecked: "no release of @azure/arm-monitor with readable models has it",
    },
    "azure-native:monitor:DataCollectionEndpoint": {
        ...dataCollection,
        mapper: "DataCollectionEndpointResource",
    },
    "azure-native:monitor:DataCollectionRule": { ...dataCollection, mapper: "DataCollectionRuleResource" },
    "azure-native:monitor:DataCollectionRuleAssociation": {
        ...dataCollection,
        mapper: "DataCollectionRuleAssociationProxyOnlyResource",
    },
    "azure-native:monitor:DiagnosticSetting": {
        package: "@azure/arm-monitor",
        mapper: "DiagnosticSettingsResource",
        apiVersion: "2021-05-01-preview",
        modelVersion: "2017-05-01-preview",
    },
    "azure-native:monitor:MetricAlert": {
        package: "@azure/arm-monitor",
        mapper: "MetricAlertResource",
        apiVersion: "2018-03-01",
        modelVersion: "2018-03-01",
    },
    "azure-native:monitor:ScheduledQueryRule": {
        apiVersion: "2025-01-01-preview",
        unchecked:
            "@azure/arm-monitor with readable models has only the rules of 2018, whose shape was another",
    },
    "azure-native:network:NatGateway": { ...network, mapper: "NatGateway" },
    "azure-native:network:NetworkSecurityGroup": { ...network, mapper: "NetworkSecurityGroup" },
    "azure-native:network:PrivateDnsZoneGroup": { ...network, mapper: "PrivateDnsZoneGroup" },
    "azure-native:network:PrivateEndpoint": { ...network, mapper: "PrivateEndpoint" },
    "azure-native:network:PublicIPAddress": { ...network, mapper: "PublicIPAddress" },
    "azure-native:network:RouteTable": { ...network, mapper: "RouteTable" },
    "azure-native:network:Subnet": { ...network, mapper: "Subnet" },
    "azure-native:network:VirtualNetwork": { ...network, mapper: "VirtualNetwork" },
    "azure-native:network:VirtualNetworkPeering": { ...network, mapper: "VirtualNetworkPeering" },
    "azure-native:operationalinsights:Table": { ...logs, mapper: "Table" },
    "azure-native:operationalinsights:Workspace": { ...logs, mapper: "Workspace" },
    "azure-native:privatedns:PrivateZone": { ...dns, mapper: "PrivateZone" },
    "azure-native:privatedns:VirtualNetworkLink": { ...dns, mapper: "VirtualNetworkLink" },
    "azure-native:resources:Deployment": { ...resources, mapper: "Deployment" },
    "azure-native:resources:ResourceGroup": { ...resources, mapper: "ResourceGroup" },
    "azure-native:storage:BlobContainer": { ...storage, mapper: "BlobContainer" },
    "azure-native:storage:BlobServiceProperties": { ...storage, mapper: "BlobServiceProperties" },
    "azure-native:storage:ManagementPolicy": { ...storage, mapper: "ManagementPolicy" },
    "azure-native:storage:StorageAccount": { ...storage, mapper: "StorageAccountCreateParameters" },
};

/** The model of a type; a type without a row is an error that names it. */
export function modelOfType(type: string): Model {
    const model = modelOf[type];
    if (!model) {
        throw new Error(
            `no model says which properties "${type}" has. Add its row to simulator/azure/models/modelOf.ts.`,
        );
    }
    return model;
}
