/** Eighths of a block, from none to seven. */
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** What a bar shows, in seconds since the beginning. */
export interface Span {
    start: number;
    duration: number;
    /** What it had to wait before, lightly shaded. */
    wait?: number;
}

/** A span as a bar of blocks in a row of `cells` characters that stands for `total` seconds; never without a mark. */
export function bar({ start, duration, wait = 0 }: Span, total: number, cells: number): string {
    const scale = total > 0 ? cells / total : 0;
    const before = Math.min(Math.floor(start * scale), cells - 1);
    const shaded = Math.min(Math.round(wait * scale), before);
    // It begins at a whole character: there are no blocks that leave out the left eighths.
    const length = Math.min(Math.max(1, Math.round(duration * scale * 8)), (cells - before) * 8);
    const blocks = "█".repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? "");
    return " ".repeat(before - shaded) + "░".repeat(shaded) + blocks;
}
