import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { root } from "./files";

/** The part of GitHub's own parser that is used here. */
interface Parser {
    parseWorkflow(file: File, trace: object): Parsed;
    parseAction(file: File, trace: object): Parsed;
    convertWorkflowTemplate(context: unknown, value: unknown): Promise<unknown>;
    NoOperationTraceWriter: new () => object;
}

interface File {
    name: string;
    content: string;
}

interface Parsed {
    value?: unknown;
    context: { errors: { getErrors(): { message: string }[] } };
}

/**
 * GitHub's parser of workflow and action files, with its schemas. The package is made for bundlers: Node refuses its imports of
 * JSON, so it is bundled first.
 */
function loadParser(): Parser {
    const folder = mkdtempSync(join(tmpdir(), "workflow-parser-"));
    try {
        const outfile = join(folder, "parser.cjs");
        buildSync({
            stdin: {
                contents: `
                    export * from "@actions/workflow-parser";
                    export { parseAction } from "@actions/workflow-parser/actions/action-parser";`,
                resolveDir: root,
            },
            bundle: true,
            platform: "node",
            format: "cjs",
            outfile,
            logLevel: "error",
        });
        return createRequire(__filename)(outfile) as Parser;
    } finally {
        rmSync(folder, { recursive: true });
    }
}

let parser: Parser | undefined;

/** What GitHub's parser says of a workflow, or of a composite action. */
export async function parserErrors(path: string, content: string): Promise<string[]> {
    parser ??= loadParser();
    const trace = new parser.NoOperationTraceWriter();
    const file = { name: path, content };
    if (!path.startsWith(".github/workflows/")) {
        return messages(parser.parseAction(file, trace));
    }
    const parsed = parser.parseWorkflow(file, trace);
    if (parsed.value !== undefined) {
        // Adds its findings, such as a job that needs an unknown one, to the same list.
        await parser.convertWorkflowTemplate(parsed.context, parsed.value);
    }
    return messages(parsed);
}

function messages(parsed: Parsed): string[] {
    return parsed.context.errors.getErrors().map((error) => error.message);
}
