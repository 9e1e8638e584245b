import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Folders of the PATH in which programs are looked for. */
export function searchPathOf(environment: Readonly<Record<string, string | undefined>>): string[] {
    return (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** Path of a program in the first folder that has it; undefined where none has. */
export function findProgramIn(folders: readonly string[], name: string): string | undefined {
    return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
    } catch {
        return false;
    }
}
