/** A comparison with one field of an activity-log event. */
export interface ActivityCondition {
    field: string;
    equals: string;
}

/** One condition, or several of which one must hold. */
export interface ActivityConditionGroup {
    field?: string;
    equals?: string;
    anyOf?: ActivityCondition[];
}

/** An alert on events that Azure writes to the subscription's activity log. */
export interface ActivityAlert {
    /** Part of the logical name and of the Azure name. */
    key: string;
    description: string;
    /** True where Azure accepts only a whole subscription as scope. */
    wholeSubscription: boolean;
    /** All of these must hold. */
    allOf: ActivityConditionGroup[];
}

const oneOf = (field: string, values: string[]): ActivityConditionGroup => ({
    anyOf: values.map((equals) => ({ field, equals })),
});

/** What Azure itself knows and no metric shows. */
export const activityAlerts: ActivityAlert[] = [
    {
        key: "service-health",
        description:
            "Azure reports an incident, planned maintenance, a security matter or something to do in a service that the subscription uses.",
        wholeSubscription: true,
        allOf: [
            { field: "category", equals: "ServiceHealth" },
            // Without "Informational": it asks nothing of anybody.
            oneOf("properties.incidentType", ["Incident", "Maintenance", "Security", "ActionRequired"]),
        ],
    },
    {
        key: "resource-health",
        description: "Azure reports that a resource is degraded or unavailable through no action of yours.",
        wholeSubscription: false,
        allOf: [
            { field: "category", equals: "ResourceHealth" },
            oneOf("properties.currentHealthStatus", ["Degraded", "Unavailable"]),
            { field: "properties.cause", equals: "PlatformInitiated" },
        ],
    },
    {
        // No condition on the outcome: attempts that a lock or a missing right has stopped are worth a mail too.
        key: "deletions",
        description:
            "Somebody deletes, or has tried to delete, a cluster, key vault, container registry or resource lock.",
        wholeSubscription: false,
        allOf: [
            { field: "category", equals: "Administrative" },
            oneOf("operationName", [
                "Microsoft.ContainerService/managedClusters/delete",
                "Microsoft.KeyVault/vaults/delete",
                "Microsoft.ContainerRegistry/registries/delete",
                "Microsoft.Authorization/locks/delete",
            ]),
        ],
    },
];
