/** A fault that is the user's to mend: shown as its message and hint, without a stack trace. */
export class DriverError extends Error {
    constructor(
        message: string,
        /** What to do about it. */
        readonly hint?: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
        this.name = "DriverError";
    }
}
