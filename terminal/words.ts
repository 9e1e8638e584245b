/** `1 node`, `2 nodes`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
    return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}

/** A whole number with groups of three digits. */
export function grouped(value: number): string {
    return value.toLocaleString("en-US");
}

/** `1.4 s`. */
export function seconds(milliseconds: number): string {
    return `${(milliseconds / 1000).toFixed(1)} s`;
}
