import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AzureCli } from "./doctor/azureCli";
import { holderIn, lockFolder } from "./lockHolders";
import type { LockState } from "./operations";

/** What a lock is looked for with. */
export interface BackendLockOptions {
    /** URL of the backend, as `pulumi whoami` tells it. */
    url: string;
    project: string;
    stack: string;
    azure: AzureCli;
}

/**
 * Asks the backend who holds a stack's lock: the engine tells only when it is refused, and a preview is refused by no lock.
 * `unknown` for backends other than `file://` and `azblob://`, and where they cannot be read.
 */
export async function askBackend({ url, project, stack, azure }: BackendLockOptions): Promise<LockState> {
    const folder = lockFolder(project, stack);
    if (url.startsWith("file://")) {
        return inFolder(join(rootOf(url), folder));
    }
    const blob = /^azblob:\/\/([^/?]+)\/?([^?]*)(?:\?(.*))?$/.exec(url);
    if (blob) {
        const [, container = "", path = "", query = ""] = blob;
        const account = new URLSearchParams(query).get("storage_account");
        const prefix = `${path === "" ? "" : `${path.replace(/\/$/, "")}/`}${folder}/`;
        return inContainer(container, prefix, account, azure);
    }
    return "unknown";
}

function rootOf(url: string): string {
    const path = url.replace(/\?.*$/, "");
    // `file://~` is the home of the user, `file://./x` is relative: both are Pulumi's own forms.
    return /^file:\/\/\//.test(path)
        ? fileURLToPath(path)
        : path.slice("file://".length).replace(/^~/, process.env["HOME"] ?? "~");
}

function inFolder(folder: string): LockState {
    let names: string[];
    try {
        names = readdirSync(folder).filter(isLock);
    } catch {
        // The folder comes with the first lock.
        return "nobody";
    }
    const [name] = names;
    try {
        return name === undefined ? "nobody" : holderIn(readFileSync(join(folder, name), "utf8"));
    } catch {
        // Released a moment ago.
        return "nobody";
    }
}

interface Blob {
    name?: string;
}

async function inContainer(
    container: string,
    prefix: string,
    account: string | null,
    azure: AzureCli,
): Promise<LockState> {
    const where = [
        ...["--container-name", container, "--auth-mode", "login"],
        ...(account === null ? [] : ["--account-name", account]),
    ];
    const temporary = mkdtempSync(join(tmpdir(), "landing-zone-lock-"));
    try {
        const blobs = (await azure(["storage", "blob", "list", "--prefix", prefix, ...where])) as Blob[];
        const name = blobs.flatMap((blob) => blob.name ?? []).find(isLock);
        if (name === undefined) {
            return "nobody";
        }
        const file = join(temporary, "lock.json");
        await azure([
            "storage",
            "blob",
            "download",
            "--name",
            name,
            "--file",
            file,
            "--no-progress",
            ...where,
        ]);
        return holderIn(readFileSync(file, "utf8"));
    } catch {
        return "unknown";
    } finally {
        rmSync(temporary, { recursive: true, force: true });
    }
}

/** The backend of files keeps notes of its own beside what it stores. */
function isLock(name: string): boolean {
    return name.endsWith(".json");
}
