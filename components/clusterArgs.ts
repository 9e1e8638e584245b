import type * as pulumi from "@pulumi/pulumi";
import type { NetworkDataplane, NodeOsSku } from "./nodePoolArgs";
import type { PrincipalType } from "./shared";

/** What Azure guarantees about the control plane, and what it charges for it. */
export const ClusterTier = {
    /** No uptime guarantee, no charge. For experiments. */
    Free: "Free",
    /** Uptime guarantee, up to 5000 nodes. */
    Standard: "Standard",
    /** Standard, with the choice of long-term support. */
    Premium: "Premium",
} as const;
/** One of the values of the constant of the same name. */
export type ClusterTier = (typeof ClusterTier)[keyof typeof ClusterTier];

/** Where the Kubernetes API can be reached from. */
export const ApiServerExposure = {
    /** From the virtual network, and what is connected to it, only. */
    Private: "Private",
    /** From listed public address ranges. */
    PublicRestricted: "PublicRestricted",
} as const;
/** One of the values of the constant of the same name. */
export type ApiServerExposure = (typeof ApiServerExposure)[keyof typeof ApiServerExposure];

/** Which Kubernetes versions AKS installs by itself. */
export const UpgradeChannel = {
    /** The newest patch of the minor version that `kubernetesVersion` names. */
    Patch: "patch",
    /** The newest patch of the second newest minor version. `kubernetesVersion` counts at creation only. */
    Stable: "stable",
    /** The newest patch of the newest minor version. `kubernetesVersion` counts at creation only. */
    Rapid: "rapid",
    /** Node images only; AKS calls it a legacy channel. `kubernetesVersion` counts at creation only. */
    NodeImage: "node-image",
    /** None: every upgrade is a change of `kubernetesVersion`. */
    None: "none",
} as const;
/** One of the values of the constant of the same name. */
export type UpgradeChannel = (typeof UpgradeChannel)[keyof typeof UpgradeChannel];

/** Who brings operating system patches to the nodes. Changing it reimages every node. */
export const NodePatching = {
    /** Nodes install their own patches every night; kured, which must be installed, reboots them in its window. */
    Kured: "Kured",
    /** AKS replaces nodes with a new image about weekly. */
    NodeImage: "NodeImage",
    /** AKS installs tested security patches, without a reimage where possible; it stores an image for it, at extra cost. */
    SecurityPatch: "SecurityPatch",
} as const;
/** One of the values of the constant of the same name. */
export type NodePatching = (typeof NodePatching)[keyof typeof NodePatching];

/** A day of the week. */
export const DayOfWeek = {
    /** Monday. */
    Monday: "Monday",
    /** Tuesday. */
    Tuesday: "Tuesday",
    /** Wednesday. */
    Wednesday: "Wednesday",
    /** Thursday. */
    Thursday: "Thursday",
    /** Friday. */
    Friday: "Friday",
    /** Saturday. */
    Saturday: "Saturday",
    /** Sunday. */
    Sunday: "Sunday",
} as const;
/** One of the values of the constant of the same name. */
export type DayOfWeek = (typeof DayOfWeek)[keyof typeof DayOfWeek];

/** Which pool the cluster autoscaler makes larger when several could take the waiting pods. */
export const AutoscalerExpander = {
    /** The pool with the least idle cpu, then memory, afterwards. */
    LeastWaste: "least-waste",
    /** The pool that takes the most waiting pods. */
    MostPods: "most-pods",
    /** The pool that a ConfigMap ranks highest. */
    Priority: "priority",
    /** Any of them. */
    Random: "random",
} as const;
/** One of the values of the constant of the same name. */
export type AutoscalerExpander = (typeof AutoscalerExpander)[keyof typeof AutoscalerExpander];

