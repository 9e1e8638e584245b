/** Within what a name may be there once. */
export type UniqueIn = "global" | "tenant" | "subscription" | "resourceGroup" | "parent" | "scope";

/** How Azure lets resources of one type be called. */
export interface NameRule {
    uniqueIn: UniqueIn;
    minLength: number;
    maxLength: number;
    /** What the whole name must look like. */
    pattern: RegExp;
    /** The pattern in words: what a name must be. */
    allowed: string;
    /**
     * Azure's code for a name that is not allowed; absent where it is Microsoft.Network's `InvalidResourceName`, which stands
     * for all whose own code is not known. Sources: github.com/hashicorp/terraform-provider-azurerm/issues/21093,
     * github.com/Azure/azure-cli/issues/14481 (groups), github.com/pulumi/templates/pull/274 (storage accounts), github.com/Azure/azure-sdk-for-python/issues/4621 (assignments).
     */
    code?: string;
    /** Where the rule is said, where that is not the page of `nameRules`. */
    source?: string;
}

type Charset = Pick<NameRule, "pattern" | "allowed">;

const lettersAndDigits: Charset = { pattern: /^[A-Za-z0-9]+$/, allowed: "letters and digits" };
const hyphensInside: Charset = {
    pattern: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    allowed: "letters, digits and hyphens, beginning and ending with a letter or digit",
};
const hyphensAnywhere: Charset = { pattern: /^[A-Za-z0-9-]+$/, allowed: "letters, digits and hyphens" };
const deploymentNames: Charset = {
    pattern: /^[A-Za-z0-9._()-]+$/,
    allowed: "letters, digits, underscores, parentheses, hyphens and periods",
};

/** Anything but these characters and control characters, and neither space nor period at the end. */
const without = (characters: string): Charset => ({
    pattern: new RegExp(`^[^${characters.replace(/[\\\]^-]/g, "\\$&")}\\x00-\\x1f\\x7f]*(?<![ .])$`),
    allowed: `without any of ${characters} and control characters, ending neither with a space nor with a period`,
});

const networkNames: Charset = {
    pattern: /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_])?$/,
    allowed:
        "letters, digits, underscores, periods and hyphens, beginning with a letter or digit and ending with a letter, digit or underscore",
};
const network: NameRule = { uniqueIn: "resourceGroup", minLength: 1, maxLength: 80, ...networkNames };

const guidOfTenant: NameRule = {
    uniqueIn: "tenant",
    minLength: 36,
    maxLength: 36,
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    allowed: "a GUID",
};

const monitorPart = { uniqueIn: "resourceGroup", minLength: 1, maxLength: 260 } as const;
const extension = { uniqueIn: "scope", minLength: 1, maxLength: 260 } as const;

// Source of both lengths: github.com/Azure/prometheus-collector/pull/922.
const endpointLength = 44;
const ruleLength = 64;

/** Constraints of the names in the addresses of the models' own requests, where the page has no row. */
const models = "models/parameters.js of the type's package in models/sdkPackages.ts";

/**
 * How Azure lets each type be called, by Pulumi type token. Source: "Naming rules and restrictions for Azure resources",
 * learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, where a row has no other.
 */
