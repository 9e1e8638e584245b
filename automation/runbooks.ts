/** Where docs/operations.md has the way out of an interrupted run. */
export const recoveryRunbook = "docs/operations.md, Recover from a failed or interrupted run";
