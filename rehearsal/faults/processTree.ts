import { spawnSync } from "node:child_process";

/** A process and the one that started it. */
export interface ProcessRow {
    pid: number;
    parent: number;
}

/** The process itself and everything that it started, directly or not: children after their parents. */
export function treeOf(root: number, rows: readonly ProcessRow[]): number[] {
    const found = [root];
    for (const pid of found) {
        found.push(...rows.filter(({ parent }) => parent === pid).map((row) => row.pid));
    }
    return found;
}

/**
 * Kills a process and all that descends from it with SIGKILL, as a machine that is lost does. The engine puts its plugins
 * into process groups of their own, so that its own group would not be enough.
 */
export function killTree(root: number): void {
    for (const pid of treeOf(root, runningProcesses())) {
        try {
            process.kill(pid, "SIGKILL");
        } catch {
            // It ended by itself in the meantime.
        }
    }
}

function runningProcesses(): ProcessRow[] {
    const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
    return stdout
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number))
        .map(([pid = 0, parent = 0]) => ({ pid, parent }));
}
