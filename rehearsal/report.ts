import type { DurationEstimate } from "./duration/estimate";

/** A statement about the stack's life, and whether it held. */
export interface Check {
    id: string;
    title: string;
    /**
     * `skipped` where what it needs did not come about; `notApplicable` where the place in which the life is played cannot
     * tell, which is no fault of the stack. `detail` says what it was.
     */
    outcome: "holds" | "fails" | "skipped" | "notApplicable";
    /** What was found. */
    detail: string;
}

/** One step of the life, in order. */
export interface Step {
    name: string;
    durationInMilliseconds: number;
}

/** What a rehearsal found; the documented content of `--json`. */
export interface Report {
    stack: string;
    checks: Check[];
    steps: Step[];
    /** Resources in the engine's state after the first `up`, components and providers included. */
    resources: number;
    durationInMilliseconds: number;
    /** What the first `up` would take in Azure; absent where it failed. */
    estimate?: DurationEstimate;
    /** The folders with logs and state, where they were kept: that of the life, then those of the faults. */
    keptIn?: string[];
}

/** True when a check fails, or was never reached. */
export function isBad({ checks }: Report): boolean {
    return checks.some(({ outcome }) => outcome === "fails" || outcome === "skipped");
}
