/** What the estimate takes for granted where nobody can know. Each is told in the plan, with its reason. */
export interface Assumption {
    id: string;
    /** The assumption in a sentence, with its figure. */
    text: string;
    /** Why it is this figure. */
    reason: string;
}

/** Azure bills a month as 730 hours. */
export const hoursPerMonth = 730;

/** Hours of a month in which work is done: 22 days of 10 hours. */
export const busyHours = 220;

/** How far the expected number of nodes of an autoscaled pool lies from the autoscaler's least to its most. */
export const expectedShareOfNodes = busyHours / hoursPerMonth;

/** How much of its daily cap a workspace is expected to take in. */
export const expectedShareOfLogs = 0.5;

/** Days in a month of {@link hoursPerMonth}. */
export const daysPerMonth = hoursPerMonth / 24;

/** Everything that the estimate assumes, in the order in which it is shown. */
export const assumptions: readonly Assumption[] = [
    {
        id: "hours",
        text: `A month has ${hoursPerMonth} hours, and everything runs in all of them.`,
        reason: "The 8,760 hours of a year in twelve equal parts.",
    },
    {
        id: "nodes",
        text:
            "Nodes of an autoscaled pool: at least and at most the autoscaler's bounds; expected is the most for " +
            `${busyHours} hours of the month and the least for the rest.`,
        reason: "22 working days of 10 hours; nobody has measured the workloads yet.",
    },
    {
        id: "logs",
        text:
            "Logs: at most the workspace's daily cap on every day, at least none; expected is " +
            `${expectedShareOfLogs * 100} % of the cap. All at the price of the Analytics plan; the first 5 GB of a ` +
            "billing account, which are free, are not taken off.",
        reason: "A cap is for accidents: a workspace that comes near it on ordinary days needs a higher one.",
    },
    {
        id: "regions",
        text:
            "A price that was found in another region only is estimated by the regions' factors: of machines, as seen " +
            "among sizes; of everything else, from no difference at all to that of machines. What costs the same in all " +
            "regions in which it was found is expected to cost that.",
        reason:
            "Some meters cost the same everywhere. The factors are those of machines: of the few other prices that were found " +
            "in two regions, disks differ by less and logs by more (1.3 in West Europe, where machines differ by 1.2).",
    },
    {
        id: "free",
        text: "Free amounts of a subscription count for the minimum only: other landing zones may use them up.",
        reason: "Ten metric series are free per subscription, not per stack.",
    },
];
