import type { ClusterArgs, ClusterNetworkArgs } from "../clusterArgs";
import { cidrProblem, isIpv4Address, parseCidr } from "./cidr";
import type { ClusterSettings } from "./clusterSettings";
import { duplicates } from "./duplicates";
import { countProblems, machineProblems } from "./machineChecks";
import { maintenanceWindowProblems } from "./maintenance";
import { nameProblem } from "./naming";
import { poolNameProblem } from "./nodePoolName";

const maxAuthorizedRanges = 200;

/** What AKS would refuse about a cluster, one sentence each; empty when it is good. */
export function clusterProblems(args: ClusterArgs, settings: ClusterSettings): string[] {
    return [
        ...nameProblems(args, settings),
        ...versionProblems(args, settings),
        ...apiServerProblems(args, settings),
        ...networkProblems(args, settings),
        ...systemPoolProblems(settings),
        ...upgradeProblems(args, settings),
        ...monitoringProblems(args, settings),
        ...addonProblems(args, settings),
        ...nodeAutoProvisioningProblems(args, settings),
        ...encryptionProblems(args, settings),
    ];
}

function nameProblems(
    { clusterName }: ClusterArgs,
    { dnsPrefix, nodeResourceGroupName }: ClusterSettings,
): string[] {
    const problems: string[] = [];
    const name = nameProblem("cluster", clusterName);
    if (name) {
        problems.push(`\`clusterName\` is "${clusterName}": ${name}. Choose another name.`);
    }
    if (!/^[A-Za-z0-9]([A-Za-z0-9-]{0,52}[A-Za-z0-9])?$/.test(dnsPrefix)) {
        problems.push(
            `\`dnsPrefix\` is "${dnsPrefix}": Azure allows 1 to 54 letters, digits and hyphens, starting and ending with a letter or digit. Set it to such a name.`,
        );
    }
    if (nodeResourceGroupName.length > 80) {
        problems.push(
            `\`nodeResourceGroupName\` is "${nodeResourceGroupName}": it has ${nodeResourceGroupName.length} characters, AKS allows 80. Choose a shorter name.`,
        );
    }
    return problems;
}

function versionProblems({ kubernetesVersion }: ClusterArgs, { channel }: ClusterSettings): string[] {
    if (!/^1\.\d{1,2}(\.\d{1,2})?$/.test(kubernetesVersion)) {
        return [`\`kubernetesVersion\` is "${kubernetesVersion}": write a minor version such as "1.36".`];
    }
    const minor = kubernetesVersion.split(".").slice(0, 2).join(".");
    if (channel === "patch" && minor !== kubernetesVersion) {
        return [
            `\`kubernetesVersion\` is "${kubernetesVersion}" but \`upgrades.channel\` is patch: AKS moves past that patch, and the next deployment would go back to it. ` +
                `Write "${minor}".`,
        ];
    }
    return [];
}

function apiServerProblems({ apiServer = {}, network }: ClusterArgs, settings: ClusterSettings): string[] {
    const { exposure, vnetIntegration, publicFqdn } = settings;
    const { authorizedIpRanges = [], subnetId, privateDnsZoneId } = apiServer;
    const problems: string[] = [];
    if (exposure === "PublicRestricted") {
        if (authorizedIpRanges.length === 0) {
            problems.push(
                "`apiServer.exposure` is PublicRestricted but `apiServer.authorizedIpRanges` is empty: AKS would let the whole Internet in. " +
                    "List the public addresses that may reach the API, or use Private.",
            );
        }
        if (privateDnsZoneId !== undefined) {
            problems.push(
                "`apiServer.privateDnsZoneId` is set but `apiServer.exposure` is PublicRestricted: only a private API server has a name in a private zone. " +
                    "Remove it or use Private.",
            );
        }
        if (publicFqdn) {
            problems.push(
                "`apiServer.publicFqdn` is true but `apiServer.exposure` is PublicRestricted: such an API server has a public name anyway. Remove it.",
            );
        }
    } else if (authorizedIpRanges.length > 0) {
        problems.push(
            "`apiServer.authorizedIpRanges` is set but `apiServer.exposure` is Private: AKS filters public API servers only. " +
                "Remove the ranges or use PublicRestricted.",
        );
    }
    if (authorizedIpRanges.length > maxAuthorizedRanges) {
        problems.push(
            `\`apiServer.authorizedIpRanges\` has ${authorizedIpRanges.length} entries, AKS allows ${maxAuthorizedRanges}. Join ranges or use Private.`,
        );
    }
    problems.push(...authorizedIpRanges.flatMap(authorizedRangeProblem));
    if (vnetIntegration && subnetId === undefined) {
        problems.push(
            "`apiServer.subnetId` is not set but `apiServer.vnetIntegration` is on: the API server needs a subnet of its own, /28 at least, delegated to Microsoft.ContainerService/managedClusters. " +
                "Set it, or set `apiServer.vnetIntegration` to false.",
        );
    }
    if (!vnetIntegration && subnetId !== undefined) {
        problems.push(
            "`apiServer.subnetId` is set but `apiServer.vnetIntegration` is false: the subnet would stay unused. Remove one of them.",
        );
    }
    if (privateDnsZoneId !== undefined && exposure === "Private" && network.virtualNetworkId === undefined) {
        problems.push(
            "`apiServer.privateDnsZoneId` is set but `network.virtualNetworkId` is not: AKS links the zone to the network and its identity needs rights on both. " +
                "Set `network.virtualNetworkId`.",
        );
    }
    return problems;
}

