import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder of its own in the system's temporary one. */
export function temporaryFolder(): string {
    return mkdtempSync(join(tmpdir(), "lz-test-"));
}

/** Removes a folder with all in it, patient with processes that are just ending there; nothing where there is none. */
export function removeFolder(folder: string | undefined): void {
    if (folder !== undefined) {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
}

/**
 * Gives each test of a suite a folder of its own: `prepare` gets it before the test, and after the test it goes. Hooks that
 * end what uses the folder come before this call.
 */
export function folderPerTest(prepare: (folder: string) => void | Promise<void>): void {
    let folder: string | undefined;

    beforeEach(() => {
        folder = temporaryFolder();
        return prepare(folder);
    });

    afterEach(() => removeFolder(folder));
}
