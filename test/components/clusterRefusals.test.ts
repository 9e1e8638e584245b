import * as assert from "node:assert/strict";
import { Cluster } from "../../components/cluster";
import type { ClusterArgs } from "../../components/clusterArgs";
import { baseline, keyId, networkId, subnetId, vaultId, window, zoneId } from "../support/clusterFixture";
import type { Change } from "../support/clusterFixture";
import { deploy, failureOf } from "../support/harness";

function errorOf(change: Change): Promise<string> {
    const args = baseline();
    return failureOf(() => {
        new Cluster("test", { ...args, ...change(args) });
    });
}

describe("Cluster refuses", () => {
    const apiServer =
        (change: NonNullable<ClusterArgs["apiServer"]>): Change =>
        (args) => ({ apiServer: { ...args.apiServer, ...change } });
    const network =
        (change: Partial<ClusterArgs["network"]>): Change =>
        (args) => ({ network: { ...args.network, ...change } });
    const systemPool =
        (change: Partial<ClusterArgs["systemPool"]>): Change =>
        (args) => ({ systemPool: { ...args.systemPool, ...change } });
    const addons =
        (change: NonNullable<ClusterArgs["addons"]>): Change =>
        () => ({ addons: change });
    const open = {
        exposure: "PublicRestricted",
        authorizedIpRanges: ["203.0.113.7"],
    } satisfies ClusterArgs["apiServer"];

    const cases: [string, Change, string][] = [
        [
            "a cluster name with a dot",
            () => ({ clusterName: "aks.test", dnsPrefix: "aks" }),
            '`clusterName` is "aks.test": Azure allows letters, digits, underscores and hyphens, starting and ending with a letter or digit. Choose another name.',
        ],
        [
            "a host name that starts with a hyphen",
            () => ({ dnsPrefix: "-aks" }),
            '`dnsPrefix` is "-aks": Azure allows 1 to 54 letters, digits and hyphens, starting and ending with a letter or digit. Set it to such a name.',
        ],
        [
            "a long node resource group name",
            () => ({ nodeResourceGroupName: "n".repeat(81) }),
            `\`nodeResourceGroupName\` is "${"n".repeat(81)}": it has 81 characters, AKS allows 80. Choose a shorter name.`,
        ],
        [
            "a version that is none",
            () => ({ kubernetesVersion: "v1.36" }),
            '`kubernetesVersion` is "v1.36": write a minor version such as "1.36".',
        ],
        [
            "a patch version that AKS would leave behind",
            () => ({ kubernetesVersion: "1.36.3" }),
            '`kubernetesVersion` is "1.36.3" but `upgrades.channel` is patch: AKS moves past that patch, and the next deployment would go back to it. Write "1.36".',
        ],
        [
            "a public API server for everybody",
            apiServer({ exposure: "PublicRestricted" }),
            "`apiServer.exposure` is PublicRestricted but `apiServer.authorizedIpRanges` is empty: AKS would let the whole Internet in. List the public addresses that may reach the API, or use Private.",
        ],
        [
            "the whole Internet as a range",
            apiServer({ ...open, authorizedIpRanges: ["0.0.0.0/0"] }),
            '`apiServer.authorizedIpRanges` has "0.0.0.0/0", which is the whole Internet. List the addresses that may reach the API, or use Private.',
        ],
        [
            "the whole Internet in disguise",
            apiServer({ ...open, authorizedIpRanges: ["203.0.113.7/0"] }),
            '`apiServer.authorizedIpRanges` has "203.0.113.7/0", which is the whole Internet. List the addresses that may reach the API, or use Private.',
        ],
        [
            "half the Internet",
            apiServer({ ...open, authorizedIpRanges: ["128.0.0.0/1"] }),
            '`apiServer.authorizedIpRanges` has "128.0.0.0/1", which is a large part of the Internet: /8 is the widest that is allowed. List the addresses that may reach the API, or use Private.',
        ],
        [
            "the whole Internet in IPv6",
            apiServer({ ...open, authorizedIpRanges: ["::/0"] }),
            '`apiServer.authorizedIpRanges` has "::/0", which is the whole Internet. List the addresses that may reach the API, or use Private.',
        ],
        [
            "a range that is none",
            apiServer({ ...open, authorizedIpRanges: ["office"] }),
            '`apiServer.authorizedIpRanges` has "office", which is not an IPv4 range in CIDR notation, such as 10.10.0.0/20. Mend the range.',
        ],
        [
            "more ranges than AKS takes",
            apiServer({
                ...open,
                authorizedIpRanges: Array.from({ length: 201 }, (_, i) => `203.0.113.${i}`),
            }),
            "`apiServer.authorizedIpRanges` has 201 entries, AKS allows 200. Join ranges or use Private.",
        ],
        [
            "ranges for a private API server",
            apiServer({ authorizedIpRanges: ["203.0.113.7"] }),
            "`apiServer.authorizedIpRanges` is set but `apiServer.exposure` is Private: AKS filters public API servers only. Remove the ranges or use PublicRestricted.",
        ],
        [
            "a private zone for a public API server",
            apiServer({ ...open, privateDnsZoneId: zoneId }),
            "`apiServer.privateDnsZoneId` is set but `apiServer.exposure` is PublicRestricted: only a private API server has a name in a private zone. Remove it or use Private.",
        ],
        [
            "a second public name",
            apiServer({ ...open, publicFqdn: true }),
            "`apiServer.publicFqdn` is true but `apiServer.exposure` is PublicRestricted: such an API server has a public name anyway. Remove it.",
        ],
        [
            "network integration without a subnet",
            () => ({ apiServer: {} }),
            "`apiServer.subnetId` is not set but `apiServer.vnetIntegration` is on: the API server needs a subnet of its own, /28 at least, delegated to Microsoft.ContainerService/managedClusters. Set it, or set `apiServer.vnetIntegration` to false.",
        ],
        [
            "a subnet without network integration",
            apiServer({ vnetIntegration: false }),
            "`apiServer.subnetId` is set but `apiServer.vnetIntegration` is false: the subnet would stay unused. Remove one of them.",
        ],
        [
            "a zone without its network",
            apiServer({ privateDnsZoneId: zoneId }),
            "`apiServer.privateDnsZoneId` is set but `network.virtualNetworkId` is not: AKS links the zone to the network and its identity needs rights on both. Set `network.virtualNetworkId`.",
        ],
        [
            "two subnets of one key",
            network({
                nodeSubnets: [
                    { key: "nodes", subnetId: subnetId("system-nodes") },
                    { key: "nodes", subnetId: subnetId("user-nodes") },
                ],
            }),
            '`network.nodeSubnets` has the key "nodes" twice. Give every subnet a key of its own.',
        ],
        [
            "no subnet at all",
            network({ nodeSubnets: [] }),
            "`network.nodeSubnets` is empty: the cluster's identity would have no right to place nodes. List the subnets of the node pools.",
        ],
        [
            "a way out that AKS has only in networks of its own",
            network({ outboundType: "managedNATGateway" }),
            '`network.outboundType` is "managedNATGateway": in a network of your own AKS works with userAssignedNATGateway, userDefinedRouting or loadBalancer. Use the one that the node subnets are set up for.',
        ],
        [
            "routes without their table",
            network({ outboundType: "userDefinedRouting" }),
            "`network.outboundType` is userDefinedRouting but `network.routeTableId` is not set: the cluster's identity needs rights on the route table. Set it.",
        ],
        [
            "policies on domain names without Cilium",
            network({ dataplane: "Azure", advancedNetworking: { security: true } }),
            "`network.advancedNetworking.security` is true but `network.dataplane` is Azure: policies on domain names need Cilium. Set it to false or use Cilium.",
        ],
        [
            "a long pool name",
            systemPool({ name: "systemnodes01" }),
            '`systemPool.name` is "systemnodes01": Azure allows 1 to 12 lower-case letters and digits for a Linux pool, starting with a letter. Choose another name.',
        ],
        [
            "a size without a local disk for an ephemeral disk",
            systemPool({ vmSize: "Standard_D4s_v5" }),
            '`systemPool.ephemeralOsDisk` is true but Standard_D4s_v5 has no local disk to put it on. Choose a size with a "d" after the number of cores, or set `systemPool.ephemeralOsDisk` to false.',
        ],
        [
            "a system pool without a node",
            systemPool({ minCount: 0 }),
            "`systemPool.minCount` is 0: AKS allows whole numbers from 1 to 1000 for this pool.",
        ],
        [
            "more nodes at least than at most",
            systemPool({ minCount: 5, maxCount: 3 }),
            "`systemPool.minCount` is 5, more than `systemPool.maxCount`, which is 3. Raise `systemPool.maxCount` or lower `systemPool.minCount`.",
        ],
        [
            "too few pods on system nodes",
            systemPool({ maxPods: 20 }),
            "`systemPool.maxPods` is 20: AKS allows whole numbers from 30 to 250 for this pool.",
        ],
        [
            "Windows system nodes",
            systemPool({ osSku: "Windows2022" }),
            "`systemPool.osSku` is Windows2022, which is no Linux image. Linux pools use Ubuntu or AzureLinux.",
        ],
        [
            "long-term support on a lower tier",
            () => ({ longTermSupport: true }),
            "`longTermSupport` is true but `tier` is Standard: AKS sells it with Premium only. Set `tier` to Premium.",
        ],
        [
            "long-term support with a moving version",
            () => ({ longTermSupport: true, tier: "Premium", upgrades: { channel: "rapid" } }),
            "`longTermSupport` is true but `upgrades.channel` is rapid: AKS supports only the newest patches of a long-term version. Set it to patch.",
        ],
        [
            "two opinions about node patches",
            () => ({ upgrades: { channel: "node-image", nodePatching: "Kured" } }),
            "`upgrades.nodePatching` is Kured but `upgrades.channel` is node-image, which decides about node patches itself. Set `upgrades.nodePatching` to NodeImage or choose another channel.",
        ],
        [
            "a short cluster window",
            () => ({ upgrades: { clusterWindow: { ...window, durationInHours: 3 } } }),
            "`upgrades.clusterWindow.durationInHours` is 3: AKS allows whole hours from 4 to 24, an upgrade takes that long. Choose a longer or shorter window.",
        ],
        [
            "a node window at no time",
            () => ({ upgrades: { nodeWindow: { ...window, startTime: "24:00" } } }),
            '`upgrades.nodeWindow.startTime` is "24:00": write a time of day as HH:MM, from 00:00 to 23:59.',
        ],
        [
            "container insights without a workspace",
            () => ({ monitoring: { containerInsights: true } }),
            "`monitoring.containerInsights` is true but `monitoring.logAnalyticsWorkspaceId` is not set: there is no workspace to write to. Set it.",
        ],
        [
            "Defender without a workspace",
            () => ({ monitoring: { defender: true } }),
            "`monitoring.defender` is true but `monitoring.logAnalyticsWorkspaceId` is not set: there is no workspace to write to. Set it.",
        ],
        [
            "cost analysis on the free tier",
            () => ({ tier: "Free", addons: { costAnalysis: true } }),
            "`addons.costAnalysis` is true but `tier` is Free: AKS has it with Standard and Premium only. Set it to false or raise the tier.",
        ],
        [
            "an image cleaner that never rests",
            addons({ imageCleanerIntervalInHours: 23 }),
            "`addons.imageCleanerIntervalInHours` is 23: AKS allows whole hours from 24 to 2160, which is three months; 0 switches the cleaner off.",
        ],
        [
            "an image cleaner that rests too long",
            addons({ imageCleanerIntervalInHours: 2161 }),
            "`addons.imageCleanerIntervalInHours` is 2161: AKS allows whole hours from 24 to 2160, which is three months; 0 switches the cleaner off.",
        ],
        [
            "a rotation without a pause",
            addons({ secretRotationIntervalInMinutes: 0 }),
            "`addons.secretRotationIntervalInMinutes` is 0: write whole minutes, 1 at least.",
        ],
        [
            "an Istio version that is no revision",
            addons({ istioRevision: "1.30" }),
            '`addons.istioRevision` is "1.30": write a revision such as asm-1-30; `az aks mesh get-revisions` lists them.',
        ],
        [
            "a proxy without an address",
            addons({ httpProxy: { noProxy: ["10.0.0.0/8"] } }),
            "`addons.httpProxy` names no proxy. Set `httpProxy`, `httpsProxy` or both, or remove it.",
        ],
        [
            "node auto-provisioning beside a pool that scales",
            (args) => ({
                ...network({ virtualNetworkId: networkId })(args),
                ...systemPool({ minCount: 2, maxCount: 4 })(args),
                addons: { nodeAutoProvisioning: true },
            }),
            "`systemPool.minCount` is 2 and `systemPool.maxCount` is 4 but `addons.nodeAutoProvisioning` is on, which AKS refuses beside pools that scale. Set both to the same number.",
        ],
        [
            "node auto-provisioning with Calico",
            (args) => ({
                ...network({ virtualNetworkId: networkId, dataplane: "Azure" })(args),
                addons: { nodeAutoProvisioning: true },
            }),
            "`addons.nodeAutoProvisioning` is on but `network.dataplane` is Azure, whose Calico AKS refuses beside it. Use Cilium or switch it off.",
        ],
        [
            "node auto-provisioning in an unknown network",
            addons({ nodeAutoProvisioning: true }),
            "`addons.nodeAutoProvisioning` is on but `network.virtualNetworkId` is not set: the cluster's identity needs rights on the network to place the nodes. Set it.",
        ],
        [
            "a key without its vault",
            () => ({ encryption: { kmsKeyId: keyId } }),
            "`encryption.kmsKeyId` is set but `encryption.kmsKeyVaultId` is not: the cluster's identity needs a role in the vault that holds the key. Set it.",
        ],
        [
            "a vault without a key",
            () => ({ encryption: { kmsKeyVaultId: vaultId } }),
            "`encryption.kmsKeyVaultId` is set but `encryption.kmsKeyId` is not: nothing would be encrypted with a key of the vault. Set both or none.",
        ],
        [
            "a private vault without a key",
            () => ({ encryption: { kmsPrivateVault: true } }),
            "`encryption.kmsPrivateVault` is true but `encryption.kmsKeyId` is not set. Set it or remove `encryption.kmsPrivateVault`.",
        ],
        [
            "a private vault out of reach",
            () => ({
                apiServer: { vnetIntegration: false },
                encryption: { kmsKeyId: keyId, kmsKeyVaultId: vaultId, kmsPrivateVault: true },
            }),
            "`encryption.kmsPrivateVault` is true but `apiServer.vnetIntegration` is false: the API server reaches a private vault only from within the network. Switch one of them.",
        ],
    ];
    for (const [what, change, message] of cases) {
        it(what, async () => {
            assert.equal(await errorOf(change), message);
        });
    }

    const extremes: [string, Change][] = [
        [
            "200 ranges",
            apiServer({
                ...open,
                authorizedIpRanges: Array.from({ length: 200 }, (_, i) => `203.0.113.${i}`),
            }),
        ],
        ["a node resource group of 80 characters", () => ({ nodeResourceGroupName: "n".repeat(80) })],
        ["a host name of 54 characters", () => ({ dnsPrefix: "d".repeat(54) })],
        ["an image cleaner that comes every day", addons({ imageCleanerIntervalInHours: 24 })],
        ["an image cleaner that comes every three months", addons({ imageCleanerIntervalInHours: 2160 })],
        ["a rotation every minute", addons({ secretRotationIntervalInMinutes: 1 })],
        ["a single system node", systemPool({ minCount: 1, maxCount: 1 })],
    ];
    for (const [what, change] of extremes) {
        it(`not yet ${what}`, async () => {
            const args = baseline();
            const deployment = await deploy(() => {
                new Cluster("test", { ...args, ...change(args) });
            });
            deployment.one("azure-native:containerservice:ManagedCluster");
        });
    }

    it("several faults at once, each in a line", async () => {
        const message = await errorOf(() => ({
            kubernetesVersion: "latest",
            tier: "Free",
            longTermSupport: true,
        }));
        assert.equal(
            message,
            [
                '`kubernetesVersion` is "latest": write a minor version such as "1.36".',
                "`longTermSupport` is true but `tier` is Free: AKS sells it with Premium only. Set `tier` to Premium.",
            ].join("\n"),
        );
    });
});
