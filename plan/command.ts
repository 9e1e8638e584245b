import { join } from "node:path";
import { Command } from "commander";
import { complain } from "../terminal/complain";
import type { Complaint } from "../terminal/complain";
import type { CommandContext, OutputStream } from "../terminal/context";
import { exitCode } from "../terminal/exitCode";
import { checkReplaceable, jsonText, replaceFile, writeFile } from "../terminal/files";
import { answeringOn, codeAfter, parse } from "../terminal/program";
import { fileOptions, textOptions } from "../terminal/textOptions";
import { messageOf } from "../terminal/userError";
import { dayOf } from "../policy/waiver";
import { checkCostFlags, comparerOf, livePricesOf, warnOfPrices, writeCostMarkdown } from "./costOptions";
import type { CostFlags } from "./costOptions";
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

interface Flags extends CostFlags {
    bootstrap?: boolean;
    json?: boolean;
    out?: string;
    report?: string | true;
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
        .option(
            "--report [file]",
            "also write all of it as one HTML file to look at; out/<stacks>.html when none is named",
        )
        .option("--live", "ask Azure's public price list for the prices of today")
        .option("--compare <file>", "show how the cost differs from that document of `plan --json`")
        .option(
            "--cost-markdown <file>",
            "also write the cost of one stack for the comment on a pull request",
        )
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
    const report = reportFile(flags, stacks, context.directory);
    const today = context.today ?? dayOf(new Date());
    const planStack = lazyPlanStack();
    checkCostFlags(flags, stacks);
    const compared = comparerOf(flags);
    const livePrices = livePricesOf(flags, context);
    const plans: StackPlan[] = [];
    const failures: { stack: string; message: string }[] = [];
    for (const stack of stacks) {
        try {
            const planned = await withProgress(stack, context, (onProgress) =>
                planStack({
                    directory: context.directory,
                    stack,
                    debug: flags.debug,
                    onProgress,
                    loadProgram: context.loadProgram,
                    today,
                    livePrices,
                }),
            );
            const plan = compared(planned);
            plans.push(plan);
            warnOfPrices(plan, context);
            if (!flags.json) {
                context.stdout.write(`${planText(plan, textOptions(context.stdout, context.environment))}\n`);
            }
            writeFiles(plan, flags.out);
            writeCostMarkdown(plan, flags);
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
    if (report !== undefined) {
        await writeReport(report, plans, failures, today, flags.json ? context.stderr : context.stdout);
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

/** The report loads a layout engine, which nobody should wait for who did not ask for a picture. */
function lazyReport(): typeof import("../report/report.js").reportHtml {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    return (require("../report/report") as typeof import("../report/report.js")).reportHtml;
}

function lazyRunProgram(): typeof import("./runProgram.js") {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    return require("./runProgram") as typeof import("./runProgram.js");
}

/** Where the report goes; undefined where none is asked for. Refused before the work is a file that cannot be written. */
function reportFile(
    { report, bootstrap }: Flags,
    stacks: readonly string[],
    directory: string,
): string | undefined {
    if (report === undefined) {
        return undefined;
    }
    if (typeof report === "string" && knownStacks(directory).includes(report)) {
        throw new PlanError(
            `--report takes the name of a file, and ${report} is a stack`,
            `name the stacks first, as in \`plan ${report} --report\`, or write \`--report ./${report}\` for a file of that name`,
        );
    }
    const file =
        report === true ? join("out", `${bootstrap ? "bootstrap-" : ""}${stacks.join("-")}.html`) : report;
    checkReplaceable(file);
    return file;
}

/** A report that leaves out a stack would mislead: it is written for all stacks or not at all. */
async function writeReport(
    file: string,
    plans: readonly StackPlan[],
    failures: readonly { stack: string }[],
    today: string,
    stream: OutputStream,
): Promise<void> {
    if (failures.length > 0) {
        const names = failures.map(({ stack }) => stack).join(", ");
        stream.write(`No report is written: there is no plan of ${names}.\n`);
        return;
    }
    replaceFile(file, await lazyReport()(plans, { today }));
    stream.write(`Report  ${file}\n`);
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
