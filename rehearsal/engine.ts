import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { parse } from "yaml";
import { speedupsOff, withoutSpeedup } from "../speed/switches";
import { messageOf } from "../terminal/userError";
import { isDebugging, passOn } from "../engine/events";
import type { Watcher } from "../engine/events";
import { topProperty } from "../engine/names";

/** How the real engine is run. */
export interface EngineOptions {
    stack: string;
    /** Folder with Pulumi.yaml and the stack file. */
    project: string;
    home: string;
    /** Folder of the state. */
    state: string;
    passphrase: string;
    /** Ports of the providers that stand in for others, by package. */
    providerPorts: Readonly<Record<string, number>>;
    searchPath: string;
    /** Further variables of the engine's environment. */
    variables?: Readonly<Record<string, string>>;
    /** Values of the configuration that are secret. */
    secrets: Readonly<Record<string, string>>;
    /** Takes everything that the engine says. */
    log: (text: string) => void;
    /** Ends the operation that is going on. */
    signal?: AbortSignal;
}

/** What the engine did to one resource. */
export interface ResourceStep {
    /** The engine's word: `create`, `update`, `same`, ... Of a refresh: what it found (`same`, `update`, `delete`). */
    operation: string;
    urn: string;
    isComponent: boolean;
    /** Top-level properties that differ, sorted. */
    properties: string[];
}

/** What a policy pack found. */
export interface PolicyFinding {
    rule: string;
    /** The engine refuses what is `mandatory`. */
    level: "warning" | "mandatory";
    /** URN; absent where it is about the stack as a whole. */
    resource?: string;
    message: string;
}

/** What became of one operation of the engine. */
export interface OperationResult {
    /** The engine's errors; absent where it succeeded. */
    error?: string;
    /** What was done to which resource, in order; `same` included. */
    steps: ResourceStep[];
    /** Names of the policy packs that judged it; none where the engine does not say. */
    policyPacks: string[];
    /** What they found. */
    findings: PolicyFinding[];
    durationInMilliseconds: number;
}

/** A resource in the engine's state. */
export interface StateResource {
    urn: string;
    type: string;
    /** False for a component, which is nothing outside the state. */
    custom?: boolean;
    /** The provider's id, for Azure resources the ARM id. */
    id?: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
    parent?: string;
    /** `<urn>::<id>` of the provider. */
    provider?: string;
    /** URNs of all that it was registered after: what its inputs take from, and what `dependsOn` adds. */
    dependencies?: string[];
    /** URN of what takes it away when it goes. */
    deletedWith?: string;
    /** URNs of what an input takes from, by the input's name. */
    propertyDependencies?: Record<string, string[] | null>;
    /** True for what the program only looks up. */
    external?: boolean;
    /** Names of the program's hooks, by event. */
    resourceHooks?: Record<string, string[]>;
    /** Lines of the program that declared it, innermost first. */
    stackTrace?: { sourcePosition?: string }[];
}

interface StateFile {
    checkpoint: { latest?: { resources?: StateResource[] } };
}

interface Callbacks {
    onEvent: (event: EngineEvent) => void;
    onOutput: (text: string) => void;
    signal?: AbortSignal;
    color: "never";
}

/** The real Pulumi engine on one stack: a CLI of this machine, a state in a folder, everything else its own. */
export class Engine {
    readonly #stack: Stack;
    readonly #options: EngineOptions;

    private constructor(stack: Stack, options: EngineOptions) {
        this.#stack = stack;
        this.#options = options;
    }

    /** Creates the stack. */
    static async create(options: EngineOptions): Promise<Engine> {
        const workspace = await LocalWorkspace.create({
            workDir: options.project,
            pulumiHome: options.home,
            envVars: environmentOf(options),
        });
        const stack = await Stack.create(options.stack, workspace);
        for (const [key, value] of Object.entries(options.secrets)) {
            await stack.setConfig(key, { value, secret: true });
        }
        return new Engine(stack, options);
    }

