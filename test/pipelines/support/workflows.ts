import { z } from "zod";
import { commandsOf, yamlOf } from "./files";
import type { Files } from "./files";

const step = z.object({
    name: z.string().optional(),
    if: z.string().optional(),
    uses: z.string().optional(),
    run: z.string().optional(),
    with: z.record(z.string(), z.unknown()).optional(),
    env: z.record(z.string(), z.string()).optional(),
});

/** The short form, such as `write-all`, is read so that a rule can refuse it. */
const permissions = z.union([z.string(), z.record(z.string(), z.string())]).optional();

const matrixRow = z.object({
    stack: z.string(),
    runner: z.union([z.string(), z.array(z.string())]).optional(),
    bootstrap: z.string().optional(),
});

const job = z.object({
    if: z.string().optional(),
    needs: z.string().optional(),
    uses: z.string().optional(),
    "runs-on": z.union([z.string(), z.array(z.string())]).optional(),
    environment: z.string().optional(),
    permissions,
    concurrency: z
        .object({ group: z.string(), "cancel-in-progress": z.boolean(), queue: z.string().optional() })
        .optional(),
    "timeout-minutes": z.number().optional(),
    strategy: z.object({ matrix: z.object({ include: z.array(matrixRow) }) }).optional(),
    env: z.record(z.string(), z.string()).optional(),
    steps: z.array(step).default([]),
});

const workflow = z.object({
    on: z.record(z.string(), z.unknown()),
    permissions,
    jobs: z.record(z.string(), job),
});

const action = z.object({ runs: z.object({ steps: z.array(step) }) });

export type Workflow = z.infer<typeof workflow>;
export type Step = z.infer<typeof step>;

/** One job as it runs: a row of its matrix filled in. */
export interface WorkflowJob {
    /** Such as `deploy.yml deploy-dev`. */
    id: string;
    file: string;
    job: z.infer<typeof job>;
    /** The stack it works on; empty where there is none. */
    stack: string;
    /** Labels of the runner; empty for a call of another workflow. */
    runner: string[];
    environment: string | undefined;
    /** The expression that gives the client id it signs in with. */
    clientId: string | undefined;
    concurrencyGroup: string | undefined;
    /** Its own steps, with those of the repository's actions in their place. */
    steps: Step[];
    /** What it runs, with the stack's name filled in. */
    commands: string[];
}

/** The workflows by file name, such as `deploy.yml`. */
export function workflows(files: Files): Map<string, Workflow> {
    const paths = [...files.keys()].filter((path) => path.startsWith(".github/workflows/"));
    return new Map(
        paths.map((path) => [path.slice(".github/workflows/".length), workflow.parse(yamlOf(files, path))]),
    );
}

/** All jobs of all workflows. */
export function workflowJobs(files: Files): WorkflowJob[] {
    return [...workflows(files)].flatMap(([file, { jobs }]) =>
        Object.entries(jobs).flatMap(([id, template]) => {
            const rows = template.strategy?.matrix.include ?? [undefined];
            return rows.map((row): WorkflowJob => {
                const fill = (text: string) => text.replaceAll("${{ matrix.stack }}", row?.stack ?? "");
                const labels =
                    template["runs-on"] === "${{ matrix.runner }}" ? row?.runner : template["runs-on"];
                const stack = fill(template.env?.["STACK"] ?? "");
                const steps = template.steps.flatMap((own) => expanded(files, own));
                return {
                    id: `${file} ${id}`,
                    file,
                    job: template,
                    stack,
                    runner: [labels ?? []].flat(),
                    environment: template.environment && fill(template.environment),
                    clientId: template.env?.["ARM_CLIENT_ID"]
                        ?.replace("matrix.bootstrap", row?.bootstrap?.slice(4, -3) ?? "")
                        .replace("[matrix.stack]", `.${stack}`),
                    concurrencyGroup: template.concurrency && fill(template.concurrency.group),
                    steps,
                    commands: steps
                        .flatMap(({ run }) => commandsOf(run ?? ""))
                        .map((command) => command.replaceAll('"$STACK"', stack)),
                };
            });
        }),
    );
}

/** A step that uses an action of the repository stands for the steps of that action that it switches on. */
function expanded(files: Files, own: Step): Step[] {
    if (!own.uses?.startsWith("./")) {
        return [own];
    }
    const { steps } = action.parse(yamlOf(files, `${own.uses.slice(2)}/action.yml`)).runs;
    const azure = own.with?.["azure"] === "true";
    return [own, ...steps.filter((each) => azure || each.if !== "inputs.azure == 'true'")];
}
