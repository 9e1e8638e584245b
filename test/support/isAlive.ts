import { readFileSync } from "node:fs";

/** Whether a process still runs. One that has ended and waits for somebody to ask how does not. */
export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
    } catch {
        return false;
    }
    try {
        // "pid (name) state …"; the name may hold anything.
        return !/\) Z [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
        // Not Linux, or gone by now.
        return process.platform !== "linux";
    }
}
