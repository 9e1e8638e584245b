import type { Place } from "../topology/place";
import { textWidth, wrappedText } from "./textWidth";

/** Font sizes and distances of the picture, in its own pixels. */
export const metrics = {
    titleSize: 12,
    lineSize: 11,
    lineHeight: 15,
    padding: 9,
    chipSize: 16,
    chipGap: 4,
    badgeSize: 11,
    badgeHeight: 16,
} as const;

/** The texts of a box, broken into lines, and the room that they take. */
export interface BoxText {
    title: string[];
    lines: string[];
    zones: readonly string[];
    width: number;
    height: number;
}

/** Lays out the texts of a box whose lines are at most `room` pixels long. */
export function boxText({ title, lines, zones }: Place, room: number): BoxText {
    const { titleSize, lineSize, lineHeight, padding, chipSize, chipGap } = metrics;
    const titleLines = wrappedText(title, room, titleSize, "bold");
    const textLines = lines.flatMap((line) => wrappedText(line, room, lineSize));
    const widest = Math.max(
        0,
        ...titleLines.map((line) => textWidth(line, titleSize, "bold")),
        ...textLines.map((line) => textWidth(line, lineSize)),
        zones.length === 0 ? 0 : zonesWidth(zones),
    );
    const rows = titleLines.length + textLines.length;
    return {
        title: titleLines,
        lines: textLines,
        zones,
        width: widest + 2 * padding,
        height: rows * lineHeight + (zones.length === 0 ? 0 : chipSize + chipGap) + 2 * padding - 4,
    };
}

/** Text in front of the chips of a pool's zones. */
export const zonesLabel = "zones";

/** Room that the zones of a pool take. */
export function zonesWidth(zones: readonly string[]): number {
    const chips = zones.reduce((sum, zone) => sum + chipWidth(zone) + metrics.chipGap, 0);
    return textWidth(zonesLabel, metrics.lineSize) + metrics.chipGap + chips;
}

/** Width of the chip of a zone. */
export function chipWidth(zone: string): number {
    return Math.max(metrics.chipSize, textWidth(zone, metrics.lineSize) + 8);
}

/** Width of the badge on a line. */
export function badgeWidth(text: string): number {
    return textWidth(text, metrics.badgeSize, "bold") + 10;
}
