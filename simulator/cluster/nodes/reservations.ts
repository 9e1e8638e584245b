import type { MachineSize } from "./machineSize";

/*
 * What AKS keeps of a node for itself, from 1.29 on (https://learn.microsoft.com/azure/aks/node-resource-reservations).
 * The operating system keeps one or two per cent of the memory beside that, which nothing publishes: left out here.
 */

/** What a node has left for pods. */
export interface Allocatable {
    cpuInMillicores: number;
    memoryInMib: number;
}

// Cores to the millicores that are kept.
const reservedCpu: readonly (readonly [cores: number, millicores: number])[] = [
    [1, 60],
    [2, 100],
    [4, 140],
    [8, 180],
    [16, 260],
    [32, 420],
    [64, 740],
];

const memoryPerPodInMib = 20;
const basicMemoryInMib = 50;
const greatestShareOfMemory = 0.25;
const evictionThresholdInMib = 100;
// https://learn.microsoft.com/azure/aks/node-resource-reservations: "an extra 2 GB for system processes in Windows nodes".
const windowsMemoryInMib = 2048;

/** What is left for pods of a machine that takes so many of them. */
export function allocatable(size: MachineSize, maxPods: number, osType = "Linux"): Allocatable {
    const memoryInMib = size.memoryInGib * 1024;
    const kept = Math.min(
        memoryPerPodInMib * maxPods + basicMemoryInMib,
        memoryInMib * greatestShareOfMemory,
    );
    const windows = osType === "Windows" ? windowsMemoryInMib : 0;
    return {
        cpuInMillicores: size.vCpus * 1000 - reservedMillicores(size.vCpus),
        memoryInMib: Math.floor(memoryInMib - kept - evictionThresholdInMib - windows),
    };
}

/** Between the rows of the table in proportion, beyond its end as between its last two rows. */
function reservedMillicores(cores: number): number {
    const last = reservedCpu.length - 1;
    const upper = reservedCpu.findIndex(([row]) => row >= cores);
    const index = Math.max(1, upper === -1 ? last : upper);
    const [fromCores, from] = reservedCpu[index - 1] ?? [0, 0];
    const [toCores, to] = reservedCpu[index] ?? [1, 0];
    return Math.round(from + ((cores - fromCores) * (to - from)) / (toCores - fromCores));
}