/** How the Kubernetes API is reached. */
export interface ApiServerArgs {
    /** Where the API can be reached from. Defaults to Private. */
    exposure?: ApiServerExposure;
    /** Public IPv4 addresses or ranges that may reach a PublicRestricted API, at most 200. */
    authorizedIpRanges?: string[];
    /** The cluster's own outbound addresses, let in beside `authorizedIpRanges`: without `vnetIntegration` nodes reach a PublicRestricted API from them. Defaults to none. */
    egressIpAddresses?: pulumi.Input<string[]>;
    /** Places the API server's endpoint in `subnetId`, so that nodes reach it without leaving the network; cannot be switched off later. Defaults to true. */
    vnetIntegration?: boolean;
    /** Id of a subnet of its own, /28 at least, delegated to Microsoft.ContainerService/managedClusters. Needed with `vnetIntegration`. */
    subnetId?: pulumi.Input<string>;
    /** Id of the private DNS zone for a Private API: `private.<region>.azmk8s.io` with `vnetIntegration`, otherwise `privatelink.<region>.azmk8s.io`. Defaults to a zone that AKS keeps in the node resource group. */
    privateDnsZoneId?: pulumi.Input<string>;
    /** Allows `az aks command invoke`, which runs commands in the cluster past its network. Defaults to false. */
    runCommand?: boolean;
    /** Also publishes a Private API's address in public DNS; it stays unreachable from outside. Defaults to false. */
    publicFqdn?: boolean;
}

/** A subnet in which the cluster may place nodes or load balancers. */
export interface SubnetGrantArgs {
    /** Short name of the subnet within the program, for example `user-nodes`. Changing this replaces the role assignment. */
    key: string;
    /** Id of the subnet. */
    subnetId: pulumi.Input<string>;
}

/** Advanced Container Networking Services, charged per node. */
export interface AdvancedNetworkingArgs {
    /** Network metrics and flow logs per pod. Defaults to false. */
    observability?: boolean;
    /** Network policies on domain names; needs the Cilium dataplane. Defaults to false. */
    security?: boolean;
}

/** Network of the cluster: Azure CNI overlay. Azure cannot change any of the ranges in place. */
export interface ClusterNetworkArgs {
    /** Overlay range for pods, a /24 of it for each node. Changing this replaces the cluster. */
    podCidr: string;
    /** Range for Kubernetes services. Changing this replaces the cluster. */
    serviceCidr: string;
    /** Address of the cluster's DNS within `serviceCidr`, not its first. Changing this replaces the cluster. */
    dnsServiceIp: string;
    /** How nodes reach the outside: userAssignedNATGateway, userDefinedRouting or loadBalancer, as the node subnets are set up. Changing this replaces the cluster. */
    outboundType: pulumi.Input<string>;
    /** What moves packets and enforces network policies. Defaults to Cilium. Changing this replaces the cluster. */
    dataplane?: NetworkDataplane;
    /** Subnets of the node pools and of internal load balancers; the cluster's identity becomes Network Contributor of each. */
    nodeSubnets: SubnetGrantArgs[];
    /** Id of the route table of the node subnets, with outbound type userDefinedRouting; the cluster's identity becomes its Network Contributor. */
    routeTableId?: pulumi.Input<string>;
    /** Id of the virtual network. Needed with `apiServer.privateDnsZoneId`, which AKS links to it, and with node auto-provisioning; the cluster's identity becomes its Network Contributor. */
    virtualNetworkId?: pulumi.Input<string>;
    /** Advanced Container Networking Services. Defaults to off. */
    advancedNetworking?: AdvancedNetworkingArgs;
}

