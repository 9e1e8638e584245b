import { ratioOf, spreadOf } from "../measurement";
import type { Measurement } from "../measurement";

/** The operations of a stack's life that are timed. */
export type TimedOperation = "up" | "unchangedUp" | "refresh" | "destroy";

/** What the engine took over one stack, from nothing to nothing. */
export interface Life {
    /** Custom resources after `up`: those that are something outside the state. */
    resources: number;
    /** Wall time of each operation. */
    seconds: Readonly<Record<TimedOperation, number>>;
    /** Length of the exported state after `up`. */
    stateBytes: number;
}

const titles: Readonly<Record<TimedOperation, string>> = {
    up: "up from nothing",
    unchangedUp: "up without a change",
    refresh: "refresh",
    destroy: "destroy",
};

/** Time and state per resource, of lives that were lived in turn. */
export function comparison(stack: string, own: readonly Life[], bare: readonly Life[]): Measurement[] {
    const against = "bare program, per resource";
    const row = (name: string, of: (life: Life) => number, unit: string): Measurement => {
        const perResource = (lives: readonly Life[]) => lives.map((life) => of(life) / life.resources);
        return {
            name: `${stack}, ${name}`,
            against,
            ratio: ratioOf(perResource(own), perResource(bare)),
            pairs: own.length,
            figures: {
                resources: median(own, ({ resources }) => resources),
                bareResources: median(bare, ({ resources }) => resources),
                [unit]: median(own, of),
                [`bare${unit[0]?.toUpperCase() ?? ""}${unit.slice(1)}`]: median(bare, of),
            },
        };
    };
    return [
        ...(Object.keys(titles) as TimedOperation[]).map((operation) =>
            row(titles[operation], ({ seconds }) => seconds[operation], "seconds"),
        ),
        row("state file", ({ stateBytes }) => stateBytes, "bytes"),
    ];
}

function median(lives: readonly Life[], of: (life: Life) => number): number {
    return spreadOf(lives.map(of)).median;
}
