import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Has `action` use an empty folder of its own, which is gone afterwards, however that ends. */
export async function inTemporaryFolder<Result>(
    action: (folder: string) => Promise<Result>,
): Promise<Result> {
    const folder = mkdtempSync(join(tmpdir(), "landing-zone-bench-"));
    try {
        return await action(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
