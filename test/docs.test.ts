import * as assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as ts from "typescript";
import * as components from "../components";
import { run } from "../plan/command";
import { runHere } from "./support/commandRun";
import { today } from "./support/today";

const root = path.join(__dirname, "..");
const componentsFolder = path.join(root, "components");
const componentPages = path.join(root, "docs", "components");
const sections = ["Usage", "Inputs", "Outputs", "Resources", "Security posture", "Limits"];

/** One input, output or field of the inferred schema, as far as the pages tell of it. */
interface Property {
    type?: string;
    optional?: boolean;
    $ref?: string;
    items?: Property;
}

type Properties = Record<string, Property>;

/** A heading of a page with the lines below it, up to the next heading of its level or above. */
interface Section {
    level: number;
    title: string;
    lines: string[];
}

const read = (file: string) => readFileSync(file, "utf8");

/** The lines of a text outside its code blocks: what is a heading, a table row or a link there is none. */
function proseLines(text: string): string[] {
    let fenced = false;
    return text.split("\n").filter((line) => {
        const fence = line.trimStart().startsWith("```");
        fenced = fence ? !fenced : fenced;
        return !fence && !fenced;
    });
}

function sectionsOf(text: string): Section[] {
    const lines = proseLines(text);
    const headings = lines.flatMap((line, index) => {
        const [, marks, title] = /^(#+) +(.+?) *$/.exec(line) ?? [];
        return marks && title ? [{ level: marks.length, title, index }] : [];
    });
    return headings.map(({ level, title, index }, position) => {
        const next = headings.slice(position + 1).find((heading) => heading.level <= level);
        return { level, title, lines: lines.slice(index + 1, next?.index) };
    });
}

/** The cells of the rows of the first table among the lines. */
function tableRows(lines: readonly string[]): string[][] {
    const start = lines.findIndex((line) => line.startsWith("|"));
    const table = start < 0 ? [] : lines.slice(start);
    const end = table.findIndex((line) => !line.startsWith("|"));
    return table.slice(2, end < 0 ? undefined : end).map((line) =>
        line
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
    );
}

const typeName = (reference: string) => reference.slice(reference.lastIndexOf(":") + 1);

/** A type as the pages write it: `string`, `string[]`, `map`, or the name of a type of the package. */
function typeText({ type, $ref, items }: Property): string {
    if ($ref) {
        return typeName($ref);
    }
    if (type === "array" && items) {
        return `${typeText(items)}[]`;
    }
    return type === "object" ? "map" : (type ?? "any");
}

/** What an inputs table must begin each row with. */
function inputRows(properties: Properties): string[] {
    return Object.entries(properties)
        .map(([name, property]) => {
            const required = property.optional ? "optional" : "required";
            return `\`${name}\` ${typeText(property)} ${required}`;
        })
        .sort();
}

function documentedInputs(lines: readonly string[]): string[] {
    return tableRows(lines)
        .map(([name, type, initial]) => `${name} ${type} ${initial === "required" ? initial : "optional"}`)
        .sort();
}

/** The heading's anchor, as GitHub makes it. */
const anchorOf = (title: string) =>
    title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replace(/ /g, "-");

function markdownFiles(): string[] {
    const docs = readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".md"))
        .map((file) => path.join("docs", file));
    return ["README.md", "CHANGELOG.md", ...docs.sort()];
}

