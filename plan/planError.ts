import { UserError } from "../terminal/userError";

/** A stack that cannot be planned. */
export class PlanError extends UserError {
    override readonly name = "PlanError";
}
