/** Median and the least and most of several values. */
export interface Spread {
    median: number;
    least: number;
    most: number;
}

/** One line of the benchmark: something against something else, measured in turn in the same run. */
export interface Measurement {
    /** What was measured. */
    name: string;
    /** What it was measured against. */
    against: string;
    /** The ratios of the pairs; one that is not measured but worked out has all three the same. */
    ratio: Spread;
    /** How many pairs; absent where nothing was timed. */
    pairs?: number;
    /** What the ratio is to be at most; absent where it is only shown. */
    goal?: number;
    /** The figures behind it, with their units, which hold for this machine only; and what there is to say, as text. */
    figures: Record<string, number | string>;
}

/** Measurements that belong together. */
export interface Group {
    /** What the command line calls it. */
    name: string;
    title: string;
    /** Why it cannot be measured here, such as a missing toolchain; absent where it can. */
    hindrance?: (setting: Setting) => string | undefined;
    measure: (setting: Setting) => Promise<Measurement[]>;
}

/** Where and how it is measured. */
export interface Setting {
    /** The repository. */
    directory: string;
    environment: Readonly<Record<string, string | undefined>>;
    /** How many pairs, after one that does not count. Each group may do fewer where a pair takes minutes. */
    pairs: number;
    /** Told before each step. */
    onProgress: (step: string) => void;
    signal?: AbortSignal;
}

/** Whether it was to be better. */
export function misses({ goal, ratio }: Measurement): boolean {
    return goal !== undefined && ratio.median > goal;
}

/** Median, least and most. There must be one value at least. */
export function spreadOf(values: readonly number[]): Spread {
    const sorted = [...values].sort((one, other) => one - other);
    const [least = NaN] = sorted;
    const middle = (sorted.length - 1) / 2;
    const [below = NaN, above = NaN] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
    return { median: (below + above) / 2, least, most: sorted.at(-1) ?? NaN };
}

/** Ratios of values that were measured in turn. */
export function ratioOf(values: readonly number[], against: readonly number[]): Spread {
    return spreadOf(values.map((value, index) => value / (against[index] ?? NaN)));
}
