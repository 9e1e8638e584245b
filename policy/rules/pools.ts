import { usableAddresses } from "../../components/internal/addressPlan";
import { cidrProblem, parseCidr } from "../../components/internal/cidr";
import { mostNodes, podRangeProblems, systemTaintProblems } from "../../components/internal/rules";
import type { PoolCapacityInput } from "../../components/internal/rules";
import { parseVmSize } from "../../components/internal/vmSize";
import { types } from "../../stack/resourceTypes";
import { at, numberAt, recordsAt, sameId, textAt, textsAt } from "../../stack/values";
import type { CapturedResource } from "../../simulator/capture";
import { isSpot, nodePools, ofEachPool, poolsOf } from "../nodePools";
import type { NodePool } from "../nodePools";
import { each, listed, ofEach, ofEveryOne } from "../rule";
import type { JudgedStack, Rule } from "../rule";
import { sources } from "../sources";

/** Rules about node pools. */
export const poolRules: readonly Rule[] = [
    {
        id: "cluster-has-one-inline-pool",
        title: "Every cluster has exactly one inline pool, and it is a system pool",
        severity: "error",
        why: "Changing an inline pool touches all pools, and most of its properties can never be changed.",
        mend: "Declare every pool but the first as an `AgentPool`.",
        sources: [sources.systemPools],
        ...ofEveryOne(types.cluster, "cluster", ({ inputs }) => {
            const pools = recordsAt(inputs, "agentPoolProfiles");
            if (pools.length !== 1) {
                return `has ${pools.length} inline pools`;
            }
            return pools[0]?.["mode"] === "System" ? undefined : "its inline pool is not a system pool";
        }),
    },
    {
        id: "node-pool-limits-are-consistent",
        title: "Autoscaled pools have limits that fit each other",
        severity: "error",
        why: "Azure refuses a pool whose count is outside its limits, and a system pool of none.",
        mend: "Give the pool 0 <= `minCount` <= `count` <= `maxCount`, and at least 1 in a system pool.",
        sources: [sources.systemPools],
        ...ofEachPool(({ settings }) => {
            const problem = limitsProblem(settings);
            return problem === undefined ? undefined : `: ${problem}`;
        }),
    },
    {
        id: "node-pools-span-zones",
        title: "Every node pool spans at least two zones",
        severity: "warning",
        why: "A pool without zones may end up in one data centre, and its zones cannot be changed later.",
        mend: "Set `zones` of the pool, where the region has them.",
        sources: [sources.wellArchitected],
        ...ofEachPool(({ settings }) => {
            const zones = textsAt(settings, "availabilityZones");
            if (zones.length >= 2) {
                return undefined;
            }
            return zones.length === 0 ? " has no zones" : ` is in zone ${listed(zones)} only`;
        }),
    },
    {
        id: "nodes-have-no-public-address",
        title: "No node has a public address",
        severity: "error",
        why: "A node with a public address is reachable beside every load balancer and firewall.",
        mend: "Set `enableNodePublicIP: false`, or leave it out.",
        sources: [sources.aksBaseline],
        ...ofEachPool(({ settings }) =>
            settings["enableNodePublicIP"] === true ? " gives its nodes public addresses" : undefined,
        ),
    },
    {
        id: "system-pool-takes-system-pods-only",
        title: "System pools take the cluster's own pods only",
        severity: "warning",
        why: "A tenant's pod that eats a system node takes DNS and metrics from everybody.",
        mend: "Set `systemPool.criticalAddonsOnly: true`.",
        sources: [sources.systemPools],
        ...ofEachPool(({ settings }) =>
            settings["mode"] !== "System" || textsAt(settings, "nodeTaints").includes(systemTaint)
                ? undefined
                : `: lacks the taint ${systemTaint}`,
        ),
    },
    {
        id: "other-pods-find-a-pool",
        title: "Pods that system pools refuse find another pool",
        severity: "error",
        why: "Otherwise they wait for ever, the ingress controller among them.",
        mend: "Add a Linux pool of regular capacity without taints.",
        sources: [sources.systemPools],
        evaluate: (stack) => each(stack, types.cluster, (cluster) => otherPodsProblems(stack, cluster)),
    },
    {
        id: "system-pool-survives-a-node",
        title: "System pools keep at least two nodes",
        severity: "warning",
        why: "With one node, DNS and the metrics server are gone while it restarts.",
        mend: "Set `systemPool.minCount` to 2 or more.",
        sources: [sources.systemPools, sources.wellArchitected],
        ...ofEachPool(({ settings }) => {
            const least = numberAt(settings, settings["enableAutoScaling"] === true ? "minCount" : "count");
            return settings["mode"] !== "System" || (least ?? 1) >= 2
                ? undefined
                : `: may go down to ${least ?? 1} node`;
        }),
    },
    {
        id: "nodes-start-securely",
        title: "Nodes start with secure boot and a virtual TPM",
        severity: "warning",
        why: "A changed boot loader or kernel module would otherwise survive every reboot unseen.",
        mend: "Set `securityProfile.enableSecureBoot` and `enableVTPM` of the pool to true.",
        sources: [sources.trustedLaunch],
        ...ofEachPool(({ settings }) => {
            const off = ["enableSecureBoot", "enableVTPM"].filter(
                (setting) => at(settings, "securityProfile", setting) !== true,
            );
            return off.length === 0 ? undefined : `: ${listed(off.map((name) => `\`${name}\``))} not set`;
        }),
    },
    {
        id: "node-disks-are-ephemeral",
        title: "Nodes keep their system on the host's disk",
        severity: "warning",
        why: "Managed system disks cost extra, start slower and keep what a node is not to remember.",
        mend: "Set `osDiskType: Ephemeral`, on a size whose local disk is large enough.",
        sources: [sources.wellArchitected],
        ...ofEachPool(({ settings }) =>
            settings["osDiskType"] === "Ephemeral" ? undefined : ": `osDiskType` is not Ephemeral",
        ),
    },
    {
        id: "nodes-encrypt-their-disks",
        title: "Nodes encrypt temporary disks and caches on the host",
        severity: "warning",
        why: "Without it, temporary disks and caches are the one place where data rests unencrypted.",
        mend: "Set `encryptionAtHost: true`, with the feature Microsoft.Compute/EncryptionAtHost registered.",
        sources: [sources.hostEncryption, sources.aksBaseline],
        ...ofEachPool(({ settings }) =>
            settings["enableEncryptionAtHost"] === true ? undefined : ": `enableEncryptionAtHost` is off",
        ),
    },
    {
        id: "node-sizes-do-not-burst",
        title: "No pool uses machines that save up computing time",
        severity: "warning",
        why: "A B-series node that has used up its credits starves the kubelet, and is marked as not ready.",
        mend: "Choose a size of the D, E or F series.",
        sources: [sources.systemPools],
        ...ofEachPool(({ settings }) => {
            const size = textAt(settings, "vmSize") ?? "";
            return parseVmSize(size)?.family.startsWith("B") ? `: ${size} is of the B series` : undefined;
        }),
    },
    {
        id: "node-subnets-have-room",
        title: "Node subnets have an address for every node that their pools can have",
        severity: "error",
        why: "The autoscaler and upgrades stop where addresses end, and a subnet in use cannot be made larger.",
        mend: "Enlarge the subnet in `subnetPrefixLengths`, or lower `maxCount` of its pools.",
        sources: [sources.overlay],
        evaluate: (stack) => each(stack, types.subnet, (subnet) => nodeRoomProblem(stack, subnet)),
    },
    {
        id: "pod-range-has-room",
        title: "The pod range has a /24 for every node that the pools can have",
        severity: "error",
        why: "A node without a range for its pods never gets ready, and the range cannot be made larger.",
        mend: "Choose a larger `podCidr`, or lower `maxCount` of the pools.",
        sources: [sources.overlay],
        evaluate: (stack) =>
            each(stack, types.cluster, (cluster) => {
                const pods = textAt(cluster.inputs, "networkProfile", "podCidr");
                return pods === undefined
                    ? undefined
                    : podRangeProblems(pods, poolsOfCluster(stack, cluster).map(capacity));
            }),
    },
    {
        id: "spot-pools-take-no-ordinary-pods",
        title: "Spot pools are user pools, and take only pods that ask for them",
        severity: "error",
        why: "Azure takes Spot machines away within half a minute; pods that did not agree to it would be on them.",
        mend: "Set the pool's mode to User and the taint kubernetes.azure.com/scalesetpriority=spot:NoSchedule.",
        sources: [sources.spotPools],
        ...ofEachPool((pool) => {
            if (!isSpot(pool)) {
                return undefined;
            }
            if (pool.settings["mode"] === "System") {
                return ": is a system pool of Spot machines";
            }
            return textsAt(pool.settings, "nodeTaints").includes(spotTaint)
                ? undefined
                : `: lacks the taint ${spotTaint}`;
        }),
    },
    {
        id: "autoscaled-counts-are-left-alone",
        title: "Deployments leave the number of nodes to the autoscaler",
        severity: "error",
        why: "Every deployment would otherwise set the pool back to its first size, in the middle of the day.",
        mend: "Put `count` into the resource's `ignoreChanges`.",
        sources: [sources.wellArchitected],
        ...ofEach([types.cluster, types.agentPool], (resource) =>
            poolsOf(resource).some(({ settings }) => settings["enableAutoScaling"] === true) &&
            !resource.options.ignoreChanges.some((path) => /(^|\.)count$/.test(path))
                ? "`ignoreChanges` does not name its count"
                : undefined,
        ),
    },
];

function limitsProblem(settings: Record<string, unknown>): string | undefined {
    if (settings["enableAutoScaling"] !== true) {
        return undefined;
    }
    const least = settings["mode"] === "System" ? 1 : 0;
    const minimum = numberAt(settings, "minCount");
    const maximum = numberAt(settings, "maxCount");
    const count = numberAt(settings, "count");
    if (minimum === undefined || maximum === undefined) {
        return "autoscales without `minCount` and `maxCount`";
    }
    if (minimum < least || minimum > maximum) {
        return `cannot scale from ${minimum} to ${maximum} nodes`;
    }
    return count === undefined || (count >= minimum && count <= maximum)
        ? undefined
        : `starts with ${count} nodes, outside ${minimum} to ${maximum}`;
}

const systemTaint = "CriticalAddonsOnly=true:NoSchedule";
const spotTaint = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule";

function poolsOfCluster(stack: JudgedStack, cluster: CapturedResource): NodePool[] {
    return nodePools(stack).filter((pool) => sameId(pool.clusterId, cluster.id));
}

function otherPodsProblems(stack: JudgedStack, cluster: CapturedResource): string | undefined {
    const pools = poolsOfCluster(stack, cluster);
    const isReserved = pools
        .filter(({ settings }) => settings["mode"] === "System")
        .every(({ settings }) => textsAt(settings, "nodeTaints").includes(systemTaint));
    const isProvisioning = textAt(cluster.inputs, "nodeProvisioningProfile", "mode") === "Auto";
    const others = pools
        .filter(({ inline }) => !inline)
        .map((pool) => ({
            name: pool.name,
            mode: textAt(pool.settings, "mode") ?? "User",
            osType: textAt(pool.settings, "osType") ?? "Linux",
            isSpot: isSpot(pool),
            autoscaling: pool.settings["enableAutoScaling"] === true,
            taints: textsAt(pool.settings, "nodeTaints"),
        }));
    return systemTaintProblems(isReserved, isProvisioning, others).length === 0
        ? undefined
        : "its system pools take no other pods, and no other pool takes them all";
}

function capacity({ name, settings }: NodePool): PoolCapacityInput {
    return {
        name,
        maxCount: numberAt(settings, "maxCount") ?? numberAt(settings, "count") ?? 0,
        maxSurge: textAt(settings, "upgradeSettings", "maxSurge") ?? "0",
    };
}

function nodeRoomProblem(stack: JudgedStack, subnet: CapturedResource): string | undefined {
    const pools = nodePools(stack).filter((pool) => sameId(textAt(pool.settings, "vnetSubnetID"), subnet.id));
    const range = textAt(subnet.inputs, "addressPrefix");
    if (pools.length === 0 || range === undefined || cidrProblem(range) !== undefined) {
        return undefined;
    }
    const needed = pools.reduce((sum, pool) => sum + mostNodes(capacity(pool)), 0);
    const room = usableAddresses(parseCidr(range).prefixLength);
    return needed <= room ? undefined : `has ${room} addresses for ${needed} nodes`;
}
