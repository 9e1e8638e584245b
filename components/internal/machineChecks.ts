import type { GpuArgs, NodeOsSku, OsType } from "../nodePoolArgs";
import { hasGpu, isArm64, lacksLocalDisk, parseVmSize } from "./vmSize";

/** The choices about a pool's machines that limit each other. */
export interface MachineChoice {
    readonly vmSize: string;
    readonly osType: OsType;
    readonly osSku: NodeOsSku;
    readonly ephemeralOsDisk: boolean;
    readonly fips: boolean;
    readonly maxPods: number;
    /** Fewest pods that AKS accepts for the pool. */
    readonly minPods: number;
    readonly trustedLaunch?: boolean;
    readonly osDiskSizeInGb?: number;
    readonly zones?: readonly string[];
    readonly gpu?: GpuArgs;
}

/**
 * Why a machine cannot have trusted launch, as the middle of a sentence; undefined where nothing is known against it
 * (https://learn.microsoft.com/azure/aks/use-trusted-launch, "Limitations").
 */
export function trustedLaunchObstacle(machine: MachineChoice): string | undefined {
    const size = parseVmSize(machine.vmSize);
    if (machine.osType === "Windows") {
        return "AKS does not have it for Windows";
    }
    if (size && isArm64(size)) {
        return `AKS does not have it for Arm64 sizes such as ${machine.vmSize}`;
    }
    if (machine.fips && machine.osSku !== "Ubuntu") {
        return "with FIPS AKS has it for Ubuntu only";
    }
    if (size && hasGpu(size) && machine.osSku === "Ubuntu" && (machine.gpu?.installDriver ?? true)) {
        return "on Ubuntu secure boot refuses the GPU driver that AKS installs";
    }
    return undefined;
}

/** Azure's form of the security settings of a pool's machines. Trusted launch defaults to on where it is possible. */
export function machineSecurity(machine: MachineChoice, sshDisabled: boolean) {
    const trusted = machine.trustedLaunch ?? trustedLaunchObstacle(machine) === undefined;
    return {
        enableSecureBoot: trusted,
        enableVTPM: trusted,
        // Mentioned only when wanted: the property needs the preview feature DisableSSHPreview.
        ...(sshDisabled ? { sshAccess: "Disabled" } : {}),
    };
}

/** What Azure would refuse about a pool's machines, one sentence each; `prefix` stands before each argument's name. */
export function machineProblems(prefix: string, machine: MachineChoice): string[] {
    const arg = (name: string) => `\`${prefix}${name}\``;
    const size = parseVmSize(machine.vmSize);
    if (!size) {
        return [
            `${arg("vmSize")} is "${machine.vmSize}": that is no machine size. ` +
                "Write it as Azure does, with capitals, for example Standard_D4ds_v5.",
        ];
    }
    const problems: string[] = [];
    if (machine.ephemeralOsDisk && lacksLocalDisk(size)) {
        problems.push(
            `${arg("ephemeralOsDisk")} is true but ${machine.vmSize} has no local disk to put it on. ` +
                `Choose a size with a "d" after the number of cores, or set ${arg("ephemeralOsDisk")} to false.`,
        );
    }
    if (machine.fips && isArm64(size) && machine.osSku !== "AzureLinux") {
        problems.push(
            `${arg("fips")} is true on the Arm64 size ${machine.vmSize} with ${machine.osSku}: AKS has FIPS images for Arm64 of AzureLinux only. ` +
                `Set ${arg("osSku")} to AzureLinux or choose another size.`,
        );
    }
    const obstacle = trustedLaunchObstacle(machine);
    if (machine.trustedLaunch && obstacle !== undefined) {
        problems.push(`${arg("trustedLaunch")} is true but ${obstacle}. Leave it out or set it to false.`);
    }
    if (machine.gpu && !hasGpu(size)) {
        problems.push(
            `${arg("gpu")} is set but ${machine.vmSize} has no GPU. Choose a size of the N series or remove ${arg("gpu")}.`,
        );
    }
    if ((machine.osSku === "Windows2022") !== (machine.osType === "Windows")) {
        problems.push(
            `${arg("osSku")} is ${machine.osSku}, which is no ${machine.osType} image. ` +
                (machine.osType === "Windows"
                    ? "Windows pools use Windows2022."
                    : "Linux pools use Ubuntu or AzureLinux."),
        );
    }
    if (!Number.isInteger(machine.maxPods) || machine.maxPods < machine.minPods || machine.maxPods > 250) {
        problems.push(
            `${arg("maxPods")} is ${machine.maxPods}: AKS allows whole numbers from ${machine.minPods} to 250 for this pool.`,
        );
    }
    const disk = machine.osDiskSizeInGb;
    if (disk !== undefined && (!Number.isInteger(disk) || disk < 30 || disk > 2048)) {
        problems.push(
            `${arg("osDiskSizeInGb")} is ${disk}: AKS allows whole GiB from 30 to 2048. Leave it out for AKS's choice.`,
        );
    }
    const zones = machine.zones ?? [];
    if (zones.some((zone) => !/^[1-9]$/.test(zone)) || new Set(zones).size !== zones.length) {
        problems.push(
            `${arg("zones")} is ${JSON.stringify(zones)}: availability zones are single digits, each named once, such as ["1", "2", "3"].`,
        );
    }
    return problems;
}

/** What Azure would refuse about the size of an autoscaled pool, one sentence each. */
export function countProblems(prefix: string, fewest: number, minCount: number, maxCount: number): string[] {
    const arg = (name: string) => `\`${prefix}${name}\``;
    const problems: string[] = [];
    for (const [name, count] of [
        ["minCount", minCount],
        ["maxCount", maxCount],
    ] as const) {
        const least = name === "minCount" ? fewest : Math.max(fewest, 1);
        if (!Number.isInteger(count) || count < least || count > 1000) {
            problems.push(
                `${arg(name)} is ${count}: AKS allows whole numbers from ${least} to 1000 for this pool.`,
            );
        }
    }
    if (problems.length === 0 && minCount > maxCount) {
        problems.push(
            `${arg("minCount")} is ${minCount}, more than ${arg("maxCount")}, which is ${maxCount}. Raise ${arg("maxCount")} or lower ${arg("minCount")}.`,
        );
    }
    return problems;
}
