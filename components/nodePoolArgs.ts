import type * as pulumi from "@pulumi/pulumi";

/** What a node pool is for. */
export const NodePoolMode = {
    /** For workloads. May shrink to no node at all. */
    User: "User",
    /** For workloads and the cluster's own services; at least one node. */
    System: "System",
} as const;
/** One of the values of the constant of the same name. */
export type NodePoolMode = (typeof NodePoolMode)[keyof typeof NodePoolMode];

/** Operating system family of nodes. */
export const OsType = {
    /** Linux. */
    Linux: "Linux",
    /** Windows Server; only in clusters with the Azure dataplane. */
    Windows: "Windows",
} as const;
/** One of the values of the constant of the same name. */
export type OsType = (typeof OsType)[keyof typeof OsType];

/** Operating system image of nodes. */
export const NodeOsSku = {
    /** Ubuntu: 24.04 from Kubernetes 1.35 on, 22.04 before and with FIPS. */
    Ubuntu: "Ubuntu",
    /** Azure Linux 3. */
    AzureLinux: "AzureLinux",
    /** Windows Server 2022; AKS has it up to Kubernetes 1.36. */
    Windows2022: "Windows2022",
} as const;
/** One of the values of the constant of the same name. */
export type NodeOsSku = (typeof NodeOsSku)[keyof typeof NodeOsSku];

/** What moves packets between pods and enforces network policies. */
export const NetworkDataplane = {
    /** Cilium, in the kernel by eBPF. Linux nodes only. */
    Cilium: "Cilium",
    /** Azure's iptables dataplane with Calico for network policies. Only for clusters that need Windows nodes. */
    Azure: "Azure",
} as const;
/** One of the values of the constant of the same name. */
export type NetworkDataplane = (typeof NetworkDataplane)[keyof typeof NetworkDataplane];

/** What Azure does with a Spot node that it takes back. */
export const SpotEvictionPolicy = {
    /** Deletes it. */
    Delete: "Delete",
    /** Stops it and keeps its disk, which counts against the quota; needs `ephemeralOsDisk: false`. */
    Deallocate: "Deallocate",
} as const;
/** One of the values of the constant of the same name. */
export type SpotEvictionPolicy = (typeof SpotEvictionPolicy)[keyof typeof SpotEvictionPolicy];

/** Share of an NVIDIA GPU that counts as one device (multi-instance GPU). */
export const GpuInstanceProfile = {
    /** One seventh. */
    MIG1g: "MIG1g",
    /** Two sevenths. */
    MIG2g: "MIG2g",
    /** Three sevenths. */
    MIG3g: "MIG3g",
    /** Four sevenths. */
    MIG4g: "MIG4g",
    /** The whole GPU. */
    MIG7g: "MIG7g",
} as const;
/** One of the values of the constant of the same name. */
export type GpuInstanceProfile = (typeof GpuInstanceProfile)[keyof typeof GpuInstanceProfile];

/** Spare capacity at a lower price, which Azure may take back at any time. */
export interface SpotArgs {
    /** Most to pay for a node, in USD an hour; -1 pays up to the normal price. Defaults to -1. Changing this rolls the pool. */
    maxPrice?: number;
    /** What Azure does with a node that it takes back. Defaults to Delete. Changing this rolls the pool. */
    evictionPolicy?: SpotEvictionPolicy;
}

/** Settings of pools with a GPU machine size. */
export interface GpuArgs {
    /** Lets AKS install the driver; false leaves it to the NVIDIA GPU operator. Defaults to true. Changing this rolls the pool. */
    installDriver?: boolean;
    /** Splits each GPU. Defaults to none. Changing this rolls the pool. */
    instanceProfile?: GpuInstanceProfile;
}

/** How the nodes of a pool are upgraded. */
export interface PoolUpgradeArgs {
    /** Nodes that an upgrade may start beyond the pool's size, a number or a percentage. Defaults to `33%`, Microsoft's advice for production. */
    maxSurge?: string;
    /** Nodes that an upgrade may take out at a time, a number or a percentage. Not for System pools. Defaults to none. */
    maxUnavailable?: string;
    /** Longest time to empty a node before the upgrade fails, in minutes, 5 to 1440. Defaults to 30. */
    drainTimeoutInMinutes?: number;
    /** Pause after a node is emptied, in minutes, 0 to 30. Defaults to 0. */
    nodeSoakInMinutes?: number;
}

