import * as pulumi from "@pulumi/pulumi";
import { capture } from "../simulator/capture";
import type { Capture, CapturedOptions, CapturedResource, Phase } from "../simulator/capture";
import { accessGrants } from "./access";
import type { AccessGrant } from "./access";
import { addressRanges } from "./addressPlan";
import type { AddressRange } from "./addressPlan";
import { runChecks } from "./checks";
import type { CheckResult } from "./checks";
import type { UnsetValue } from "./checks/check";
import { componentTree, countsByType } from "./componentTree";
import type { ComponentNode } from "./componentTree";
import { estimateCost } from "./cost/estimate";
import type { CostEstimate } from "./cost/estimate";
import { redacted, shownInputs, withoutSecrets } from "./masking";
import { PlanError } from "./planError";
import { PlannedStack } from "./plannedStack";
import { collectingConsole } from "./programConsole";
import type { ProgramMessage } from "./programConsole";
import { types } from "./resourceTypes";
import { readStackFile } from "./stackFile";
import type { StackFile } from "./stackFile";
import { textAt } from "./values";

/** What the plan needs to know of a configuration; the rest is the program's. */
export interface PlannedConfig {
    location: string;
    subscriptionId: string;
    tenantId: string;
    access: { deployer: { objectId: string } };
    network: { peers?: readonly string[] };
    /** Placeholders that a stand-in was used for. */
    unset: readonly UnsetValue[];
}

/** The program that is planned. */
export interface ProgramModules {
    loadConfig(options: { placeholders: "standIn" }): PlannedConfig;
    /** Declares the stack's resources and returns its outputs. */
    program(config: PlannedConfig): Record<string, unknown>;
}

/** Which stack to plan, and how. */
export interface PlanOptions {
    /** Where Pulumi.yaml and the stack files are. */
    directory: string;
    stack: string;
    /** Keeps stack traces whole, which costs about half as much time again. Defaults to false. */
    debug?: boolean;
    /** Called before each step with a few words about it. */
    onProgress?(step: string): void;
    /** Loads the program. Defaults to config.ts and program.ts. */
    loadProgram?(): ProgramModules;
}

/** One resource as the plan shows it. */
export interface ShownResource {
    type: string;
    name: string;
    urn: string;
    /** Azure id, or `namespace/name` in the cluster; made up by the simulator. */
    id?: string;
    /** URN of the parent. */
    parent?: string;
    /** False for components. */
    custom: boolean;
    /** `urn::id` of the provider. */
    provider: string;
    /** Inputs with secrets masked. */
    inputs: Record<string, unknown>;
    options: CapturedOptions;
}

/** Everything that the plan says about a stack. No secret is in it. */
export interface StackPlan {
    stack: string;
    project: string;
    region: string;
    resources: ShownResource[];
    /** Number of resources by short type, without components. */
    counts: { type: string; count: number }[];
    components: ComponentNode;
    /** Stack outputs with secrets masked. */
    outputs: Record<string, unknown>;
    checks: CheckResult[];
    cost: CostEstimate;
    addressPlan: AddressRange[];
    access: AccessGrant[];
    unset: UnsetValue[];
    phases: {
        /** Number of resources and components that each phase declares. */
        preview: number;
        update: number;
        /** URNs that the other phase does not declare. */
        onlyInPreview: string[];
        onlyInUpdate: string[];
    };
    /** What the program itself had to say. */
    messages: ProgramMessage[];
    durationInMilliseconds: number;
}

/** Runs the program for a stack in both phases and works out everything that the plan shows of it. */
export async function planStack(options: PlanOptions): Promise<StackPlan> {
    const start = performance.now();
    const { stack, debug = false, onProgress = () => undefined } = options;
    onProgress("reading the configuration");
    const file = readStackFile(options.directory, stack);
    const { result, messages } = await collectingConsole(async () => {
        const { loadConfig, program } = (options.loadProgram ?? realProgram)();
        const config = await loadedConfig(file, loadConfig);
        const run = async (phase: Phase) => {
            onProgress(`running the program, ${phase}`);
            return withStackTraces(debug, () => runProgram(file, config, phase, program));
        };
        return { config, preview: await run("preview"), update: await run("update") };
    });
    onProgress("checking");
    const plan = describe(file, result.config, result.preview, result.update);
    return { ...plan, messages, durationInMilliseconds: Math.round(performance.now() - start) };
}

