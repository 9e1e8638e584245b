import type { TextOptions } from "./textOptions";

/** Spaces in front of what is below a heading. */
export const indent = 2;

/** A section's first line. */
export function heading(title: string, rest: string, { colors }: Pick<TextOptions, "colors">): string {
    return rest === "" ? colors.bold(title) : `${colors.bold(title)}  ${rest}`;
}
