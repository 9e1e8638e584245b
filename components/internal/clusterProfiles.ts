import type { containerservice as azure } from "@pulumi/azure-native/types/input";
import * as pulumi from "@pulumi/pulumi";
import { AutoscalerExpander } from "../clusterArgs";
import type {
    ApiServerArgs,
    AutoscalerArgs,
    ClusterMonitoringProfileArgs,
    ClusterNetworkArgs,
    EncryptionArgs,
    HttpProxyArgs,
    StorageDriversArgs,
    SystemPoolArgs,
} from "../clusterArgs";
import type { ClusterSettings } from "./clusterSettings";
import { machineSecurity } from "./machineChecks";

const defaults = {
    expander: AutoscalerExpander.LeastWaste,
    scaleDownUnneededTime: "10m",
    scaleDownDelayAfterAdd: "10m",
    scaleDownUtilizationThreshold: "0.5",
    scanIntervalInSeconds: 10,
    maxGracefulTerminationInSeconds: 600,
    balanceSimilarNodeGroups: true,
    skipNodesWithLocalStorage: false,
    skipNodesWithSystemPods: true,
    diskDriver: true,
    fileDriver: true,
    blobDriver: false,
    snapshots: true,
    // Microsoft's advice for production; a third of the pool is replaced at a time.
    systemPoolMaxSurge: "33%",
    systemPoolDrainTimeoutInMinutes: 30,
};

// Each profile names every setting, also those that are off: what a request does not mention Azure may keep as it is,
// and a setting that is taken out of the arguments would stay on.

/** How the API server is reached. */
export function apiServerAccessProfile(
    apiServer: ApiServerArgs,
    settings: ClusterSettings,
): azure.ManagedClusterAPIServerAccessProfileArgs {
    const isPrivate = settings.exposure === "Private";
    return {
        disableRunCommand: !settings.runCommand,
        enableVnetIntegration: settings.vnetIntegration,
        ...(settings.vnetIntegration ? { subnetId: apiServer.subnetId } : {}),
        enablePrivateCluster: isPrivate,
        ...(isPrivate
            ? {
                  enablePrivateClusterPublicFQDN: settings.publicFqdn,
                  privateDNSZone: apiServer.privateDnsZoneId ?? "system",
              }
            : { authorizedIPRanges: authorizedRanges(apiServer, settings) }),
    };
}

function authorizedRanges(
    { authorizedIpRanges = [], egressIpAddresses }: ApiServerArgs,
    { vnetIntegration }: ClusterSettings,
): pulumi.Input<string[]> {
    // With the API server in the network, nodes do not come to it by a public address.
    return vnetIntegration || egressIpAddresses === undefined
        ? authorizedIpRanges
        : pulumi
              .output(egressIpAddresses)
              .apply((addresses) => [...authorizedIpRanges, ...addresses.map((address) => `${address}/32`)]);
}

/**
 * The network. Azure and the provider change almost none of it in place, hence every field is set: a default that
 * changes would replace the cluster. Two are left out on purpose: `networkMode`, which is about Azure CNI without an
 * overlay, and `loadBalancerProfile`, whose `backendPoolType` comes back in another spelling.
 */
export function networkProfile(
    network: ClusterNetworkArgs,
    { dataplane }: ClusterSettings,
): azure.ContainerServiceNetworkProfileArgs {
    const engine =
        dataplane === "Cilium"
            ? { networkDataplane: "cilium", networkPolicy: "cilium" }
            : { networkDataplane: "azure", networkPolicy: "calico" };
    const { advancedNetworking } = network;
    const observability = advancedNetworking?.observability ?? false;
    const security = advancedNetworking?.security ?? false;
    return {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        ...engine,
        ipFamilies: ["IPv4"],
        podCidr: network.podCidr,
        podCidrs: [network.podCidr],
        serviceCidr: network.serviceCidr,
        serviceCidrs: [network.serviceCidr],
        dnsServiceIP: network.dnsServiceIp,
        outboundType: network.outboundType,
        loadBalancerSku: "standard",
        ...(advancedNetworking
            ? {
                  // All three together: Azure refuses the object with one missing.
                  advancedNetworking: {
                      enabled: observability || security,
                      observability: { enabled: observability },
                      security: {
                          enabled: security,
                          ...(security ? { advancedNetworkPolicies: "FQDN" } : {}),
                      },
                  },
              }
            : {}),
    };
}

