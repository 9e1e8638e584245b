import { checkConfirmed } from "../consent";
import type { DriverContext } from "../context";
import type { StateEntry } from "../operations";
import type { Violation } from "../guards";
import { undertake } from "../undertaking";
import type { UndertakingFlags } from "../undertaking";
import { shortName } from "../../engine/names";

/** Options of `destroy`. */
export interface DestroyFlags extends UndertakingFlags {
    /** The stack's name, again. */
    confirm?: string;
}

/** Deletes everything of a stack, after its name was given a second time. A protected stack is refused before anything is deleted. */
export async function destroy(stack: string, flags: DestroyFlags, context: DriverContext): Promise<number> {
    checkConfirmed(flags.confirm, "destroy", stack);
    const blame = `the destruction of ${stack}`;
    return undertake(
        stack,
        {
            command: "destroy",
            refuseUnseen: ({ resources }) => protection(stack, resources),
            // Always: without it the engine deletes what is not protected before it comes to refuse what is.
            preview: {
                name: `preview of destroying ${stack}`,
                run: (operations, listener) => operations.previewDestroy(listener),
                heading: `What destroying ${stack} deletes`,
                tense: "planned",
                blame,
            },
            consent:
                flags.confirm === undefined
                    ? {
                          question: "Delete all of it?",
                          expected: stack,
                          otherwise: `give --confirm ${stack}`,
                      }
                    : undefined,
            notConfirmed: {
                guard: "not-confirmed",
                message: "the name of the stack was not typed",
                mend: "Type it, or give it with --confirm",
            },
            change: {
                name: `destruction of ${stack}`,
                run: (operations, listener) => operations.destroy(listener),
                heading: `Destroyed: ${stack}`,
                tense: "done",
                blame,
            },
        },
        flags,
        context,
    );
}

const namedResources = 5;

function protection(stack: string, state: readonly StateEntry[]): Violation[] {
    const names = state.filter(({ protect }) => protect).map(({ urn }) => shortName(urn));
    if (names.length === 0) {
        return [];
    }
    const more = names.length > namedResources ? ` and ${names.length - namedResources} more` : "";
    return [
        {
            guard: "protection",
            message: `stack ${stack} is protected: ${names.slice(0, namedResources).join(", ")}${more}`,
            mend:
                `If it is meant: 1. set protection.protect and protection.locks to false in Pulumi.${stack}.yaml; ` +
                `2. npm run lz -- up ${stack}. Then destroy it`,
        },
    ];
}