/** The one node pool within the cluster resource. Azure changes little of it later: keep it small and put workloads in pools of their own. */
export interface SystemPoolArgs {
    /** Name: 1 to 12 lower-case letters and digits. Defaults to `system`. */
    name?: string;
    /** Machine size, for example `Standard_D4ds_v5`. */
    vmSize: string;
    /** Id of the subnet of the nodes. */
    subnetId: pulumi.Input<string>;
    /** Fewest nodes, 1 at least. Defaults to 2. */
    minCount?: number;
    /** Most nodes. The same as `minCount` with node auto-provisioning. Defaults to 4, or to `minCount` where that is more or node auto-provisioning is on. */
    maxCount?: number;
    /** Availability zones, for example `["1", "2", "3"]`. Defaults to none: Azure chooses and does not spread. */
    zones?: string[];
    /** Size of the operating system disk in GiB. Defaults to what AKS chooses for the machine size. */
    osDiskSizeInGb?: number;
    /** Keeps the operating system disk on the host: faster, no charge; needs a machine size with a local disk. Defaults to true. */
    ephemeralOsDisk?: boolean;
    /** Operating system of the nodes, Ubuntu or AzureLinux. Defaults to Ubuntu. */
    osSku?: NodeOsSku;
    /** Most pods on a node, 30 to 250. Defaults to 110. */
    maxPods?: number;
    /** Keeps other workloads off with the taint CriticalAddonsOnly; needs another pool that takes them. Defaults to true. */
    criticalAddonsOnly?: boolean;
    /** Encrypts temporary disks and caches on the host; the subscription must have the feature Microsoft.Compute/EncryptionAtHost. Defaults to false. */
    encryptionAtHost?: boolean;
    /** Uses a node image with FIPS 140 validated cryptography. Defaults to false. */
    fips?: boolean;
    /** Secure boot and a virtual TPM; needs a generation 2 machine size. Defaults to true where Azure can: not on Arm64, and with FIPS on Ubuntu only. */
    trustedLaunch?: boolean;
    /** Switches SSH to the nodes off; the subscription must have the preview feature DisableSSHPreview. Defaults to false. */
    sshDisabled?: boolean;
}

/** Who may administer the cluster through the Kubernetes API. */
export interface ClusterAccessArgs {
    /** Object ids of Entra groups whose members are cluster administrators. */
    adminGroupObjectIds: pulumi.Input<string>[];
    /** Object id of the principal that deploys; it becomes RBAC Cluster Admin, to create Kubernetes resources. */
    deployerObjectId: string;
    /** What kind of principal deploys. Defaults to ServicePrincipal. */
    deployerPrincipalType?: PrincipalType;
}

/** A weekly time in which AKS may carry out maintenance. */
export interface MaintenanceWindowArgs {
    /** Day on which the window starts. */
    dayOfWeek: DayOfWeek;
    /** Time at which it starts, HH:MM. */
    startTime: string;
    /** Length in hours, 4 to 24. */
    durationInHours: number;
    /** Offset of `startTime` from UTC, for example `+01:00`, the same all year. Defaults to `+00:00`. */
    utcOffset?: string;
    /** Weeks from one window to the next, 1 to 4. Defaults to 1. */
    intervalInWeeks?: number;
}

/** Upgrades and patches. */
export interface UpgradesArgs {
    /** Which Kubernetes versions AKS installs by itself. Defaults to Patch. */
    channel?: UpgradeChannel;
    /** Who brings operating system patches to the nodes. Defaults to NodeImage. */
    nodePatching?: NodePatching;
    /** When AKS may upgrade Kubernetes. Defaults to any time. */
    clusterWindow?: MaintenanceWindowArgs;
    /** When AKS may patch or replace nodes; no effect on nodes that kured reboots. Defaults to any time. */
    nodeWindow?: MaintenanceWindowArgs;
}

/** What the cluster reports, and where to. */
export interface ClusterMonitoringProfileArgs {
    /** Id of the Log Analytics workspace. Needed for Container Insights and Defender. */
    logAnalyticsWorkspaceId?: pulumi.Input<string>;
    /** Runs the agent that collects container logs and inventory; what it collects is the choice of a data collection rule. Defaults to false. */
    containerInsights?: boolean;
    /** Runs the agent of managed Prometheus; where metrics go is the choice of a data collection rule. Defaults to false. */
    prometheus?: boolean;
    /** Runs the sensor of Defender for Containers, charged per core. Defaults to what the subscription's Defender plan sets up. */
    defender?: boolean;
}

