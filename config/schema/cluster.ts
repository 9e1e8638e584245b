import * as z from "zod";
import {
    ApiServerExposure,
    AutoscalerExpander,
    ClusterTier,
    DayOfWeek,
    NodePatching,
    UpgradeChannel,
} from "../../components/clusterArgs";
import { NetworkDataplane } from "../../components/nodePoolArgs";
import { systemPoolSchema } from "./nodePools";
import {
    choice,
    cidr,
    effect,
    flag,
    inPlace,
    integer,
    ipAddress,
    refusedByAzure,
    replaces,
    text,
    timeOfDay,
    words,
} from "./values";

const cluster = replaces("the cluster");

const apiServer = z.strictObject({
    exposure: choice(ApiServerExposure)
        .default(ApiServerExposure.Private)
        .meta(
            effect(
                "Private: reached from the network only. PublicRestricted: reached from the listed ranges.",
                "in place with vnetIntegration; otherwise refused by Azure",
            ),
        ),
    authorizedIpRanges: z
        .array(cidr())
        .max(200)
        .default([])
        .meta(effect("Ranges that may reach a PublicRestricted API server; 0.0.0.0/0 is refused.")),
    vnetIntegration: flag()
        .default(true)
        .meta(
            effect(
                "Place the API server's endpoint in a subnet of its own; without it a private API server uses Private Link.",
                "in place to switch it on; refused by Azure to switch it off",
            ),
        ),
    ownDnsZone: flag()
        .default(false)
        .meta(
            effect(
                "Resolve a private API server in a zone that this stack owns, not one that AKS hides in the node resource group.",
                refusedByAzure,
            ),
        ),
    publicFqdn: flag()
        .default(false)
        .meta(effect("Publish the private API server's address in public DNS too.")),
    runCommand: flag()
        .default(false)
        .meta(effect("Allow `az aks command invoke`, which runs commands in the cluster through Azure.")),
});

const advancedNetworking = z.strictObject({
    observability: flag()
        .default(false)
        .meta(effect("Pod-level network metrics and flow logs. Charged per node.")),
    security: flag()
        .default(false)
        .meta(effect("Network policies on domain names and HTTP. Charged per node.")),
});

const maintenanceWindow = z.strictObject({
    dayOfWeek: choice(DayOfWeek).meta(effect("Day that the window starts on.")),
    startTime: timeOfDay().meta(effect("Start of the window.")),
    durationInHours: integer(4, 24)
        .default(4)
        .meta(effect("Length of the window, hours; Azure wants 4 at least.")),
    utcOffset: text(/^[+-](0\d|1[0-4]):[0-5]\d$/, {
        allowed: 'an offset from UTC in quotes, such as "+01:00"',
        example: "+00:00",
        fix: "Put it in quotes; it does not follow summer time.",
    })
        .default("+00:00")
        .meta(effect("Offset of startTime from UTC.")),
    intervalInWeeks: integer(1, 4).default(1).meta(effect("Weeks from one window to the next.")),
});

const upgrades = z.strictObject({
    channel: choice(UpgradeChannel)
        .default(UpgradeChannel.Patch)
        .meta(effect("Which Kubernetes versions AKS installs by itself.")),
    nodePatching: choice(NodePatching)
        .default(NodePatching.NodeImage)
        .meta(
            effect(
                "Who patches nodes: Kured reboots self-patching nodes, NodeImage replaces them weekly, SecurityPatch patches live where possible.",
                "in place; every node is reimaged",
            ),
        ),
    // Two quiet mornings of Europe; AKS would otherwise start at any hour.
    clusterWindow: maintenanceWindow
        .prefault({ dayOfWeek: DayOfWeek.Sunday, startTime: "02:00" })
        .meta(effect("When AKS may upgrade Kubernetes.")),
    nodeWindow: maintenanceWindow
        .prefault({ dayOfWeek: DayOfWeek.Sunday, startTime: "08:00" })
        .meta(
            effect(
                "When AKS may replace or patch nodes; with nodePatching Kured it waits for the day that this changes.",
            ),
        ),
});

