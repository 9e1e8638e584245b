import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { PreviewFlags } from "./commands/preview";
import type { DriverContext } from "./context";
import { exitCode } from "../terminal/exitCode";
import { defaultMaxDeletions } from "./guards";
import { defaultLockWaitInMinutes } from "./locking";
import { answeringOn, codeAfter, isHelp, parse } from "../terminal/program";
import { recoveryRunbook } from "./runbooks";
import type { DestroyFlags } from "./commands/destroy";
import type { DoctorFlags } from "./commands/doctor";
import type { DriftFlags } from "./commands/drift";
import type { OutputsFlags } from "./commands/outputs";
import type { RefreshFlags } from "./commands/refresh";
import type { UnlockFlags } from "./commands/unlock";
import type { UpFlags } from "./commands/up";

/** Commands with a program of their own; each reads its own arguments and `--help`. */
const mounted = {
    plan: "plan stacks offline: what `up` would build, who may do what, what it costs",
    export: "write a stack for other tools: ARM template, manifests, inventory",
    rehearse: "take a stack through its life on this machine, with a simulated Azure",
} as const;
type Mounted = keyof typeof mounted;

/** Runs the driver with the given arguments and returns its exit code. Reports every fault itself. */
export async function run(args: readonly string[], given: DriverContext): Promise<number> {
    const context = { ...given, debug: args.includes("--debug") };
    const words = withHelpBehind(args);
    const [first = "", ...rest] = words;
    if (isMounted(first)) {
        return runMounted(first, rest, context);
    }
    let code: number = exitCode.good;
    const command = driverCommand(context, (result) => {
        code = result;
    });
    try {
        await parse(command, words);
        return context.interruption.byPerson && code !== exitCode.good ? interrupted(context) : code;
    } catch (error) {
        if (context.interruption.byPerson && !(error instanceof CommanderError)) {
            return interrupted(context);
        }
        return codeAfter(error, context, { traces: context.debug });
    }
}

/** `--help up` asks what `up --help` asks; commander would answer it with the help of the whole. */
function withHelpBehind(args: readonly string[]): readonly string[] {
    const command = args.findIndex((arg) => !isHelp(arg));
    return command < 0 ? args : [...args.slice(command), ...args.slice(0, command)];
}

/** The commander program. `onEnd` is told the exit code of the command that was run. */
export function driverCommand(context: DriverContext, onEnd: (code: number) => void): Command {
    const program = answeringOn(new Command("aks-landing-zone"), context)
        .description("Deploys the landing zone: every command works on one stack of this repository.")
        .helpCommand(false);
    const add = (name: string, description: string) =>
        program
            .command(name)
            .description(description)
            .argument("<stack>", "stack, as in Pulumi.<stack>.yaml")
            .helpOption("-h, --help", "show this help")
            .option("--debug", "show stack traces of failures");
    const azureOnly = [
        "--azure-only",
        "leave alone what is inside the cluster: for where its API server is not reached",
    ] as const;
    const json = ["--json", "write one JSON document to standard output instead of text"] as const;
    const yes = ["--yes", "do it without asking"] as const;

    add("doctor", "check this machine, the stack file and Azure before anything is touched")
        .option(...json)
        .action(async (stack: string, flags: DoctorFlags) =>
            onEnd(await lazily("doctor").doctor(stack, flags, context)),
        );
    add("preview", "show what `up` would change; changes nothing")
        .option(...json)
        .option(...azureOnly)
        .option("--markdown <file>", "also write a comment for a pull request")
        .option("--cost <file>", "what `plan --cost-markdown` wrote, for the comment")
        .option("--save-plan <file>", "also write what was previewed, for `up --plan`")
        .action(async (stack: string, flags: PreviewFlags) =>
            onEnd(await lazily("preview").preview(stack, flags, context)),
        );
    add("up", "preview, let the guards judge, then change the stack")
        .option(...yes)
        .option(...json)
        .option(...azureOnly)
        .option("--plan <file>", "refuse to do anything but what this plan of `preview --save-plan` has")
        .option(
            "--allow-replace <name>",
            "let this resource be replaced: logical name or URN; repeatable",
            collect,
        )
        .option(
            "--allow-delete <name>",
            "let this resource be deleted: logical name or URN; repeatable",
            collect,
        )
        .option(
            "--allow-create <name>",
            "let this resource be created although its creation was interrupted: it is not there; repeatable",
            collect,
        )
        .addOption(
            new Option("--max-deletions <n>", "most resources that may be deleted or replaced")
                .argParser(wholeNumber)
                .default(defaultMaxDeletions),
        )
        .option("--expect-no-changes", "refuse any change")
        .addOption(waitForLock())
        .action(async (stack: string, flags: UpFlags) => onEnd(await lazily("up").up(stack, flags, context)));
    add("refresh", "write into the state what Azure and the cluster say")
        .option(...yes)
        .option(...json)
        .addOption(waitForLock())
        .action(async (stack: string, flags: RefreshFlags) =>
            onEnd(await lazily("refresh").refresh(stack, flags, context)),
        );
    add("drift", "tell what differs from the state in Azure and the cluster; changes nothing")
        .option(...json)
        .option("--markdown <file>", "also write the text of an issue")
        .action(async (stack: string, flags: DriftFlags) =>
            onEnd(await lazily("drift").drift(stack, flags, context)),
        );
    add("outputs", "show the outputs of the stack, secrets masked")
        .option(...json)
        .option("--show-secrets", "show secret outputs in plain")
        .action(async (stack: string, flags: OutputsFlags) =>
            onEnd(await lazily("outputs").outputs(stack, flags, context)),
        );
    add("destroy", "delete everything of the stack")
        .option("--confirm <name>", "the stack's name again, where nobody can be asked")
        .option(...json)
        .addOption(waitForLock())
        .action(async (stack: string, flags: DestroyFlags) =>
            onEnd(await lazily("destroy").destroy(stack, flags, context)),
        );
    add("unlock", "take the stack's lock from a run that was killed")
        .option("--confirm <name>", "the stack's name again, where nobody can be asked")
        .action(async (stack: string, flags: UnlockFlags) =>
            onEnd(await lazily("unlock").unlock(stack, flags, context)),
        );
    // For the help of the whole and for suggestions: they are run by themselves.
    for (const [name, description] of Object.entries(mounted)) {
        program.command(`${name} [arguments...]`).description(description);
    }
    return program;
}

