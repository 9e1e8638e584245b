import type * as inputs from "@pulumi/azure-native/types/input";
import type { MaintenanceWindowArgs } from "../clusterArgs";

/** Names that AKS gives a meaning; a configuration with another name has no effect. */
export const maintenanceConfigNames = {
    clusterUpgrades: "aksManagedAutoUpgradeSchedule",
    nodeUpgrades: "aksManagedNodeOSUpgradeSchedule",
} as const;

const defaults = { utcOffset: "+00:00", intervalInWeeks: 1 };

/** A weekly window in Azure's form. Without a start date: Azure refuses one in the past when the window is changed. */
export function maintenanceWindow(
    window: MaintenanceWindowArgs,
): inputs.containerservice.MaintenanceWindowArgs {
    return {
        durationHours: window.durationInHours,
        startTime: window.startTime,
        utcOffset: window.utcOffset ?? defaults.utcOffset,
        schedule: {
            weekly: {
                dayOfWeek: window.dayOfWeek,
                intervalWeeks: window.intervalInWeeks ?? defaults.intervalInWeeks,
            },
        },
    };
}

/** What Azure would refuse about a window, one sentence each; `path` is the argument that holds it. */
export function maintenanceWindowProblems(path: string, window: MaintenanceWindowArgs): string[] {
    const problems: string[] = [];
    const { durationInHours, startTime } = window;
    const utcOffset = window.utcOffset ?? defaults.utcOffset;
    const intervalInWeeks = window.intervalInWeeks ?? defaults.intervalInWeeks;
    if (!Number.isInteger(durationInHours) || durationInHours < 4 || durationInHours > 24) {
        problems.push(
            `\`${path}.durationInHours\` is ${durationInHours}: AKS allows whole hours from 4 to 24, an upgrade takes that long. ` +
                "Choose a longer or shorter window.",
        );
    }
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(startTime)) {
        problems.push(
            `\`${path}.startTime\` is "${startTime}": write a time of day as HH:MM, from 00:00 to 23:59.`,
        );
    }
    if (!/^[+-](0\d|1[0-4]):[0-5]\d$/.test(utcOffset)) {
        problems.push(
            `\`${path}.utcOffset\` is "${utcOffset}": write an offset as +HH:MM or -HH:MM, such as +01:00.`,
        );
    }
    if (!Number.isInteger(intervalInWeeks) || intervalInWeeks < 1 || intervalInWeeks > 4) {
        problems.push(
            `\`${path}.intervalInWeeks\` is ${intervalInWeeks}: AKS allows whole weeks from 1 to 4.`,
        );
    }
    return problems;
}
