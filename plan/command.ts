import { join } from "node:path";
import { Command } from "commander";
import { complain } from "../terminal/complain";
import type { Complaint } from "../terminal/complain";
import type { CommandContext } from "../terminal/context";
import { exitCode } from "../terminal/exitCode";
import { jsonText, writeFile } from "../terminal/files";
import { answeringOn, codeAfter, parse } from "../terminal/program";
import { fileOptions, textOptions } from "../terminal/textOptions";
import { messageOf } from "../terminal/userError";
import { planDocument } from "./document";
import { PlanError } from "./planError";
import type { PlanOptions } from "./planStack";
import { comparisonText, planText } from "./render/text";
import { knownStacks, noSuchStack } from "./stackFile";
import type { StackPlan } from "./stackPlan";

/** Where the command reads from and writes to; a test gives its own. */
export interface PlanContext extends CommandContext {
    /** Loads the program that is planned. Defaults to config.ts and program.ts. */
    loadProgram?: PlanOptions["loadProgram"];
    /** The day on which waivers are judged, `YYYY-MM-DD`. Defaults to the computer's, in UTC. */
    today?: string;
}

interface Flags {
    bootstrap?: boolean;
    json?: boolean;
    out?: string;
    debug?: boolean;
}

/** Runs the plan command with the given arguments and returns its exit code. Reports every fault itself. */
export async function run(args: readonly string[], context: PlanContext): Promise<number> {
    const command = answeringOn(new Command("plan"), context)
        .description(
            "Plans the landing zone offline: what `pulumi up` would build, who may do what, what it costs.",
        )
        .argument(
            "[stacks...]",
            "stacks to plan; all that have a file Pulumi.<stack>.yaml when none is named",
        )
        .option("--bootstrap", "plan the stacks of bootstrap/, which prepares a subscription for pipelines")
        .option("--json", "write one JSON document to standard output instead of text")
        .option("--out <directory>", "also write <stack>.json and <stack>.txt there")
        .option("--debug", "show stack traces of failures");
    try {
        await parse(command, args);
        const flags = command.opts<Flags>();
        return await planAll(command.args, flags, flags.bootstrap ? ofBootstrap(context) : context);
    } catch (error) {
        return codeAfter(error, context, complaintOf(command.opts<Flags>()));
    }
}

/** The same command over the program in bootstrap/. */
function ofBootstrap(context: PlanContext): PlanContext {
    return {
        ...context,
        directory: join(context.directory, "bootstrap"),
        loadProgram: context.loadProgram ?? (() => lazyRunProgram().bootstrapProgram()),
    };
}

async function planAll(named: readonly string[], flags: Flags, context: PlanContext): Promise<number> {
    const stacks = chosenStacks(named, context.directory);
    const planStack = lazyPlanStack();
    const plans: StackPlan[] = [];
    const failures: { stack: string; message: string }[] = [];
    for (const stack of stacks) {
        try {
            const plan = await withProgress(stack, context, (onProgress) =>
                planStack({
                    directory: context.directory,
                    stack,
                    debug: flags.debug,
                    onProgress,
                    loadProgram: context.loadProgram,
                    today: context.today,
                }),
            );
            plans.push(plan);
            if (!flags.json) {
                context.stdout.write(`${planText(plan, textOptions(context.stdout, context.environment))}\n`);
            }
            writeFiles(plan, flags.out);
        } catch (error) {
            failures.push({ stack, message: messageOf(error) });
            complain(error, context, { ...complaintOf(flags), place: `stack ${stack}` });
        }
    }
    if (flags.json) {
        context.stdout.write(jsonText(planDocument(plans, failures)));
    } else if (plans.length > 1) {
        context.stdout.write(comparisonText(plans, textOptions(context.stdout, context.environment)));
    }
    if (failures.length > 0) {
        return exitCode.failed;
    }
    return plans.some(hasFailingError) ? exitCode.refused : exitCode.good;
}

/** Loads Pulumi and what builds on it only now: help and refusals answer at once. */
function lazyPlanStack(): (options: PlanOptions) => Promise<StackPlan> {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    return (require("./planStack") as typeof import("./planStack.js")).planStack;
}

function lazyRunProgram(): typeof import("./runProgram.js") {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    return require("./runProgram") as typeof import("./runProgram.js");
}

function chosenStacks(named: readonly string[], directory: string): readonly string[] {
    const known = knownStacks(directory);
    if (known.length === 0) {
        throw new PlanError(`there is no file Pulumi.<stack>.yaml in ${directory}`);
    }
    const stranger = named.find((stack) => !known.includes(stack));
    if (stranger !== undefined) {
        throw new PlanError(noSuchStack(stranger, known));
    }
    return named.length > 0 ? [...new Set(named)] : known;
}

function hasFailingError({ checks }: StackPlan): boolean {
    return checks.some(({ holds, severity }) => !holds && severity === "error");
}

function writeFiles(plan: StackPlan, directory: string | undefined): void {
    if (directory === undefined) {
        return;
    }
    writeFile(join(directory, `${plan.stack}.json`), jsonText(planDocument([plan])));
    writeFile(join(directory, `${plan.stack}.txt`), planText(plan, fileOptions));
}

/** Shows on a terminal what the command is doing, in one line that is gone afterwards. */
async function withProgress<Result>(
    stack: string,
    { stderr }: PlanContext,
    action: (onProgress: (step: string) => void) => Promise<Result>,
): Promise<Result> {
    const clear = "\r\u001b[K";
    const show = (text: string) => {
        if (stderr.isTTY) {
            stderr.write(clear + text);
        }
    };
    try {
        return await action((step) => show(`${stack}: ${step} ...`));
    } finally {
        show("");
    }
}

function complaintOf({ debug = false }: Flags): Complaint {
    // Most hints of a plan are to give --debug.
    return { hint: !debug, traces: debug };
}