/** Proxy for the nodes' outbound traffic. */
export interface HttpProxyArgs {
    /** URL of the proxy for HTTP. AKS takes no user name or password in it. */
    httpProxy?: pulumi.Input<string>;
    /** URL of the proxy for HTTPS. */
    httpsProxy?: pulumi.Input<string>;
    /** Hosts and ranges that are reached directly. Defaults to none but what AKS adds. */
    noProxy?: pulumi.Input<string>[];
    /** Certificate authority of the proxy, PEM in base64. */
    trustedCa?: pulumi.Input<string>;
}

/** What AKS runs in the cluster beside Kubernetes. */
export interface AddonsArgs {
    /** Azure Policy, which reports on and enforces policies in the cluster. Defaults to true. */
    azurePolicy?: boolean;
    /** The Secrets Store driver for Key Vault, with rotation. Defaults to true. */
    keyVaultSecrets?: boolean;
    /** How often mounted secrets are read again, in minutes. Defaults to 2, as AKS does. */
    secretRotationIntervalInMinutes?: number;
    /** KEDA, which scales workloads by events. Defaults to false. */
    keda?: boolean;
    /** Vertical Pod Autoscaler. Defaults to false. */
    verticalPodAutoscaler?: boolean;
    /** Costs by namespace in the Azure portal; needs tier Standard or Premium. Defaults to true where the tier allows it. */
    costAnalysis?: boolean;
    /** How often images that no pod uses are removed from nodes, in hours, 24 to 2160; 0 switches it off. Defaults to 168. */
    imageCleanerIntervalInHours?: number;
    /** Revision of the Istio add-on, for example `asm-1-30`. Defaults to none: no Istio. */
    istioRevision?: string;
    /** Lets AKS choose machine sizes and create nodes for waiting pods, instead of the cluster autoscaler. Defaults to false. */
    nodeAutoProvisioning?: boolean;
    /** Proxy for the nodes' outbound traffic. Defaults to none. */
    httpProxy?: HttpProxyArgs;
}

/** Keys of your own, in place of Microsoft's. */
export interface EncryptionArgs {
    /** Address, with version, of the key that encrypts Kubernetes secrets in etcd. Defaults to none. */
    kmsKeyId?: pulumi.Input<string>;
    /** Id of the vault that holds the key; the cluster's identity becomes its Crypto User. Needed with `kmsKeyId`. */
    kmsKeyVaultId?: pulumi.Input<string>;
    /** True for a vault without public access; needs `apiServer.vnetIntegration`. A public one must have no firewall. Defaults to false. */
    kmsPrivateVault?: boolean;
    /** Id of the disk encryption set for node and volume disks; the cluster's identity becomes its Reader. Defaults to none. Changing this replaces the cluster. */
    diskEncryptionSetId?: pulumi.Input<string>;
}

/** Profile of the cluster autoscaler; no effect with node auto-provisioning. */
export interface AutoscalerArgs {
    /** Which pool grows when several could. Defaults to LeastWaste. */
    expander?: AutoscalerExpander;
    /** How long a node is idle before it is removed, in minutes, as in `10m`. Defaults to `10m`. */
    scaleDownUnneededTime?: string;
    /** How long nothing is removed after a node was added, in minutes, as in `10m`. Defaults to `10m`. */
    scaleDownDelayAfterAdd?: string;
    /** A node below this share of requested resources counts as idle, as in `0.5`. Defaults to `0.5`. */
    scaleDownUtilizationThreshold?: string;
    /** How often pods and nodes are looked at, in seconds. Defaults to 10. */
    scanIntervalInSeconds?: number;
    /** Longest time that pods get to end on a node that is removed, in seconds. Defaults to 600. */
    maxGracefulTerminationInSeconds?: number;
    /** Keeps pools of the same machine size and labels at the same number of nodes. Defaults to true. */
    balanceSimilarNodeGroups?: boolean;
    /** Leaves nodes alone whose pods use local storage. Defaults to false: emptyDir volumes are lost when a node is removed. */
    skipNodesWithLocalStorage?: boolean;
    /** Leaves nodes alone that run pods of kube-system, other than DaemonSets. Defaults to true. */
    skipNodesWithSystemPods?: boolean;
}

