/** The checks of a life, in its order; docs/rehearsal.md describes them. */
export const lifeChecks: readonly LifeCheck[] = [
    { id: "preview-names-all", title: "A preview before the first up names what the up then makes" },
    { id: "first-up", title: "The first up succeeds" },
    { id: "workloads-ready", title: "Every pod of ingress and kured is Ready, the ingress has an address" },
    { id: "second-up", title: "A second up changes nothing" },
    { id: "refresh", title: "Neither a refresh nor the up after it changes anything" },
    { id: "protected-destroy", title: "Destroy is refused while protection is on", onlyProtected: true },
    { id: "protection-lifted", title: "Lifting protection deletes the locks alone", onlyProtected: true },
    { id: "destroy-calls", title: "Destroy asks a cluster that is gone for no object" },
    { id: "destroy", title: "Destroy leaves nothing behind" },
    { id: "secrets", title: "No secret stands in plain in state, outputs or logs" },
];

/** Names of the checks. */
export type CheckId =
    | "preview-names-all"
    | "first-up"
    | "workloads-ready"
    | "second-up"
    | "refresh"
    | "protected-destroy"
    | "protection-lifted"
    | "destroy-calls"
    | "destroy"
    | "secrets";

interface LifeCheck {
    id: CheckId;
    title: string;
    /** Only for stacks whose protection is on. */
    onlyProtected?: boolean;
}
