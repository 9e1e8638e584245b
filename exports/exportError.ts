import { UserError } from "../terminal/userError";

/** A stack that cannot be exported, or a place that an export may not be written to. */
export class ExportError extends UserError {
    override readonly name = "ExportError";
}
