import * as pulumi from "@pulumi/pulumi";
import type * as resproto from "@pulumi/pulumi/proto/resource_pb";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { simulateFunction, simulateResource } from "./index";
import type { SimulatedEnvironment } from "./index";
import { containsSecret, unwrapSecrets } from "./secrets";
import { withUnknowns } from "./unknowns";

/** `preview` leaves computed values unknown, as before a first deployment; `update` knows them all. */
export type Phase = "preview" | "update";

/** One resource registration, as the engine would have received it. */
export interface CapturedResource {
    urn: string;
    type: string;
    name: string;
    /** URN of the parent; absent for the stack itself. */
    parent?: string;
    /** False for components. */
    custom: boolean;
    /** `urn::id` of the explicit provider; empty where none was given. */
    provider: string;
    /** Inputs without secret envelopes; never print them unmasked, see `secretInputs`. */
    inputs: Record<string, unknown>;
    /** Top-level inputs that are, or contain, a secret. */
    secretInputs: string[];
    /** ARM id, Kubernetes `namespace/name` and the like; absent for components and in a preview. */
    id?: string;
    /** State after creation; in a preview only what the inputs say. */
    state: Record<string, unknown>;
    options: CapturedOptions;
}

/** The resource options that reached the engine, inherited ones (protect) included. */
export interface CapturedOptions {
    protect: boolean;
    retainOnDelete: boolean;
    /** Absent where the program leaves it to the provider, which for azure-native is mostly to delete first. */
    deleteBeforeReplace?: boolean;
    dependsOn: string[];
    ignoreChanges: string[];
    replaceOnChanges: string[];
    aliases: number;
    deletedWith?: string;
    customTimeouts?: { create?: string; update?: string; delete?: string };
    /** Names of the error hooks that retry this resource. */
    errorHooks: string[];
}

/** What a program registered and returned. */
export interface Capture {
    phase: Phase;
    resources: CapturedResource[];
    /** Stack outputs, secrets unwrapped; names of secret ones in `secretOutputs`. */
    outputs: Record<string, unknown>;
    secretOutputs: string[];
}

/** Where and how to run a program under the simulator. */
export interface CaptureOptions {
    project: string;
    stack: string;
    phase: Phase;
    environment: SimulatedEnvironment;
    /** Stack configuration, `namespace:key` to its raw string, as the engine passes it. */
    config?: Record<string, string>;
    /** Keys of `config` that are secret. */
    secretKeys?: string[];
    /** Answers provider functions instead of the simulator's table; tests use it. */
    call?: (token: string, args: Record<string, unknown>) => Record<string, unknown> | undefined;
}

// Exported by the SDK but marked internal, hence missing from its types: the promise of an empty registration queue.
const { waitForRPCs } = settings as unknown as { waitForRPCs: () => Promise<void> };

type RegisterResource = (
    request: resproto.RegisterResourceRequest,
    callback: (error: Error | undefined, response: resproto.RegisterResourceResponse | undefined) => void,
) => unknown;

/** The mock monitor's parts that a capture replaces: its URNs drop all but the last parent type and it has no hook calls. */
interface PatchableMonitor {
    newUrn(parent: string, type: string, name: string): string;
    registerResource: RegisterResource;
    registerErrorHook?: (request: unknown, callback: (error: null, response: object) => void) => void;
    registerResourceHook?: (request: unknown, callback: (error: null, response: object) => void) => void;
}

/**
 * Runs a Pulumi program in this process against the simulator and returns what it registered. The program runs as it
 * does under `pulumi up`: inside a stack resource, to its end, with every output awaited.
 * Throws what the program throws, in a resource, an apply or itself.
 */
