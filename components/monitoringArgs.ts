import type * as pulumi from "@pulumi/pulumi";
import type { PrivateEndpointArgs } from "./shared";

/** Settings of the Log Analytics workspace. */
export interface LogAnalyticsArgs {
    /** Days that logs are kept, 30 to 730. Defaults to 30, which the price of ingestion includes. */
    retentionInDays?: number;
    /**
     * Most that is ingested in a day, in GB; what comes after is lost until the next day, and an alert says so.
     * At least 0.023. Defaults to no cap.
     */
    dailyQuotaInGb?: number;
    /**
     * Names of tables on the Basic plan: a fifth of the price to ingest, a price for each query, no alerts and no Grafana.
     * Azure lets a table change its plan once a week. A table that is taken out of the list stays on the Basic plan.
     * Defaults to AKSAudit, AKSAuditAdmin, AKSControlPlane and ContainerLogV2, the voluminous ones.
     */
    basicPlanTables?: string[];
}

/** A group of people in Entra. */
export interface MonitoringGroupArgs {
    /** Short name of the group within the program, for example `platform`. Changing this replaces the role assignment. */
    key: string;
    /** Object id of the group. Changing this replaces the role assignment. */
    objectId: pulumi.Input<string>;
}

/** A part of Azure whose metrics and logs Grafana may read. */
export interface MonitoringScopeArgs {
    /** Short name of the scope within the program, for example `cluster`. Changing this replaces the role assignment. */
    key: string;
    /** Id of a resource group or subscription. Changing this replaces the role assignment. */
    scopeId: pulumi.Input<string>;
}

/** Settings of managed Grafana. */
export interface GrafanaArgs {
    /**
     * Name of Grafana: 2 to 23 letters, digits and hyphens, unique in all of Azure. Defaults to `amg-<baseName>-` and five
     * characters worked out from the subscription. Changing this replaces Grafana and loses its dashboards.
     */
    name?: string;
    /** Runs Grafana in several zones. Azure fixes it at creation and refuses a change. Defaults to false. */
    zoneRedundant?: boolean;
    /** Lets the Internet reach the log-in page. Defaults to false, which needs a private endpoint to be of use. */
    publicNetworkAccess?: boolean;
    /** Private endpoint of Grafana; its zone is `privatelink.grafana.azure.com`. Defaults to none. */
    privateEndpoint?: PrivateEndpointArgs;
    /** Groups that administer Grafana, at least one. */
    adminGroups: MonitoringGroupArgs[];
    /** Groups that look at dashboards. Defaults to none. */
    viewerGroups?: MonitoringGroupArgs[];
    /** What Grafana's own identity may read beside Prometheus (role Monitoring Reader). Defaults to the resource group of Grafana. */
    readScopes?: MonitoringScopeArgs[];
}

/** Arguments of the shared monitoring services. */
export interface MonitoringArgs {
    /** Resource group of all services. Changing this replaces them and loses their data. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the workspaces and Grafana. Changing this replaces them and loses their data. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`. Changing this replaces the services and loses their data. */
    baseName: string;
    /** Subscription that alerts on Azure's health watch and that role definitions are read from, a GUID. */
    subscriptionId: string;
    /** Settings of the Log Analytics workspace. Defaults to 30 days, no cap, voluminous tables on the Basic plan. */
    logAnalytics?: LogAnalyticsArgs;
    /** Creates an Azure Monitor workspace, where managed Prometheus keeps metrics. Defaults to true. */
    prometheus?: boolean;
    /** Managed Grafana 12. Defaults to none. */
    grafana?: GrafanaArgs;
    /** E-mail addresses that every alert goes to, at least one. */
    alertEmails: string[];
    /**
     * Ids of the subscription or resource groups in which failing resources and deletions are told. Defaults to the whole
     * subscription. News of Azure's services always concern the whole subscription.
     */
    activityAlertScopes?: pulumi.Input<string>[];
    /**
     * Refuses logs and queries that do not come through an Azure Monitor private link scope, which you bring. Access needs an
     * Entra token either way. Defaults to false.
     */
    privateLinkOnly?: boolean;
    /** Tags of all services and alerts. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}