export const nameRules: Readonly<Record<string, NameRule>> = {
    "azure-native:alertsmanagement:PrometheusRuleGroup": {
        ...monitorPart,
        ...without("<>*%{}&:\\?+/#"),
        source: "the page has no row; the other alert rules' characters are taken",
    },
    "azure-native:authorization:ManagementLockByScope": {
        uniqueIn: "scope",
        minLength: 1,
        maxLength: 90,
        pattern: /^[A-Za-z0-9._()-]*[A-Za-z0-9_()-]$/,
        allowed: "letters, digits, periods, underscores, hyphens and parentheses, not ending with a period",
    },
    "azure-native:authorization:PolicyAssignment": {
        uniqueIn: "scope",
        minLength: 1,
        maxLength: 64,
        ...without("<>*%&:\\?.+/"),
    },
    "azure-native:authorization:RoleAssignment": {
        ...guidOfTenant,
        code: "InvalidRoleAssignmentId",
    },
    "azure-native:authorization:RoleDefinition": {
        ...guidOfTenant,
        source: "learn.microsoft.com/rest/api/authorization/role-definitions/create-or-update",
    },
    "azure-native:compute:DiskEncryptionSet": {
        uniqueIn: "resourceGroup",
        minLength: 1,
        maxLength: 80,
        pattern: /^[A-Za-z0-9_-]+$/,
        allowed: "letters, digits, underscores and hyphens",
    },
    "azure-native:consumption:Budget": {
        uniqueIn: "scope",
        minLength: 1,
        maxLength: 63,
        pattern: /^[A-Za-z0-9_-]+$/,
        allowed: "letters, digits, underscores and hyphens",
        source: "learn.microsoft.com/azure/cost-management-billing/costs/tutorial-acm-create-budgets",
    },
    "azure-native:containerregistry:CacheRule": {
        uniqueIn: "parent",
        minLength: 5,
        maxLength: 50,
        ...hyphensAnywhere,
        source: models,
    },
    "azure-native:containerregistry:Registry": {
        uniqueIn: "global",
        minLength: 5,
        maxLength: 50,
        ...lettersAndDigits,
    },
    "azure-native:containerregistry:Replication": {
        uniqueIn: "parent",
        minLength: 5,
        maxLength: 50,
        ...lettersAndDigits,
    },
    "azure-native:containerservice:AgentPool": {
        uniqueIn: "parent",
        minLength: 1,
        maxLength: 12,
        pattern: /^[a-z][a-z0-9]*$/,
        allowed: "lower-case letters and digits, beginning with a letter",
        source: models,
    },
    "azure-native:containerservice:MaintenanceConfiguration": {
        uniqueIn: "parent",
        minLength: 1,
        maxLength: 63,
        pattern: /^(default|aksManagedAutoUpgradeSchedule|aksManagedNodeOSUpgradeSchedule)$/,
        allowed: '"default", "aksManagedAutoUpgradeSchedule" or "aksManagedNodeOSUpgradeSchedule"',
        source: "learn.microsoft.com/azure/aks/planned-maintenance",
    },
    "azure-native:containerservice:ManagedCluster": {
        uniqueIn: "resourceGroup",
        minLength: 1,
        maxLength: 63,
        pattern: /^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$/,
        allowed: "letters, digits, underscores and hyphens, beginning and ending with a letter or digit",
    },
    "azure-native:dashboard:Grafana": {
        uniqueIn: "resourceGroup",
        minLength: 2,
        maxLength: 23,
        pattern: /^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/,
        allowed: "letters, digits and hyphens, beginning with a letter and ending with a letter or digit",
        source: "registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/dashboard_grafana",
    },
    "azure-native:keyvault:Key": {
        uniqueIn: "parent",
        minLength: 1,
        maxLength: 127,
        ...hyphensAnywhere,
        source: models,
    },
    "azure-native:keyvault:Vault": {
        uniqueIn: "global",
        minLength: 3,
        maxLength: 24,
        pattern: /^[A-Za-z](-?[A-Za-z0-9])+$/,
        allowed:
            "letters, digits and single hyphens, beginning with a letter and ending with a letter or digit",
        code: "VaultNameNotValid",
    },
    "azure-native:managedidentity:FederatedIdentityCredential": {
        uniqueIn: "parent",
        minLength: 3,
        maxLength: 120,
        pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
        allowed: "letters, digits, hyphens and underscores, beginning with a letter or digit",
        source: models,
    },
    "azure-native:managedidentity:UserAssignedIdentity": {
        uniqueIn: "resourceGroup",
        minLength: 3,
        maxLength: 128,
        pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
        allowed: "letters, digits, hyphens and underscores, beginning with a letter or digit",
    },
    "azure-native:monitor:ActionGroup": { ...monitorPart, ...without(":<>+/&%\\?|") },
    "azure-native:monitor:ActivityLogAlert": { ...monitorPart, ...without("<>*%{}&:\\?+/#") },
    "azure-native:monitor:AzureMonitorWorkspace": {
        uniqueIn: "resourceGroup",
        minLength: 1,
        maxLength: endpointLength,
        ...hyphensInside,
        source: "the page has no row; Azure gives the workspace's own data collection endpoint the same name",
    },
    "azure-native:monitor:DataCollectionEndpoint": {
        uniqueIn: "resourceGroup",
        minLength: 1,
        maxLength: endpointLength,
        ...hyphensInside,
        source: "github.com/Azure/prometheus-collector/pull/922; the characters are those of a host name",
    },
    "azure-native:monitor:DataCollectionRule": {
        uniqueIn: "resourceGroup",
        minLength: 1,
        maxLength: ruleLength,
        ...networkNames,
        source: "github.com/Azure/prometheus-collector/pull/922",
    },
    "azure-native:monitor:DataCollectionRuleAssociation": {
        ...extension,
        ...without("<>*%&:\\?+/"),
        source: "the page has no row; the characters of a diagnostic setting are taken",
    },
    "azure-native:monitor:DiagnosticSetting": {
        ...extension,
        ...without("<>*%&:\\?+/"),
        source: "registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/monitor_diagnostic_setting",
    },
    "azure-native:monitor:MetricAlert": { ...monitorPart, ...without("*#&+:<>?@%{}\\/") },
    "azure-native:monitor:ScheduledQueryRule": { ...monitorPart, ...without("*<>%{}&:\\?/#") },
    "azure-native:network:NatGateway": network,
    "azure-native:network:NetworkSecurityGroup": network,
    "azure-native:network:PrivateDnsZoneGroup": { ...network, uniqueIn: "parent" },
    "azure-native:network:PrivateEndpoint": { ...network, minLength: 2, maxLength: 64 },
    "azure-native:network:PublicIPAddress": network,
    "azure-native:network:RouteTable": network,
    "azure-native:network:Subnet": { ...network, uniqueIn: "parent" },
    "azure-native:network:VirtualNetwork": { ...network, minLength: 2, maxLength: 64 },
    "azure-native:network:VirtualNetworkPeering": { ...network, uniqueIn: "parent" },
    "azure-native:operationalinsights:Table": {
        uniqueIn: "parent",
        minLength: 4,
        maxLength: 63,
        pattern: /^[A-Za-z][A-Za-z0-9_]*$/,
        allowed: "letters, digits and underscores, beginning with a letter",
        source: "learn.microsoft.com/azure/azure-monitor/logs/create-custom-table",
    },
    "azure-native:operationalinsights:Workspace": {
        uniqueIn: "resourceGroup",
        minLength: 4,
        maxLength: 63,
        ...hyphensInside,
    },
    "azure-native:privatedns:PrivateZone": {
        uniqueIn: "resourceGroup",
        minLength: 1,
        maxLength: 63,
        pattern: /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){1,33}$/,
        allowed: "2 to 34 labels of letters, digits, underscores and hyphens, separated by periods",
    },
    "azure-native:privatedns:VirtualNetworkLink": { ...network, uniqueIn: "parent" },
    "azure-native:resources:Deployment": {
        uniqueIn: "resourceGroup",
        minLength: 1,
        maxLength: 64,
        ...deploymentNames,
    },
    "azure-native:resources:ResourceGroup": {
        uniqueIn: "subscription",
        minLength: 1,
        maxLength: 90,
        pattern: /^[\p{L}\p{N}_().-]*[\p{L}\p{N}_()-]$/u,
        allowed: "letters, digits, underscores, parentheses, hyphens and periods, not ending with a period",
        code: "InvalidResourceGroup",
    },
    "azure-native:storage:BlobContainer": {
        uniqueIn: "parent",
        minLength: 3,
        maxLength: 63,
        pattern: /^[a-z0-9](-?[a-z0-9])*$/,
        allowed: "lower-case letters, digits and single hyphens, beginning and ending with a letter or digit",
    },
    "azure-native:storage:BlobServiceProperties": {
        uniqueIn: "parent",
        minLength: 7,
        maxLength: 7,
        pattern: /^default$/,
        allowed: '"default"',
    },
    "azure-native:storage:ManagementPolicy": {
        uniqueIn: "parent",
        minLength: 7,
        maxLength: 7,
        pattern: /^default$/,
        allowed: '"default"',
        source: models,
    },
    "azure-native:storage:StorageAccount": {
        uniqueIn: "global",
        minLength: 3,
        maxLength: 24,
        pattern: /^[a-z0-9]+$/,
        allowed: "lower-case letters and digits",
        code: "AccountNameInvalid",
    },
};
