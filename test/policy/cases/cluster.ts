import { inside, remove, resource, setInput } from "../../support/editing";
import type { EditableStack } from "../editableStack";
import { removed, set, unwaived, without } from "../breakage";
import type { Breakage } from "../breakage";

const cluster = "cluster-managed-cluster";
const apps = "pool-apps-agent-pool";
const spot = "pool-spot-agent-pool";
const kured = "kured-release";

const systemPool = (stack: EditableStack) => inside(stack, cluster, "agentPoolProfiles", "0");

function withoutKured(stack: EditableStack): void {
    remove(stack, kured);
    for (const phase of [stack.preview, stack.update]) {
        phase.resources = phase.resources.filter(({ type }) => !type.endsWith(":Kured"));
    }
}

/** What breaks rules about the cluster itself. */
const ofCluster: readonly Breakage[] = [
    {
        rule: "cluster-without-local-accounts",
        breaks: "a missing property",
        change: without(cluster, "disableLocalAccounts"),
        expect: [`${cluster}: \`disableLocalAccounts\` is not set to true`],
    },
    {
        rule: "cluster-uses-entra-and-azure-rbac",
        breaks: "Kubernetes' own authorisation",
        change: set(cluster, "aadProfile.enableAzureRBAC", false),
        expect: [`${cluster}: \`aadProfile.enableAzureRBAC\` is not set to true`],
    },
    {
        rule: "cluster-uses-entra-and-azure-rbac",
        breaks: "a missing profile",
        change: without(cluster, "aadProfile"),
        expect: [
            `${cluster}: \`aadProfile.managed\` is not set to true`,
            `${cluster}: \`aadProfile.enableAzureRBAC\` is not set to true`,
        ],
    },
    {
        rule: "api-server-is-not-open",
        breaks: "no authorised ranges",
        on: "dev",
        change: without(cluster, "apiServerAccessProfile.authorizedIPRanges"),
        expect: [`${cluster}: is public and names no authorised ranges`],
    },
    {
        rule: "api-server-is-not-open",
        breaks: "everybody authorised",
        on: "dev",
        change: set(cluster, "apiServerAccessProfile.authorizedIPRanges", ["203.0.113.0/24", "0.0.0.0/0"]),
        expect: [`${cluster}: is public and authorises 0.0.0.0/0`],
    },
    {
        rule: "cluster-issues-workload-identities",
        breaks: "no issuer",
        change: set(cluster, "oidcIssuerProfile.enabled", false),
        expect: [`${cluster}: \`oidcIssuerProfile.enabled\` is not set to true`],
    },
    {
        rule: "cluster-issues-workload-identities",
        breaks: "no workload identity",
        change: without(cluster, "securityProfile.workloadIdentity"),
        expect: [`${cluster}: \`securityProfile.workloadIdentity.enabled\` is not set to true`],
    },
    {
        rule: "cluster-uses-own-identities",
        breaks: "a system-assigned identity",
        change: set(cluster, "identity.type", "SystemAssigned"),
        expect: [`${cluster}: \`identity.type\` is not UserAssigned`],
    },
    {
        rule: "cluster-uses-own-identities",
        breaks: "AKS's own kubelet identity",
        change: without(cluster, "identityProfile.kubeletidentity.resourceId"),
        expect: [`${cluster}: \`identityProfile.kubeletidentity\` names no identity`],
    },
    {
        rule: "cluster-enforces-network-policies",
        breaks: "no engine",
        change: without(cluster, "networkProfile.networkPolicy"),
        expect: [`${cluster}: \`networkProfile.networkPolicy\` names no engine`],
    },
    {
        rule: "cluster-enforces-azure-policy",
        breaks: "a missing add-on",
        change: without(cluster, "addonProfiles.azurepolicy"),
        expect: [`${cluster}: the Azure Policy add-on is off`],
    },
    {
        rule: "cluster-has-an-uptime-promise",
        breaks: "the Free tier",
        change: set(cluster, "sku.tier", "Free"),
        expect: [`${cluster}: is of the Free tier`],
    },
    {
        rule: "cluster-has-an-uptime-promise",
        breaks: "no tier, for which Azure takes Free",
        change: without(cluster, "sku"),
        expect: [`${cluster}: is of the Free tier`],
    },
    {
        rule: "cluster-runs-no-commands-from-outside",
        breaks: "a missing property",
        change: without(cluster, "apiServerAccessProfile.disableRunCommand"),
        expect: [`${cluster}: \`apiServerAccessProfile.disableRunCommand\` is not set to true`],
    },
    {
        rule: "node-resource-group-is-locked",
        breaks: "a missing profile",
        change: without(cluster, "nodeResourceGroupProfile"),
        expect: [`${cluster}: \`nodeResourceGroupProfile.restrictionLevel\` is not ReadOnly`],
    },
    {
        rule: "cluster-removes-unused-images",
        breaks: "no image cleaner",
        change: without(cluster, "securityProfile.imageCleaner"),
        expect: [`${cluster}: the image cleaner is off`],
    },
    {
        rule: "cluster-renews-vault-secrets",
        breaks: "a missing add-on",
        change: without(cluster, "addonProfiles.azureKeyvaultSecretsProvider"),
        expect: [`${cluster}: the add-on for vault secrets is off`],
    },
    {
        rule: "cluster-renews-vault-secrets",
        breaks: "secrets that stay as they were",
        change: without(cluster, "addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation"),
        expect: [`${cluster}: the add-on for vault secrets does not renew them`],
    },
    {
        rule: "cluster-networking-is-not-retired",
        breaks: "kubenet",
        change: set(cluster, "networkProfile.networkPlugin", "kubenet"),
        expect: [`${cluster}: \`networkProfile.networkPlugin\` is not azure`],
    },
    {
        rule: "cluster-networking-is-not-retired",
        breaks: "no load balancer named",
        change: without(cluster, "networkProfile.loadBalancerSku"),
        expect: [`${cluster}: \`networkProfile.loadBalancerSku\` is not standard`],
    },
    {
        rule: "cluster-is-watched-by-defender",
        breaks: "the waiver taken away",
        change: unwaived("cluster-is-watched-by-defender"),
        expect: [`${cluster}: the sensor of Defender is off`],
    },
];