/** Arguments of a node pool. What Azure cannot change in place rolls the pool: a new one is created before the old one is deleted. */
export interface NodePoolArgs {
    /** Resource group of the cluster. Changing this rolls the pool. */
    resourceGroupName: pulumi.Input<string>;
    /** Name of the cluster. Changing this rolls the pool. */
    clusterName: pulumi.Input<string>;
    /** Id of the cluster; the pool is created once it resolves. */
    clusterId: pulumi.Input<string>;
    /** First part of the pool's name: lower-case letters and digits, up to 12, or 6 for Windows. The last four characters of the Azure name are a hash. Changing this rolls the pool. */
    poolName: string;
    /** Machine size, for example `Standard_D4ds_v5`, or `Standard_D4pds_v5` for Arm64. Changing this rolls the pool. */
    vmSize: string;
    /** Id of the subnet of the nodes. Changing this rolls the pool. */
    subnetId: pulumi.Input<string>;
    /** Fewest nodes: 0 at least, 1 for System pools. The fixed number of nodes without `autoscaling`. */
    minCount: number;
    /** Most nodes, at most 1000. */
    maxCount: number;
    /** Lets the cluster autoscaler choose the number of nodes. Must be off in a cluster with node auto-provisioning. Defaults to true. */
    autoscaling?: boolean;
    /** Availability zones, for example `["1", "2", "3"]`. Defaults to none: Azure chooses and does not spread. Changing this rolls the pool. */
    zones?: string[];
    /** What the pool is for. Defaults to User. */
    mode?: NodePoolMode;
    /** Operating system family. Defaults to Linux. Changing this rolls the pool. */
    osType?: OsType;
    /** Operating system image. Defaults to Ubuntu, or Windows2022 for Windows. Changing this reimages the nodes. */
    osSku?: NodeOsSku;
    /** Dataplane of the cluster, which decides about Windows. Defaults to Cilium. */
    dataplane?: NetworkDataplane;
    /** Keeps the operating system disk on the host: faster, no charge; needs a machine size with a local disk. Defaults to true. Changing this rolls the pool. */
    ephemeralOsDisk?: boolean;
    /** Size of the operating system disk in GiB. Defaults to what AKS chooses for the machine size. Changing this rolls the pool. */
    osDiskSizeInGb?: number;
    /** Most pods on a node, 10 to 250, and 30 at least for System pools. Defaults to 110. Changing this rolls the pool. */
    maxPods?: number;
    /** Kubernetes labels of the nodes. Defaults to none. */
    labels?: { [key: string]: pulumi.Input<string> };
    /** Kubernetes taints of the nodes, for example `dedicated=batch:NoSchedule`. Defaults to none. */
    taints?: string[];
    /** Uses Spot capacity; the nodes get AKS's Spot label and taint. Defaults to none: regular capacity. Changing this rolls the pool. */
    spot?: SpotArgs;
    /** Settings of a GPU machine size. */
    gpu?: GpuArgs;
    /** Uses a node image with FIPS 140 validated cryptography. Changing this reimages the nodes. Defaults to false. */
    fips?: boolean;
    /** Secure boot and a virtual TPM; needs a generation 2 machine size. Changing this reimages the nodes. Defaults to true where Azure can: not on Windows or Arm64, with FIPS on Ubuntu only, and not where AKS installs a GPU driver on Ubuntu. */
    trustedLaunch?: boolean;
    /** Encrypts temporary disks and caches on the host; the subscription must have the feature Microsoft.Compute/EncryptionAtHost. Defaults to false. Changing this rolls the pool. */
    encryptionAtHost?: boolean;
    /** Switches SSH to the nodes off; the subscription must have the preview feature DisableSSHPreview. Defaults to false. */
    sshDisabled?: boolean;
    /** How the nodes are upgraded. Not sent for Spot pools, which AKS upgrades without extra nodes. */
    upgrade?: PoolUpgradeArgs;
    /** Ids of resources that must exist before the pool, for example the pool before it: AKS changes one at a time. Defaults to none. */
    waitFor?: pulumi.Input<string>[];
    /** Tags of the pool and its machines. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}
