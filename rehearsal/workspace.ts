import {
    copyFileSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { stringify } from "yaml";
import { issuedTokens, pemLines } from "./secretSearch";
import type { Toolchain } from "./toolchain";
import { WorkspaceGuard } from "./workspaceGuard";

/**
 * The folder of one rehearsal: a project that is the repository by links, with a stack file of its own, and beside it the
 * engine's home and state. Nothing of the user's is written: no login, no kubeconfig, no stack file.
 */
export class Workspace {
    readonly #keep: boolean;
    readonly #onExit: () => void;
    readonly #guard: WorkspaceGuard;

    private constructor(
        readonly root: string,
        keep: boolean,
    ) {
        this.#keep = keep;
        this.#guard = new WorkspaceGuard(root, keep ? undefined : root);
        this.#onExit = () => this.remove();
        process.once("exit", this.#onExit);
    }

    /** Makes the folder, with links to everything in the repository but its stack files. */
    static create(projectDirectory: string, toolchain: Toolchain, keep: boolean): Workspace {
        const workspace = new Workspace(mkdtempSync(join(tmpdir(), "landing-zone-rehearsal-")), keep);
        for (const folder of [workspace.project, workspace.state, workspace.home, workspace.clusters]) {
            mkdirSync(folder, { mode: 0o700 });
        }
        for (const name of readdirSync(projectDirectory)) {
            const isStackFile = /^Pulumi\..+\.yaml$/.test(name);
            if (!isStackFile && name !== ".git" && name !== "Pulumi.yaml") {
                symlinkSync(join(projectDirectory, name), join(workspace.project, name));
            }
        }
        copyFileSync(join(projectDirectory, "Pulumi.yaml"), join(workspace.project, "Pulumi.yaml"));
        workspace.#linkPlugin(toolchain.kubernetesPlugin);
        return workspace;
    }

    get project(): string {
        return join(this.root, "project");
    }

    /** The engine's backend. */
    get state(): string {
        return join(this.root, "state");
    }

    /** The engine's home: plugins and credentials of this rehearsal. */
    get home(): string {
        return join(this.root, "home");
    }

    /** Control planes, a folder for each cluster. */
    get clusters(): string {
        return join(this.root, "clusters");
    }

    /** Writes the stack file; what the engine itself has added to it stays. */
    writeStackFile(stack: string, config: Record<string, unknown>): void {
        const path = join(this.project, `Pulumi.${stack}.yaml`);
        const salt = readIfThere(path)
            .split("\n")
            .filter((line) => line.startsWith("encryptionsalt:"));
        writeFileSync(path, `${stringify({ config }, quoted)}${salt.join("\n")}\n`, { mode: 0o600 });
    }

    /** Adds to what was said in this rehearsal. */
    log(text: string): void {
        writeFileSync(join(this.root, "engine.log"), text, { flag: "a", mode: 0o600 });
    }

    /** Everything that the engine stored and that anybody said, by file name: where no secret may be read. */
    writtenTexts(): { name: string; text: string }[] {
        const said = filesBelow(this.root).filter((path) => /\.(log|jsonl)$/.test(path));
        return [...new Set([...filesBelow(this.state), ...said])].map((path) => ({
            name: path.slice(this.root.length + 1),
            text: readIfThere(path),
        }));
    }

    /** Private keys of whatever runs here, and tokens that were given out: what those texts may not hold. */
    keysAndTokens(): string[] {
        return filesBelow(this.root)
            .filter((path) => /\.key$|\/tokens\.json$/.test(path))
            .flatMap((path) => (path.endsWith(".key") ? pemLines : issuedTokens)(readIfThere(path)));
    }

    /** Removes everything, unless it was asked for to be kept. */
    remove(): void {
        process.off("exit", this.#onExit);
        this.#guard.dismiss();
        if (!this.#keep) {
            // A process that was killed a moment ago may still be writing its last file.
            rmSync(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
        }
    }

    #linkPlugin({ path, version }: Toolchain["kubernetesPlugin"]): void {
        const folder = join(this.home, "plugins", `resource-kubernetes-v${version}`);
        mkdirSync(folder, { recursive: true });
        symlinkSync(path, join(folder, basename(path)));
    }
}

// The engine reads a date without quotes as a time, and more of the kind.
const quoted = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" } as const;

/** The folders of the PATH that a rehearsal's programs are started with. */
export function searchPath(
    kubelogin: string,
    { programs }: Toolchain,
    policyLauncher: string,
    inherited = "",
): string {
    const folders = [
        kubelogin,
        dirname(process.execPath),
        dirname(programs.pulumi),
        dirname(programs["pulumi-language-nodejs"]),
    ];
    // The CLI's own launcher comes first where its archive was unpacked as a whole.
    return [...new Set([...folders, inherited, policyLauncher])].join(":");
}

function filesBelow(folder: string): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
}

function readIfThere(path: string): string {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return "";
    }
}