/** What breaks rules about node pools. */
const ofPools: readonly Breakage[] = [
    {
        rule: "cluster-has-one-inline-pool",
        breaks: "a second inline pool",
        change: (stack) => {
            const second = { ...systemPool(stack), name: "more", maxCount: 3, minCount: 3, count: 3 };
            (resource(stack, cluster).inputs["agentPoolProfiles"] as unknown[]).push(second);
        },
        expect: [`${cluster}: has 2 inline pools`],
    },
    {
        rule: "cluster-has-one-inline-pool",
        breaks: "an inline user pool",
        change: (stack) => void (systemPool(stack)["mode"] = "User"),
        expect: [`${cluster}: its inline pool is not a system pool`],
    },
    {
        rule: "node-pool-limits-are-consistent",
        breaks: "limits the wrong way round",
        on: "dev",
        change: set(apps, "minCount", 7),
        expect: [`${apps}: pool apps359e: cannot scale from 7 to 6 nodes`],
    },
    {
        rule: "node-pool-limits-are-consistent",
        breaks: "a system pool that may be empty",
        change: (stack) => void Object.assign(systemPool(stack), { minCount: 0, count: 0 }),
        expect: [`${cluster}: pool system: cannot scale from 0 to 5 nodes`],
        also: ["system-pool-survives-a-node"],
    },
    {
        rule: "node-pool-limits-are-consistent",
        breaks: "a count outside the limits",
        on: "dev",
        change: set(apps, "count", 9),
        expect: [`${apps}: pool apps359e: starts with 9 nodes, outside 2 to 6`],
    },
    {
        rule: "node-pool-limits-are-consistent",
        breaks: "missing limits",
        on: "dev",
        change: without(apps, "maxCount"),
        expect: [`${apps}: pool apps359e: autoscales without \`minCount\` and \`maxCount\``],
    },
    {
        rule: "node-pools-span-zones",
        breaks: "a pool in one zone",
        on: "dev",
        change: set(apps, "availabilityZones", ["2"]),
        expect: [`${apps}: pool apps359e is in zone 2 only`],
    },
    {
        rule: "node-pools-span-zones",
        breaks: "a pool without zones",
        change: (stack) => void delete systemPool(stack)["availabilityZones"],
        expect: [`${cluster}: pool system has no zones`],
    },
    {
        rule: "nodes-have-no-public-address",
        breaks: "public nodes",
        on: "dev",
        change: set(apps, "enableNodePublicIP", true),
        expect: [`${apps}: pool apps359e gives its nodes public addresses`],
    },
    {
        rule: "system-pool-takes-system-pods-only",
        breaks: "a missing taint",
        change: (stack) => void delete systemPool(stack)["nodeTaints"],
        expect: [`${cluster}: pool system: lacks the taint CriticalAddonsOnly=true:NoSchedule`],
    },
    {
        rule: "other-pods-find-a-pool",
        breaks: "the only other pool refusing pods",
        change: set(apps, "nodeTaints", ["team=shop:NoSchedule"]),
        expect: [`${cluster}: its system pools take no other pods, and no other pool takes them all`],
    },
    {
        rule: "other-pods-find-a-pool",
        breaks: "a missing pool",
        change: (stack) => {
            remove(stack, apps);
            for (const waiver of stack.waivers) {
                waiver.resources = waiver.resources.filter((name) => name !== apps);
            }
        },
        expect: [`${cluster}: its system pools take no other pods, and no other pool takes them all`],
    },
    {
        rule: "system-pool-survives-a-node",
        breaks: "one node at night",
        change: (stack) => void (systemPool(stack)["minCount"] = 1),
        expect: [`${cluster}: pool system: may go down to 1 node`],
    },
    {
        rule: "nodes-start-securely",
        breaks: "a missing profile",
        on: "dev",
        change: without(apps, "securityProfile"),
        expect: [`${apps}: pool apps359e: \`enableSecureBoot\` and \`enableVTPM\` not set`],
    },
    {
        rule: "node-disks-are-ephemeral",
        breaks: "a missing property",
        on: "dev",
        change: without(apps, "osDiskType"),
        expect: [`${apps}: pool apps359e: \`osDiskType\` is not Ephemeral`],
    },
    {
        rule: "nodes-encrypt-their-disks",
        breaks: "a waiver taken away",
        on: "dev",
        change: unwaived("nodes-encrypt-their-disks"),
        expect: [
            `${cluster}: pool system: \`enableEncryptionAtHost\` is off`,
            `${apps}: pool apps359e: \`enableEncryptionAtHost\` is off`,
            `${spot}: pool spot2731: \`enableEncryptionAtHost\` is off`,
        ],
    },
    {
        rule: "node-sizes-do-not-burst",
        breaks: "a size of the B series",
        on: "dev",
        change: set(apps, "vmSize", "Standard_B4ms"),
        expect: [`${apps}: pool apps359e: Standard_B4ms is of the B series`],
    },
    {
        rule: "node-subnets-have-room",
        breaks: "a subnet for fewer nodes",
        change: set("network-system-nodes-subnet", "addressPrefix", "10.32.1.0/29"),
        expect: ["network-system-nodes-subnet: has 3 addresses for 7 nodes"],
    },
    {
        rule: "pod-range-has-room",
        breaks: "a range for eight nodes",
        change: set(cluster, "networkProfile.podCidr", "10.244.0.0/21"),
        expect: [
            `${cluster}: \`podCidr\` 10.244.0.0/21 has room for 8 nodes, a /24 each, but all pools together can have 23 (maximum + surge: system 5 + 2, apps9c97 12 + 4). Use a /19 or larger, or lower \`maxCount\` of the pools.`,
        ],
    },
    {
        rule: "spot-pools-take-no-ordinary-pods",
        breaks: "a missing taint",
        on: "dev",
        change: set(spot, "nodeTaints", ["spot=true:PreferNoSchedule"]),
        expect: [
            `${spot}: pool spot2731: lacks the taint kubernetes.azure.com/scalesetpriority=spot:NoSchedule`,
        ],
    },
    {
        rule: "autoscaled-counts-are-left-alone",
        breaks: "a count that deployments set",
        change: (stack) => void (resource(stack, apps).options.ignoreChanges = ["tags"]),
        expect: [`${apps}: \`ignoreChanges\` does not name its count`],
    },
];

