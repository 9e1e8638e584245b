import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "../../automation/changes";
import { run } from "../../automation/command";
import type { DriverContext } from "../../automation/context";
import { Interruption } from "../../automation/interruption";
import type {
    Listener,
    LockState,
    Outcome,
    Part,
    PendingOperation,
    StackOperations,
    StackOutput,
    StateEntry,
} from "../../automation/operations";
import { types } from "../../stack/resourceTypes";

/** A change of a resource in stack dev. */
export function change(more: Partial<Change> & Pick<Change, "operation">): Change {
    const { type = types.subnet, name = "thing" } = more;
    return {
        urn: `urn:pulumi:dev::aks-landing-zone::${type}::${name}`,
        type,
        name,
        isComponent: false,
        isProtected: false,
        replaceKeys: [],
        paths: [],
        differences: [],
        inputsDigest: "0",
        current: {},
        ...more,
    };
}

/** What an operation ended with. */
export function outcome(more: Partial<Outcome> = {}): Outcome {
    return { changes: [], unchanged: 3, durationInMilliseconds: 5, ...more };
}

/** A stack that does as it is told, and notes what it is asked for. */
export class FakeStack implements StackOperations {
    readonly stack = "dev";
    readonly calls: string[] = [];
    readonly answers: Partial<
        Record<
            "preview" | "up" | "refresh" | "previewRefresh" | "destroy" | "previewDestroy",
            Outcome | Outcome[]
        >
    > = {};
    /** The last one stays. */
    locks: LockState[] = ["nobody"];
    state: StateEntry[] = [];
    pending: PendingOperation[] = [];
    shownOutputs: StackOutput[] = [];

    /** Parts that were asked for, of previews and updates. */
    readonly parts: (Part | undefined)[] = [];

    preview = (_listener?: Listener, part?: Part) => this.#answer("preview", part);
    up = (_listener?: Listener, part?: Part) => this.#answer("up", part);
    refresh = () => this.#answer("refresh");
    previewRefresh = () => this.#answer("previewRefresh");
    destroy = () => this.#answer("destroy");
    previewDestroy = () => this.#answer("previewDestroy");
    outputs = () => Promise.resolve(this.shownOutputs);
    export = () => Promise.resolve({ resources: this.state, pending: this.pending });

    whoHoldsLock(): Promise<LockState> {
        const [first = "nobody"] = this.locks;
        if (this.locks.length > 1) {
            this.locks.shift();
        }
        return Promise.resolve(first);
    }

    cancel(): Promise<void> {
        this.calls.push("cancel");
        return Promise.resolve();
    }

    #answer(name: keyof FakeStack["answers"], part?: Part): Promise<Outcome> {
        this.calls.push(name);
        this.parts.push(part);
        const answer = this.answers[name];
        const one = Array.isArray(answer) ? answer.shift() : answer;
        return Promise.resolve(one ?? outcome());
    }
}

/** What a command ended with. */
export interface Ended {
    code: number;
    stdout: string;
    stderr: string;
}

const folders: string[] = [];

/** A folder with a project of the stacks dev and prod. */
export function project(): string {
    const folder = mkdtempSync(join(tmpdir(), "landing-zone-driver-test-"));
    folders.push(folder);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: aks-landing-zone\n");
    writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: {}\n");
    writeFileSync(join(folder, "Pulumi.prod.yaml"), "config: {}\n");
    return folder;
}

/** Removes the folders that `project` made. */
export function removeProjects(): void {
    folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true }));
}

/** Runs the driver on a stack that a test made up. */
export async function driver(
    args: readonly string[],
    stack: StackOperations,
    more: Partial<DriverContext> = {},
): Promise<Ended> {
    let stdout = "";
    let stderr = "";
    const code = await run(args, {
        directory: more.directory ?? project(),
        environment: {},
        interruption: new Interruption(),
        open: () => Promise.resolve(stack),
        sleep: () => Promise.resolve(),
        ...more,
        stdout: { write: (text) => void (stdout += text) },
        stderr: { write: (text) => void (stderr += text) },
    });
    return { code, stdout, stderr };
}
