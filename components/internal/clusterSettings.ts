import { ApiServerExposure, ClusterTier, NodePatching, UpgradeChannel } from "../clusterArgs";
import type { ClusterArgs } from "../clusterArgs";
import { NetworkDataplane, NodeOsSku } from "../nodePoolArgs";
import { PrincipalType } from "../shared";
import type { MachineChoice } from "./machineChecks";
import { azureName } from "./naming";

const defaults = {
    tier: ClusterTier.Standard,
    longTermSupport: false,
    nodeResourceGroupLockdown: true,
    exposure: ApiServerExposure.Private,
    vnetIntegration: true,
    runCommand: false,
    publicFqdn: false,
    dataplane: NetworkDataplane.Cilium,
    channel: UpgradeChannel.Patch,
    nodePatching: NodePatching.NodeImage,
    deployerPrincipalType: PrincipalType.ServicePrincipal,
    systemPoolName: "system",
    // Two nodes keep DNS and the admission webhooks up while one of them is upgraded.
    systemMinCount: 2,
    systemMaxCount: 4,
    systemOsSku: NodeOsSku.Ubuntu,
    ephemeralOsDisk: true,
    // Kubernetes' own advice; the overlay's /24 per node would have room for 250.
    maxPods: 110,
    fips: false,
    criticalAddonsOnly: true,
    encryptionAtHost: false,
    sshDisabled: false,
    azurePolicy: true,
    keyVaultSecrets: true,
    secretRotationIntervalInMinutes: 2,
    keda: false,
    verticalPodAutoscaler: false,
    imageCleanerIntervalInHours: 168,
    nodeAutoProvisioning: false,
    kmsPrivateVault: false,
    containerInsights: false,
    prometheus: false,
};

/** The choices of a cluster, complete with defaults. */
export type ClusterSettings = ReturnType<typeof clusterSettings>;

/** Fills in what the arguments leave out. Profiles whose defaults concern nothing else are filled in where they are made. */
export function clusterSettings(args: ClusterArgs) {
    const { apiServer = {}, addons = {}, upgrades = {}, monitoring = {}, systemPool: pool } = args;
    const tier = args.tier ?? defaults.tier;
    const nodeAutoProvisioning = addons.nodeAutoProvisioning ?? defaults.nodeAutoProvisioning;
    const minCount = pool.minCount ?? defaults.systemMinCount;
    const machine: MachineChoice = {
        vmSize: pool.vmSize,
        osType: "Linux",
        osSku: pool.osSku ?? defaults.systemOsSku,
        ephemeralOsDisk: pool.ephemeralOsDisk ?? defaults.ephemeralOsDisk,
        fips: pool.fips ?? defaults.fips,
        maxPods: pool.maxPods ?? defaults.maxPods,
        minPods: 30,
        trustedLaunch: pool.trustedLaunch,
        osDiskSizeInGb: pool.osDiskSizeInGb,
        zones: pool.zones,
    };
    return {
        tier,
        longTermSupport: args.longTermSupport ?? defaults.longTermSupport,
        dnsPrefix: args.dnsPrefix ?? dnsPrefixOf(args.clusterName),
        nodeResourceGroupName:
            args.nodeResourceGroupName ?? azureName("resourceGroup", args.baseName, "nodes"),
        nodeResourceGroupLockdown: args.nodeResourceGroupLockdown ?? defaults.nodeResourceGroupLockdown,
        exposure: apiServer.exposure ?? defaults.exposure,
        vnetIntegration: apiServer.vnetIntegration ?? defaults.vnetIntegration,
        runCommand: apiServer.runCommand ?? defaults.runCommand,
        publicFqdn: apiServer.publicFqdn ?? defaults.publicFqdn,
        dataplane: args.network.dataplane ?? defaults.dataplane,
        channel: upgrades.channel ?? defaults.channel,
        nodePatching: upgrades.nodePatching ?? defaults.nodePatching,
        deployerPrincipalType: args.access.deployerPrincipalType ?? defaults.deployerPrincipalType,
        systemPool: {
            name: pool.name ?? defaults.systemPoolName,
            machine,
            minCount,
            maxCount:
                pool.maxCount ??
                (nodeAutoProvisioning ? minCount : Math.max(minCount, defaults.systemMaxCount)),
            criticalAddonsOnly: pool.criticalAddonsOnly ?? defaults.criticalAddonsOnly,
            encryptionAtHost: pool.encryptionAtHost ?? defaults.encryptionAtHost,
            sshDisabled: pool.sshDisabled ?? defaults.sshDisabled,
        },
        nodeAutoProvisioning,
        azurePolicy: addons.azurePolicy ?? defaults.azurePolicy,
        keyVaultSecrets: addons.keyVaultSecrets ?? defaults.keyVaultSecrets,
        secretRotationIntervalInMinutes:
            addons.secretRotationIntervalInMinutes ?? defaults.secretRotationIntervalInMinutes,
        keda: addons.keda ?? defaults.keda,
        verticalPodAutoscaler: addons.verticalPodAutoscaler ?? defaults.verticalPodAutoscaler,
        costAnalysis: addons.costAnalysis ?? tier !== ClusterTier.Free,
        imageCleanerIntervalInHours:
            addons.imageCleanerIntervalInHours ?? defaults.imageCleanerIntervalInHours,
        kmsPrivateVault: args.encryption?.kmsPrivateVault ?? defaults.kmsPrivateVault,
        containerInsights: monitoring.containerInsights ?? defaults.containerInsights,
        prometheus: monitoring.prometheus ?? defaults.prometheus,
    };
}

/** The cluster's name in the letters that a host name may have. */
function dnsPrefixOf(clusterName: string): string {
    return clusterName
        .toLowerCase()
        .replace(/[^a-z0-9-]/g, "-")
        .slice(0, 54)
        .replace(/^-+|-+$/g, "");
}