    /** What a CLI of its own is run with on this stack: the folder and the whole environment. */
    get commandLine(): { directory: string; stack: string; environment: Record<string, string | undefined> } {
        const { project, stack, home } = this.#options;
        const own = { ...environmentOf(this.#options), PULUMI_HOME: home };
        return { directory: project, stack, environment: { ...process.env, ...own } };
    }

    /** Judged by the policy packs in these folders. */
    preview(watcher?: Watcher, policyPacks: string[] = []): Promise<OperationResult> {
        return this.#run(
            "preview",
            (callbacks) => this.#stack.preview({ ...callbacks, policyPacks }),
            watcher,
        );
    }

    up(watcher?: Watcher): Promise<OperationResult> {
        return this.#run("up", (callbacks) => this.#stack.up({ ...callbacks, showSecrets: false }), watcher);
    }

    /** The same with the line of each resource in the state; the program takes a second longer to say them. */
    async upWithLines(watcher?: Watcher): Promise<OperationResult> {
        const { workspace } = this.#stack;
        const { envVars } = workspace;
        const off = withoutSpeedup("stack-traces", { ...process.env, ...envVars })[speedupsOff] ?? "";
        workspace.envVars = { ...envVars, [speedupsOff]: off };
        try {
            return await this.up(watcher);
        } finally {
            workspace.envVars = envVars;
        }
    }

    refresh(watcher?: Watcher): Promise<OperationResult> {
        return this.#run(
            "refresh",
            (callbacks) => this.#stack.refresh({ ...callbacks, showSecrets: false }),
            watcher,
        );
    }

    /** What a refresh would find; nothing is changed. */
    previewRefresh(watcher?: Watcher): Promise<OperationResult> {
        return this.#run("preview of refresh", (callbacks) => this.#stack.previewRefresh(callbacks), watcher);
    }

    /** As `pulumi up --refresh`: sees what was changed behind the back, and changes it back. */
    refreshedUp(watcher?: Watcher): Promise<OperationResult> {
        return this.#run(
            "up with refresh",
            (callbacks) => this.#stack.up({ ...callbacks, refresh: true, showSecrets: false }),
            watcher,
        );
    }

    /**
     * As `pulumi destroy` does it: a preview, and only where that succeeds the deletion. Without the preview, as with
     * `--skip-preview`, the engine deletes what is not protected before it comes to refuse what is.
     */
    async destroy(watcher?: Watcher): Promise<OperationResult> {
        const preview = await this.#run(
            "preview of destroy",
            (callbacks) => this.#stack.previewDestroy(callbacks),
            watcher,
        );
        if (preview.error !== undefined) {
            return preview;
        }
        return this.#run(
            "destroy",
            (callbacks) => this.#stack.destroy({ ...callbacks, showSecrets: false }),
            watcher,
        );
    }

    /** The resources in the state, with secrets as ciphertext: `exportStack` would have them in plain. */
    resources(): StateResource[] {
        const { project, stack, state } = this.#options;
        const { name } = parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")) as { name: string };
        const file = join(state, ".pulumi", "stacks", name, `${stack}.json`);
        const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as StateFile;
        return checkpoint.latest?.resources ?? [];
    }

    async #run(
        name: string,
        operation: (callbacks: Callbacks) => Promise<unknown>,
        watcher?: Watcher,
    ): Promise<OperationResult> {
        const start = performance.now();
        const { log, signal } = this.#options;
        const steps: ResourceStep[] = [];
        const errors: string[] = [];
        const policyPacks: string[] = [];
        const findings: PolicyFinding[] = [];
        let error: string | undefined;
        log(`\n# ${name}\n`);
        try {
            await operation({
                signal,
                color: "never",
                onOutput: log,
                onEvent: (event) => {
                    const { resourcePreEvent, resOutputsEvent, diagnosticEvent, policyEvent } = event;
                    policyPacks.push(...packsIn(event));
                    if (policyEvent) {
                        const { policyName, enforcementLevel, resourceUrn, message } = policyEvent;
                        const finding = { rule: policyName, level: enforcementLevel, message };
                        findings.push(resourceUrn ? { ...finding, resource: resourceUrn } : finding);
                    }
                    if (!isDebugging(event) && !isPolicySummary(event)) {
                        log(`${JSON.stringify(event)}\n`);
                    }
                    if (resourcePreEvent) {
                        steps.push(stepOf(resourcePreEvent.metadata));
                    }
                    if (watcher) {
                        passOn(event, watcher);
                    }
                    if (resOutputsEvent) {
                        noteWhatRefreshFound(steps, stepOf(resOutputsEvent.metadata));
                    }
                    if (diagnosticEvent?.severity === "error") {
                        errors.push(diagnosticEvent.message.trim());
                    }
                },
            });
        } catch (thrown) {
            signal?.throwIfAborted();
            const message = messageOf(thrown);
            log(`${message}\n`);
            error = errors.length > 0 ? errors.join("\n") : message;
        }
        const durationInMilliseconds = Math.round(performance.now() - start);
        const policies = { policyPacks, findings };
        return { ...(error === undefined ? {} : { error }), steps, ...policies, durationInMilliseconds };
    }
}

