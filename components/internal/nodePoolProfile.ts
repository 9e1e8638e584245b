import type * as pulumi from "@pulumi/pulumi";
import { NetworkDataplane, NodeOsSku, NodePoolMode, OsType, SpotEvictionPolicy } from "../nodePoolArgs";
import type { NodePoolArgs } from "../nodePoolArgs";
import type { MachineChoice } from "./machineChecks";
import type { ImmutableValues } from "./nodePoolName";

const defaults = {
    autoscaling: true,
    mode: NodePoolMode.User,
    osType: OsType.Linux,
    linuxOsSku: NodeOsSku.Ubuntu,
    windowsOsSku: NodeOsSku.Windows2022,
    dataplane: NetworkDataplane.Cilium,
    ephemeralOsDisk: true,
    // Kubernetes' own advice; the overlay's /24 per node would have room for 250.
    maxPods: 110,
    fips: false,
    encryptionAtHost: false,
    sshDisabled: false,
    spotMaxPrice: -1,
    spotEvictionPolicy: SpotEvictionPolicy.Delete,
    maxSurge: "33%",
    drainTimeoutInMinutes: 30,
    nodeSoakInMinutes: 0,
    installGpuDriver: true,
};

/** How nodes are upgraded, complete with defaults. */
export interface UpgradeSettings {
    readonly maxSurge: string;
    readonly maxUnavailable?: string;
    readonly drainTimeoutInMinutes: number;
    readonly nodeSoakInMinutes: number;
}

/** The choices of a node pool, complete with defaults. */
export interface NodePoolSettings {
    readonly machine: MachineChoice;
    readonly mode: NodePoolMode;
    readonly dataplane: NetworkDataplane;
    readonly autoscaling: boolean;
    readonly encryptionAtHost: boolean;
    readonly sshDisabled: boolean;
    readonly upgrade: UpgradeSettings;
}

/** Fills in what the arguments leave out. */
export function nodePoolSettings(args: NodePoolArgs): NodePoolSettings {
    const osType = args.osType ?? defaults.osType;
    const mode = args.mode ?? defaults.mode;
    return {
        machine: {
            vmSize: args.vmSize,
            osType,
            osSku: args.osSku ?? (osType === "Windows" ? defaults.windowsOsSku : defaults.linuxOsSku),
            ephemeralOsDisk: args.ephemeralOsDisk ?? defaults.ephemeralOsDisk,
            fips: args.fips ?? defaults.fips,
            maxPods: args.maxPods ?? defaults.maxPods,
            minPods: mode === "System" ? 30 : 10,
            trustedLaunch: args.trustedLaunch,
            osDiskSizeInGb: args.osDiskSizeInGb,
            zones: args.zones,
            gpu: args.gpu,
        },
        mode,
        dataplane: args.dataplane ?? defaults.dataplane,
        autoscaling: args.autoscaling ?? defaults.autoscaling,
        encryptionAtHost: args.encryptionAtHost ?? defaults.encryptionAtHost,
        sshDisabled: args.sshDisabled ?? defaults.sshDisabled,
        upgrade: {
            maxSurge: args.upgrade?.maxSurge ?? defaults.maxSurge,
            maxUnavailable: args.upgrade?.maxUnavailable,
            drainTimeoutInMinutes: args.upgrade?.drainTimeoutInMinutes ?? defaults.drainTimeoutInMinutes,
            nodeSoakInMinutes: args.upgrade?.nodeSoakInMinutes ?? defaults.nodeSoakInMinutes,
        },
    };
}

// AKS puts both on Spot nodes by itself. Left out here, every refresh would show them as a difference.
const spotLabel = { "kubernetes.azure.com/scalesetpriority": "spot" };
const spotTaint = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule";

/** Properties of the pool that Azure cannot change in place, all but the subnet; they are part of the pool's name. */
export function fixedProperties(args: NodePoolArgs, { machine, encryptionAtHost }: NodePoolSettings) {
    const zones = [...(args.zones ?? [])].sort();
    return {
        vmSize: machine.vmSize,
        osType: machine.osType,
        availabilityZones: zones.length > 0 ? zones : undefined,
        osDiskType: machine.ephemeralOsDisk ? "Ephemeral" : "Managed",
        osDiskSizeGB: machine.osDiskSizeInGb,
        maxPods: machine.maxPods,
        enableEncryptionAtHost: encryptionAtHost,
        enableNodePublicIP: false,
        scaleSetPriority: args.spot ? "Spot" : "Regular",
        // Azure refuses both for regular capacity.
        ...(args.spot
            ? {
                  scaleSetEvictionPolicy: args.spot.evictionPolicy ?? defaults.spotEvictionPolicy,
                  spotMaxPrice: args.spot.maxPrice ?? defaults.spotMaxPrice,
              }
            : {}),
        ...(args.gpu
            ? {
                  gpuInstanceProfile: args.gpu.instanceProfile,
                  gpuProfile: {
                      driver: (args.gpu.installDriver ?? defaults.installGpuDriver) ? "Install" : "None",
                  },
              }
            : {}),
    } satisfies ImmutableValues;
}

/** Number of nodes. AKS wants `count` also where the autoscaler chooses it, and the limits only there. */
export function scaleProperties({ minCount, maxCount }: NodePoolArgs, { autoscaling }: NodePoolSettings) {
    return autoscaling
        ? { enableAutoScaling: true, count: minCount, minCount, maxCount }
        : { enableAutoScaling: false, count: minCount };
}

/** Labels and taints of the nodes, with those that AKS gives to Spot nodes. */
export function schedulingProperties({ labels, taints, spot }: NodePoolArgs): {
    nodeLabels?: { [key: string]: pulumi.Input<string> };
    nodeTaints?: string[];
} {
    if (!spot) {
        return { nodeLabels: labels, nodeTaints: taints };
    }
    return {
        nodeLabels: { ...labels, ...spotLabel },
        nodeTaints: [...(taints ?? []).filter((taint) => taint !== spotTaint), spotTaint],
    };
}

/** Upgrade settings in Azure's form; none for Spot pools, which AKS upgrades without extra nodes and without a drain. */
export function upgradeProperties({ spot }: NodePoolArgs, { upgrade }: NodePoolSettings) {
    return spot
        ? undefined
        : {
              maxSurge: upgrade.maxSurge,
              maxUnavailable: upgrade.maxUnavailable,
              drainTimeoutInMinutes: upgrade.drainTimeoutInMinutes,
              nodeSoakDurationInMinutes: upgrade.nodeSoakInMinutes,
          };
}
