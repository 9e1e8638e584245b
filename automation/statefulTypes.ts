import { types } from "../stack/resourceTypes";

/** A type of resources that are not replaced or deleted unless they are named. */
export interface StatefulType {
    type: string;
    /** What is lost with one. */
    why: string;
}

/**
 * What holds data, or takes everything that stands on it along when it goes. The plan's check
 * `stateful-resources-are-protected` and docs/operations.md (Protection and locks) name the same ones.
 */
export const statefulTypes: readonly StatefulType[] = [
    { type: types.cluster, why: "every workload stops, and in-cluster state is lost" },
    { type: types.resourceGroup, why: "Azure deletes everything that is in it" },
    { type: types.virtualNetwork, why: "everything with an address in it has to go first" },
    { type: types.vault, why: "secrets and keys are lost when its retention time ends" },
    { type: types.key, why: "what it encrypts cannot be read any more" },
    { type: types.diskEncryptionSet, why: "the disks that it encrypts cannot be attached any more" },
    { type: types.registry, why: "every image is lost" },
    { type: types.logAnalyticsWorkspace, why: "logs, the audit trail among them, are lost" },
    { type: types.azureMonitorWorkspace, why: "metrics are lost" },
    { type: types.grafana, why: "dashboards made by hand are lost" },
    { type: types.identity, why: "its successor is another principal: pods and roles know the old one" },
    { type: types.namespace, why: "everything that runs and is stored in it is deleted" },
    { type: types.entraGroup, why: "its members lose the access that it gives, and their list is lost" },
];

/** What is lost with a resource of this type; undefined where it can be made again. */
export function whatIsLost(type: string): string | undefined {
    return statefulTypes.find((row) => row.type === type)?.why;
}
