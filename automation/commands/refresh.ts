import type { DriverContext } from "../context";
import { undertake } from "../undertaking";
import type { UndertakingFlags } from "../undertaking";

/** Options of `refresh`. */
export interface RefreshFlags extends UndertakingFlags {
    yes?: boolean;
}

/** Writes into the state what Azure and the cluster say. Shows first what that is. */
export function refresh(stack: string, flags: RefreshFlags, context: DriverContext): Promise<number> {
    const blame = `the refresh of ${stack}`;
    return undertake(
        stack,
        {
            command: "refresh",
            preview: {
                name: `preview of refresh of ${stack}`,
                run: (operations, listener) => operations.previewRefresh(listener),
                heading: `Found in ${stack}`,
                tense: "found",
                blame,
            },
            consent: flags.yes
                ? undefined
                : {
                      question: `Write it into the state of ${stack}?`,
                      expected: "yes",
                      otherwise: "give --yes",
                  },
            change: {
                name: `refresh of ${stack}`,
                run: (operations, listener) => operations.refresh(listener),
                heading: `Written into the state: ${stack}`,
                tense: "found",
                blame,
            },
        },
        flags,
        context,
    );
}
