import type * as pulumi from "@pulumi/pulumi";

/** What a list of namespaces means for Container Insights. */
export const NamespaceFilteringMode = {
    /** There is no list: all namespaces. */
    Off: "Off",
    /** Only the listed namespaces. */
    Include: "Include",
    /** All but the listed namespaces. */
    Exclude: "Exclude",
} as const;
/** One of the values of the constant of the same name. */
export type NamespaceFilteringMode = (typeof NamespaceFilteringMode)[keyof typeof NamespaceFilteringMode];

/** Settings of Container Insights: container logs, Kubernetes events, inventory of pods. */
export interface ContainerInsightsArgs {
    /** Minutes between two readings of inventory, 1 to 30. Defaults to 5. */
    intervalInMinutes?: number;
    /** What `namespaces` means. Inventory only: container logs are filtered by a ConfigMap in the cluster. Defaults to Off. */
    namespaceFilteringMode?: NamespaceFilteringMode;
    /** Namespaces to keep or to leave out; needed unless the mode is Off. Defaults to none. */
    namespaces?: string[];
}

/** Arguments of a cluster's monitoring. */
export interface ClusterMonitoringArgs {
    /** Resource group of the collection rules and alerts. Changing this replaces them. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the cluster and of the workspaces; Azure wants the collection rules there. Changing this replaces the rules. */
    location: pulumi.Input<string>;
    /** Name of the cluster, which names its collection rules, rule groups and alerts. Changing this replaces them. */
    clusterName: string;
    /** Id of the cluster. Changing this replaces what is attached to it. */
    clusterId: pulumi.Input<string>;
    /** Id of the Log Analytics workspace, which gets the logs of the control plane and of containers. */
    logAnalyticsWorkspaceId: pulumi.Input<string>;
    /** Id of the Azure Monitor workspace, which gets the metrics of managed Prometheus. Defaults to none: no metrics, no rules on them. */
    azureMonitorWorkspaceId?: pulumi.Input<string>;
    /** Id of the action group that is told of alerts. */
    actionGroupId: pulumi.Input<string>;
    /** Collects container logs, events and inventory; the cluster's add-on must be on as well. Defaults to none. */
    containerInsights?: ContainerInsightsArgs;
    /**
     * Log categories of the control plane to collect. Defaults to who changed what (kube-audit-admin, guard) and why the control
     * plane acted (controllers, scheduler, autoscaler, storage drivers). An empty list collects none.
     */
    diagnosticCategories?: string[];
    /**
     * Lets the agents send metrics and read their configuration through an Azure Monitor private link scope only. You bring the
     * scope and add the endpoint in output `dataCollectionEndpointId` to it. Defaults to false.
     */
    privateLinkOnly?: boolean;
    /** Tags of all rules and alerts. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}
