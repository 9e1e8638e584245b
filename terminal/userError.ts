/** A fault that is the user's or the machine's to mend: shown as its message and hint, without a stack trace. */
export class UserError extends Error {
    override readonly name: string = "UserError";

    constructor(
        message: string,
        /** What to do about it. */
        readonly hint?: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
    }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
