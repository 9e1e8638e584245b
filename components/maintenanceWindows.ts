import * as containerservice from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "./clusterArgs";
import { maintenanceConfigNames, maintenanceWindow } from "./internal/maintenance";
import { recreatable } from "./internal/protection";
import { retryWhileAzureSettles } from "./internal/retry";

/**
 * Creates a cluster's maintenance windows, one after another. The result is the cluster's id, known once all of them
 * exist.
 */
export function createMaintenanceWindows(
    parent: pulumi.Resource,
    name: string,
    { resourceGroupName, upgrades = {} }: ClusterArgs,
    cluster: containerservice.ManagedCluster,
): pulumi.Output<string> {
    const windows = [
        {
            role: "cluster-window",
            configName: maintenanceConfigNames.clusterUpgrades,
            window: upgrades.clusterWindow,
        },
        { role: "node-window", configName: maintenanceConfigNames.nodeUpgrades, window: upgrades.nodeWindow },
    ];
    let previous: containerservice.MaintenanceConfiguration | undefined;
    for (const { role, configName, window } of windows) {
        if (!window) {
            continue;
        }
        previous = new containerservice.MaintenanceConfiguration(
            `${name}-${role}`,
            {
                resourceGroupName,
                resourceName: cluster.name,
                configName,
                maintenanceWindow: maintenanceWindow(window),
            },
            {
                parent,
                // A window holds nothing; it must be changeable while the cluster is protected.
                ...recreatable,
                // AKS refuses to change a cluster in two ways at a time.
                dependsOn: previous ? [previous] : [],
                // Goes with the cluster, without a call of its own.
                deletedWith: cluster,
                // Azure fills it in and refuses it once it is past.
                ignoreChanges: ["maintenanceWindow.startDate"],
                // As for dependsOn: the cluster may be busy with something that this program did not start.
                hooks: retryWhileAzureSettles(),
            },
        );
    }
    return previous ? pulumi.all([cluster.id, previous.id]).apply(([clusterId]) => clusterId) : cluster.id;
}