/** For each resource the names of all rules that it passed: thousands, and nobody reads them. */
function isPolicySummary(event: EngineEvent): boolean {
    return Object.keys(event).some((key) => /^policy\w+SummaryEvent$/.test(key));
}

/** The engine spells the property in another way than the SDK's types, and adds to a name where the pack comes from. */
function packsIn({ summaryEvent }: EngineEvent): string[] {
    const packs = (summaryEvent as { PolicyPacks?: Record<string, string> } | undefined)?.PolicyPacks ?? {};
    return Object.keys(packs).map((key) => key.split("|")[0] ?? key);
}

function stepOf({ op, urn, old, new: next, diffs, keys, detailedDiff }: StepEventMetadata): ResourceStep {
    const paths = [...(diffs ?? []), ...(keys ?? []), ...Object.keys(detailedDiff ?? {})];
    const properties = [...new Set(paths.map(topProperty))].sort();
    return { operation: op, urn, isComponent: !(next ?? old)?.custom, properties };
}

/** A refresh says only afterwards what it found. */
function noteWhatRefreshFound(steps: ResourceStep[], found: ResourceStep): void {
    const index = steps.findIndex(({ operation, urn }) => operation === "refresh" && urn === found.urn);
    if (index !== -1 && found.operation !== "refresh") {
        steps[index] = found;
    }
}

/** The steps that changed something. */
export function changesOf({ steps }: Readonly<Pick<OperationResult, "steps">>): ResourceStep[] {
    return steps.filter(({ operation }) => !["same", "refresh", "read"].includes(operation));
}

/**
 * A folder as backend, without the files of attributes that the engine writes beside each of its own: killed while it
 * writes one, it leaves it empty, and nobody can read the state beside it any more ("failed to load checkpoint: EOF").
 */
export function backendUrl(folder: string): string {
    return `file://${folder}?metadata=skip`;
}

function environmentOf(options: EngineOptions): Record<string, string> {
    const ports = Object.entries(options.providerPorts);
    return {
        ...options.variables,
        PATH: options.searchPath,
        PULUMI_BACKEND_URL: backendUrl(options.state),
        // A copy of each state that is written over is a sixth of the engine's work, and nobody looks for one here.
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
        PULUMI_CONFIG_PASSPHRASE: options.passphrase,
        // Of the user's, it would come before the passphrase.
        PULUMI_CONFIG_PASSPHRASE_FILE: "",
        PULUMI_DEBUG_PROVIDERS: ports.map(([name, port]) => `${name}:${port}`).join(","),
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        // The program reaches the cluster through its own provider; another way in would be the user's.
        KUBECONFIG: "/dev/null",
    };
}
