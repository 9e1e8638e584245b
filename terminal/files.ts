import {
    closeSync,
    existsSync,
    mkdirSync,
    openSync,
    readFileSync,
    realpathSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
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
        throw unwritable(file, messageOf(error), { cause: error });
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

/** Refuses what {@link replaceFile} cannot replace, before the work of which the file is to tell. */
export function checkReplaceable(file: string): void {
    checkWritable(file);
    if (existsSync(file) && !statSync(file).isFile()) {
        throw unwritable(file, "it is not a regular file");
    }
}

/**
 * Writes a file as a whole or not at all: whoever has the earlier one open, or looks while this runs, never sees half of
 * it. Makes the folder that it is in.
 */
export function replaceFile(file: string, text: string): void {
    checkReplaceable(file);
    const target = existsSync(file) ? realpathSync(file) : file;
    const draft = `${target}.${process.pid}.tmp`;
    try {
        writeFileSync(draft, text);
        renameSync(draft, target);
    } catch (error) {
        rmSync(draft, { force: true });
        throw unwritable(file, messageOf(error), { cause: error });
    }
}

function unwritable(file: string, why: string, options?: ErrorOptions): UserError {
    return new UserError(`${file} cannot be written: ${why}`, "name another file", options);
}

/** The text of a file that the user named. */
export function readText(file: string): string {
    try {
        return readFileSync(file, "utf8");
    } catch (error) {
        throw new UserError(`${file} cannot be read: ${messageOf(error)}`, "name a file that is there", {
            cause: error,
        });
    }
}

/** A document as JSON for people and programs to read. */
export function jsonText(document: object): string {
    return `${JSON.stringify(document, undefined, 2)}\n`;
}
