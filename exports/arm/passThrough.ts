import { types } from "../../stack/resourceTypes";
import { ExportError } from "../exportError";

/** How the body of a type that no readable model describes is spelled. */
export interface PassThroughRow {
    /** Inputs that stand beside `properties`. */
    envelope: readonly string[];
    /** Inputs that stand in `properties`, by the same name. */
    properties: readonly string[];
    /** Where Azure says so. */
    source: string;
}

const reference = "https://learn.microsoft.com/azure/templates";

/**
 * The types whose bodies go into the template as azure-native takes them, because none of Microsoft's packages has a model
 * for them (simulator/azure/models/modelOf.ts says why). azure-native lifts what is in `properties` by one level and keeps
 * names and nesting below it: that is all there is to undo, as long as each input has a row here.
 */
export const passThrough: Readonly<Record<string, PassThroughRow>> = {
    [types.prometheusRuleGroup]: {
        envelope: ["location", "tags"],
        properties: ["clusterName", "description", "enabled", "interval", "rules", "scopes"],
        source: `${reference}/microsoft.alertsmanagement/2023-03-01/prometheusrulegroups`,
    },
    [types.azureMonitorWorkspace]: {
        envelope: ["location", "tags"],
        properties: ["publicNetworkAccess"],
        source: `${reference}/microsoft.monitor/2023-04-03/accounts`,
    },
    [types.scheduledQueryRule]: {
        envelope: ["identity", "kind", "location", "tags"],
        properties: [
            "actions",
            "autoMitigate",
            "checkWorkspaceAlertsStorageConfigured",
            "criteria",
            "description",
            "displayName",
            "enabled",
            "evaluationFrequency",
            "muteActionsDuration",
            "overrideQueryTimeRange",
            "resolveConfiguration",
            "scopes",
            "severity",
            "skipQueryValidation",
            "targetResourceTypes",
            "windowSize",
        ],
        source: `${reference}/microsoft.insights/2025-01-01-preview/scheduledqueryrules`,
    },
};

/** Refuses a type without a row, and inputs that its row does not have. */
export function checkPassThrough(type: string, name: string, inputs: readonly string[]): void {
    const row = passThrough[type];
    if (!row) {
        throw new ExportError(
            `no model describes ${type} ("${name}"), so nothing says how its body is spelled`,
            "add its row to exports/arm/passThrough.ts with the page that describes the body",
        );
    }
    const strange = inputs.filter((input) => ![...row.envelope, ...row.properties].includes(input));
    if (strange.length > 0) {
        throw new ExportError(
            `exports/arm/passThrough.ts does not say where ${strange.join(", ")} of ${type} ("${name}") stand in the body`,
            `look them up in ${row.source} and add them to its row`,
        );
    }
}
