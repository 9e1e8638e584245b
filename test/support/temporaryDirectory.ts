import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { removeFolder, temporaryFolder } from "./temporaryFolder";

/** A temporary directory of its own, in which it shows afterwards what was left behind. */
export class TemporaryDirectory {
    readonly path = temporaryFolder();

    /** Folders of rehearsals. */
    folders(): string[] {
        return readdirSync(this.path).filter((name) => name.startsWith("landing-zone-"));
    }

    /** Processes that have this directory in their command or environment, this one and its like left out. */
    processes(): string[] {
        const { stdout } = spawnSync("ps", ["axeww", "-o", "pid=", "-o", "command="], { encoding: "utf8" });
        // Only the rehearsal's own folders: the tests' process has the directory itself as its TMPDIR.
        return stdout.split("\n").filter((line) => line.includes(join(this.path, "landing-zone-")));
    }

    remove(): void {
        removeFolder(this.path);
    }
}
