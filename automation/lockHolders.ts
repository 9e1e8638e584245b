import type { LockHolder } from "./operations";

/** The file in which a backend of files (`file://`, `azblob://`) notes who is changing a stack. */
interface LockFile {
    pid?: number;
    username?: string;
    hostname?: string;
    timestamp?: string;
}

/** Who wrote a lock file. */
export function holderIn(text: string): LockHolder {
    let lock: LockFile;
    try {
        lock = JSON.parse(text) as LockFile;
    } catch {
        return { description: "somebody whose lock file cannot be read" };
    }
    const { username = "somebody", hostname = "an unknown host", pid, timestamp } = lock;
    const process = pid === undefined ? "" : ` (pid ${pid})`;
    const since = timestamp === undefined ? "" : ` since ${timestamp}`;
    return { description: `${username}@${hostname}${process}${since}` };
}

/** Folder of a stack's lock files, below the root of a backend of files. */
export function lockFolder(project: string, stack: string): string {
    return `.pulumi/locks/organization/${project}/${stack}`;
}

/** The engine's own words on a stack that somebody else is changing. */
const refusals = [
    /the stack is currently locked by/,
    /\[409\] Conflict: Another update is currently in progress/,
];

/** Who the engine says is changing the stack; undefined where it failed for another reason. */
export function holderInMessage(message: string): LockHolder | undefined {
    if (!refusals.some((refusal) => refusal.test(message))) {
        return undefined;
    }
    const created = /created by (\S+@\S+ \(pid \d+\)) at (\S+)/.exec(message);
    return {
        description: created
            ? `${created[1]} since ${created[2]}`
            : "another update, which the backend does not name",
    };
}
