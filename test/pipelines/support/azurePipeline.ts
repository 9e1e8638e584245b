import { z } from "zod";
import { commandsOf, yamlOf } from "./files";
import type { Files } from "./files";

/**
 * The part of the language of Azure Pipelines that the pipeline uses, strictly: every other key is refused. Microsoft publishes
 * its schema with the editor extension and on no package registry. Source:
 * https://learn.microsoft.com/azure/devops/pipelines/yaml-schema
 */
const inputsOfTasks = {
    "AzureCLI@2": z.strictObject({
        azureSubscription: z.string(),
        scriptType: z.literal("bash"),
        scriptLocation: z.literal("inlineScript"),
        visibleAzLogin: z.boolean(),
        keepAzSessionActive: z.boolean(),
        inlineScript: z.string(),
    }),
    "NodeTool@0": z.strictObject({ versionSource: z.literal("fromFile"), versionFilePath: z.string() }),
    "DownloadPipelineArtifact@2": z.strictObject({ artifactName: z.string(), targetPath: z.string() }),
} as const;

const env = z.record(z.string(), z.string());
const named = { displayName: z.string(), condition: z.string().optional(), env: env.optional() };

const task = <Name extends keyof typeof inputsOfTasks>(name: Name) =>
    z.strictObject({ task: z.literal(name), inputs: inputsOfTasks[name], ...named });

const step = z.union([
    z.strictObject({
        checkout: z.literal("self"),
        persistCredentials: z.boolean(),
        fetchDepth: z.number().optional(),
    }),
    z.strictObject({ bash: z.string(), ...named }),
    z.strictObject({ publish: z.string(), artifact: z.string(), displayName: z.string() }),
    task("AzureCLI@2"),
    task("NodeTool@0"),
    task("DownloadPipelineArtifact@2"),
]);

const identifier = z.string().regex(/^\w+$/);
const pool = z.union([z.strictObject({ vmImage: z.string() }), z.strictObject({ name: z.string() })]);
const commonOfJobs = {
    displayName: z.string(),
    pool,
    timeoutInMinutes: z.number().max(180),
    variables: z.array(z.strictObject({ group: z.string() })).optional(),
};
const steps = z.array(step);

const job = z.strictObject({
    job: identifier,
    ...commonOfJobs,
    strategy: z
        .strictObject({ matrix: z.record(identifier, z.strictObject({ STACK: z.string() })) })
        .optional(),
    steps,
});
const deployment = z.strictObject({
    deployment: identifier,
    ...commonOfJobs,
    environment: z.string(),
    strategy: z.strictObject({
        runOnce: z.strictObject({ deploy: z.strictObject({ steps }) }),
    }),
});

const stage = z.strictObject({
    stage: identifier,
    displayName: z.string(),
    dependsOn: z.union([z.string(), z.array(z.string())]).optional(),
    condition: z.string().optional(),
    lockBehavior: z.enum(["sequential", "runLatest"]).optional(),
    jobs: z.array(z.union([job, deployment])),
});

const branches = z.strictObject({ branches: z.strictObject({ include: z.array(z.string()) }) });

const pipeline = z.strictObject({
    trigger: branches,
    pr: branches,
    schedules: z.array(
        z.strictObject({
            cron: z.string(),
            displayName: z.string(),
            always: z.boolean(),
            ...branches.shape,
        }),
    ),
    stages: z.array(stage),
});

export type Pipeline = z.infer<typeof pipeline>;
export type PipelineStep = z.infer<typeof step>;

/** What stands in for what a person types when starting the pipeline: it must never turn up in a script. */
export const typed = "<typed by a person>";

const declarations = z.array(
    z.strictObject({
        name: z.string(),
        displayName: z.string().optional(),
        type: z.enum(["string", "boolean", "object"]),
        values: z.array(z.string()).optional(),
        default: z.union([z.string(), z.boolean()]).optional(),
    }),
);

type Values = ReadonlyMap<string, unknown>;

/** The pipeline with all templates in place. Throws where it is not valid, or a template gets what it does not declare. */
export function azurePipeline(files: Files): Pipeline {
    const { parameters, ...rest } = z
        .looseObject({ parameters: declarations })
        .parse(yamlOf(files, "azure-pipelines.yml"));
    const values = new Map(parameters.map(({ name }) => [name, typed]));
    return pipeline.parse(filled(files, ".", rest, values));
}

