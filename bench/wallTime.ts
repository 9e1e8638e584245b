import type { Usage } from "./child";
import { ratioOf, spreadOf } from "./measurement";
import type { Measurement } from "./measurement";

/** What of a `Measurement` follows from wall times alone. */
interface WallTime extends Required<Pick<Measurement, "ratio" | "pairs">> {
    /** The medians of both. */
    figures: { seconds: number; secondsAgainst: number };
}

/** Compares the wall times of what was measured, a usage a pair, with those of what it was measured against. */
export function wallTimeOf(usages: readonly Usage[], base: readonly Usage[]): WallTime {
    const seconds = (list: readonly Usage[]) => list.map(({ wallSeconds }) => wallSeconds);
    return {
        ratio: ratioOf(seconds(usages), seconds(base)),
        pairs: usages.length,
        figures: {
            seconds: spreadOf(seconds(usages)).median,
            secondsAgainst: spreadOf(seconds(base)).median,
        },
    };
}
