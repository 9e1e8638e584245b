import type { DriverContext } from "../context";
import type { Change } from "../changes";
import { defaultMaxDeletions, violations } from "../guards";
import type { GuardOptions, Violation } from "../guards";
import { azureOnlyViolations, partText } from "../azureOnly";
import { pendingViolations } from "../pending";
import { misfits, planOf, readPlan } from "../savedPlan";
import type { SavedPlan } from "../savedPlan";
import { Strays } from "../strays";
import { undertake } from "../undertaking";
import type { UndertakingFlags } from "../undertaking";

/** Options of `up`. */
export interface UpFlags extends UndertakingFlags {
    yes?: boolean;
    azureOnly?: boolean;
    /** File that `preview --save-plan` wrote. */
    plan?: string;
    allowReplace?: string[];
    allowDelete?: string[];
    allowCreate?: string[];
    maxDeletions?: number;
    expectNoChanges?: boolean;
}

/** Previews, lets the guards judge, and then changes the stack. */
export async function up(stack: string, flags: UpFlags, context: DriverContext): Promise<number> {
    const plan = flags.plan === undefined ? undefined : readPlan(flags.plan);
    const { azureOnly } = flags;
    const what = `${stack}${partText(azureOnly)}`;
    return undertake(
        stack,
        {
            command: "up",
            azureOnly,
            refuseUnseen: ({ pending }) => pendingViolations(pending, flags.allowCreate ?? []),
            preview: {
                name: `preview of ${what}`,
                run: (operations, listener) => operations.preview(listener, { azureOnly }),
                heading: `Preview of ${what}`,
                tense: "planned",
                blame: `the preview of ${stack}`,
            },
            refusePreviewed: ({ changes }) => [
                ...misfitsOf(plan, changes, { stack, azureOnly }, context),
                ...azureOnlyViolations(changes, azureOnly),
                ...violations(changes, guardOptions(flags)),
            ],
            consent: flags.yes
                ? undefined
                : { question: `Change ${what}?`, expected: "yes", otherwise: "give --yes" },
            notConfirmed: {
                guard: "not-confirmed",
                message: "it was not confirmed",
                mend: "Type what is asked for, or give --yes",
            },
            change: {
                name: `update of ${what}`,
                run: async (operations, listener, previewed) => {
                    const strays = new Strays(previewed.changes, () => context.interruption.cancel());
                    const outcome = await operations.up(
                        (event) => {
                            strays.watch(event);
                            listener(event);
                        },
                        { azureOnly },
                    );
                    return { ...outcome, faults: strays.found };
                },
                heading: `Done: ${what}`,
                tense: "done",
                blame: `the update of ${stack}`,
            },
        },
        flags,
        context,
    );
}

const shownMisfits = 3;

function guardOptions(flags: UpFlags): GuardOptions {
    return {
        allowReplace: flags.allowReplace ?? [],
        allowDelete: flags.allowDelete ?? [],
        maxDeletions: flags.maxDeletions ?? defaultMaxDeletions,
        expectNoChanges: flags.expectNoChanges ?? false,
    };
}

function misfitsOf(
    plan: SavedPlan | undefined,
    changes: readonly Change[],
    { stack, azureOnly }: { stack: string; azureOnly?: boolean },
    { directory }: DriverContext,
): Violation[] {
    if (plan === undefined) {
        return [];
    }
    const found = misfits(plan, planOf(stack, directory, changes, azureOnly));
    const more = found.length - shownMisfits;
    const shown = [...found.slice(0, shownMisfits), ...(more > 0 ? [`and ${more} more`] : [])];
    return found.length === 0
        ? []
        : [
              {
                  guard: "plan",
                  message: `the plan does not fit any more: ${shown.join("; ")}`,
                  mend: `Look at a new preview and have it approved: preview ${stack}${azureOnly ? " --azure-only" : ""} --save-plan FILE`,
              },
          ];
}
