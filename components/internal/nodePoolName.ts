import { createHash } from "node:crypto";

/**
 * Properties of an AgentPool that Azure refuses to change in place, so that a change must be a new pool. The provider
 * knows this of `vmSize` and `gpuInstanceProfile` only. From https://learn.microsoft.com/azure/aks/manage-node-pools#limitations
 * and the pages of each feature.
 */
export const immutableProperties = [
    "availabilityZones",
    "enableEncryptionAtHost",
    "enableNodePublicIP",
    "gpuInstanceProfile",
    "gpuProfile",
    "kubeletDiskType",
    "maxPods",
    "osDiskSizeGB",
    "osDiskType",
    "osType",
    "podSubnetID",
    "scaleSetEvictionPolicy",
    "scaleSetPriority",
    "spotMaxPrice",
    "vmSize",
    "vnetSubnetID",
] as const;

/** One of `immutableProperties`. */
export type ImmutableProperty = (typeof immutableProperties)[number];

/** Values of the immutable properties that a pool sets. */
export type ImmutableValues = { readonly [property in ImmutableProperty]?: unknown };

const lengthLimits = { Linux: 12, Windows: 6 };
const hashLength = 4;

/**
 * Azure name of a node pool: the pool's own name and four characters that depend on it and on the immutable values. A
 * change of any of them gives another name, so that the new pool can be created before the old one is deleted; the
 * same values always give the same name. A long pool name is cut; the hash keeps cut names apart.
 */
export function nodePoolName(poolName: string, osType: "Linux" | "Windows", values: ImmutableValues): string {
    const sorted = immutableProperties.map((property) => [property, values[property]]);
    const hash = createHash("sha256")
        .update(JSON.stringify([poolName, sorted]))
        .digest("hex");
    return poolName.slice(0, lengthLimits[osType] - hashLength) + hash.slice(0, hashLength);
}

/** What Azure would refuse about the name of a pool, as the end of a sentence; undefined when it is good. */
export function poolNameProblem(poolName: string, osType: "Linux" | "Windows"): string | undefined {
    const limit = lengthLimits[osType];
    if (/^[a-z][a-z0-9]*$/.test(poolName) && poolName.length <= limit) {
        return undefined;
    }
    return (
        `Azure allows 1 to ${limit} lower-case letters and digits for a ${osType} pool, starting with a letter. ` +
        "Choose another name."
    );
}
