import type { Colors } from "picocolors/types";

/** How text is laid out for people. */
export interface TextOptions {
    colors: Colors;
    /** Longest line. */
    width: number;
}
