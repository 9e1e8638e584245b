import { setTimeout as sleep } from "node:timers/promises";
import { SimulatorError } from "../simulatorError";

const pollInMilliseconds = 200;

/** Whether the condition comes to hold within so many seconds. It is asked once at least. */
export async function within(seconds: number, condition: () => Promise<boolean> | boolean): Promise<boolean> {
    const end = performance.now() + seconds * 1000;
    while (!(await condition())) {
        if (performance.now() > end) {
            return false;
        }
        await sleep(pollInMilliseconds);
    }
    return true;
}

/** Waits until the condition holds; after `seconds` it throws that `what` did not happen. */
export async function waitUntil(
    what: string,
    seconds: number,
    condition: () => Promise<boolean> | boolean,
): Promise<void> {
    if (!(await within(seconds, condition))) {
        throw new SimulatorError(`${what} did not happen within ${seconds} seconds`);
    }
}