/** What breaks rules about upgrades. */
const ofUpgrades: readonly Breakage[] = [
    {
        rule: "nodes-are-patched-by-one",
        breaks: "kured beside AKS's own patching",
        change: (stack) => {
            setInput(stack, cluster, "autoUpgradeProfile.nodeOSUpgradeChannel", "NodeImage");
            unwaived("node-images-come-from-aks")(stack);
        },
        expect: [`${cluster}: its node OS channel is NodeImage, with which kured does nothing`],
    },
    {
        rule: "nodes-are-patched-by-one",
        breaks: "unmanaged nodes without kured",
        change: withoutKured,
        expect: [
            `${cluster}: leaves patches to the nodes, but nothing restarts them: kured is not installed`,
        ],
    },
    {
        rule: "cluster-has-maintenance-windows",
        breaks: "a missing window",
        change: removed("cluster-cluster-window"),
        expect: [`${cluster}: has no aksManagedAutoUpgradeSchedule`],
    },
    {
        rule: "cluster-has-maintenance-windows",
        breaks: "no window for nodes",
        change: removed("cluster-node-window"),
        expect: [`${cluster}: has no aksManagedNodeOSUpgradeSchedule`],
    },
    {
        rule: "cluster-has-maintenance-windows",
        breaks: "a window that AKS refuses",
        change: set("cluster-cluster-window", "maintenanceWindow.durationHours", 3),
        expect: [`${cluster}: aksManagedAutoUpgradeSchedule lasts 3 hours; AKS needs 4`],
    },
    {
        rule: "kubernetes-version-is-supported",
        breaks: "no version",
        change: without(cluster, "kubernetesVersion"),
        expect: [`${cluster}: \`kubernetesVersion\` is not set: AKS chooses one`],
    },
    {
        rule: "kubernetes-version-is-supported",
        breaks: "a version with long-term support only",
        change: set(cluster, "kubernetesVersion", "1.33.4"),
        expect: [
            `${cluster}: \`kubernetesVersion\` is "1.33", whose standard support ended in July 2026: it is left with long-term support, to July 2027. Use a later version, or set \`longTermSupport\` to true with tier Premium.`,
        ],
    },
    {
        rule: "kubernetes-patches-arrive",
        breaks: "no channel",
        change: without(cluster, "autoUpgradeProfile.upgradeChannel"),
        expect: [`${cluster}: its upgrade channel is unset`],
    },
    {
        rule: "kubernetes-patches-arrive",
        breaks: "every new minor version at once",
        change: set(cluster, "autoUpgradeProfile.upgradeChannel", "rapid"),
        expect: [`${cluster}: its upgrade channel is rapid`],
    },
    {
        rule: "node-images-come-from-aks",
        breaks: "the waiver taken away",
        change: unwaived("node-images-come-from-aks"),
        expect: [`${cluster}: its node OS channel is Unmanaged`],
    },
    {
        rule: "maintenance-windows-return",
        breaks: "a window every two months",
        change: set("cluster-cluster-window", "maintenanceWindow.schedule.weekly.intervalWeeks", 8),
        expect: ["cluster-cluster-window: comes back every 8 weeks"],
    },
    {
        rule: "maintenance-windows-return",
        breaks: "no schedule",
        change: without("cluster-node-window", "maintenanceWindow.schedule"),
        expect: ["cluster-node-window: has no schedule"],
    },
    {
        rule: "maintenance-windows-return",
        breaks: "weeks without a number",
        change: without("cluster-cluster-window", "maintenanceWindow.schedule.weekly.intervalWeeks"),
        expect: ["cluster-cluster-window: does not say how often it comes back"],
    },
    ...[
        { schedule: { daily: { intervalDays: 60 } }, often: "60 days" },
        { schedule: { absoluteMonthly: { intervalMonths: 1, dayOfMonth: 1 } }, often: "1 months" },
        { schedule: { relativeMonthly: { intervalMonths: 6, weekIndex: "First" } }, often: "6 months" },
    ].map(({ schedule, often }) => ({
        rule: "maintenance-windows-return",
        breaks: `a window every ${often}`,
        change: set("cluster-cluster-window", "maintenanceWindow.schedule", schedule),
        expect: [`cluster-cluster-window: comes back every ${often}`],
    })),
    {
        rule: "maintenance-and-reboots-are-apart",
        breaks: "kured at work on Sunday morning",
        change: set(kured, "values.configuration.rebootDays", ["su"]),
        expect: ["cluster-cluster-window: overlaps kured's window at some time of the year"],
    },
    {
        rule: "kured-restarts-one-node-in-a-window",
        breaks: "two nodes at once",
        change: set(kured, "values.configuration.concurrency", 2),
        expect: [`${kured}: \`configuration.concurrency\` is not 1`],
    },
    {
        rule: "kured-restarts-one-node-in-a-window",
        breaks: "no days and no hour, for which kured takes all",
        change: (stack) => {
            setInput(stack, kured, "values.configuration.rebootDays", []);
            setInput(stack, kured, "values.configuration.startTime", "");
        },
        expect: [
            `${kured}: \`configuration.rebootDays\` is not set`,
            `${kured}: \`configuration.startTime\` is not set`,
        ],
    },
    {
        rule: "kured-restarts-one-node-in-a-window",
        breaks: "no end of the day",
        change: without(kured, "values.configuration.endTime"),
        expect: [`${kured}: \`configuration.endTime\` is not set`],
    },
    {
        rule: "pools-surge-on-upgrade",
        breaks: "a missing property",
        on: "dev",
        change: without(apps, "upgradeSettings"),
        expect: [`${apps}: pool apps359e: adds no nodes for an upgrade`],
    },
];

/** What breaks rules about the cluster, its pools and its upgrades. */
export const clusterBreakages: readonly Breakage[] = [...ofCluster, ...ofPools, ...ofUpgrades];
