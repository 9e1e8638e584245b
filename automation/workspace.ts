import { CommandError, LocalWorkspace, Stack, StackNotFoundError } from "@pulumi/pulumi/automation";
import type { DiagnosticEvent, EngineEvent } from "@pulumi/pulumi/automation";
import { isDebugging } from "../engine/events";
import { messageOf } from "../terminal/userError";
import { redacted } from "../terminal/redacted";
import { askBackend } from "./backendLock";
import { changesFrom } from "./changes";
import { detachedCli } from "./detachedCommand";
import type { Cli } from "./detachedCommand";
import type { AzureCli } from "./doctor/azureCli";
import { DriverError } from "./driverError";
import type { Interruption } from "./interruption";
import { hintFor } from "./hints";
import { holderInMessage } from "./lockHolders";
import type {
    Listener,
    LockState,
    Outcome,
    Part,
    PendingOperation,
    StackOperations,
    StackOutput,
    State,
    StateEntry,
} from "./operations";
import { shortName } from "../engine/names";
import { secretTextsIn } from "./secretTexts";
import { withoutSpeedup } from "../speed/switches";
import { withoutTraces } from "./traces";

/** What a stack is opened with. */
export interface WorkspaceOptions {
    /** The repository. */
    directory: string;
    environment: Readonly<Record<string, string | undefined>>;
    interruption: Interruption;
    azure: AzureCli;
    /** Has the program make stack traces, and leaves them in what it said. Defaults to false. */
    traces?: boolean;
}

interface Callbacks {
    onEvent: (event: EngineEvent) => void;
    color: "never";
    userAgent: string;
}

/** What `pulumi stack export` writes, as far as it is read here. */
interface Exported {
    deployment?: {
        resources?: Partial<StateEntry>[];
        pending_operations?: {
            type: PendingOperation["operation"];
            resource: Pick<PendingOperation, "urn" | "type">;
        }[];
    };
}

const userAgent = "aks-landing-zone-driver";

/** A stack of the repository over the Automation API: the same files, backend and login that `pulumi up` uses. */
export class StackWorkspace implements StackOperations {
    readonly stack: string;
    readonly #stack: Stack;
    readonly #options: WorkspaceOptions;
    #secretTexts: readonly string[] | undefined;

    private constructor(stack: Stack, options: WorkspaceOptions) {
        this.stack = stack.name;
        this.#stack = stack;
        this.#options = options;
    }

    /** Selects the stack. Throws where it was never created. */
    static async open(name: string, options: WorkspaceOptions): Promise<StackWorkspace> {
        const { directory, environment, interruption } = options;
        try {
            const workspace = await LocalWorkspace.create({
                workDir: directory,
                envVars: withoutUndefined(
                    options.traces ? withoutSpeedup("stack-traces", environment) : environment,
                ),
                pulumiCommand: await detachedCli(interruption, environment),
            });
            return new StackWorkspace(await Stack.select(name, workspace), options);
        } catch (error) {
            if (error instanceof StackNotFoundError) {
                throw new DriverError(
                    `stack ${name} does not exist in the backend`,
                    "was it there before? docs/operations.md, Restore from a lost state. Otherwise create it once: " +
                        `pulumi stack init ${name} --secrets-provider "azurekeyvault://<vault>.vault.azure.net/keys/<key>"; ` +
                        "docs/operations.md has the whole first deployment",
                    { cause: error },
                );
            }
            throw asDriverError(error);
        }
    }

    preview(listener?: Listener, part: Part = {}): Promise<Outcome> {
        return this.#run((callbacks) => this.#stack.preview({ ...callbacks, ...leftOut(part) }), listener);
    }

