/** Type tokens of the resources that the plan looks at; spelled here once. */
export const types = {
    stack: "pulumi:pulumi:Stack",
    actionGroup: "azure-native:monitor:ActionGroup",
    activityLogAlert: "azure-native:monitor:ActivityLogAlert",
    agentPool: "azure-native:containerservice:AgentPool",
    azureMonitorWorkspace: "azure-native:monitor:AzureMonitorWorkspace",
    blobService: "azure-native:storage:BlobServiceProperties",
    cluster: "azure-native:containerservice:ManagedCluster",
    dataCollectionRule: "azure-native:monitor:DataCollectionRule",
    diagnosticSetting: "azure-native:monitor:DiagnosticSetting",
    diskEncryptionSet: "azure-native:compute:DiskEncryptionSet",
    federatedCredential: "azure-native:managedidentity:FederatedIdentityCredential",
    grafana: "azure-native:dashboard:Grafana",
    identity: "azure-native:managedidentity:UserAssignedIdentity",
    key: "azure-native:keyvault:Key",
    logAnalyticsWorkspace: "azure-native:operationalinsights:Workspace",
    logAnalyticsTable: "azure-native:operationalinsights:Table",
    maintenance: "azure-native:containerservice:MaintenanceConfiguration",
    metricAlert: "azure-native:monitor:MetricAlert",
    natGateway: "azure-native:network:NatGateway",
    networkSecurityGroup: "azure-native:network:NetworkSecurityGroup",
    peering: "azure-native:network:VirtualNetworkPeering",
    policyAssignment: "azure-native:authorization:PolicyAssignment",
    privateDnsZone: "azure-native:privatedns:PrivateZone",
    privateDnsZoneGroup: "azure-native:network:PrivateDnsZoneGroup",
    privateDnsZoneLink: "azure-native:privatedns:VirtualNetworkLink",
    privateEndpoint: "azure-native:network:PrivateEndpoint",
    prometheusRuleGroup: "azure-native:alertsmanagement:PrometheusRuleGroup",
    publicIpAddress: "azure-native:network:PublicIPAddress",
    publicIpPrefix: "azure-native:network:PublicIPPrefix",
    registry: "azure-native:containerregistry:Registry",
    registryReplication: "azure-native:containerregistry:Replication",
    resourceGroup: "azure-native:resources:ResourceGroup",
    roleAssignment: "azure-native:authorization:RoleAssignment",
    roleDefinition: "azure-native:authorization:RoleDefinition",
    scheduledQueryRule: "azure-native:monitor:ScheduledQueryRule",
    storageAccount: "azure-native:storage:StorageAccount",
    subnet: "azure-native:network:Subnet",
    vault: "azure-native:keyvault:Vault",
    virtualNetwork: "azure-native:network:VirtualNetwork",

    entraGroup: "azuread:index/group:Group",

    helmRelease: "kubernetes:helm.sh/v3:Release",
    limitRange: "kubernetes:core/v1:LimitRange",
    namespace: "kubernetes:core/v1:Namespace",
    networkPolicy: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    resourceQuota: "kubernetes:core/v1:ResourceQuota",
    roleBinding: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    service: "kubernetes:core/v1:Service",
    serviceAccount: "kubernetes:core/v1:ServiceAccount",
    storageClass: "kubernetes:storage.k8s.io/v1:StorageClass",

    azureProvider: "pulumi:providers:azure-native",
    kubernetesProvider: "pulumi:providers:kubernetes",

    tenantComponent: "aks-landing-zone:index:Tenant",
    kuredComponent: "aks-landing-zone:index:Kured",
} as const;

/** The last part of a type token, as people know it: `Subnet`, `Namespace`. */
export function shortType(type: string): string {
    if (type.startsWith("pulumi:providers:")) {
        return `${type.split(":")[2] ?? ""} provider`;
    }
    return type.split(/[:/]/).pop() ?? type;
}
