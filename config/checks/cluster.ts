import { clusterProblems } from "../../components/internal/clusterChecks";
import { clusterSettings } from "../../components/internal/clusterSettings";
import { outboundTypes } from "../../components/internal/networkRules";
import { nodePoolProblems } from "../../components/internal/nodePoolChecks";
import { nodePoolSettings } from "../../components/internal/nodePoolProfile";
import { landingZoneTags } from "../../components/internal/tags";
import {
    apiServerZoneProblems,
    autoProvisioningProblems,
    keyProtectionProblems,
    kmsProblems,
    windowsProblems,
    kubernetesVersionProblems,
    systemTaintProblems,
    tagCaseProblems,
    tagProblems,
    zoneProblems,
} from "../../components/internal/rules";
import type { PoolRoleInput } from "../../components/internal/rules";
import { baseNameOf, resolveNames } from "../derived";
import { NetworkDataplane } from "../../components/nodePoolArgs";
import type { Problem } from "../errors";
import { whereReadable } from "../guarded";
import type { Settings } from "../schema";
import { at } from "./problemPath";

/** Tags. */
export function checkTags({ tags }: Settings): Problem[] {
    const programTags = Object.keys(landingZoneTags("", "", {}));
    return at([], [...tagProblems(tags, programTags.length), ...tagCaseProblems(tags, programTags)]);
}

// Stands for what decides nothing here: ids of resources that do not exist yet.
const someId = "id";

/** The cluster's own rules. */
export function checkCluster(settings: Settings): Problem[] {
    const { cluster, access, monitoring } = settings;
    const {
        apiServer,
        systemPool,
        podCidr,
        serviceCidr,
        dnsServiceIp,
        dataplane,
        advancedNetworking,
        defender,
    } = cluster;
    const args = {
        ...cluster,
        resourceGroupName: someId,
        location: settings.location,
        baseName: baseNameOf(settings),
        clusterName: resolveNames(settings).cluster,
        subscriptionId: settings.subscriptionId,
        tenantId: settings.tenantId,
        apiServer: { ...apiServer, subnetId: apiServer.vnetIntegration ? someId : undefined },
        network: {
            ...{ podCidr, serviceCidr, dnsServiceIp, dataplane, advancedNetworking },
            outboundType: outboundTypes[settings.network.egress.type],
            routeTableId: someId,
            nodeSubnets: [{ key: "nodes", subnetId: someId }],
            virtualNetworkId: someId,
        },
        systemPool: { ...systemPool, subnetId: someId },
        access: { adminGroupObjectIds: [], deployerObjectId: access.deployer.objectId },
        monitoring: {
            logAnalyticsWorkspaceId: someId,
            containerInsights: monitoring.containerInsights.enabled,
            prometheus: monitoring.prometheus,
            defender,
        },
        // Whether the API server reaches its key is checked in the words of the stack file (checkKms).
        encryption: {},
    };
    const names = { clusterName: ["names", "cluster"], dnsPrefix: ["names", "cluster"] };
    return at(["cluster"], clusterProblems(args, clusterSettings(args)), {
        ...names,
        "network.dataplane": ["cluster", "dataplane"],
        "network.advancedNetworking.security": ["cluster", "advancedNetworking", "security"],
    });
}

/** Whether keys that encrypt something can be purged. */
export function checkKeyProtection({ cluster: { encryption }, keyVault }: Settings): Problem[] {
    return at(
        ["cluster", "encryption"],
        (["kms", "customerManagedDisks"] as const).flatMap((setting) =>
            keyProtectionProblems(setting, encryption[setting], keyVault.purgeProtection),
        ),
    );
}

/** Whether the API server can reach the key that encrypts Kubernetes secrets. */
export function checkKms({ cluster, keyVault }: Settings): Problem[] {
    const input = {
        kms: cluster.encryption.kms,
        vnetIntegration: cluster.apiServer.vnetIntegration,
        vaultIsPublic: keyVault.publicNetworkAccess,
    };
    return at(["cluster"], kmsProblems(input));
}

/** Kubernetes version. */
export function checkKubernetesVersion({ cluster }: Settings): Problem[] {
    return at(["cluster"], kubernetesVersionProblems(cluster.kubernetesVersion, cluster.longTermSupport));
}

/** DNS zone of the API server. */
export function checkApiServerZone({ cluster }: Settings): Problem[] {
    return at(["cluster", "apiServer"], apiServerZoneProblems(cluster.apiServer));
}

/** Zones of the system pool. */
export function checkSystemPoolZones({ location, cluster }: Settings): Problem[] {
    return at(["cluster", "systemPool"], zoneProblems(location, cluster.systemPool.zones));
}

function roles({ nodePools }: Settings): PoolRoleInput[] {
    return Object.entries(nodePools).map(([name, { mode, osType, spot, autoscaling, taints }]) => ({
        name,
        mode,
        osType,
        isSpot: spot !== undefined,
        autoscaling,
        taints,
    }));
}

/** Whether the system pool's taint leaves other pods a pool. */
export function checkSystemTaint(settings: Settings): Problem[] {
    const { systemPool, addons } = settings.cluster;
    return at(
        ["cluster", "systemPool"],
        systemTaintProblems(systemPool.criticalAddonsOnly, addons.nodeAutoProvisioning, roles(settings)),
    );
}

/** Node pools beside node auto-provisioning. */
export function checkAutoProvisioning(settings: Settings): Problem[] {
    return at(
        ["nodePools"],
        autoProvisioningProblems(settings.cluster.addons.nodeAutoProvisioning, roles(settings)),
    );
}

/** Windows pools against the dataplane. */
export function checkWindowsPools(settings: Settings): Problem[] {
    return at(["nodePools"], windowsProblems(settings.cluster.dataplane, roles(settings)));
}

/** Each node pool's own rules. */
export function checkNodePools(settings: Settings): Problem[] {
    const { nodePools } = settings;
    return Object.keys(nodePools).flatMap((poolName) =>
        whereReadable(() => {
            const pool = nodePools[poolName] as Settings["nodePools"][string];
            const placed = {
                resourceGroupName: someId,
                clusterName: someId,
                clusterId: someId,
                subnetId: someId,
            };
            // Windows against the cluster's dataplane is checked in the words of the stack file (checkWindowsPools).
            const args = { ...pool, ...placed, poolName, dataplane: NetworkDataplane.Azure };
            return [
                ...at(["nodePools", poolName], nodePoolProblems(args, nodePoolSettings(args)), {
                    poolName: ["nodePools", poolName],
                }),
                ...at(["nodePools", poolName], zoneProblems(settings.location, pool.zones)),
            ];
        }),
    );
}
