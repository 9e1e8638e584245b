import { spawnSync } from "node:child_process";
import { run } from "../../../automation/command";
import { Interruption } from "../../../automation/interruption";
import { root } from "./files";

/** The commands in the shell blocks of a page: continued lines joined, without comments, one for each part of a list or pipe. */
export function shellCommands(markdown: string): string[] {
    return [...markdown.matchAll(/^ *```sh\n(.*?)^ *```/gms)]
        .flatMap(([, block = ""]) => block.replaceAll(/\\\n/g, " ").split("\n"))
        .map((line) => line.replace(/(^|\s)#.*$/, ""))
        .flatMap((line) => line.split(/&&|\|\||[|;]|\$\(/))
        .map((command) => command.replace(/^\s*(?:then |do |else )?/, "").trim())
        .filter((command) => command !== "");
}

/** Commands with options that a text names in passing, such as `up --plan`, but for those of Azure and Kubernetes. */
export function inlineCommands(markdown: string): string[] {
    const prose = markdown.replace(/^ *```.*?^ *```/gms, "");
    return [...prose.matchAll(/`([a-z][a-z -]* (?:<\w+> )?--[^`]*)`/g)]
        .map(([, text = ""]) => text)
        .filter((text) => !/^(?:az|kubectl|gh|git) /.test(text));
}

const scriptsOfDriver = /^npm run (?:--silent )?(lz|plan|rehearse)(?: -- (.*))?$/;

/** The words that the driver is called with; undefined where a command is none of the driver's. */
export function driverWords(command: string): string[] | undefined {
    const [, script, rest = ""] = scriptsOfDriver.exec(command) ?? [];
    if (script === undefined) {
        return undefined;
    }
    const words = rest.split(/\s+/).filter((word) => word !== "");
    return script === "lz" ? words : [script, ...words];
}

/** What the driver would refuse of a call: a command, or options, that its `--help` does not have. */
export async function unknownToDriver([command = "", ...words]: readonly string[]): Promise<string[]> {
    let help = "";
    const code = await run([command, "--help"], {
        directory: root,
        stdout: { write: (text) => void (help += text) },
        stderr: { write: () => undefined },
        environment: {},
        interruption: new Interruption(),
    });
    // For an unknown command with --help, commander shows the help of the whole.
    const [usage = ""] = help.split("\n", 1);
    return code === 0 && usage.split(" ").includes(command)
        ? unknownOptions(words, help)
        : [`${command} is no command of the driver`];
}

const pulumiHelp = new Map<string, string | undefined>();

/** The help of a command of Pulumi's CLI; undefined where there is no CLI. Each is asked for once: that takes half a second. */
function helpOfPulumi(path: readonly string[]): string | undefined {
    const key = path.join(" ");
    if (!pulumiHelp.has(key)) {
        const { stdout, error } = spawnSync("pulumi", [...path.slice(1), "--help"], { encoding: "utf8" });
        pulumiHelp.set(key, error ? undefined : stdout);
    }
    return pulumiHelp.get(key);
}

/** What Pulumi's CLI would refuse of a command line that begins with `pulumi`; undefined where there is no such CLI. */
export function unknownToPulumi(command: string): string[] | undefined {
    const words = command.replace(/ (?:-C|--cwd) \S+/, "").split(/\s+/);
    const first = words.findIndex((word) => !/^[a-z-]+$/.test(word) || word.startsWith("-"));
    const path = first < 0 ? words : words.slice(0, first);
    const help = helpOfPulumi(path);
    if (help === undefined) {
        return undefined;
    }
    // For an unknown word, the CLI shows the help of the group that it should be in.
    const [, usage = ""] = /^Usage:\n\s+(pulumi(?: [a-z-]+)*)/m.exec(help) ?? [];
    const depth = usage.split(" ").length;
    const isCommand = depth > 1 && (path.length === depth || !help.includes("\nAvailable Commands:"));
    return isCommand
        ? unknownOptions(words.slice(path.length), help)
        : [`${path.join(" ")} is no command of Pulumi's`];
}

function unknownOptions(words: readonly string[], help: string): string[] {
    const known = new Set([...help.matchAll(/(?<=^|[\s,])--?[a-zA-Z][\w-]*/g)].map(([option]) => option));
    return words
        .map((word) => word.replace(/=.*$/, ""))
        .filter((word) => /^--?[a-zA-Z]/.test(word) && !known.has(word))
        .map((word) => `${word} is no option of it`);
}