const proxyUrl = () =>
    text(/^https?:\/\/[^\s/]+(:\d+)?\/?$/, {
        allowed: "a URL such as http://proxy.example.com:3128",
        example: "http://proxy.example.com:3128",
        fix: "Write scheme, host and port.",
    });

const httpProxy = z.strictObject({
    httpProxy: proxyUrl()
        .optional()
        .meta(effect("Proxy for HTTP.", inPlace, { defaultText: "none" })),
    httpsProxy: proxyUrl()
        .optional()
        .meta(effect("Proxy for HTTPS.", inPlace, { defaultText: "none" })),
    noProxy: z
        .array(words("10.0.0.0/8"))
        .default([])
        .meta(effect("Hosts and ranges that are reached directly.")),
    trustedCa: words("LS0tLS1CRUdJTi...")
        .optional()
        .meta(effect("The proxy's certificate authority, PEM in base64.", inPlace, { defaultText: "none" })),
});

const addons = z.strictObject({
    azurePolicy: flag()
        .default(true)
        .meta(effect("Azure Policy add-on: reports and enforces governance.policies in the cluster.")),
    keyVaultSecrets: flag().default(true).meta(effect("Secrets Store CSI driver for Key Vault.")),
    secretRotationIntervalInMinutes: integer(1, 1440)
        .default(2)
        .meta(effect("How often mounted secrets are read again.")),
    keda: flag().default(false).meta(effect("KEDA: scale workloads by events.")),
    verticalPodAutoscaler: flag().default(false).meta(effect("Vertical Pod Autoscaler.")),
    costAnalysis: flag()
        .optional()
        .meta(
            effect("Costs by namespace in the Azure portal; needs tier Standard or Premium.", inPlace, {
                defaultText: "true where the tier allows it",
            }),
        ),
    imageCleanerIntervalInHours: integer(0, 2160)
        .default(168)
        .meta(
            effect(
                "How often unused images with known faults are removed, hours: 24 to 2160; 0 switches it off.",
            ),
        ),
    istioRevision: text(/^asm-\d+-\d+$/, {
        allowed: "a revision such as asm-1-30",
        example: "asm-1-30",
        fix: "List them with `az aks mesh get-revisions --location <region>`.",
    })
        .optional()
        .meta(
            effect("Install the Istio add-on at this revision.", inPlace, { defaultText: "none: no Istio" }),
        ),
    nodeAutoProvisioning: flag()
        .default(false)
        .meta(
            effect(
                "Let AKS choose machine sizes by itself; not beside pools that the cluster autoscaler scales.",
            ),
        ),
    httpProxy: httpProxy
        .optional()
        .meta(effect("Send the nodes' outbound HTTP through a proxy.", inPlace, { defaultText: "none" })),
});

const encryption = z.strictObject({
    kms: flag()
        .default(false)
        .meta(effect("Encrypt Kubernetes secrets in etcd with a key of the stack's vault.")),
    customerManagedDisks: flag()
        .default(false)
        .meta(effect("Encrypt node and volume disks with a key of the stack's vault.", cluster)),
});

const minutes = () =>
    text(/^[1-9]\d{0,3}m$/, { allowed: "minutes such as 10m", example: "10m", fix: "Write a number and m." });

const autoscaler = z.strictObject({
    expander: choice(AutoscalerExpander)
        .default(AutoscalerExpander.LeastWaste)
        .meta(effect("Which pool grows when several could.")),
    scaleDownUnneededTime: minutes()
        .default("10m")
        .meta(effect("How long a node is idle before it is removed.")),
    scaleDownDelayAfterAdd: minutes()
        .default("10m")
        .meta(effect("How long nothing is removed after a node was added.")),
    scaleDownUtilizationThreshold: text(/^(0(\.\d+)?|1(\.0)?)$/, {
        allowed: 'a share from 0 to 1 in quotes, such as "0.5"',
        example: "0.5",
        fix: "Put it in quotes.",
    })
        .default("0.5")
        .meta(effect("A node below this share of requested resources counts as idle.")),
    scanIntervalInSeconds: integer(1, 3600)
        .default(10)
        .meta(effect("How often pods and nodes are looked at.")),
    maxGracefulTerminationInSeconds: integer(0, 86_400)
        .default(600)
        .meta(effect("Longest time that pods get to end on a node that is removed.")),
    balanceSimilarNodeGroups: flag()
        .default(true)
        .meta(effect("Keep pools of the same machine size and labels at the same number of nodes.")),
    skipNodesWithLocalStorage: flag()
        .default(false)
        .meta(
            effect(
                "Leave nodes alone whose pods use local storage; off, emptyDir volumes are lost when a node is removed.",
            ),
        ),
    skipNodesWithSystemPods: flag()
        .default(true)
        .meta(effect("Leave nodes alone that run pods of kube-system, other than DaemonSets.")),
});

