import type { Colors } from "picocolors/types";
import type { Watcher } from "../../engine/events";
import { shortName } from "../../engine/names";
import type { OutputStream } from "../context";
import { progressLines } from "./progressLines";
import type { ProgressState, RunningOperation } from "./progressLines";

/** Whom a command tells what it is doing. */
export interface Progress extends Watcher {
    /** A part of the work begins; what ran before is over. */
    chapter(name: string): void;
    /** About how many resources the chapter has to deal with. */
    expect(total: number): void;
}

/** What a live display is made with. */
export interface LiveProgressOptions {
    stream: OutputStream;
    colors: Colors;
    /** Milliseconds; only differences count. Defaults to the process's clock. */
    now?: () => number;
    /** Seconds that an operation usually takes, by type; for those that are known. */
    typicalSeconds?: (type: string) => number | undefined;
}

const refreshInMilliseconds = 250;
const usualColumns = 80;
const eraseBelow = "\u001b[J";
const up = (lines: number) => (lines === 0 ? "\r" : `\r\u001b[${lines}A`);

/**
 * Shows on a terminal what is being done in a few lines that are gone afterwards; elsewhere one plain line for each
 * chapter. `close` must be called at the end.
 */
export class LiveProgress implements Progress {
    readonly #options: LiveProgressOptions;
    readonly #now: () => number;
    readonly #running = new Map<string, RunningOperation>();
    readonly #timer: NodeJS.Timeout | undefined;
    #state: Omit<ProgressState, "running"> | undefined;
    /** Lines that stand on the terminal, the cursor at the end of the last one. */
    #shown = 0;

    constructor(options: LiveProgressOptions) {
        this.#options = options;
        this.#now = options.now ?? (() => performance.now());
        if (options.stream.isTTY) {
            this.#timer = setInterval(() => this.show(), refreshInMilliseconds);
            // A display is no reason to stay alive.
            this.#timer.unref();
        }
    }

    chapter(name: string): void {
        this.#running.clear();
        this.#state = { chapter: name, began: this.#now(), done: 0 };
        if (this.#options.stream.isTTY) {
            this.show();
        } else {
            this.#options.stream.write(`${name}\n`);
        }
    }

    expect(total: number): void {
        if (this.#state) {
            this.#state.total = total;
        }
    }

    began(urn: string, type: string): void {
        const typicalSeconds = this.#options.typicalSeconds?.(type);
        this.#running.set(urn, {
            name: shortName(urn),
            type,
            began: this.#now(),
            ...(typicalSeconds === undefined ? {} : { typicalSeconds }),
        });
    }

    ended(urn: string): void {
        if (this.#running.delete(urn) && this.#state) {
            this.#state.done++;
        }
    }

    /** Takes the display off the terminal. */
    close(): void {
        clearInterval(this.#timer);
        this.#erase();
        this.#state = undefined;
    }

    /** Draws the display anew; on a terminal that happens by itself some times a second. */
    show(): void {
        if (!this.#state || !this.#options.stream.isTTY) {
            return;
        }
        const { stream, colors } = this.#options;
        const lines = progressLines(
            { ...this.#state, running: [...this.#running.values()] },
            { width: stream.columns ?? usualColumns, now: this.#now(), colors },
        );
        this.#erase();
        stream.write(lines.join("\n"));
        this.#shown = lines.length;
    }

    #erase(): void {
        if (this.#shown > 0) {
            this.#options.stream.write(up(this.#shown - 1) + eraseBelow);
            this.#shown = 0;
        }
    }
}