// The largest blocks that the Internet's registries ever gave out.
const widestPrefixLength = 8;

function authorizedRangeProblem(range: string): string[] {
    const found = `\`apiServer.authorizedIpRanges\` has "${range}"`;
    if (isIpv4Address(range)) {
        return [];
    }
    if (/\/0+$/.test(range)) {
        return [
            `${found}, which is the whole Internet. List the addresses that may reach the API, or use Private.`,
        ];
    }
    const problem = cidrProblem(range);
    if (problem) {
        return [`${found}, which ${problem}. Mend the range.`];
    }
    // Two halves of the Internet would be the whole of it.
    return parseCidr(range).prefixLength < widestPrefixLength
        ? [
              `${found}, which is a large part of the Internet: /${widestPrefixLength} is the widest that is allowed. List the addresses that may reach the API, or use Private.`,
          ]
        : [];
}

function networkProblems({ network }: ClusterArgs, { dataplane }: ClusterSettings): string[] {
    const problems = duplicates(network.nodeSubnets.map(({ key }) => key)).map(
        (key) => `\`network.nodeSubnets\` has the key "${key}" twice. Give every subnet a key of its own.`,
    );
    if (network.nodeSubnets.length === 0) {
        problems.push(
            "`network.nodeSubnets` is empty: the cluster's identity would have no right to place nodes. List the subnets of the node pools.",
        );
    }
    if (network.advancedNetworking?.security && dataplane !== "Cilium") {
        problems.push(
            `\`network.advancedNetworking.security\` is true but \`network.dataplane\` is ${dataplane}: policies on domain names need Cilium. ` +
                "Set it to false or use Cilium.",
        );
    }
    return [...problems, ...outboundTypeProblems(network)];
}

/** An output says its value too late to be checked here; a Network component gives the right one. */
function outboundTypeProblems({ outboundType, routeTableId }: ClusterNetworkArgs): string[] {
    if (typeof outboundType !== "string") {
        return [];
    }
    if (!["userAssignedNATGateway", "userDefinedRouting", "loadBalancer"].includes(outboundType)) {
        return [
            `\`network.outboundType\` is "${outboundType}": in a network of your own AKS works with userAssignedNATGateway, userDefinedRouting or loadBalancer. ` +
                "Use the one that the node subnets are set up for.",
        ];
    }
    if (outboundType === "userDefinedRouting" && routeTableId === undefined) {
        return [
            "`network.outboundType` is userDefinedRouting but `network.routeTableId` is not set: the cluster's identity needs rights on the route table. " +
                "Set it.",
        ];
    }
    return [];
}

function systemPoolProblems({ systemPool }: ClusterSettings): string[] {
    const name = poolNameProblem(systemPool.name, "Linux");
    return [
        ...(name ? [`\`systemPool.name\` is "${systemPool.name}": ${name}`] : []),
        ...machineProblems("systemPool.", systemPool.machine),
        ...countProblems("systemPool.", 1, systemPool.minCount, systemPool.maxCount),
    ];
}

function upgradeProblems({ upgrades = {} }: ClusterArgs, settings: ClusterSettings): string[] {
    const { tier, longTermSupport, channel, nodePatching } = settings;
    const problems: string[] = [];
    if (longTermSupport && tier !== "Premium") {
        problems.push(
            `\`longTermSupport\` is true but \`tier\` is ${tier}: AKS sells it with Premium only. Set \`tier\` to Premium.`,
        );
    }
    if (longTermSupport && channel !== "patch") {
        problems.push(
            `\`longTermSupport\` is true but \`upgrades.channel\` is ${channel}: AKS supports only the newest patches of a long-term version. Set it to patch.`,
        );
    }
    if (channel === "node-image" && nodePatching !== "NodeImage") {
        problems.push(
            `\`upgrades.nodePatching\` is ${nodePatching} but \`upgrades.channel\` is node-image, which decides about node patches itself. ` +
                "Set `upgrades.nodePatching` to NodeImage or choose another channel.",
        );
    }
    return [
        ...problems,
        ...(upgrades.clusterWindow
            ? maintenanceWindowProblems("upgrades.clusterWindow", upgrades.clusterWindow)
            : []),
        ...(upgrades.nodeWindow ? maintenanceWindowProblems("upgrades.nodeWindow", upgrades.nodeWindow) : []),
    ];
}

