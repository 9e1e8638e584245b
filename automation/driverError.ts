import { UserError } from "../terminal/userError";

/** Something that the driver does not do, or that it could not get from the engine. */
export class DriverError extends UserError {
    override readonly name = "DriverError";
}
