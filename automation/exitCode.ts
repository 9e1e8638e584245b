/** Exit codes of the driver; docs/driver.md describes them. */
export const exitCode = {
    /** Done; or nothing to do. */
    good: 0,
    /** It could not be done: a wrong option, a failed operation, a check of `doctor` with a problem. */
    failed: 1,
    /** The answer is no: drift was found, or a guard refused. Nothing was changed. */
    refused: 2,
    /** Ended by SIGINT, SIGTERM or SIGHUP. */
    interrupted: 130,
} as const;
