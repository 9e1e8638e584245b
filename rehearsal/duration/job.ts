/** Why one operation begins after another one. */
export type WaitKind =
    /** An input takes an output of it. */
    | "data"
    /** The program asks for it with `dependsOn`; no input names it. */
    | "dependsOn"
    /** It is the provider. */
    | "provider"
    /** An argument of the component takes an output of it: nothing in a component is registered before its arguments are known. */
    | "argument"
    /** It is the parent in the program. */
    | "parent"
    /** It lies above in Azure, by their ids. */
    | "azureParent"
    /** It is the pool with the nodes for its pods. */
    | "nodes"
    /** It is a role that must have taken effect, which is later than its creation. */
    | "role";

/** One operation before another one. */
export interface Wait {
    /** The job that must have ended. */
    on: string;
    kind: WaitKind;
    /** Seconds that must have passed since then; 0 for all kinds but `role`. */
    lagInSeconds: number;
}

/** One operation of the engine on one resource. */
export interface Job {
    /** URN of the resource. */
    id: string;
    /** What the operation itself takes. */
    seconds: number;
    waits: readonly Wait[];
    /** What Azure changes in one way at a time; no two jobs with a lock in common run together. */
    locks: readonly string[];
    /** Takes one of the engine's parallel operations. A component does not. */
    isOperation: boolean;
    /** Seconds between two tries, where the program tries again while a role has not taken effect. */
    retryPauseInSeconds?: number;
}

/** Kinds that hold because the program is written so. All others hold anyway: data, provider, Azure, Kubernetes. */
const programKinds: readonly WaitKind[] = ["dependsOn", "argument", "parent"];

/** True for what holds however the program is written. */
export function isEnforced({ kind }: Wait): boolean {
    return !programKinds.includes(kind);
}