/** Storage drivers. Azure refuses to remove one that is in use. */
export interface StorageDriversArgs {
    /** Driver for managed disks. Defaults to true. */
    disk?: boolean;
    /** Driver for Azure Files. Defaults to true. */
    file?: boolean;
    /** Driver for Blob storage. Defaults to false. */
    blob?: boolean;
    /** Volume snapshots. Defaults to true. */
    snapshots?: boolean;
    /** Id of the resource group in which the file driver may make private endpoints for shares; the cluster's identity gets Network Contributor and Private DNS Zone Contributor there. Defaults to none: shares with a private endpoint cannot be made. */
    fileShareResourceGroupId?: pulumi.Input<string>;
}

/** Arguments of a cluster. */
export interface ClusterArgs {
    /** Resource group of the cluster and its identities. Changing this replaces the cluster. */
    resourceGroupName: pulumi.Input<string>;
    /** Region. Changing this replaces the cluster. */
    location: pulumi.Input<string>;
    /** Common part of Azure names, for example `lz-dev-weu`; names the identities and the node resource group. */
    baseName: string;
    /** Name of the cluster: up to 63 letters, digits, underscores and hyphens. Changing this replaces the cluster. */
    clusterName: string;
    /** Subscription that the role definitions are read from, a GUID. */
    subscriptionId: string;
    /** Entra tenant whose users the cluster knows, a GUID. */
    tenantId: string;
    /** Kubernetes version, minor only, as in `1.36`; raise it by one minor at a time. Whether later changes count depends on `upgrades.channel`. */
    kubernetesVersion: string;
    /** What Azure guarantees about the control plane. Defaults to Standard. */
    tier?: ClusterTier;
    /** Two years of support for the minor version; needs tier Premium and the channel Patch. Defaults to false. */
    longTermSupport?: boolean;
    /** First part of the API server's host name: up to 54 letters, digits and hyphens. Defaults to the cluster's name in that spelling. Changing this replaces the cluster. */
    dnsPrefix?: string;
    /** Resource group that AKS creates for nodes, disks and load balancers, at most 80 characters. Defaults to `rg-<baseName>-nodes`. Changing this replaces the cluster. */
    nodeResourceGroupName?: string;
    /** Refuses changes by hand in the node resource group. Defaults to true. */
    nodeResourceGroupLockdown?: boolean;
    /** How the Kubernetes API is reached. Needed for `subnetId`, unless `vnetIntegration` is off. */
    apiServer?: ApiServerArgs;
    /** Network of the cluster. */
    network: ClusterNetworkArgs;
    /** The node pool for cluster services. */
    systemPool: SystemPoolArgs;
    /** Who may administer the cluster. */
    access: ClusterAccessArgs;
    /** Upgrades and patches. */
    upgrades?: UpgradesArgs;
    /** What the cluster reports. */
    monitoring?: ClusterMonitoringProfileArgs;
    /** What AKS runs in the cluster beside Kubernetes. */
    addons?: AddonsArgs;
    /** Keys of your own. Defaults to Microsoft's keys. */
    encryption?: EncryptionArgs;
    /** Profile of the cluster autoscaler. */
    autoscaler?: AutoscalerArgs;
    /** Storage drivers. */
    storage?: StorageDriversArgs;
    /** Ids of resources that must exist before the cluster, for example policy assignments. Defaults to none. */
    waitFor?: pulumi.Input<string>[];
    /** Tags of the cluster, its nodes and its identities. Defaults to none. */
    tags?: { [key: string]: pulumi.Input<string> };
}
