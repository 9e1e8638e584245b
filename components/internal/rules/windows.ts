import { overlaps, rebootWindowProblems } from "../rebootWindow";
import type { RebootWindow, WeeklyWindow } from "../rebootWindow";

/** What decides when AKS and kured work on the cluster. */
export interface WindowInput {
    nodePatching: string;
    clusterWindow?: WeeklyWindow;
    nodeWindow?: WeeklyWindow;
    rebootWindow?: RebootWindow;
}

/** Windows that let AKS and kured take nodes away at the same time, a sentence each. */
export function windowProblems(input: WindowInput): string[] {
    const { nodePatching, clusterWindow, nodeWindow } = input;
    return [
        ...(nodePatching === "Kured"
            ? [
                  ...overlapProblems("clusterWindow", clusterWindow, input.rebootWindow),
                  // Without effect while nodes patch themselves, but there the day that AKS takes over.
                  ...overlapProblems("nodeWindow", nodeWindow, input.rebootWindow),
              ]
            : []),
    ];
}

function overlapProblems(
    name: string,
    window: WeeklyWindow | undefined,
    reboots: RebootWindow | undefined,
): string[] {
    if (
        window === undefined ||
        reboots === undefined ||
        rebootWindowProblems(reboots).length > 0 ||
        !overlaps(reboots, window)
    ) {
        return [];
    }
    return [
        `\`${name}\` ${window.dayOfWeek} ${window.startTime} ${window.utcOffset}, ${window.durationInHours} hours, overlaps kured's window ` +
            `${reboots.days.join(", ")} ${reboots.startTime} to ${reboots.endTime} ${reboots.timeZone} at some time of the year: both would take ` +
            "nodes away at once. Move one of them to other days or hours.",
    ];
}