function monitoringProblems(
    { monitoring = {} }: ClusterArgs,
    { containerInsights }: ClusterSettings,
): string[] {
    if (monitoring.logAnalyticsWorkspaceId !== undefined) {
        return [];
    }
    return [
        ["containerInsights", containerInsights],
        ["defender", monitoring.defender],
    ]
        .filter(([, wanted]) => wanted)
        .map(
            ([name]) =>
                `\`monitoring.${String(name)}\` is true but \`monitoring.logAnalyticsWorkspaceId\` is not set: there is no workspace to write to. Set it.`,
        );
}

function addonProblems({ addons = {} }: ClusterArgs, settings: ClusterSettings): string[] {
    const problems: string[] = [];
    if (settings.costAnalysis && settings.tier === "Free") {
        problems.push(
            "`addons.costAnalysis` is true but `tier` is Free: AKS has it with Standard and Premium only. Set it to false or raise the tier.",
        );
    }
    const hours = settings.imageCleanerIntervalInHours;
    if (hours !== 0 && (!Number.isInteger(hours) || hours < 24 || hours > 2160)) {
        problems.push(
            `\`addons.imageCleanerIntervalInHours\` is ${hours}: AKS allows whole hours from 24 to 2160, which is three months; 0 switches the cleaner off.`,
        );
    }
    const minutes = settings.secretRotationIntervalInMinutes;
    if (!Number.isInteger(minutes) || minutes < 1) {
        problems.push(
            `\`addons.secretRotationIntervalInMinutes\` is ${minutes}: write whole minutes, 1 at least.`,
        );
    }
    if (addons.istioRevision !== undefined && !/^asm-\d+-\d+$/.test(addons.istioRevision)) {
        problems.push(
            `\`addons.istioRevision\` is "${addons.istioRevision}": write a revision such as asm-1-30; \`az aks mesh get-revisions\` lists them.`,
        );
    }
    const proxy = addons.httpProxy;
    if (proxy && proxy.httpProxy === undefined && proxy.httpsProxy === undefined) {
        problems.push(
            "`addons.httpProxy` names no proxy. Set `httpProxy`, `httpsProxy` or both, or remove it.",
        );
    }
    return problems;
}

function nodeAutoProvisioningProblems({ network }: ClusterArgs, settings: ClusterSettings): string[] {
    if (!settings.nodeAutoProvisioning) {
        return [];
    }
    const problems: string[] = [];
    const { minCount, maxCount } = settings.systemPool;
    if (minCount !== maxCount) {
        problems.push(
            `\`systemPool.minCount\` is ${minCount} and \`systemPool.maxCount\` is ${maxCount} but \`addons.nodeAutoProvisioning\` is on, which AKS refuses beside pools that scale. ` +
                "Set both to the same number.",
        );
    }
    if (settings.dataplane !== "Cilium") {
        problems.push(
            `\`addons.nodeAutoProvisioning\` is on but \`network.dataplane\` is ${settings.dataplane}, whose Calico AKS refuses beside it. Use Cilium or switch it off.`,
        );
    }
    if (network.virtualNetworkId === undefined) {
        problems.push(
            "`addons.nodeAutoProvisioning` is on but `network.virtualNetworkId` is not set: the cluster's identity needs rights on the network to place the nodes. Set it.",
        );
    }
    return problems;
}

function encryptionProblems({ encryption = {} }: ClusterArgs, settings: ClusterSettings): string[] {
    const { kmsKeyId, kmsKeyVaultId } = encryption;
    const problems: string[] = [];
    if (kmsKeyId !== undefined && kmsKeyVaultId === undefined) {
        problems.push(
            "`encryption.kmsKeyId` is set but `encryption.kmsKeyVaultId` is not: the cluster's identity needs a role in the vault that holds the key. Set it.",
        );
    }
    if (kmsKeyId === undefined && kmsKeyVaultId !== undefined) {
        problems.push(
            "`encryption.kmsKeyVaultId` is set but `encryption.kmsKeyId` is not: nothing would be encrypted with a key of the vault. Set both or none.",
        );
    }
    if (settings.kmsPrivateVault && kmsKeyId === undefined) {
        problems.push(
            "`encryption.kmsPrivateVault` is true but `encryption.kmsKeyId` is not set. Set it or remove `encryption.kmsPrivateVault`.",
        );
    }
    if (settings.kmsPrivateVault && !settings.vnetIntegration) {
        problems.push(
            "`encryption.kmsPrivateVault` is true but `apiServer.vnetIntegration` is false: the API server reaches a private vault only from within the network. " +
                "Switch one of them.",
        );
    }
    return problems;
}