/** One job as it runs. */
export interface PipelineJob {
    stage: string;
    id: string;
    job: Pipeline["stages"][number]["jobs"][number];
    /** The stack it works on; empty where there is none. */
    stack: string;
    steps: PipelineStep[];
    /** What it runs, with the stack's name filled in. */
    commands: string[];
}

/** All jobs of all stages, a job with a matrix once for each row. */
export function pipelineJobs(files: Files): PipelineJob[] {
    return azurePipeline(files).stages.flatMap(({ stage: name, jobs }) =>
        jobs.flatMap((each): PipelineJob[] => {
            const own = "deployment" in each ? each.strategy.runOnce.deploy.steps : each.steps;
            const rows = "job" in each && each.strategy ? Object.values(each.strategy.matrix) : [];
            const fromSteps = own.flatMap((one) => ("env" in one ? (one.env?.["STACK"] ?? []) : []));
            const stacks = rows.length > 0 ? rows.map(({ STACK }) => STACK) : [fromSteps[0] ?? ""];
            return stacks.map((stack) => ({
                stage: name,
                id: `${name} ${"deployment" in each ? each.deployment : each.job}`,
                job: each,
                stack,
                steps: own,
                commands: own
                    .filter((one) => !("condition" in one) || one.condition !== "and(succeeded(), false)")
                    .flatMap((one) => commandsOf(scriptOf(one)))
                    .map((command) => command.replaceAll('"$STACK"', stack)),
            }));
        }),
    );
}

/** The script that a step runs, if any. */
export function scriptOf(one: PipelineStep): string {
    if ("bash" in one) {
        return one.bash;
    }
    return "task" in one && one.task === "AzureCLI@2" ? one.inputs.inlineScript : "";
}

function filled(files: Files, folder: string, node: unknown, values: Values): unknown {
    if (typeof node === "string") {
        return filledText(node, values);
    }
    if (Array.isArray(node)) {
        return node.flatMap((item: unknown) => {
            const call = z
                .strictObject({
                    template: z.string(),
                    parameters: z.record(z.string(), z.unknown()).optional(),
                })
                .safeParse(item);
            return call.success
                ? template(
                      files,
                      join(folder, call.data.template),
                      filled(files, folder, call.data.parameters ?? {}, values),
                  )
                : [filled(files, folder, item, values)];
        });
    }
    if (typeof node === "object" && node !== null) {
        return Object.fromEntries(
            Object.entries(node).map(([key, value]) => [key, filled(files, folder, value, values)]),
        );
    }
    return node;
}

function template(files: Files, path: string, given: unknown): unknown[] {
    const { parameters = [], ...content } = z
        .looseObject({ parameters: declarations.optional() })
        .parse(yamlOf(files, path));
    const passed = new Map(Object.entries(given as object));
    const unknown = [...passed.keys()].filter((name) => !parameters.some((each) => each.name === name));
    const values = new Map(parameters.map((each) => [each.name, passed.get(each.name) ?? each.default]));
    const missing = parameters.filter(({ name }) => values.get(name) === undefined).map(({ name }) => name);
    if (unknown.length > 0 || missing.length > 0) {
        throw new Error(`${path}: parameters unknown: ${unknown.join(", ")}; missing: ${missing.join(", ")}`);
    }
    const [list, ...others] = Object.values(content);
    if (!Array.isArray(list) || others.length > 0) {
        throw new Error(`${path}: a template is one list of jobs or steps.`);
    }
    return filled(files, path.replace(/\/?[^/]*$/, ""), list, values) as unknown[];
}

function filledText(text: string, values: Values): unknown {
    const expression = /\$\{\{ parameters\.(\w+) \}\}/g;
    const value = (name: string): unknown => {
        if (!values.has(name)) {
            throw new Error(`'${text}' names the parameter ${name}, which is not declared.`);
        }
        return values.get(name);
    };
    const [whole, only] = new RegExp(`^${expression.source}$`).exec(text) ?? [];
    return whole && only ? value(only) : text.replace(expression, (_, name: string) => String(value(name)));
}

function join(folder: string, path: string): string {
    return folder === "." || folder === "" ? path : `${folder}/${path}`;
}
