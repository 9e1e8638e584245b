import { types } from "../stack/resourceTypes";
import type { Change } from "./changes";
import type { Violation } from "./guards";

/** What stands behind the name of a stack where only a part of it is worked on: ` (Azure only)`. */
export function partText(azureOnly: boolean | undefined): string {
    return azureOnly ? " (Azure only)" : "";
}

/**
 * Refuses to lose the cluster in a run that leaves out what is inside it: the state would keep all of that, of a cluster
 * that is gone. Not even naming the loss allows it.
 */
export function azureOnlyViolations(changes: readonly Change[], azureOnly: boolean | undefined): Violation[] {
    const losses = changes.filter(
        ({ type, operation }) =>
            type === types.cluster && (operation === "replace" || operation === "delete"),
    );
    return azureOnly
        ? losses.map(({ urn, name, operation }) => ({
              guard: "azure-only",
              urn,
              message: `${name} would be ${operation}d, and --azure-only keeps in the state what is inside it`,
              mend: "Leave out --azure-only, from where the API server is reached",
          }))
        : [];
}
