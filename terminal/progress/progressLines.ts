import { stripVTControlCharacters } from "node:util";
import type { Colors } from "picocolors/types";
import { counted } from "../words";
import { shortType } from "../../engine/names";

/** What is going on, for whoever waits. */
export interface ProgressState {
    /** The part of the work: `first up`. */
    chapter: string;
    /** When the chapter began, in milliseconds of the clock that the caller uses. */
    began: number;
    /** Resources that the chapter has dealt with. */
    done: number;
    /** About how many there are; absent where nobody knows. */
    total?: number;
    /** What runs now, oldest first. */
    running: readonly RunningOperation[];
}

/** An operation on one resource that has not ended. */
export interface RunningOperation {
    name: string;
    /** Pulumi type token. */
    type: string;
    began: number;
    /** Seconds that it usually takes here; absent where nobody knows. */
    typicalSeconds?: number;
}

const shownOperations = 6;
const barCells = 20;

/**
 * The progress as lines of less than `width` characters: what, how far, and what has been running for how long. The last
 * column stays free, because a terminal that breaks a line makes it two, and they could not be taken back.
 */
export function progressLines(
    state: ProgressState,
    options: { width: number; now: number; colors: Colors },
): string[] {
    const { width, now, colors } = options;
    const { running } = state;
    const shown = running.slice(0, shownOperations);
    const more = running.length - shown.length;
    return [
        headLine(state, now),
        ...shown.map((operation) => operationLine(operation, now)),
        ...(more > 0 ? [`  and ${more} more`] : []),
    ].map((line, index) => {
        const cut = fitted(line, width - 1);
        return index === 0 ? colors.bold(cut) : colors.dim(cut);
    });
}

function headLine({ chapter, began, done, total, running }: ProgressState, now: number): string {
    const seconds = secondsBetween(began, now);
    if (done === 0 && running.length === 0) {
        return `${chapter}  ${seconds} s`;
    }
    // More than expected is no reason to show more than all.
    const all = total === undefined ? undefined : Math.max(total, done);
    const count = all === undefined ? counted(done, "resource") : `${done}/${all}`;
    const bar = all === undefined ? "" : `  ${doneBar(all === 0 ? 1 : done / all)}`;
    return `${chapter}${bar}  ${count}  ${seconds} s`;
}

function doneBar(share: number): string {
    const cells = Math.floor(share * barCells);
    return "█".repeat(cells) + "░".repeat(barCells - cells);
}

function operationLine({ name, type, began, typicalSeconds }: RunningOperation, now: number): string {
    const usual = typicalSeconds === undefined ? "" : ` of ${typicalSeconds.toFixed(1)} s`;
    const elapsed = Math.max(0, now - began) / 1000;
    return `  ${`${elapsed.toFixed(1)} s${usual}`.padEnd(18)}${shortType(type)} ${name}`;
}

function secondsBetween(began: number, now: number): number {
    return Math.max(0, Math.round((now - began) / 1000));
}

function fitted(line: string, width: number): string {
    const plain = stripVTControlCharacters(line);
    return plain.length > width ? `${plain.slice(0, Math.max(width - 1, 0))}…` : plain;
}