    up(listener?: Listener, part: Part = {}): Promise<Outcome> {
        return this.#run(
            (callbacks) => this.#stack.up({ ...callbacks, ...leftOut(part), showSecrets: false }),
            listener,
        );
    }

    refresh(listener?: Listener): Promise<Outcome> {
        return this.#run((callbacks) => this.#stack.refresh({ ...callbacks, showSecrets: false }), listener);
    }

    previewRefresh(listener?: Listener): Promise<Outcome> {
        return this.#run((callbacks) => this.#stack.previewRefresh(callbacks), listener);
    }

    destroy(listener?: Listener): Promise<Outcome> {
        return this.#run((callbacks) => this.#stack.destroy({ ...callbacks, showSecrets: false }), listener);
    }

    previewDestroy(listener?: Listener): Promise<Outcome> {
        return this.#run((callbacks) => this.#stack.previewDestroy(callbacks), listener);
    }

    async outputs(): Promise<StackOutput[]> {
        const outputs = await this.#asked(() => this.#stack.outputs());
        return Object.entries(outputs).map(([name, { value, secret }]) => ({
            name,
            value: value as unknown,
            secret,
        }));
    }

    async export(): Promise<State> {
        // Not `exportStack`: that asks for every secret in plain.
        const { workspace } = this.#stack;
        const { stdout } = await this.#asked(() =>
            (workspace.pulumiCommand as unknown as Cli).run(
                ["stack", "export", "--stack", this.stack],
                workspace.workDir,
                workspace.envVars,
            ),
        );
        const { resources = [], pending_operations: pending } =
            (JSON.parse(stdout) as Exported).deployment ?? {};
        return {
            resources: resources.map(({ urn = "", protect = false }) => ({ urn, protect })),
            pending: (pending ?? []).map(({ type: operation, resource: { urn, type } }) => ({
                operation,
                urn,
                type,
            })),
        };
    }

    async whoHoldsLock(): Promise<LockState> {
        const { workspace } = this.#stack;
        const [{ url }, { name }] = await this.#asked(() =>
            Promise.all([workspace.whoAmI(), workspace.projectSettings()]),
        );
        const { azure } = this.#options;
        return url === undefined ? "unknown" : askBackend({ url, project: name, stack: this.stack, azure });
    }

    async cancel(): Promise<void> {
        await this.#asked(() => this.#stack.cancel());
    }

    async #run(operation: (callbacks: Callbacks) => Promise<unknown>, listener?: Listener): Promise<Outcome> {
        const secrets = await this.#secrets();
        const start = performance.now();
        const events: EngineEvent[] = [];
        const errors: string[] = [];
        const programErrors: string[] = [];
        let error: string | undefined;
        try {
            await operation({
                color: "never",
                userAgent,
                onEvent: (told) => {
                    if (isDebugging(told)) {
                        return;
                    }
                    const event = redacted(told, secrets);
                    events.push(event);
                    if (event.diagnosticEvent?.severity === "error") {
                        errors.push(this.#told(errorText(event.diagnosticEvent)));
                    }
                    if (event.diagnosticEvent?.severity === "info#err") {
                        programErrors.push(this.#told(event.diagnosticEvent.message.trim()));
                    }
                    listener?.(event);
                },
            });
        } catch (thrown) {
            const said = redacted(asDriverError(thrown).message, secrets);
            const holder = holderInMessage(said);
            if (holder) {
                return { ...nothing, locked: holder, durationInMilliseconds: since(start) };
            }
            const telling = errors.filter(
                (text) => !/^(?:update|preview|refresh|destroy) failed$/.test(text),
            );
            // Of a program that ended before it could say what is wrong there is only what it wrote to standard error.
            const hasOnlyExited = telling.every((text) =>
                /Program exited with non-zero exit code/.test(text),
            );
            const told = [...telling, ...(hasOnlyExited ? programErrors : [])];
            error = told.length > 0 ? [...new Set(told)].join("\n") : said;
        }
        return {
            ...(error === undefined ? {} : { error }),
            ...changesFrom(events),
            durationInMilliseconds: since(start),
        };
    }

    #told(text: string): string {
        return this.#options.traces ? text : withoutTraces(text);
    }

    /** What must not be shown even if the program itself writes it into a message: the engine masks only values. */
    async #secrets(): Promise<readonly string[]> {
        this.#secretTexts ??= secretTextsIn(await this.#asked(() => this.#stack.getAllConfig()));
        return this.#secretTexts;
    }

    async #asked<Result>(question: () => Promise<Result>): Promise<Result> {
        try {
            return await question();
        } catch (error) {
            throw asDriverError(error);
        }
    }
}

/**
 * The engine's options for a part of the stack. The pattern matches URNs of all resources of the Kubernetes provider, such as
 * `...$kubernetes:core/v1:Namespace::...`; the provider itself is made all the same, and asks the cluster nothing.
 */
export function leftOut({ azureOnly = false }: Part): { exclude?: string[]; excludeDependents?: true } {
    return azureOnly ? { exclude: ["**kubernetes:**"], excludeDependents: true } : {};
}

const nothing = { changes: [], unchanged: 0 };

function since(start: number): number {
    return Math.round(performance.now() - start);
}

/** The engine's error with the resource that it is about. */
function errorText({ urn = "", message }: DiagnosticEvent): string {
    const name = shortName(urn);
    const isResource = name !== "" && !urn.includes("::pulumi:pulumi:Stack::");
    return `${isResource ? `${name}: ` : ""}${message.trim()}`;
}

/** What the CLI itself said, without the frame that the Automation API puts around it. */
function asDriverError(error: unknown): DriverError {
    if (error instanceof DriverError) {
        return error;
    }
    if (!(error instanceof CommandError)) {
        const message = messageOf(error);
        return new DriverError(message, hintFor(message), { cause: error });
    }
    const [, stderr = ""] = /\n ?stderr: ([\s\S]*?)(?:\n ?err\?: |$)/.exec(error.message) ?? [];
    const text = stderr.trim().replace(/^error: /, "");
    const message = text === "" ? error.message.trim() : text;
    return new DriverError(message, hintFor(message), { cause: error });
}

function withoutUndefined(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
}
