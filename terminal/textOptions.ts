import { createColors } from "picocolors";
import type { Colors } from "picocolors/types";
import type { CommandContext, OutputStream } from "./context";

/** How text is laid out for people. */
export interface TextOptions {
    colors: Colors;
    /** Longest line. */
    width: number;
}

const longestLine = 100;
const shortestLine = 60;

/** How text is laid out in a file. */
export const fileOptions: TextOptions = { colors: createColors(false), width: longestLine };

/** How text is laid out on a stream: colour on a terminal only, and not where NO_COLOR is set (https://no-color.org). */
export function textOptions(stream: OutputStream, environment: CommandContext["environment"]): TextOptions {
    const isColoured = stream.isTTY === true && (environment["NO_COLOR"] ?? "") === "";
    const width = stream.isTTY ? (stream.columns ?? longestLine) : longestLine;
    return {
        colors: createColors(isColoured),
        width: Math.max(shortestLine, Math.min(longestLine, width)),
    };
}
