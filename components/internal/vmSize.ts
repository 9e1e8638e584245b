/** What an Azure machine size says about itself by its name, such as `Standard_D4pds_v5`. */
export interface VmSize {
    /** Series in capitals: `D`, `NC`, `DS`. */
    readonly family: string;
    readonly vCpus: number;
    /** Lower-case letters after the number of cores, one feature each: `d` local disk, `p` Arm64, `s` premium storage. */
    readonly features: string;
    /** Number after `_v`; 1 where there is none. */
    readonly version: number;
}

// https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions: series, cores, constrained cores, features,
// accelerator or memory note, version.
const shape = /^Standard_([A-Z]+)(\d+)(?:-\d+)?([a-z]*)(?:_(?!v\d*$)[A-Za-z0-9]+)*?(?:_v(\d+))?$/;

/** Takes the name of a machine size apart; undefined when it is not one. */
export function parseVmSize(text: string): VmSize | undefined {
    const [, family, vCpus, features, version] = shape.exec(text) ?? [];
    if (family === undefined || vCpus === undefined) {
        return undefined;
    }
    return { family, vCpus: Number(vCpus), features: features ?? "", version: Number(version ?? 1) };
}

/** True for sizes with an Arm64 processor. */
export function isArm64(size: VmSize): boolean {
    return size.features.includes("p");
}

/** True for sizes with a GPU: the N series. */
export function hasGpu(size: VmSize): boolean {
    return size.family.startsWith("N");
}

/**
 * True for sizes known to have no local disk, which ephemeral operating system disks need: from version 4 on the D, E
 * and F series have one only with the letter `d`. Other series are not uniform; Azure says so itself when it refuses.
 */
export function lacksLocalDisk(size: VmSize): boolean {
    return /^[DEF]/.test(size.family) && size.version >= 4 && !size.features.includes("d");
}
