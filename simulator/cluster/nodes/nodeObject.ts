import { createHash } from "node:crypto";
import { isArm64, parseVmSize } from "../../../components/internal/vmSize";
import { machineSize } from "./machineSize";
import type { NodePool } from "./nodePools";
import { allocatable } from "./reservations";

/** A taint of a node. */
export interface Taint {
    key: string;
    value?: string;
    effect: string;
}

/** A Node object, as AKS would have it. */
export interface NodeObject {
    apiVersion: "v1";
    kind: "Node";
    metadata: { name: string; labels: Record<string, string>; annotations: Record<string, string> };
    spec: { providerID: string; taints: Taint[] };
    status: {
        capacity: Record<string, string>;
        allocatable: Record<string, string>;
        nodeInfo: Record<string, string>;
    };
}

// What AKS does to Spot nodes by itself: https://learn.microsoft.com/azure/aks/spot-node-pool.
const spotKey = "kubernetes.azure.com/scalesetpriority";

/** Label of the pool that a node is of. */
export const poolLabel = "kubernetes.azure.com/agentpool";

/** The node with that index in its pool, from 0. */
export function nodeObject(pool: NodePool, index: number): NodeObject {
    const name = nodeName(pool, index);
    const size = machineSize(pool.vmSize);
    const left = allocatable(size, pool.maxPods, pool.osType);
    const common = { pods: String(pool.maxPods), "ephemeral-storage": `${pool.osDiskSizeInGb}Gi` };
    return {
        apiVersion: "v1",
        kind: "Node",
        metadata: { name, labels: labels(pool, index, name), annotations: {} },
        spec: { providerID: providerId(pool, index), taints: taints(pool) },
        status: {
            capacity: { cpu: String(size.vCpus), memory: `${size.memoryInGib}Gi`, ...common },
            allocatable: {
                cpu: `${left.cpuInMillicores}m`,
                memory: `${left.memoryInMib}Mi`,
                ...common,
            },
            nodeInfo: {
                architecture: architecture(pool),
                operatingSystem: pool.osType.toLowerCase(),
                kubeletVersion: `v${pool.version}`,
                kubeProxyVersion: `v${pool.version}`,
            },
        },
    };
}

/** `aks-apps-12345678-vmss00000a`; Windows has names of at most 15 letters, `akswin00000a`. Counted in base 36. */
export function nodeName(pool: NodePool, index: number): string {
    const instance = index.toString(36).padStart(6, "0");
    return pool.osType === "Windows" ? `aks${pool.name}${instance}` : `${scaleSet(pool)}${instance}`;
}

/** Labels that AKS gives its nodes (https://learn.microsoft.com/azure/aks/use-labels), those of the pool, and the kubelet's. */
function labels(pool: NodePool, index: number, name: string): Record<string, string> {
    const operatingSystem = pool.osType.toLowerCase();
    const size = machineSize(pool.vmSize);
    return {
        ...pool.labels,
        agentpool: pool.name,
        [poolLabel]: pool.name,
        "kubernetes.azure.com/cluster": pool.nodeResourceGroup,
        "kubernetes.azure.com/managedby": "aks",
        "kubernetes.azure.com/mode": pool.mode.toLowerCase(),
        "kubernetes.azure.com/nodepool-type": "VirtualMachineScaleSets",
        "kubernetes.azure.com/priority": pool.isSpot ? "spot" : "regular",
        "kubernetes.azure.com/role": "agent",
        "kubernetes.azure.com/sku-cpu": String(size.vCpus),
        "kubernetes.azure.com/sku-memory": String(size.memoryInGib),
        ...(pool.osSku === undefined ? {} : { "kubernetes.azure.com/os-sku": pool.osSku }),
        ...(pool.isSpot ? { [spotKey]: "spot" } : {}),
        "kubernetes.io/arch": architecture(pool),
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": operatingSystem,
        "node.kubernetes.io/instance-type": pool.vmSize,
        "topology.kubernetes.io/region": pool.location,
        "topology.kubernetes.io/zone": zone(pool, index),
    };
}

/** One zone after the other; machines without a zone have the label 0. */
function zone({ zones, location }: NodePool, index: number): string {
    return zones.length === 0 ? "0" : `${location}-${zones[index % zones.length] ?? ""}`;
}

function taints(pool: NodePool): Taint[] {
    const texts = pool.isSpot ? [...pool.taints, `${spotKey}=spot:NoSchedule`] : pool.taints;
    return [...new Set(texts)].map(parseTaint);
}

/** Takes `key=value:Effect` or `key:Effect` apart. */
function parseTaint(text: string): Taint {
    const [, key = "", value, effect = ""] = /^([^=:]+)(?:=([^:]*))?:(.+)$/.exec(text) ?? [];
    return { key, ...(value === undefined ? {} : { value }), effect };
}

function architecture({ vmSize }: NodePool): string {
    const size = parseVmSize(vmSize);
    return size && isArm64(size) ? "arm64" : "amd64";
}

function providerId(pool: NodePool, index: number): string {
    const [, , subscription = ""] = pool.clusterId.split("/");
    const group = pool.nodeResourceGroup.toLowerCase();
    return `azure:///subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${scaleSet(pool)}/virtualMachines/${index}`;
}

/** The eight digits tell the scale sets of one pool name in several clusters apart. */
function scaleSet(pool: NodePool): string {
    const hash = createHash("sha256").update(`${pool.clusterId.toLowerCase()} ${pool.name}`).digest();
    const digits = String(hash.readUInt32BE(0) % 100_000_000).padStart(8, "0");
    return `aks-${pool.name}-${digits}-vmss`;
}