interface Commands {
    doctor: typeof import("./commands/doctor.js");
    preview: typeof import("./commands/preview.js");
    up: typeof import("./commands/up.js");
    refresh: typeof import("./commands/refresh.js");
    drift: typeof import("./commands/drift.js");
    outputs: typeof import("./commands/outputs.js");
    destroy: typeof import("./commands/destroy.js");
    unlock: typeof import("./commands/unlock.js");
}

/** Loads a command with all that it needs only now: help and refusals answer at once. */
function lazily<Name extends keyof Commands>(name: Name): Commands[Name] {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass by the transpiler.
    return require(`./commands/${name}`) as Commands[Name];
}

function isMounted(name: string): name is Mounted {
    return Object.hasOwn(mounted, name);
}

async function runMounted(name: Mounted, args: readonly string[], context: DriverContext): Promise<number> {
    const { directory, stdout, stderr, environment, interruption } = context;
    const shared = { directory, stdout, stderr, environment };
    if (name === "plan") {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- As above.
        return (require("../plan/command") as typeof import("../plan/command.js")).run(args, shared);
    }
    if (name === "export") {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- As above.
        return (require("../exports/command") as typeof import("../exports/command.js")).run(args, shared);
    }
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- As above.
    const { run: rehearse } = require("../rehearsal/command") as typeof import("../rehearsal/command.js");
    return rehearse(args, { ...shared, signal: interruption.gentle });
}

function collect(value: string, previous: string[] = []): string[] {
    return [...previous, value];
}

function wholeNumber(text: string): number {
    if (!/^\d{1,6}$/.test(text)) {
        throw new InvalidArgumentError("It takes a whole number from 0.");
    }
    return Number(text);
}

function waitForLock(): Option {
    return new Option("--wait-for-lock <minutes>", "how long to wait for whoever else changes the stack")
        .argParser(wholeNumber)
        .default(defaultLockWaitInMinutes);
}

function interrupted({ stderr, interruption }: DriverContext): number {
    const { hasBegun, hard } = interruption;
    stderr.write(
        !hasBegun
            ? "interrupted: nothing was changed\n"
            : hard.aborted
              ? `killed: the lock and operations in the air are left behind; ${recoveryRunbook}\n`
              : `interrupted: nothing new was begun; what Azure was still making may be there without being in the state: ${recoveryRunbook}\n`,
    );
    return exitCode.interrupted;
}