/** Relative links of a file, without those in code. */
function linksOf(text: string): string[] {
    const prose = proseLines(text)
        .join("\n")
        .replace(/`[^`]*`/g, "");
    return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target]) => target ?? "")
        .filter((target) => !/^[a-z]+:/.test(target));
}

/** What is wrong with a relative link in a file; undefined for a good one. */
function linkProblem(file: string, link: string): string | undefined {
    const [target = "", anchor] = link.split("#");
    const destination = target === "" ? file : path.join(path.dirname(file), target);
    const absolute = path.join(root, destination);
    if (!existsSync(absolute)) {
        return `${file}: ${link} leads to nothing`;
    }
    if (anchor === undefined) {
        return undefined;
    }
    const titles = statSync(absolute).isFile() ? sectionsOf(read(absolute)).map(({ title }) => title) : [];
    return titles.map(anchorOf).includes(anchor)
        ? undefined
        : `${file}: ${link} names a heading that is not there`;
}

/** TypeScript snippets of the files, by a name beside the root's own files: there `./components` is the package. */
function snippets(): Map<string, string> {
    const found = new Map<string, string>();
    for (const file of markdownFiles()) {
        for (const [index, match] of [
            ...read(path.join(root, file)).matchAll(/^```ts\n(.*?)^```/gms),
        ].entries()) {
            const name = `${file.replace(/\W/g, "-")}-${index}.snippet.ts`;
            found.set(path.join(root, name), match[1] ?? "");
        }
    }
    return found;
}

/** Type-checks source texts that are in no file, with the settings of the repository. */
function typeErrors(sources: ReadonlyMap<string, string>): string[] {
    const config = ts.readConfigFile(path.join(root, "tsconfig.json"), (file) => ts.sys.readFile(file));
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
    const host = ts.createCompilerHost(options);
    const onDisk = { getSourceFile: host.getSourceFile.bind(host), fileExists: host.fileExists.bind(host) };
    host.fileExists = (file) => sources.has(path.normalize(file)) || onDisk.fileExists(file);
    host.getSourceFile = (file, target, ...rest) => {
        const text = sources.get(path.normalize(file));
        return text === undefined
            ? onDisk.getSourceFile(file, target, ...rest)
            : ts.createSourceFile(file, text, target);
    };
    const program = ts.createProgram([...sources.keys()], options, host);
    return [...sources.keys()].flatMap((name) => {
        const source = program.getSourceFile(name);
        return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
            ({ messageText }) =>
                `${path.basename(name)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
        );
    });
}

