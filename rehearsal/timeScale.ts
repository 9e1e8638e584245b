/** Simulated seconds per real second: the half hour that Azure takes for a landing zone passes in 20 s. */
export const defaultTimeScale = 100;
