import { UserError } from "../terminal/userError";

/** A rehearsal that could not run. */
export class RehearsalError extends UserError {
    override readonly name = "RehearsalError";
}