export async function capture(
    program: () => Record<string, unknown> | void | Promise<Record<string, unknown> | void>,
    options: CaptureOptions,
): Promise<Capture> {
    const { phase, environment } = options;
    const sent = new Map<string, Record<string, unknown>>();
    const states = new Map<string, { id: string; state: Record<string, unknown> }>();
    const key = (type: string, name: string) => `${type}::${name}`;
    // Azure's provider puts what it makes into its own subscription. A reference to one is `urn::id`.
    const subscriptionOf = (provider = "") => {
        const [, , , name = ""] = provider.split("::");
        const subscriptionId = sent.get(key("pulumi:providers:azure-native", name))?.["subscriptionId"];
        return typeof subscriptionId === "string" ? { subscriptionId } : {};
    };

    await pulumi.runtime.setMocks(
        {
            newResource: (args) => {
                if (args.custom !== true) {
                    return { id: undefined, state: {} };
                }
                const raw = sent.get(key(args.type, args.name)) ?? (args.inputs as Record<string, unknown>);
                const inputs = unwrapSecrets(raw) as Record<string, unknown>;
                const answer = simulateResource({
                    type: args.type,
                    logicalName: args.name,
                    inputs,
                    environment: { ...environment, ...subscriptionOf(args.provider) },
                });
                if (phase === "preview") {
                    // Before the first deployment the engine knows the inputs, and of the rest only that it will be there.
                    return { id: undefined, state: withUnknowns(raw, answer.state) };
                }
                states.set(key(args.type, args.name), { id: answer.id, state: answer.state });
                return { id: answer.id, state: withSecretsOf(raw, answer.state) };
            },
            call: (args) => {
                const inputs = unwrapSecrets(args.inputs) as Record<string, unknown>;
                try {
                    return (
                        options.call?.(args.token, inputs) ??
                        simulateFunction(args.token, inputs, environment)
                    );
                } catch (error) {
                    // The SDK reports the details of a failed call and drops its message.
                    throw error instanceof Error ? Object.assign(error, { details: error.message }) : error;
                }
            },
        },
        options.project,
        options.stack,
        phase === "preview",
    );
    pulumi.runtime.setAllConfig(options.config ?? {}, options.secretKeys);

    const resources: CapturedResource[] = [];
    const monitor = settings.getMonitor() as unknown as PatchableMonitor;
    monitor.newUrn = (parent, type, name) => engineUrn(options, parent, type, name);
    monitor.registerErrorHook ??= (_request, callback) => callback(null, {});
    monitor.registerResourceHook ??= (_request, callback) => callback(null, {});
    const register: RegisterResource = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, callback) => {
        // The mocks get inputs without the unknown ones; the request itself still says which these are.
        sent.set(key(request.getType(), request.getName()), inputsOf(request));
        register(request, (error, response) => {
            if (!error && response) {
                resources.push(
                    describe(
                        request,
                        response.getUrn(),
                        states.get(key(request.getType(), request.getName())),
                    ),
                );
            }
            callback(error, response);
        });
    };

    const rejections = listenForRejections();
    const deadlock = listenForDeadlock();
    try {
        // Kept as the program returned them: the stack resolves its outputs, and nothing tells then which were secret.
        let returned: Record<string, unknown> = {};
        const run = async () => {
            await pulumi.runtime.runInPulumiStack(async () => {
                returned = (await program()) ?? {};
                return returned;
            });
            await settle(resources);
        };
        await Promise.race([run(), deadlock.detected]);
        rejections.throwFirst();
        return { phase, resources, ...(await plainOutputs(returned)) };
    } catch (error) {
        // A failed registration rejects several promises; let the rest of them arrive while they are still listened for.
        if (!(error instanceof DeadlockError)) {
            await settle(resources).catch(() => undefined);
        }
        rejections.throwFirst();
        throw error;
    } finally {
        rejections.stop();
        deadlock.stop();
    }
}

/** The program waits for something that nothing will bring about. */
class DeadlockError extends Error {}

/**
 * Fails when nothing is left that could bring the program to its end: resources or outputs that wait for each other.
 * Node would otherwise leave quietly, with the exit code of success.
 */
function listenForDeadlock(): { detected: Promise<never>; stop(): void } {
    let onEmpty: () => void = () => undefined;
    const detected = new Promise<never>((_resolve, reject) => {
        onEmpty = () =>
            reject(
                new DeadlockError(
                    "the program never ends: a resource or an output waits for something that depends on it. " +
                        "Look for a cycle in `dependsOn` or between outputs.",
                ),
            );
    });
    process.once("beforeExit", onEmpty);
    return { detected, stop: () => process.off("beforeExit", onEmpty) };
}

