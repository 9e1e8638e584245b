import { kured } from "./badConfiguration";
import type { BadConfiguration } from "./badConfiguration";

/** The cluster and its node pools. */
export const cluster: readonly BadConfiguration[] = [
    [
        "a public API server without ranges",
        { "cluster.apiServer": { exposure: "PublicRestricted" } },
        "cluster.apiServer.exposure: `apiServer.exposure` is PublicRestricted but `apiServer.authorizedIpRanges` is empty: AKS would let the whole Internet in. List the public addresses that may reach the API, or use Private.",
    ],
    [
        "a public API server for everybody",
        { "cluster.apiServer": { exposure: "PublicRestricted", authorizedIpRanges: ["0.0.0.0/0"] } },
        'cluster.apiServer.authorizedIpRanges: `apiServer.authorizedIpRanges` has "0.0.0.0/0", which is the whole Internet. List the addresses that may reach the API, or use Private.',
    ],
    [
        "ranges for a private API server",
        { "cluster.apiServer": { authorizedIpRanges: ["203.0.113.0/24"] } },
        "cluster.apiServer.authorizedIpRanges: `apiServer.authorizedIpRanges` is set but `apiServer.exposure` is Private: AKS filters public API servers only. Remove the ranges or use PublicRestricted.",
    ],
    [
        "a private zone for a public API server",
        {
            "cluster.apiServer": {
                exposure: "PublicRestricted",
                authorizedIpRanges: ["203.0.113.0/24"],
                ownDnsZone: true,
            },
        },
        "cluster.apiServer.ownDnsZone: `ownDnsZone` is true, but `exposure` is PublicRestricted: only a private API server has a private DNS zone. Set `ownDnsZone` to false or `exposure` to Private.",
    ],
    [
        "a public name for a public API server",
        {
            "cluster.apiServer": {
                exposure: "PublicRestricted",
                authorizedIpRanges: ["203.0.113.0/24"],
                publicFqdn: true,
            },
        },
        "cluster.apiServer.publicFqdn: `apiServer.publicFqdn` is true but `apiServer.exposure` is PublicRestricted: such an API server has a public name anyway. Remove it.",
    ],
    [
        "the version is too old",
        { "cluster.kubernetesVersion": "1.30" },
        'cluster.kubernetesVersion: `kubernetesVersion` is "1.30", which is not in the table of supported minor versions: 1.33 (to July 2026), 1.34 (to November 2026), 1.35 (to March 2027), 1.36 (to June 2027). Use one of them.',
    ],
    [
        "the version is left with long-term support",
        { "cluster.kubernetesVersion": "1.33" },
        'cluster.kubernetesVersion: `kubernetesVersion` is "1.33", whose standard support ended in July 2026: it is left with long-term support, to July 2027. Use a later version, or set `longTermSupport` to true with tier Premium.',
    ],
    [
        "long-term support without Premium",
        { "cluster.longTermSupport": true },
        "cluster.longTermSupport: `longTermSupport` is true but `tier` is Standard: AKS sells it with Premium only. Set `tier` to Premium.",
    ],
    [
        "long-term support with another channel",
        {
            "cluster.longTermSupport": true,
            "cluster.tier": "Premium",
            "cluster.upgrades": { channel: "stable" },
        },
        "cluster.longTermSupport: `longTermSupport` is true but `upgrades.channel` is stable: AKS supports only the newest patches of a long-term version. Set it to patch.",
    ],
    [
        "cost analysis on Free",
        { "cluster.tier": "Free", "cluster.addons": { costAnalysis: true } },
        "cluster.addons.costAnalysis: `addons.costAnalysis` is true but `tier` is Free: AKS has it with Standard and Premium only. Set it to false or raise the tier.",
    ],
    [
        "the image cleaner runs too often",
        { "cluster.addons": { imageCleanerIntervalInHours: 12 } },
        "cluster.addons.imageCleanerIntervalInHours: `addons.imageCleanerIntervalInHours` is 12: AKS allows whole hours from 24 to 2160, which is three months; 0 switches the cleaner off.",
    ],
    [
        "a proxy that names none",
        { "cluster.addons": { httpProxy: {} } },
        "cluster.addons.httpProxy: `addons.httpProxy` names no proxy. Set `httpProxy`, `httpsProxy` or both, or remove it.",
    ],
    [
        "a pool's minimum is above its maximum",
        { "nodePools.apps.minCount": 5, "nodePools.apps.maxCount": 2 },
        "nodePools.apps.minCount: `minCount` is 5, more than `maxCount`, which is 2. Raise `maxCount` or lower `minCount`.",
    ],
    [
        "the system pool's minimum is above its maximum",
        { "cluster.systemPool": { minCount: 6 } },
        "cluster.systemPool.minCount: `systemPool.minCount` is 6, more than `systemPool.maxCount`, which is 5. Raise `systemPool.maxCount` or lower `systemPool.minCount`.",
    ],
    [
        "a system pool may be empty",
        { "nodePools.apps.mode": "System", "nodePools.apps.minCount": 0 },
        "nodePools.apps.minCount: `minCount` is 0: AKS allows whole numbers from 1 to 1000 for this pool.",
    ],
    [
        "a taint without any other pool",
        { nodePools: {} },
        "cluster.systemPool.criticalAddonsOnly: `criticalAddonsOnly` is true, but no pool in nodePools takes other pods: it would have to run Linux on regular capacity, without taints. Add such a pool, or set `criticalAddonsOnly` to false.",
    ],
    [
        "a taint with a Spot pool only",
        { "nodePools.apps.spot": {} },
        "cluster.systemPool.criticalAddonsOnly: `criticalAddonsOnly` is true, but no pool in nodePools takes other pods: it would have to run Linux on regular capacity, without taints. Add such a pool, or set `criticalAddonsOnly` to false.",
    ],
    [
        "a taint with a tainted pool only",
        { "nodePools.apps.taints": ["dedicated=batch:NoSchedule"] },
        "cluster.systemPool.criticalAddonsOnly: `criticalAddonsOnly` is true, but no pool in nodePools takes other pods: it would have to run Linux on regular capacity, without taints. Add such a pool, or set `criticalAddonsOnly` to false.",
    ],
    [
        "node auto-provisioning beside the autoscaler",
        {
            "cluster.addons": { nodeAutoProvisioning: true },
            "cluster.systemPool": { minCount: 3, maxCount: 3 },
        },
        "nodePools.apps.autoscaling: `apps.autoscaling` is true, but cluster.addons.nodeAutoProvisioning is on: AKS allows one of the two. Set `autoscaling` to false with `minCount` equal to `maxCount`, or remove the pool.",
    ],
    [
        "a scaling system pool beside node auto-provisioning",
        { "cluster.addons": { nodeAutoProvisioning: true }, nodePools: {} },
        "cluster.systemPool.minCount: `systemPool.minCount` is 3 and `systemPool.maxCount` is 5 but `addons.nodeAutoProvisioning` is on, which AKS refuses beside pools that scale. Set both to the same number.",
    ],
    [
        "Windows on Cilium",
        { "nodePools.win": { vmSize: "Standard_D4ds_v5", osType: "Windows" } },
        "nodePools.win.osType: `win.osType` is Windows, but cluster.dataplane is Cilium, which AKS has for Linux nodes only. Use Linux, or a new cluster with dataplane Azure: it cannot be changed later.",
    ],
    [
        "a Windows pool's name is long",
        {
            "cluster.dataplane": "Azure",
            "nodePools.windows": { vmSize: "Standard_D4ds_v5", osType: "Windows" },
        },
        'nodePools.windows: `nodePools.windows` is "windows": Azure allows 1 to 6 lower-case letters and digits for a Windows pool, starting with a letter. Choose another name.',
    ],
    [
        "domain name policies without Cilium",
        { "cluster.dataplane": "Azure", "cluster.advancedNetworking": { security: true } },
        "cluster.advancedNetworking.security: `advancedNetworking.security` is true but `dataplane` is Azure: policies on domain names need Cilium. Set it to false or use Cilium.",
    ],
    [
        "Spot nodes for system services",
        { "nodePools.sys": { vmSize: "Standard_D4ds_v5", spot: {}, mode: "System" } },
        "nodePools.sys.spot: `spot` is set but `mode` is System: AKS keeps the cluster's own services off Spot nodes. Set `mode` to User.",
    ],
    [
        "a Spot price of nothing",
        { "nodePools.spot": { vmSize: "Standard_D4ds_v5", spot: { maxPrice: 0 } } },
        "nodePools.spot.spot.maxPrice: `spot.maxPrice` is 0: Azure allows -1, up to the normal price, or more than 0 USD an hour.",
    ],
    [
        "an ephemeral disk without a local disk",
        { "nodePools.apps.vmSize": "Standard_D4s_v5" },
        'nodePools.apps.ephemeralOsDisk: `ephemeralOsDisk` is true but Standard_D4s_v5 has no local disk to put it on. Choose a size with a "d" after the number of cores, or set `ephemeralOsDisk` to false.',
    ],
    [
        "a GPU setting without a GPU",
        { "nodePools.apps.gpu": {} },
        "nodePools.apps.gpu: `gpu` is set but Standard_D4ds_v5 has no GPU. Choose a size of the N series or remove `gpu`.",
    ],
    [
        "a zone is named twice",
        { "nodePools.apps.zones": ["1", "1"] },
        'nodePools.apps.zones: `zones` is ["1","1"]: availability zones are single digits, each named once, such as ["1", "2", "3"].',
    ],
    [
        "zones in a region without",
        { location: "westus", "nodePools.apps.zones": [], "cluster.systemPool": { zones: ["1"] } },
        'cluster.systemPool.zones: `zones` is ["1"], but westus has no availability zones. Use [], or another region.',
    ],
    [
        "a pool's zones in a region without",
        { location: "westus", "nodePools.apps.zones": ["1", "2"], "cluster.systemPool": { zones: [] } },
        'nodePools.apps.zones: `zones` is ["1","2"], but westus has no availability zones. Use [], or another region.',
    ],
    [
        "a label of AKS",
        { "nodePools.apps.labels": { "kubernetes.azure.com/mode": "user" } },
        'nodePools.apps.labels: `labels` has "kubernetes.azure.com/mode": AKS keeps the prefix kubernetes.azure.com/ for itself. Use a prefix of your own.',
    ],
    [
        "the node-image channel with kured",
        { "cluster.upgrades": { channel: "node-image", nodePatching: "Kured" }, "kubernetes.kured": kured },
        "cluster.upgrades.nodePatching: `upgrades.nodePatching` is Kured but `upgrades.channel` is node-image, which decides about node patches itself. Set `upgrades.nodePatching` to NodeImage or choose another channel.",
    ],
    [
        "a node window at kured's hours",
        {
            "cluster.upgrades": {
                nodePatching: "Kured",
                nodeWindow: { dayOfWeek: "Monday", startTime: "02:00" },
            },
            "kubernetes.kured": kured,
        },
        "cluster.upgrades.nodeWindow: `nodeWindow` Monday 02:00 +00:00, 4 hours, overlaps kured's window mo 01:00 to 05:00 UTC at some time of the year: both would take nodes away at once. Move one of them to other days or hours.",
    ],
    [
        "windows overlap",
        {
            "cluster.upgrades": {
                nodePatching: "Kured",
                clusterWindow: { dayOfWeek: "Monday", startTime: "03:00" },
            },
            "kubernetes.kured": kured,
        },
        "cluster.upgrades.clusterWindow: `clusterWindow` Monday 03:00 +00:00, 4 hours, overlaps kured's window mo 01:00 to 05:00 UTC at some time of the year: both would take nodes away at once. Move one of them to other days or hours.",
    ],
    [
        "windows overlap in summer only",
        {
            "cluster.upgrades": {
                nodePatching: "Kured",
                clusterWindow: { dayOfWeek: "Monday", startTime: "22:00", durationInHours: 4 },
            },
            "kubernetes.kured": {
                window: { days: ["tu"], startTime: "03:00", endTime: "05:00", timeZone: "Europe/Amsterdam" },
            },
        },
        "cluster.upgrades.clusterWindow: `clusterWindow` Monday 22:00 +00:00, 4 hours, overlaps kured's window tu 03:00 to 05:00 Europe/Amsterdam at some time of the year: both would take nodes away at once. Move one of them to other days or hours.",
    ],
    [
        "a private vault out of the API server's reach",
        { "cluster.encryption": { kms: true }, "cluster.apiServer": { vnetIntegration: false } },
        "cluster.encryption.kms: `encryption.kms` is true, but `apiServer.vnetIntegration` is false: the API server reaches a private vault only from within the network. Set one of them the other way.",
    ],
    [
        "a public vault for the API server's key",
        {
            "cluster.encryption": { kms: true },
            keyVault: { publicNetworkAccess: true, allowedIpRanges: ["203.0.113.0/24"] },
        },
        "cluster.encryption.kms: `encryption.kms` is true, but keyVault.publicNetworkAccess is true: AKS takes a vault without public access, or one without a firewall, which this landing zone does not make. Set one of them to false.",
    ],
    [
        "disks on a key that can be purged",
        { "cluster.encryption": { customerManagedDisks: true }, keyVault: { purgeProtection: false } },
        "cluster.encryption.customerManagedDisks: `customerManagedDisks` is true, but keyVault.purgeProtection is false: what a purged key encrypted is lost. Set purgeProtection to true.",
    ],
    [
        "the cluster's name ends with a hyphen",
        { names: { cluster: "aks-test-" } },
        'names.cluster: `names.cluster` is "aks-test-": Azure allows letters, digits, underscores and hyphens, starting and ending with a letter or digit. Choose another name.',
    ],
    [
        "etcd on a key that can be purged",
        { "cluster.encryption": { kms: true }, keyVault: { purgeProtection: false } },
        "cluster.encryption.kms: `kms` is true, but keyVault.purgeProtection is false: what a purged key encrypted is lost. Set purgeProtection to true.",
    ],
    [
        "Windows with a size for Arm64",
        { "cluster.dataplane": "Azure", "nodePools.win": { vmSize: "Standard_D4pds_v5", osType: "Windows" } },
        'nodePools.win.vmSize: `vmSize` is Standard_D4pds_v5, an Arm64 size, but `osType` is Windows: AKS has Windows for x64 only. Choose a size without "p".',
    ],
];
