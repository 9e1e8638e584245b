import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** The repository's root. */
export const root = join(__dirname, "..", "..", "..");

/** Texts of pipeline files by their path in the repository; a test changes a copy to show that a rule sees it. */
export type Files = ReadonlyMap<string, string>;

const folders = [".github/workflows", ".github/actions/setup", ".azure-pipelines"];

/** The pipeline files of the repository. */
export function pipelineFiles(): Files {
    const paths = folders.flatMap((folder) =>
        readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
    );
    return new Map(
        [...paths, "azure-pipelines.yml"].map((path) => [path, readFileSync(join(root, path), "utf8")]),
    );
}

/** File, what is replaced in it, and by what. */
export type Change = readonly [path: string, from: string, to: string];

/** A copy in which every `from` of one file is `to`. Throws when there is none: the test would prove nothing. */
export function broken(files: Files, [path, from, to]: Change): Files {
    const text = textOf(files, path);
    if (!text.includes(from)) {
        throw new Error(`${path} has no '${from}' to break.`);
    }
    return new Map([...files, [path, text.replaceAll(from, to)]]);
}

/** The text of a file that must be there. */
export function textOf(files: Files, path: string): string {
    const text = files.get(path);
    if (text === undefined) {
        throw new Error(`There is no ${path} among ${[...files.keys()].join(", ")}.`);
    }
    return text;
}

/** A file as YAML, to be narrowed by a schema. */
export function yamlOf(files: Files, path: string): unknown {
    return parse(textOf(files, path)) as unknown;
}

/** The commands of a script that the project answers for: npm's and the repository's own, without redirections and what follows. */
export function commandsOf(script: string): string[] {
    return script
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => /^(npm|scripts\/)/.test(line))
        .map((line) => line.replace(/ (\|\|?|>>?|&&) .*$/, ""));
}

/** What a command names that does not exist: an npm script, or a file of the repository that can be run. */
export function missingReferences(command: string): string[] {
    const [program = "", ...words] = command.split(" ");
    if (program.startsWith("scripts/")) {
        const file = join(root, program);
        const runnable = existsSync(file) && (statSync(file).mode & 0o111) !== 0;
        return runnable ? [] : [`${program} is no file that can be run`];
    }
    const [verb, ...rest] = words.filter((word) => word !== "--silent");
    if (verb === "ci") {
        return [];
    }
    const name = verb === "run" ? rest[0] : verb;
    return name && npmScripts().has(name) ? [] : [`npm script '${name}' does not exist`];
}

/** Names of the npm scripts in package.json. */
function npmScripts(): ReadonlySet<string> {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        scripts: Record<string, string>;
    };
    return new Set(Object.keys(manifest.scripts));
}