/**
 * Takes over unhandled rejections for the time of a capture: a failed resource or apply is reported by nothing else.
 * Listeners of others (a test runner's) would fail on an error that the capture is about to throw.
 */
function listenForRejections(): { throwFirst(): void; stop(): void } {
    const event = "unhandledRejection";
    const others = process.listeners(event);
    const failures: unknown[] = [];
    const collect = (reason: unknown) => failures.push(reason);
    process.removeAllListeners(event);
    process.on(event, collect);
    return {
        throwFirst: () => {
            if (failures.length > 0) {
                throw failures[0];
            }
        },
        stop: () => {
            process.off(event, collect);
            others.forEach((listener) => process.on(event, listener));
        },
    };
}

/** Waits until no registration is in flight: draining the queue once is not enough, applies may still add to it. */
async function settle(resources: readonly CapturedResource[]): Promise<void> {
    let quietRounds = 0;
    let seen = -1;
    while (quietRounds < 3) {
        await waitForRPCs();
        await new Promise((resolve) => setImmediate(resolve));
        quietRounds = resources.length === seen ? quietRounds + 1 : 0;
        seen = resources.length;
    }
}

function engineUrn(options: CaptureOptions, parent: string, type: string, name: string): string {
    const parentType = parent.split("::")[2];
    const isTopLevel = parentType === undefined || parentType === "pulumi:pulumi:Stack";
    return [
        "urn:pulumi:" + options.stack,
        options.project,
        isTopLevel ? type : `${parentType}$${type}`,
        name,
    ].join("::");
}

function inputsOf(request: resproto.RegisterResourceRequest): Record<string, unknown> {
    return request.getObject()?.toJavaScript() ?? {};
}

function describe(
    request: resproto.RegisterResourceRequest,
    urn: string,
    known: { id: string; state: Record<string, unknown> } | undefined,
): CapturedResource {
    const raw = inputsOf(request);
    const inputs = unwrapSecrets(raw) as Record<string, unknown>;
    const timeouts = request.getCustomtimeouts();
    return {
        urn,
        type: request.getType(),
        name: request.getName(),
        ...(request.getParent() ? { parent: request.getParent() } : {}),
        custom: request.getCustom(),
        provider: request.getProvider(),
        inputs,
        secretInputs: Object.keys(raw).filter((property) => containsSecret(raw[property])),
        ...(known ? { id: known.id } : {}),
        state: known?.state ?? inputs,
        options: {
            protect: request.getProtect() ?? false,
            retainOnDelete: request.getRetainondelete() ?? false,
            ...(request.getDeletebeforereplacedefined()
                ? { deleteBeforeReplace: request.getDeletebeforereplace() }
                : {}),
            dependsOn: request.getDependenciesList(),
            ignoreChanges: request.getIgnorechangesList(),
            replaceOnChanges: request.getReplaceonchangesList(),
            aliases: request.getAliasesList().length,
            ...(request.getDeletedwith() ? { deletedWith: request.getDeletedwith() } : {}),
            ...(timeouts
                ? {
                      customTimeouts: {
                          create: timeouts.getCreate(),
                          update: timeouts.getUpdate(),
                          delete: timeouts.getDelete(),
                      },
                  }
                : {}),
            errorHooks: request.getHooks()?.getOnErrorList() ?? [],
        },
    };
}

/** Keeps secret what was passed in as a secret, as a provider's answer does. */
function withSecretsOf(
    raw: Record<string, unknown>,
    state: Record<string, unknown>,
): Record<string, unknown> {
    const secret = Object.keys(raw).filter((property) => containsSecret(raw[property]) && property in state);
    return { ...state, ...Object.fromEntries(secret.map((property) => [property, raw[property]])) };
}

async function plainOutputs(
    outputs: Record<string, unknown>,
): Promise<{ outputs: Record<string, unknown>; secretOutputs: string[] }> {
    const plain: Record<string, unknown> = {};
    const secretOutputs: string[] = [];
    for (const [name, value] of Object.entries(outputs)) {
        const output = pulumi.output(value);
        plain[name] = await (output as unknown as { promise(): Promise<unknown> }).promise();
        if (await pulumi.isSecret(output)) {
            secretOutputs.push(name);
        }
    }
    return { outputs: plain, secretOutputs };
}
