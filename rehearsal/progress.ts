import type { ChapterName } from "./lifeChecks";

/** What is being done, for whoever waits. */
export interface Progress {
    chapter?: ChapterName;
    step: string;
    /** Resources that the operation has dealt with. */
    done?: number;
    /** About how many there are. */
    expected?: number;
    /** The one it has come to. */
    urn?: string;
}

/** The progress in one line of at most `width` characters. */
export function progressLine(
    stack: string,
    { chapter, step, done, expected, urn }: Progress,
    elapsedInSeconds: number,
    width: number,
): string {
    const place = chapter === undefined ? stack : `${stack}, ${words(chapter)}`;
    const count = done === undefined ? "" : ` ${done}${expected ? `/${Math.max(expected, done)}` : ""}`;
    const head = `${place}: ${step}${count}, ${elapsedInSeconds} s`;
    const resource = urn?.split("::").slice(3).join("::");
    const line = resource === undefined ? head : `${head}  ${resource}`;
    return line.length > width ? `${line.slice(0, Math.max(width - 3, 0))}...` : line;
}

/** `noChange` as people write it. */
function words(chapter: string): string {
    return chapter.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
