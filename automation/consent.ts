import type { DriverContext } from "./context";
import { DriverError } from "./driverError";

/** Refuses where nobody is there to be asked; `otherwise` says what to do. */
export function checkSomebodyIsThere({ ask }: Pick<DriverContext, "ask">, otherwise: string): void {
    if (ask === undefined) {
        throw new DriverError("nobody is there to confirm it: the input is no terminal", otherwise);
    }
}

/** Asks a person to go on by typing `expected`. Refuses where nobody is there to be asked. */
export async function typed(
    question: string,
    expected: string,
    context: DriverContext,
    otherwise: string,
): Promise<boolean> {
    checkSomebodyIsThere(context, otherwise);
    const answer = await context.ask?.(`${question} Type ${expected} to go on: `);
    return !context.interruption.gentle.aborted && answer?.trim() === expected;
}

/** Refuses a `--confirm` that is not the name of the stack. */
export function checkConfirmed(confirmed: string | undefined, command: string, stack: string): void {
    if (confirmed !== undefined && confirmed !== stack) {
        throw new DriverError(
            `--confirm ${confirmed} is not the name of the stack to ${command}, ${stack}`,
            "nothing was done",
        );
    }
}
