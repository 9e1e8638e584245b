/** A fault that is the user's to mend: shown as its message and hint, without a stack trace. */
export class PlanError extends Error {
    constructor(
        message: string,
        /** What to do about it. */
        readonly hint?: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
        this.name = "PlanError";
    }
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