/* eslint-disable @typescript-eslint/no-require-imports -- import() would pass by the transpiler that `require` goes through. */
function realProgram(): ProgramModules {
    const { loadConfig } = loaded("config.ts", () => require("../config") as typeof import("../config.js"));
    const { landingZone } = loaded("program.ts", () => require("../program") as typeof import("../program.js"));
    return { loadConfig, program: (config) => landingZone(config as ReturnType<typeof loadConfig>) };
}
/* eslint-enable @typescript-eslint/no-require-imports */

function loaded<Module>(name: string, load: () => Module): Module {
    try {
        return load();
    } catch (error) {
        throw new PlanError(`${name} cannot be loaded: ${messageOf(error)}`, undefined, { cause: error });
    }
}

const debugHint = "run again with --debug for the stack trace";

async function loadedConfig(file: StackFile, loadConfig: ProgramModules["loadConfig"]): Promise<PlannedConfig> {
    const refuse = () => {
        throw new Error("the configuration must not declare resources or call functions");
    };
    // `pulumi.Config` reads from the runtime, which must know the stack before the simulator knows its subscription.
    await pulumi.runtime.setMocks({ newResource: refuse, call: refuse }, file.project, file.stack, true);
    pulumi.runtime.setAllConfig(file.values, file.secretKeys);
    try {
        return loadConfig({ placeholders: "standIn" });
    } catch (error) {
        if (error instanceof TypeError || error instanceof ReferenceError) {
            throw new PlanError(`config.ts failed: ${messageOf(error)}`, debugHint, { cause: error });
        }
        throw new PlanError(messageOf(error), `mend Pulumi.${file.stack}.yaml and plan again`, { cause: error });
    }
}

async function runProgram(
    file: StackFile,
    config: PlannedConfig,
    phase: Phase,
    program: ProgramModules["program"],
): Promise<Capture> {
    try {
        return await capture(() => program(config), {
            project: file.project,
            stack: file.stack,
            phase,
            environment: {
                subscriptionId: config.subscriptionId,
                tenantId: config.tenantId,
                deployerObjectId: config.access.deployer.objectId,
            },
            config: file.values,
            secretKeys: file.secretKeys,
        });
    } catch (error) {
        throw new PlanError(
            `the program failed in the ${phase}: ${redacted(messageOf(error), file.secretStandIns)}`,
            debugHint,
            { cause: error },
        );
    }
}

/**
 * Pulumi formats several stack traces for every property of every resource. Without them a plan takes about half the
 * time; errors then have their message only.
 */
async function withStackTraces<Result>(debug: boolean, action: () => Promise<Result>): Promise<Result> {
    const limit = Error.stackTraceLimit;
    if (!debug) {
        Error.stackTraceLimit = 0;
    }
    try {
        return await action();
    } finally {
        Error.stackTraceLimit = limit;
    }
}

function describe(
    file: StackFile,
    config: PlannedConfig,
    preview: Capture,
    update: Capture,
): Omit<StackPlan, "messages" | "durationInMilliseconds"> {
    const secretTexts = [...file.secretStandIns, ...kubeconfigs(update.resources)];
    const planned = new PlannedStack(preview, update, {
        secretTexts,
        unset: config.unset,
        peerRanges: config.network.peers ?? [],
    });
    const { phases } = planned;
    return redacted(
        {
            stack: file.stack,
            project: file.project,
            region: config.location,
            resources: update.resources.map(shown).sort((one, other) => (one.urn < other.urn ? -1 : 1)),
            counts: countsByType(planned),
            components: componentTree(planned),
            outputs: withoutSecrets(update.outputs, update.secretOutputs),
            checks: runChecks(planned),
            cost: estimateCost(planned),
            addressPlan: addressRanges(planned),
            access: accessGrants(planned, config),
            unset: [...config.unset],
            phases: {
                preview: phases.preview.length,
                update: phases.update.length,
                onlyInPreview: without(phases.preview, phases.update),
                onlyInUpdate: without(phases.update, phases.preview),
            },
        },
        secretTexts,
    );
}

/** A kubeconfig is a secret whether the program says so or not. */
function kubeconfigs(resources: readonly CapturedResource[]): string[] {
    return resources
        .filter(({ type }) => type === types.kubernetesProvider)
        .flatMap(({ inputs }) => textAt(inputs, "kubeconfig") ?? []);
}

function shown(resource: CapturedResource): ShownResource {
    const { type, name, urn, id, parent, custom, provider, options } = resource;
    return {
        type,
        name,
        urn,
        ...(id === undefined ? {} : { id }),
        ...(parent === undefined ? {} : { parent }),
        custom,
        provider,
        inputs: shownInputs(resource),
        options,
    };
}

function without(urns: readonly string[], others: readonly string[]): string[] {
    const known = new Set(others);
    return urns.filter((urn) => !known.has(urn));
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
