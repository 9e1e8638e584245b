import * as pulumi from "@pulumi/pulumi";
import { capture } from "../simulator/capture";
import type { Capture, Phase } from "../simulator/capture";
import type { RulesByTopic, UnsetValue } from "../policy/rule";
import { bootstrapRules } from "../policy/rules/bootstrap";
import type { Waiver } from "../policy/waiver";
import { redacted } from "../terminal/redacted";
import { PlanError } from "./planError";
import { messageOf } from "../terminal/userError";
import type { StackFile } from "./stackFile";
import { dropVersionAliases } from "../speed/versionAliases";

/** What the plan needs to know of a configuration; the rest is the program's. */
export interface PlannedConfig {
    location: string;
    subscriptionId: string;
    tenantId: string;
    /** Who deploys; absent where the program does not say. */
    access?: { deployer: { objectId: string } };
    network?: { peers?: readonly string[] };
    /** Placeholders that a stand-in was used for. */
    unset: readonly UnsetValue[];
}

/** The program that is planned. */
export interface ProgramModules {
    /** What is judged of the plan. Defaults to the rules of the landing zone. */
    rules?: RulesByTopic;
    /** Findings that are put up with. Defaults to those of the landing zone, none with other rules. */
    waivers?: readonly Waiver[];
    loadConfig: (options: { placeholders: "standIn" }) => PlannedConfig;
    /** Declares the stack's resources and returns its outputs. */
    program: (config: PlannedConfig) => Record<string, unknown> | Promise<Record<string, unknown>>;
}

/* eslint-disable @typescript-eslint/no-require-imports -- import() would pass by the transpiler that `require` goes through. */
/** The real program: config.ts and program.ts. */
export function realProgram(): ProgramModules {
    const { loadConfig } = loaded("config.ts", () => require("../config") as typeof import("../config.js"));
    const { landingZone } = loaded(
        "program.ts",
        () => require("../program") as typeof import("../program.js"),
    );
    return { loadConfig, program: (config) => landingZone(config as ReturnType<typeof loadConfig>) };
}

/** The program in bootstrap/, which prepares a subscription for pipelines. */
export function bootstrapProgram(): ProgramModules {
    const { loadConfig } = loaded(
        "bootstrap/config.ts",
        () => require("../bootstrap/config") as typeof import("../bootstrap/config.js"),
    );
    const { bootstrap } = loaded(
        "bootstrap/program.ts",
        () => require("../bootstrap/program") as typeof import("../bootstrap/program.js"),
    );
    return {
        loadConfig,
        program: (config) => bootstrap(config as ReturnType<typeof loadConfig>),
        rules: bootstrapRules,
    };
}
/* eslint-enable @typescript-eslint/no-require-imports */

function loaded<Module>(name: string, load: () => Module): Module {
    try {
        return load();
    } catch (error) {
        throw new PlanError(`${name} cannot be loaded: ${messageOf(error)}`, undefined, { cause: error });
    }
}

/** Object id of a deployer whom no program asks for. */
const nobody = "00000000-0000-0000-0000-000000000000";

const debugHint = "run again with --debug for the stack trace";

/** The configuration of a stack, with stand-ins for placeholders, as the program would read it. */
export async function loadedConfig(
    file: StackFile,
    loadConfig: ProgramModules["loadConfig"],
): Promise<PlannedConfig> {
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
        throw new PlanError(messageOf(error), `mend Pulumi.${file.stack}.yaml and plan again`, {
            cause: error,
        });
    }
}

/** Runs the program in one phase, in a simulated deployment of the stack. */
export async function runProgram(
    file: StackFile,
    config: PlannedConfig,
    phase: Phase,
    program: ProgramModules["program"],
): Promise<Capture> {
    const declare = () => {
        dropVersionAliases();
        return program(config);
    };
    try {
        return await capture(declare, {
            project: file.project,
            stack: file.stack,
            phase,
            environment: {
                subscriptionId: config.subscriptionId,
                tenantId: config.tenantId,
                deployerObjectId: config.access?.deployer.objectId ?? nobody,
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
