/**
 * `count` moments out of `total`, from 1, in ascending order: one from each of as many equal stretches, so that the whole
 * is covered. The same seed gives the same moments.
 */
export function sampledMoments(total: number, count: number, seed: number): number[] {
    const random = randomNumbers(seed);
    const stretch = total / count;
    return Array.from({ length: count }, (_, index) => 1 + Math.floor((index + random()) * stretch));
}

/** Numbers from 0 to below 1: the linear congruential generator of Numerical Recipes (multiplier 1664525, 2^32). */
function randomNumbers(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}
