/** A simulator that could not run: the machine's or the user's to mend, shown as its message without a stack trace. */
export class SimulatorError extends Error {
    constructor(message: string) {
        super(message);
        this.name = "SimulatorError";
    }
}