const storage = z.strictObject({
    disk: flag().default(true).meta(effect("CSI driver for managed disks.")),
    file: flag().default(true).meta(effect("CSI driver for Azure Files.")),
    blob: flag().default(false).meta(effect("CSI driver for Blob storage.")),
    snapshots: flag().default(true).meta(effect("Volume snapshots.")),
});

export const clusterSchema = z.strictObject({
    kubernetesVersion: text(/^1\.\d{2}$/, {
        allowed: 'a Kubernetes minor version in quotes, such as "1.36"',
        example: "1.36",
        fix: "Put it in quotes and leave the patch out.",
    }).meta(effect("Kubernetes minor version; AKS chooses the patch. Raise it by one minor at a time.")),
    tier: choice(ClusterTier)
        .default(ClusterTier.Standard)
        .meta(effect("Free has no SLA; Standard has one; Premium adds long-term support.")),
    longTermSupport: flag()
        .default(false)
        .meta(effect("Two years of support for the minor version; needs tier Premium.")),
    nodeResourceGroupName: text(/^[A-Za-z0-9_.()-]{0,79}[A-Za-z0-9_()-]$/, {
        allowed:
            "up to 80 letters, digits, underscores, periods, hyphens and parentheses, not ending with a period",
        example: "rg-nodes",
        fix: "Rename it.",
    })
        .optional()
        .meta(
            effect("Resource group that AKS keeps the nodes in.", cluster, {
                defaultText: "derived from the cluster's name",
            }),
        ),
    nodeResourceGroupLockdown: flag()
        .default(true)
        .meta(effect("Refuse changes by hand to what AKS keeps in the node resource group.")),
    apiServer: apiServer.prefault({}).meta(effect("How the Kubernetes API is reached.")),
    dataplane: choice(NetworkDataplane)
        .default(NetworkDataplane.Cilium)
        .meta(
            effect(
                "What moves packets and enforces network policies. Azure only for clusters that need Windows nodes.",
                cluster,
            ),
        ),
    podCidr: cidr()
        .default("10.244.0.0/16")
        .meta(effect("Overlay range of pods; each node takes a /24 of it.", cluster)),
    serviceCidr: cidr().default("10.245.0.0/16").meta(effect("Range of Kubernetes services.", cluster)),
    dnsServiceIp: ipAddress()
        .default("10.245.0.10")
        .meta(effect("Address of the cluster's DNS inside serviceCidr.", cluster)),
    advancedNetworking: advancedNetworking
        .prefault({})
        .meta(effect("Advanced Container Networking Services.")),
    systemPool: systemPoolSchema
        .prefault({})
        .meta(effect("The pool inside the cluster resource, for cluster services.")),
    upgrades: upgrades.prefault({}).meta(effect("Upgrades and patches.")),
    addons: addons.prefault({}).meta(effect("Add-ons that AKS runs.")),
    encryption: encryption.prefault({}).meta(effect("Keys of your own.")),
    autoscaler: autoscaler.prefault({}).meta(effect("Profile of the cluster autoscaler.")),
    storage: storage.prefault({}).meta(effect("Storage drivers.")),
    defender: flag()
        .optional()
        .meta(
            effect("Sensor of Defender for Containers; charged per core.", inPlace, {
                defaultText: "what the subscription's Defender plan sets up",
            }),
        ),
});
