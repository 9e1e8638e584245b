import { nodePatchingEffects } from "../nodePatching";
import { rebootWindowLength, rebootWindowProblems } from "../rebootWindow";
import type { RebootWindow } from "../rebootWindow";

/** The settings of kured that limit each other. */
export interface RebootInput {
    window: RebootWindow;
    checkIntervalInMinutes: number;
    drainTimeoutInMinutes: number;
    lockTtlInMinutes: number;
    lockReleaseDelayInMinutes: number;
}

/** Whether kured is set up exactly when the choice of node patching wants it; a sentence when not. */
export function nodePatchingProblems(
    nodePatching: keyof typeof nodePatchingEffects,
    hasKured: boolean,
): string[] {
    if (nodePatchingEffects[nodePatching].kured === hasKured) {
        return [];
    }
    return hasKured
        ? [
              `\`kured\` is set, but cluster.upgrades.nodePatching is ${nodePatching}, with which nodes never ask for a reboot. ` +
                  "Remove `kured`, or set nodePatching to Kured.",
          ]
        : [
              `\`kured\` is missing, but cluster.upgrades.nodePatching is ${nodePatching}: nodes would never be rebooted. ` +
                  "Add `kured` with a `window`, or choose NodeImage or SecurityPatch.",
          ];
}

/** What kured could not do as it is told, a sentence each. */
export function rebootProblems(input: RebootInput): string[] {
    const windowProblems = rebootWindowProblems(input.window).map((problem) =>
        problem.replace(/^`/, "`window."),
    );
    const { checkIntervalInMinutes, drainTimeoutInMinutes, lockTtlInMinutes, lockReleaseDelayInMinutes } =
        input;
    const held = drainTimeoutInMinutes + lockReleaseDelayInMinutes;
    const lock =
        lockTtlInMinutes > 0 && lockTtlInMinutes <= held
            ? [
                  `\`lockTtlInMinutes\` is ${lockTtlInMinutes}, but draining and releasing may take ${held} minutes: more nodes than ` +
                      `\`concurrency\` would reboot at once. Set it above ${held} plus the time of a reboot, or to 0 for a lock that never expires.`,
              ]
            : [];
    if (windowProblems.length > 0) {
        return [...windowProblems, ...lock];
    }
    const length = rebootWindowLength(input.window);
    return checkIntervalInMinutes > length
        ? [
              `\`checkIntervalInMinutes\` is ${checkIntervalInMinutes}, but the window lasts ${length} minutes: nodes could miss it. ` +
                  "Check more often, or widen `window`.",
              ...lock,
          ]
        : lock;
}