/** The one pool within the cluster resource. */
export function systemPoolProfile(
    pool: SystemPoolArgs,
    { systemPool: settings, nodeAutoProvisioning }: ClusterSettings,
    tags: { [key: string]: pulumi.Input<string> } | undefined,
): azure.ManagedClusterAgentPoolProfileArgs {
    const { machine, minCount, maxCount } = settings;
    const zones = [...(pool.zones ?? [])].sort();
    return {
        name: settings.name,
        mode: "System",
        type: "VirtualMachineScaleSets",
        vmSize: machine.vmSize,
        vnetSubnetID: pool.subnetId,
        osType: machine.osType,
        osSKU: machine.osSku,
        osDiskType: machine.ephemeralOsDisk ? "Ephemeral" : "Managed",
        osDiskSizeGB: pool.osDiskSizeInGb,
        maxPods: machine.maxPods,
        availabilityZones: zones.length > 0 ? zones : undefined,
        // Node auto-provisioning takes the cluster autoscaler's place; AKS refuses both.
        ...(nodeAutoProvisioning
            ? { enableAutoScaling: false, count: minCount }
            : { enableAutoScaling: true, count: minCount, minCount, maxCount }),
        enableNodePublicIP: false,
        enableEncryptionAtHost: settings.encryptionAtHost,
        enableFIPS: machine.fips,
        securityProfile: machineSecurity(machine, settings.sshDisabled),
        ...(settings.criticalAddonsOnly ? { nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"] } : {}),
        upgradeSettings: {
            maxSurge: defaults.systemPoolMaxSurge,
            drainTimeoutInMinutes: defaults.systemPoolDrainTimeoutInMinutes,
        },
        tags,
    };
}

/** Add-ons that have their own profile. Azure takes all their settings as texts. */
export function addonProfiles(
    monitoring: ClusterMonitoringProfileArgs,
    settings: ClusterSettings,
): { [name: string]: azure.ManagedClusterAddonProfileArgs } {
    const off = { enabled: false };
    return {
        azurepolicy: settings.azurePolicy ? { enabled: true, config: { version: "v2" } } : off,
        azureKeyvaultSecretsProvider: settings.keyVaultSecrets
            ? {
                  enabled: true,
                  config: {
                      enableSecretRotation: "true",
                      rotationPollInterval: `${settings.secretRotationIntervalInMinutes}m`,
                  },
              }
            : off,
        omsagent:
            settings.containerInsights && monitoring.logAnalyticsWorkspaceId !== undefined
                ? {
                      enabled: true,
                      config: {
                          logAnalyticsWorkspaceResourceID: monitoring.logAnalyticsWorkspaceId,
                          // Sign in as an identity: what is collected is then a data collection rule's choice.
                          useAADAuth: "true",
                      },
                  }
                : off,
    };
}

/** Workload identity, image cleaner, etcd encryption and the Defender sensor. */
export function securityProfile(
    encryption: EncryptionArgs,
    monitoring: ClusterMonitoringProfileArgs,
    settings: ClusterSettings,
): azure.ManagedClusterSecurityProfileArgs {
    const hours = settings.imageCleanerIntervalInHours;
    return {
        workloadIdentity: { enabled: true },
        imageCleaner: hours > 0 ? { enabled: true, intervalHours: hours } : { enabled: false },
        azureKeyVaultKms:
            encryption.kmsKeyId === undefined
                ? { enabled: false }
                : {
                      enabled: true,
                      keyId: encryption.kmsKeyId,
                      ...(settings.kmsPrivateVault
                          ? { keyVaultNetworkAccess: "Private", keyVaultResourceId: encryption.kmsKeyVaultId }
                          : { keyVaultNetworkAccess: "Public" }),
                  },
        ...defender(monitoring),
    };
}

function defender(monitoring: ClusterMonitoringProfileArgs): azure.ManagedClusterSecurityProfileArgs {
    switch (monitoring.defender) {
        case undefined:
            // Not mentioned: a Defender plan of the subscription may have set the sensor up.
            return {};
        case false:
            return { defender: { securityMonitoring: { enabled: false } } };
        case true:
            return {
                defender: {
                    logAnalyticsWorkspaceResourceId: monitoring.logAnalyticsWorkspaceId,
                    securityMonitoring: { enabled: true },
                },
            };
    }
}

/** The cluster autoscaler; undefined where node auto-provisioning takes its place. Azure takes most values as texts. */
export function autoScalerProfile(
    autoscaler: AutoscalerArgs,
    { nodeAutoProvisioning }: ClusterSettings,
): azure.ManagedClusterPropertiesAutoScalerProfileArgs | undefined {
    if (nodeAutoProvisioning) {
        return undefined;
    }
    return {
        expander: autoscaler.expander ?? defaults.expander,
        scaleDownUnneededTime: autoscaler.scaleDownUnneededTime ?? defaults.scaleDownUnneededTime,
        scaleDownDelayAfterAdd: autoscaler.scaleDownDelayAfterAdd ?? defaults.scaleDownDelayAfterAdd,
        scaleDownUtilizationThreshold:
            autoscaler.scaleDownUtilizationThreshold ?? defaults.scaleDownUtilizationThreshold,
        scanInterval: `${autoscaler.scanIntervalInSeconds ?? defaults.scanIntervalInSeconds}s`,
        maxGracefulTerminationSec: String(
            autoscaler.maxGracefulTerminationInSeconds ?? defaults.maxGracefulTerminationInSeconds,
        ),
        balanceSimilarNodeGroups: String(
            autoscaler.balanceSimilarNodeGroups ?? defaults.balanceSimilarNodeGroups,
        ),
        skipNodesWithLocalStorage: String(
            autoscaler.skipNodesWithLocalStorage ?? defaults.skipNodesWithLocalStorage,
        ),
        skipNodesWithSystemPods: String(
            autoscaler.skipNodesWithSystemPods ?? defaults.skipNodesWithSystemPods,
        ),
    };
}

/** Storage drivers. */
export function storageProfile(storage: StorageDriversArgs): azure.ManagedClusterStorageProfileArgs {
    return {
        diskCSIDriver: { enabled: storage.disk ?? defaults.diskDriver },
        fileCSIDriver: { enabled: storage.file ?? defaults.fileDriver },
        blobCSIDriver: { enabled: storage.blob ?? defaults.blobDriver },
        snapshotController: { enabled: storage.snapshots ?? defaults.snapshots },
    };
}

/** The Istio add-on. */
export function serviceMeshProfile(istioRevision: string | undefined): azure.ServiceMeshProfileArgs {
    return istioRevision === undefined
        ? { mode: "Disabled" }
        : { mode: "Istio", istio: { revisions: [istioRevision] } };
}

/** The outbound proxy; undefined without one. */
export function httpProxyConfig(
    proxy: HttpProxyArgs | undefined,
): azure.ManagedClusterHTTPProxyConfigArgs | undefined {
    return (
        proxy && {
            httpProxy: proxy.httpProxy,
            httpsProxy: proxy.httpsProxy,
            noProxy: proxy.noProxy,
            trustedCa: proxy.trustedCa,
        }
    );
}

/**
 * Properties of the cluster that somebody else changes and the program must not change back: the autoscaler the size of
 * the system pool, and with most channels AKS the version. Not the whole pool list: it would be sent in its old form.
 */
export function ignoredChanges({ channel }: ClusterSettings): string[] {
    const aksOwnsTheVersion = channel === "stable" || channel === "rapid" || channel === "node-image";
    return ["agentPoolProfiles[*].count", ...(aksOwnsTheVersion ? ["kubernetesVersion"] : [])];
}
