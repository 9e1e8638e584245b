import type { Mapper } from "@azure/core-client";
import type { SdkPackageName } from "./sdkPackages";

/**
 * What azure-native's API version has and the version that the model describes does not have. A row is a change to one
 * model of the package, so that checks and request body both see it.
 */
export interface Difference {
    /** Name of the model. */
    model: string;
    /** Way to the property in the request body from where the model stands, for example `properties.kind`. */
    property: string;
    /** The type of a property that the model lacks. */
    adds?: Mapper["type"];
    /** True where the model requires what the API version does not require any more. */
    isOptional?: true;
    /** True where the values that the package names are not all that there are. */
    isOpen?: true;
    /** API version that brought it. */
    since: string;
}

const text = { name: "String" } as const;
const anything = { name: "any" } as const;
const anyList = { name: "Sequence", element: { type: anything } } as const;

// Which logs a solution collects is up to the solution: the documentation names some.
const streams = { isOpen: true, since: "2021-04-01, whose values are examples" } as const;

/** All differences that the resources of this program meet, by package. Source: the API versions' reference pages. */
export const differences: Readonly<Partial<Record<SdkPackageName, readonly Difference[]>>> = {
    "@azure/arm-dashboard": [
        { model: "GrafanaConfigurations", property: "snapshots", adds: anything, since: "2024-10-01" },
        { model: "GrafanaConfigurations", property: "users", adds: anything, since: "2024-10-01" },
    ],
    "@azure/arm-monitor": [
        { model: "LogSettings", property: "categoryGroup", adds: text, since: "2021-05-01-preview" },
        {
            model: "ActivityLogAlertLeafCondition",
            property: "anyOf",
            adds: {
                name: "Sequence",
                element: { type: { name: "Composite", className: "ActivityLogAlertLeafCondition" } },
            },
            since: "2020-10-01",
        },
        { model: "ActivityLogAlertLeafCondition", property: "field", isOptional: true, since: "2020-10-01" },
        { model: "ActivityLogAlertLeafCondition", property: "equals", isOptional: true, since: "2020-10-01" },
        {
            model: "DataCollectionRuleResource",
            property: "properties.dataCollectionEndpointId",
            adds: text,
            since: "2022-06-01",
        },
        {
            model: "DataCollectionRuleDataSources",
            property: "prometheusForwarder",
            adds: anyList,
            since: "2022-06-01",
        },
        {
            model: "DataCollectionRuleDestinations",
            property: "monitoringAccounts",
            adds: anyList,
            since: "2022-06-01",
        },
        { model: "DataFlow", property: "streams", ...streams },
        { model: "ExtensionDataSource", property: "streams", ...streams },
    ],
};
