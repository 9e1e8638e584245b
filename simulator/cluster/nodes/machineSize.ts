import { parseVmSize } from "../../../components/internal/vmSize";

/** What a machine has. */
export interface MachineSize {
    vCpus: number;
    memoryInGib: number;
}

// Whose name does not say how many vCPUs they have, or whose memory does not follow from its series.
// https://learn.microsoft.com/azure/virtual-machines/sizes/overview
const exceptions: Readonly<Record<string, MachineSize>> = {
    Standard_B2s: { vCpus: 2, memoryInGib: 4 },
    Standard_B2als_v2: { vCpus: 2, memoryInGib: 4 },
    Standard_B4als_v2: { vCpus: 4, memoryInGib: 8 },
    Standard_DS2_v2: { vCpus: 2, memoryInGib: 7 },
    Standard_DS3_v2: { vCpus: 4, memoryInGib: 14 },
    Standard_DS4_v2: { vCpus: 8, memoryInGib: 28 },
    Standard_DS5_v2: { vCpus: 16, memoryInGib: 56 },
    Standard_NC4as_T4_v3: { vCpus: 4, memoryInGib: 28 },
    Standard_NC24ads_A100_v4: { vCpus: 24, memoryInGib: 220 },
};

// GiB for each vCPU, by series (same source). Dl sizes (the letter `l`) have half of what D has.
const memoryPerVCpu: Readonly<Record<string, number>> = { B: 4, D: 4, E: 8, F: 2, L: 8, M: 16, NC: 7, NV: 9 };
const lowMemory = 2;
const otherMemory = 4;

/** What a machine of this size has; an unknown series is taken for one of general purpose. */
export function machineSize(vmSize: string): MachineSize {
    const known = exceptions[vmSize];
    if (known) {
        return known;
    }
    const { family = "", vCpus = 2, features = "" } = parseVmSize(vmSize) ?? {};
    const perVCpu =
        family === "D" && features.includes("l") ? lowMemory : (memoryPerVCpu[family] ?? otherMemory);
    return { vCpus, memoryInGib: vCpus * perVCpu };
}
