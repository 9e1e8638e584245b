import { DriverError } from "./driverError";
import type { LockHolder } from "./operations";

/** How long `up`, `refresh` and `destroy` wait for a locked stack where no option says; a node pool takes about as long. */
export const defaultLockWaitInMinutes = 10;

const firstPauseInSeconds = 5;
const longestPauseInSeconds = 60;

/** How a locked stack is waited for. */
export interface LockWait {
    stack: string;
    limitInMinutes: number;
    sleep: (milliseconds: number) => Promise<void>;
    /** Is told whom is waited for, whenever that is somebody else. */
    tell: (text: string) => void;
}

/**
 * Calls `attempt` until it finds the stack free, with growing pauses. `attempt` gives the result, or who holds the lock.
 * Throws when the limit is reached: a lock is never taken away here, `unlock` does that.
 */
export async function whenFree<Result>(
    attempt: () => Promise<{ result: Result } | { locked: LockHolder }>,
    { stack, limitInMinutes, sleep, tell }: LockWait,
): Promise<Result> {
    let left = limitInMinutes * 60;
    let pause = firstPauseInSeconds;
    let told: string | undefined;
    for (;;) {
        const found = await attempt();
        if ("result" in found) {
            return found.result;
        }
        const { description } = found.locked;
        if (left <= 0) {
            throw new DriverError(
                `stack ${stack} is locked by ${description}`,
                limitInMinutes === 0
                    ? "wait for it to end, or give --wait-for-lock"
                    : `it did not end in ${limitInMinutes} minutes. If nothing is running any more: npm run lz -- unlock ${stack}`,
            );
        }
        if (description !== told) {
            tell(`stack ${stack} is locked by ${description}: waiting up to ${Math.ceil(left / 60)} min`);
            told = description;
        }
        const seconds = Math.min(pause, left);
        await sleep(seconds * 1000);
        left -= seconds;
        pause = Math.min(pause * 2, longestPauseInSeconds);
    }
}
