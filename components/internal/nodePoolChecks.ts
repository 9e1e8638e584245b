import type { NodePoolArgs } from "../nodePoolArgs";
import { countProblems, machineProblems } from "./machineChecks";
import { poolNameProblem } from "./nodePoolName";
import type { NodePoolSettings } from "./nodePoolProfile";

const reservedPrefix = "kubernetes.azure.com/";
const taintShape =
    /^[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?(=[A-Za-z0-9._-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/;
const amountShape = /^(\d+|\d+%)$/;

/** What AKS would refuse about a node pool, one sentence each; empty when it is good. */
export function nodePoolProblems(args: NodePoolArgs, settings: NodePoolSettings): string[] {
    const { machine } = settings;
    const name = poolNameProblem(args.poolName, machine.osType);
    return [
        ...(name ? [`\`poolName\` is "${args.poolName}": ${name}`] : []),
        ...machineProblems("", machine),
        ...countProblems("", settings.mode === "System" ? 1 : 0, args.minCount, args.maxCount),
        ...scalingProblems(args, settings),
        ...windowsProblems(args, settings),
        ...spotProblems(args, settings),
        ...labelAndTaintProblems(args),
        ...upgradeProblems(args, settings),
    ];
}

function scalingProblems({ minCount, maxCount }: NodePoolArgs, { autoscaling }: NodePoolSettings): string[] {
    if (autoscaling || minCount === maxCount) {
        return [];
    }
    return [
        `\`autoscaling\` is false but \`minCount\` is ${minCount} and \`maxCount\` is ${maxCount}: a pool of fixed size has one number of nodes. ` +
            "Set both to it, or leave `autoscaling` on.",
    ];
}

function windowsProblems(args: NodePoolArgs, { machine, mode, dataplane }: NodePoolSettings): string[] {
    if (machine.osType !== "Windows") {
        return [];
    }
    const problems: string[] = [];
    if (dataplane === "Cilium") {
        problems.push(
            "`osType` is Windows but the cluster's dataplane is Cilium, which AKS has for Linux nodes only. " +
                "Use a cluster with `network.dataplane: Azure`, a new one since it cannot be changed later, and set `dataplane: Azure` here, or use Linux.",
        );
    }
    if (mode === "System") {
        problems.push(
            "`mode` is System but `osType` is Windows: the cluster's own services run on Linux. Set `mode` to User.",
        );
    }
    if (/^Standard_[A-Z]+\d+[a-z]*p/.test(args.vmSize)) {
        problems.push(
            `\`vmSize\` is ${args.vmSize}, an Arm64 size, but \`osType\` is Windows: AKS has Windows for x64 only. Choose a size without "p".`,
        );
    }
    return problems;
}

function spotProblems({ spot }: NodePoolArgs, { machine, mode }: NodePoolSettings): string[] {
    if (!spot) {
        return [];
    }
    const problems: string[] = [];
    if (mode === "System") {
        problems.push(
            "`spot` is set but `mode` is System: AKS keeps the cluster's own services off Spot nodes. Set `mode` to User.",
        );
    }
    const { maxPrice = -1 } = spot;
    if (maxPrice !== -1 && !(maxPrice > 0)) {
        problems.push(
            `\`spot.maxPrice\` is ${maxPrice}: Azure allows -1, up to the normal price, or more than 0 USD an hour.`,
        );
    }
    if (spot.evictionPolicy === "Deallocate" && machine.ephemeralOsDisk) {
        problems.push(
            "`spot.evictionPolicy` is Deallocate but `ephemeralOsDisk` is true: a machine whose disk is on the host cannot be stopped and kept. " +
                "Set `ephemeralOsDisk` to false or the policy to Delete.",
        );
    }
    return problems;
}

function labelAndTaintProblems({ labels = {}, taints = [] }: NodePoolArgs): string[] {
    return [
        ...Object.keys(labels)
            .filter((label) => label.startsWith(reservedPrefix))
            .map(
                (label) =>
                    `\`labels\` has "${label}": AKS keeps the prefix ${reservedPrefix} for itself. Use a prefix of your own.`,
            ),
        ...taints
            .filter((taint) => !taintShape.test(taint))
            .map(
                (taint) =>
                    `\`taints\` has "${taint}": write key=value:Effect with the effect NoSchedule, PreferNoSchedule or NoExecute.`,
            ),
    ];
}

function upgradeProblems(args: NodePoolArgs, { upgrade, mode }: NodePoolSettings): string[] {
    const problems: string[] = [];
    const { maxSurge, maxUnavailable, drainTimeoutInMinutes, nodeSoakInMinutes } = upgrade;
    for (const [name, value] of [
        ["maxSurge", maxSurge],
        ["maxUnavailable", maxUnavailable],
    ] as const) {
        if (value !== undefined && !amountShape.test(value)) {
            problems.push(
                `\`upgrade.${name}\` is "${value}": write a number of nodes or a percentage, such as "1" or "33%".`,
            );
        }
    }
    const isNothing = (value: string | undefined) => value === undefined || /^0+%?$/.test(value);
    if (isNothing(maxSurge) && isNothing(maxUnavailable)) {
        problems.push(
            `\`upgrade.maxSurge\` is "${maxSurge}" and \`upgrade.maxUnavailable\` is not more: an upgrade could neither add a node nor take one out. ` +
                "Make one of them more than 0.",
        );
    }
    if (mode === "System" && !isNothing(maxUnavailable)) {
        problems.push(
            `\`upgrade.maxUnavailable\` is "${maxUnavailable}" but \`mode\` is System: AKS does not take system nodes out without a substitute. Use \`upgrade.maxSurge\`.`,
        );
    }
    if (
        !Number.isInteger(drainTimeoutInMinutes) ||
        drainTimeoutInMinutes < 5 ||
        drainTimeoutInMinutes > 1440
    ) {
        problems.push(
            `\`upgrade.drainTimeoutInMinutes\` is ${drainTimeoutInMinutes}: AKS allows whole minutes from 5 to 1440.`,
        );
    }
    if (!Number.isInteger(nodeSoakInMinutes) || nodeSoakInMinutes < 0 || nodeSoakInMinutes > 30) {
        problems.push(
            `\`upgrade.nodeSoakInMinutes\` is ${nodeSoakInMinutes}: AKS allows whole minutes from 0 to 30.`,
        );
    }
    // AKS upgrades Spot pools in its own way: nothing of this is sent.
    return args.spot ? [] : problems;
}