describe("documentation of the components", () => {
    const names = Object.entries(components)
        .filter(
            ([, value]) => typeof value === "function" && value.prototype instanceof pulumi.ComponentResource,
        )
        .map(([name]) => name);
    const packageJson = JSON.parse(read(path.join(componentsFolder, "package.json"))) as Record<
        string,
        unknown
    >;
    const analyzed = new Analyzer(
        componentsFolder,
        "aks-landing-zone",
        packageJson,
        new Set(names),
    ).analyze();
    const fieldsOf = (type: string): Properties | undefined => {
        const definition = analyzed.typeDefinitions[type];
        return definition && "properties" in definition ? definition.properties : undefined;
    };
    const pageOf = (name: string) => `${name[0]?.toLowerCase()}${name.slice(1)}.md`;

    it("has one page for each component and no other", () => {
        assert.deepEqual(readdirSync(componentPages).sort(), names.map(pageOf).sort());
    });

    for (const name of names) {
        describe(name, () => {
            const file = path.join(componentPages, pageOf(name));
            const text = existsSync(file) ? read(file) : "";
            const page = sectionsOf(text);
            const definition = analyzed.components[name];
            const linesOf = (title: string) =>
                page.find((section) => section.level === 2 && section.title === title)?.lines ?? [];

            it("has purpose and sections in the fixed order", () => {
                assert.equal(page[0]?.title, name);
                const purpose = page[0].lines.find((line) => line !== "") ?? "";
                assert.doesNotMatch(purpose, /^(#.*)?$/, "the purpose comes before the first section");
                assert.deepEqual(
                    page.filter(({ level }) => level === 2).map(({ title }) => title),
                    sections,
                );
                for (const title of sections.slice(1)) {
                    assert.notEqual(linesOf(title).join("").trim(), "", `${title} is empty`);
                }
                assert.match(text, /^## Usage\n(?:(?!^## ).*\n)*```ts\n/m, "the usage is a snippet");
            });

            it("lists exactly its inputs, with type and whether they are required", () => {
                assert.deepEqual(documentedInputs(linesOf("Inputs")), inputRows(definition?.inputs ?? {}));
            });

            it("lists exactly its outputs", () => {
                assert.deepEqual(
                    tableRows(linesOf("Outputs"))
                        .map(([output]) => output)
                        .sort(),
                    Object.keys(definition?.outputs ?? {})
                        .map((output) => `\`${output}\``)
                        .sort(),
                );
            });

            it("names every field of the types that its inputs have", () => {
                const inputs = linesOf("Inputs").join("\n");
                const visited = new Set<string>();
                const visit = (properties: Properties): string[] =>
                    Object.values(properties).flatMap((property) => {
                        const type = typeText(property).replace(/(?:\[\])+$/, "");
                        const fields = fieldsOf(type);
                        // A link to the type's table on another page stands for its fields.
                        if (!fields || visited.has(type) || inputs.includes(`.md#${anchorOf(type)})`)) {
                            return [];
                        }
                        visited.add(type);
                        const missing = Object.keys(fields).filter(
                            (field) => !inputs.includes(`\`${field}\``),
                        );
                        return [...missing.map((field) => `${type}.${field}`), ...visit(fields)];
                    });
                assert.deepEqual(visit(definition?.inputs ?? {}), []);
            });

            for (const { title, lines } of page.filter(({ level }) => level === 3)) {
                const fields = fieldsOf(title);
                if (fields) {
                    it(`lists exactly the fields of ${title}`, () => {
                        assert.deepEqual(documentedInputs(lines), inputRows(fields));
                    });
                }
            }
        });
    }
});

describe("documentation", () => {
    const files = markdownFiles();

    it("has snippets that type-check", function () {
        this.timeout(120_000);
        const sources = snippets();
        assert.ok(sources.size >= 19, `only ${sources.size} snippets found`);
        assert.deepEqual(typeErrors(sources), []);
    });

    it("has relative links that lead somewhere", () => {
        const links = files.flatMap((file) =>
            linksOf(read(path.join(root, file))).map((link) => ({ file, link })),
        );
        assert.ok(links.length > 20, `only ${links.length} links found`);
        assert.deepEqual(
            links.map(({ file, link }) => linkProblem(file, link)).filter((problem) => problem !== undefined),
            [],
        );
    });

    it("shows lines of the plan as the plan shows them", async () => {
        const [, sample = ""] =
            /^```text\n(Resources .*?)^```/ms.exec(read(path.join(root, "README.md"))) ?? [];
        const lines = sample.split("\n").filter((line) => line !== "" && line !== "...");
        assert.ok(lines.length > 10, `only ${lines.length} lines found`);
        const { stdout } = await runHere((args, context) => run(args, { ...context, today }), ["prod"]);
        const plan = stdout.split("\n");
        const strange = lines.filter((line) => !plan.includes(line));
        assert.deepEqual(strange, [], "README.md: take the lines from `npm run plan -- prod`");
    });

    it("names npm scripts that exist", () => {
        const { scripts } = JSON.parse(read(path.join(root, "package.json"))) as {
            scripts: Record<string, string>;
        };
        const named = files.flatMap((file) =>
            [...read(path.join(root, file)).matchAll(/npm (?:run (?:--?[\w-]+ )*)([\w:-]+)/g)].map(
                ([, script]) => script ?? "",
            ),
        );
        assert.ok(named.includes("plan"));
        assert.deepEqual(
            named.filter((script) => !(script in scripts)),
            [],
        );
    });

    it("names files of the repository that exist", () => {
        const missing = files.flatMap((file) =>
            [
                ...read(path.join(root, file)).matchAll(
                    /`((?:components|config|plan|simulator|test|docs|scripts)\/[\w./-]*)`/g,
                ),
            ]
                .map(([, target]) => target ?? "")
                .filter((target) => !existsSync(path.join(root, target)))
                .map((target) => `${file}: ${target}`),
        );
        assert.deepEqual(missing, []);
    });
});
