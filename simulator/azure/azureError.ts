/** A refusal in the form in which Resource Manager's errors reach a user: a code to search for, and a sentence. */
export class AzureError extends Error {
    constructor(
        readonly code: string,
        message: string,
    ) {
        super(`Code="${code}" Message="${message}"`);
        this.name = "AzureError";
    }
}
