/** Exit codes of the commands; docs/plan.md, docs/rehearsal.md and docs/driver.md say what leads to each. */
export const exitCode = {
    /** Done; or nothing to do. */
    good: 0,
    /** It could not be done: a wrong option, a failed operation, a check of `doctor` with a problem. */
    failed: 1,
    /** The answer is no: a check of the plan or the rehearsal failed, drift was found, a guard refused. */
    refused: 2,
    /** Ended by SIGINT, SIGTERM or SIGHUP. */
    interrupted: 130,
} as const;
