/** A rehearsal that could not run: the machine's or the user's to mend, shown as its message without a stack trace. */
export class RehearsalError extends Error {
    constructor(
        message: string,
        /** What to do about it. */
        readonly hint?: string,
    ) {
        super(message);
        this.name = "RehearsalError";
    }
}
