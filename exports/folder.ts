import { existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { isRecord } from "../simulator/records";
import { makeFolder, writeFile } from "../terminal/files";
import { messageOf } from "../terminal/userError";
import { ExportError } from "./exportError";
import { inventoryFile } from "./exportStack";
import { inventoryKind } from "./inventory";

/**
 * Refuses a place that an export may not be written to: anything but an earlier export, an empty folder or nothing, and a
 * folder in which nothing can be made. Makes the folder that it is in.
 */
export function checkTarget(directory: string): void {
    if (directory === "") {
        // As a path it would mean the working folder, whose contents an export replaces.
        throw new ExportError(
            "--out names no folder",
            "name a folder that is new, empty or an earlier export",
        );
    }
    rmSync(folderBeside(directory), { recursive: true });
    if (!existsSync(directory)) {
        return;
    }
    if (!statSync(directory).isDirectory()) {
        throw new ExportError(
            `--out: ${directory} is a file`,
            "name a folder that is new, empty or an earlier export",
        );
    }
    const there = filesBelow(directory);
    if (there.length === 0) {
        return;
    }
    const known = filesOfExport(directory);
    const strange = there.filter((file) => !known?.includes(file));
    if (strange.length > 0) {
        throw new ExportError(
            `--out: ${directory} holds ${strange[0]}, which is no part of an earlier export, and would be lost`,
            "name a folder that is new, empty or an earlier export",
        );
    }
}

/** Writes an export as a whole or not at all: into a folder beside the target, which then takes its name. */
export function writeFolder(directory: string, files: ReadonlyMap<string, string>): void {
    checkTarget(directory);
    const target = resolve(directory);
    const beside = folderBeside(directory);
    try {
        const fresh = join(beside, "new");
        files.forEach((text, path) => writeFile(join(fresh, path), text));
        const old = join(beside, "old");
        if (existsSync(target)) {
            renameSync(target, old);
        }
        try {
            renameSync(fresh, target);
        } catch (error) {
            if (existsSync(old)) {
                renameSync(old, target);
            }
            throw error;
        }
    } finally {
        rmSync(beside, { recursive: true, force: true });
    }
}

/** An empty folder on the same disk, so that what is in it can take the target's name at once. */
function folderBeside(directory: string): string {
    const target = resolve(directory);
    try {
        makeFolder(dirname(target));
        return mkdtempSync(join(dirname(target), `.${basename(target)}-`));
    } catch (error) {
        throw new ExportError(
            `--out: ${directory} cannot be written: ${messageOf(error)}`,
            "name another folder",
            { cause: error },
        );
    }
}

function filesBelow(directory: string): string[] {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
}

/** The files of an earlier export; undefined for a folder that is none. */
function filesOfExport(directory: string): string[] | undefined {
    const file = join(directory, inventoryFile);
    if (!existsSync(file)) {
        return undefined;
    }
    try {
        const found: unknown = JSON.parse(readFileSync(file, "utf8"));
        const files = isRecord(found) && found["kind"] === inventoryKind ? found["files"] : undefined;
        return Array.isArray(files)
            ? [inventoryFile, ...files.flatMap((each) => (isRecord(each) ? [String(each["path"])] : []))]
            : undefined;
    } catch {
        return undefined;
    }
}
