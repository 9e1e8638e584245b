import { types } from "../../stack/resourceTypes";
import { sameId, textAt } from "../../stack/values";
import { each } from "../rule";
import type { Rule } from "../rule";
import { sources } from "../sources";

/** Rules about what must not be lost. */
export const dataRules: readonly Rule[] = [
    {
        id: "stateful-resources-are-protected",
        title: "What holds data or cannot be rebuilt in place is protected",
        severity: "warning",
        why: "Without `protect`, a wrong setting or a `pulumi destroy` deletes it.",
        mend: "Set `protection.protect: true` in the stack file.",
        sources: [sources.pulumiProtect],
        evaluate: (stack) =>
            statefulTypes.flatMap((type) =>
                each(stack, type, ({ options }) =>
                    options.protect || options.retainOnDelete
                        ? undefined
                        : "is neither protected nor retained",
                ),
            ),
    },
    {
        id: "data-is-locked-against-deletion",
        title: "Vaults, registries and logs carry a lock against deletion",
        severity: "warning",
        why: "`protect` keeps Pulumi from deleting them; a lock keeps everybody else, in the portal as well.",
        mend: "Set `protection.locks: true` in the stack file.",
        sources: [sources.locks],
        evaluate: (stack) =>
            [types.vault, types.registry, types.logAnalyticsWorkspace].flatMap((type) =>
                each(stack, type, ({ id }) =>
                    stack
                        .ofType(types.lock)
                        .some(
                            ({ inputs }) =>
                                sameId(textAt(inputs, "scope"), id) &&
                                ["CanNotDelete", "ReadOnly"].includes(textAt(inputs, "level") ?? ""),
                        )
                        ? undefined
                        : "no lock keeps it from being deleted",
                ),
            ),
    },
];

const statefulTypes = [
    types.virtualNetwork,
    types.cluster,
    types.vault,
    types.key,
    types.registry,
    types.logAnalyticsWorkspace,
    types.azureMonitorWorkspace,
];
