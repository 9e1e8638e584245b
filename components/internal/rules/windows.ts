import { overlaps, rebootWindowProblems } from "../rebootWindow";
import type { RebootWindow, WeeklyWindow } from "../rebootWindow";

/** What decides when AKS and kured work on the cluster. */
export interface WindowInput {
    channel: string;
    nodePatching: string;
    clusterWindow?: WeeklyWindow;
    nodeWindow?: WeeklyWindow;
    rebootWindow?: RebootWindow;
}

/** Windows that have no effect, and such as let AKS and kured take nodes away at the same time, a sentence each. */
export function windowProblems(input: WindowInput): string[] {
    const { channel, nodePatching, clusterWindow, nodeWindow } = input;
    return [
        ...(clusterWindow !== undefined && channel === "none"
            ? [
                  "`clusterWindow` is set, but `channel` is none: AKS upgrades nothing by itself. Remove the window, or choose a channel.",
              ]
            : []),
        ...(nodeWindow !== undefined && nodePatching === "Kured"
            ? [
                  "`nodeWindow` is set, but `nodePatching` is Kured: nodes patch themselves, and kured reboots them in its own window. " +
                      "Remove `nodeWindow`, and set kubernetes.kured.window.",
              ]
            : []),
        ...(nodePatching === "Kured" ? overlapProblems(clusterWindow, input.rebootWindow) : []),
    ];
}

function overlapProblems(window: WeeklyWindow | undefined, reboots: RebootWindow | undefined): string[] {
    if (
        window === undefined ||
        reboots === undefined ||
        rebootWindowProblems(reboots).length > 0 ||
        !overlaps(reboots, window)
    ) {
        return [];
    }
    return [
        `\`clusterWindow\` ${window.dayOfWeek} ${window.startTime} ${window.utcOffset}, ${window.durationInHours} hours, overlaps kured's window ` +
            `${reboots.days.join(", ")} ${reboots.startTime} to ${reboots.endTime} ${reboots.timeZone} at some time of the year: both would take ` +
            "nodes away at once. Move one of them to other days or hours.",
    ];
}
