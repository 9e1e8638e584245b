import { setTimeout as sleep } from "node:timers/promises";
import { RehearsalError } from "./rehearsalError";

/** Waits until the condition holds; after `seconds` it throws that `what` did not happen. */
export async function waitUntil(
    what: string,
    seconds: number,
    condition: () => Promise<boolean> | boolean,
): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!(await condition())) {
        if (performance.now() > end) {
            throw new RehearsalError(`${what} did not happen within ${seconds} seconds`);
        }
        await sleep(200);
    }
}
