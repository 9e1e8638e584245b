import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes a file, and makes the folder that it is in: a pipeline's `out/` is not there on a fresh machine. */
export function writeFile(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
}

/** A document as JSON for people and programs to read. */
export function jsonText(document: object): string {
    return `${JSON.stringify(document, undefined, 2)}\n`;
}
