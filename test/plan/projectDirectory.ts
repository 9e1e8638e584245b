import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const made: string[] = [];

/** A project whose two stacks have no values of their own. */
export const bareProject = {
    "Pulumi.yaml": "name: aks-landing-zone\n",
    "Pulumi.dev.yaml": "config: {}\n",
    "Pulumi.prod.yaml": "config: {}\n",
};

/** A temporary directory with the given files; `removeDirectories` deletes all of them. */
export function projectDirectory(files: Readonly<Record<string, string>>): string {
    const directory = mkdtempSync(join(tmpdir(), "plan-test-"));
    made.push(directory);
    for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(directory, name), content);
    }
    return directory;
}

export function removeDirectories(): void {
    made.splice(0).forEach((directory) => rmSync(directory, { recursive: true }));
}
