/** The time of the simulated subscription. */
export interface Clock {
    /** Simulated seconds since the subscription began. */
    now(): number;
    /** Lets so many simulated seconds pass. */
    wait(seconds: number): Promise<void>;
}

// Nothing that crosses a network takes less; it also lets operations that run at once be seen to.
const shortestWaitInMilliseconds = 20;

/** A clock that runs faster than the real one, and goes on where it stood when its process starts anew. */
export class ScaledClock implements Clock {
    readonly #origin: number;
    readonly #timeScale: number;

    constructor(
        /** Real time at which simulated time began, in milliseconds since 1970. */
        origin: number,
        /** Simulated seconds per real second. */
        timeScale: number,
    ) {
        this.#origin = origin;
        this.#timeScale = timeScale;
    }

    now(): number {
        return ((realTime() - this.#origin) / 1000) * this.#timeScale;
    }

    async wait(seconds: number): Promise<void> {
        const milliseconds = Math.max((seconds / this.#timeScale) * 1000, shortestWaitInMilliseconds);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
}

/** Milliseconds since 1970 that never run backwards while the process lives. */
export function realTime(): number {
    return performance.timeOrigin + performance.now();
}
