import { setTimeout as sleep } from "node:timers/promises";
import { SimulatorError } from "../simulatorError";

/** Waits until the condition holds; after `seconds` it throws that `what` did not happen. */
export async function waitUntil(
    what: string,
    seconds: number,
    condition: () => Promise<boolean> | boolean,
): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!(await condition())) {
        if (performance.now() > end) {
            throw new SimulatorError(`${what} did not happen within ${seconds} seconds`);
        }
        await sleep(200);
    }
}
