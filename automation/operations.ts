import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Change } from "./changes";

/** Takes what the engine tells while it works; messages for debugging are left out, they hold secrets. */
export type Listener = (event: EngineEvent) => void;

/** Who keeps others from changing a stack. */
export interface LockHolder {
    /** `user@host (pid 12) since 2026-11-21T10:00:00Z`, or as much of it as the backend tells. */
    description: string;
}

/** Whether somebody holds the lock; `unknown` where the backend cannot be asked. */
export type LockState = LockHolder | "nobody" | "unknown";

/** What became of an operation. Secrets are masked in all of it. */
export interface Outcome {
    /** The engine's errors; absent where it succeeded. */
    error?: string;
    /** Present where somebody else is changing the stack: nothing was done. */
    locked?: LockHolder;
    /** What is to be done, or was done, to which resource; in the engine's order, without what stays as it is. */
    changes: Change[];
    /** Resources that stay as they are, components, the stack itself and what does not exist left out. */
    unchanged: number;
    durationInMilliseconds: number;
}

/** An output of a stack. */
export interface StackOutput {
    name: string;
    value: unknown;
    secret: boolean;
}

/** A resource of the state, as far as the driver needs it. */
export interface StateEntry {
    urn: string;
    protect: boolean;
}

/** What the engine had begun with a resource, and whose end it did not live to see. */
export interface PendingOperation {
    operation: "creating" | "updating" | "deleting" | "reading" | "importing";
    urn: string;
    /** Type token of the resource. */
    type: string;
}

/** What the state holds, without properties. */
export interface State {
    resources: StateEntry[];
    /** Empty unless a run was killed, or is going on. */
    pending: PendingOperation[];
}

/** Which part of a stack an update is about. */
export interface Part {
    /** True leaves alone what is inside the cluster, and asks its API server nothing. Defaults to false. */
    azureOnly?: boolean;
}

/** Everything that the driver does to a stack. A test gives its own. */
export interface StackOperations {
    readonly stack: string;
    preview(listener?: Listener, part?: Part): Promise<Outcome>;
    up(listener?: Listener, part?: Part): Promise<Outcome>;
    refresh(listener?: Listener): Promise<Outcome>;
    /** What a refresh would find; nothing is changed, not even the state. */
    previewRefresh(listener?: Listener): Promise<Outcome>;
    /**
     * Deletes everything. Only after `previewDestroy` succeeded: the engine itself deletes what is not protected before it
     * comes to refuse what is.
     */
    destroy(listener?: Listener): Promise<Outcome>;
    previewDestroy(listener?: Listener): Promise<Outcome>;
    /** Values of secret outputs included: whoever shows them masks them. */
    outputs(): Promise<StackOutput[]>;
    /** The state, without properties. */
    export(): Promise<State>;
    /** Who holds the lock. */
    whoHoldsLock(): Promise<LockState>;
    /** Takes the lock away from whoever holds it. */
    cancel(): Promise<void>;
}
