import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UserError, messageOf } from "./userError";

/**
 * Refuses a file that cannot be written, before the work of which it is to tell; makes the folder that it is in, as a
 * pipeline's `out/` is not there on a fresh machine. Changes nothing in a file that is there.
 */
export function checkWritable(file: string): void {
    try {
        makeFolder(dirname(file));
        const isThere = existsSync(file);
        closeSync(openSync(file, "a"));
        if (!isThere) {
            rmSync(file);
        }
    } catch (error) {
        throw new UserError(`${file} cannot be written: ${messageOf(error)}`, "name another file", {
            cause: error,
        });
    }
}

/**
 * Makes a folder and all that it is in; leaves one that is there. One step at a time, as the `recursive` of Node's own `mkdir`
 * never ends in file systems that say of a new folder that it does not exist, such as `/proc` (seen in Node 24).
 */
export function makeFolder(folder: string): void {
    if (existsSync(folder)) {
        return;
    }
    makeFolder(dirname(folder));
    try {
        mkdirSync(folder);
    } catch (error) {
        // Somebody else may have made it meanwhile.
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
}

/** Writes a file, and makes the folder that it is in. */
export function writeFile(file: string, text: string): void {
    checkWritable(file);
    writeFileSync(file, text);
}

/** A document as JSON for people and programs to read. */
export function jsonText(document: object): string {
    return `${JSON.stringify(document, undefined, 2)}\n`;
}
