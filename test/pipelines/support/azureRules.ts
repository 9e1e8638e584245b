import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { azurePipeline, pipelineJobs, scriptOf, typed } from "./azurePipeline";
import type { PipelineJob } from "./azurePipeline";
import { missingReferences, root } from "./files";
import { variableProblems } from "./jobVariables";
import type { Rule } from "./rule";

const privatePool = "landing-zone-prod";

const applies = (job: PipelineJob) =>
    job.commands.some((command) => command.startsWith("scripts/pipelines/up.sh"));
const looksForDrift = (job: PipelineJob) =>
    job.commands.some((command) => command.startsWith("npm run --silent lz -- drift "));
const connections = ({ steps }: PipelineJob) =>
    steps.flatMap((step) =>
        "task" in step && step.task === "AzureCLI@2" ? step.inputs.azureSubscription : [],
    );

/** Every npm script and file that a job runs exists. */
export const referenced: Rule = (files) =>
    pipelineJobs(files).flatMap(({ id, commands, steps }) =>
        [
            ...commands.flatMap(missingReferences),
            ...steps
                .flatMap((step) =>
                    "task" in step && step.task === "NodeTool@0" ? step.inputs.versionFilePath : [],
                )
                .filter((file) => !existsSync(join(root, file)))
                .map((file) => `${file} does not exist`),
        ].map((text) => `${id}: ${text}`),
    );

/** Every script with a session of Azure gets exactly the variables that somebody reads; those of deployments are blank elsewhere. */
export const variables: Rule = (files) =>
    pipelineJobs(files).flatMap(({ id, steps }) =>
        steps
            .filter((step) => "task" in step && step.task === "AzureCLI@2")
            .flatMap((step) =>
                variableProblems(Object.keys(step.env ?? {}), { github: false, applies: true }),
            )
            .map((problem) => `${id}: ${problem}`),
    );

/** Scripts stop at the first error and have nothing in them that Azure DevOps fills in: not a macro, not what a person typed. */
export const plainScripts: Rule = (files) =>
    pipelineJobs(files).flatMap(({ id, steps }) =>
        steps
            .map(scriptOf)
            .flatMap((script) => [
                ...(/\$\([A-Z]\w*(\.\w+)*\)|\$\{\{|\$\[/.test(script) || script.includes(typed)
                    ? [`${id}: a script has something filled in`]
                    : []),
                ...(script.trim().includes("\n") && !script.startsWith("set -euo pipefail\n")
                    ? [`${id}: a script goes on after an error`]
                    : []),
            ]),
    );

/** The end of the name of the service connection that a job must have. Only the look for drift may read inside the cluster. */
const connectionFor = (job: PipelineJob) => (applies(job) ? "" : looksForDrift(job) ? "-drift" : "-preview");

/** Deployments run in their stack's environment as its deployer, all else with a connection that only reads; exactly prod runs inside. */
export const places: Rule = (files) =>
    pipelineJobs(files).flatMap((each) => {
        const { id, job, stack } = each;
        const identities = connections(each);
        const isPrivate = "name" in job.pool && job.pool.name === privatePool;
        if (identities.length === 0) {
            return isPrivate ? [`${id}: has no identity, so it needs no private pool`] : [];
        }
        const wanted = `landing-zone-${stack}${connectionFor(each)}`;
        const environment = "environment" in job ? job.environment : undefined;
        return [
            ...(identities.every((identity) => identity === wanted)
                ? []
                : [`${id}: must sign in as ${wanted}`]),
            ...(environment === (applies(each) ? stack : undefined)
                ? []
                : [`${id}: exactly deployments have an environment, their stack's`]),
            ...(isPrivate === (stack === "prod") ? [] : [`${id}: exactly prod runs in ${privatePool}`]),
        ];
    });

/** When each stage runs. */
export const conditions: Rule = (files) => {
    const expected: Readonly<Record<string, string | undefined>> = {
        checks: "ne(variables['Build.Reason'], 'Schedule')",
        preview:
            "and(succeeded(), eq(variables['Build.Reason'], 'PullRequest'), ne(variables['System.PullRequest.IsFork'], 'True'))",
        deploy_dev:
            "and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'), ne(variables['Build.Reason'], 'Schedule'))",
        // None: only after the stage before has succeeded.
        preview_prod: undefined,
        deploy_prod: undefined,
        // The only schedule is main's.
        drift: "eq(variables['Build.Reason'], 'Schedule')",
    };
    const dependencies: Readonly<Record<string, string>> = {
        preview: "checks",
        deploy_dev: "checks",
        preview_prod: "deploy_dev",
        deploy_prod: "preview_prod",
    };
    return azurePipeline(files).stages.flatMap(({ stage, condition, dependsOn }) => [
        ...(condition === expected[stage] ? [] : [`${stage}: the condition is not that of the table`]),
        ...(!dependencies[stage] || dependsOn === dependencies[stage]
            ? []
            : [`${stage}: must follow ${dependencies[stage]}`]),
    ]);
};

/** Merges, pull requests and the night start the pipeline; the night even when nothing was changed. */
export const triggers: Rule = (files) => {
    const { trigger, pr, schedules } = azurePipeline(files);
    const main = { branches: { include: ["main"] } };
    const nightly = [{ cron: "17 3 * * *", displayName: "Nightly drift", ...main, always: true }];
    return isDeepStrictEqual({ trigger, pr, schedules }, { trigger: main, pr: main, schedules: nightly })
        ? []
        : ["is not started by merges, pull requests and every night"];
};

/** What is applied to prod is the plan that the stage before kept. */
export const approvedPlan: Rule = (files) => {
    const stepsOf = (stage: string) =>
        pipelineJobs(files)
            .filter((each) => each.stage === stage)
            .flatMap(({ steps }) => steps);
    const kept = stepsOf("preview_prod").find((step) => "publish" in step);
    const fetched = stepsOf("deploy_prod").find(
        (step) => "task" in step && step.task === "DownloadPipelineArtifact@2",
    );
    return kept?.publish === "out/update-plan.json" &&
        isDeepStrictEqual(fetched?.inputs, { artifactName: kept.artifact, targetPath: "out" })
        ? []
        : ["deploy_prod: must apply the plan that preview_prod kept"];
};

/** Deployments of a stack wait for one another. */
export const concurrency: Rule = (files) => {
    const deploying = new Set(
        pipelineJobs(files)
            .filter(applies)
            .map(({ stage }) => stage),
    );
    return azurePipeline(files)
        .stages.filter(({ stage, lockBehavior }) => deploying.has(stage) !== (lockBehavior === "sequential"))
        .map(({ stage }) => `${stage}: exactly deployments lock, one after another`);
};

/** No check-out leaves a token on disk, and no step gets the run's token. */
export const tidy: Rule = (files) => [
    ...pipelineJobs(files).flatMap(({ id, steps }) =>
        steps
            .filter((step) => "checkout" in step && step.persistCredentials)
            .map(() => `${id}: the check-out keeps its credentials`),
    ),
    ...[...files]
        .filter(([path, text]) => !path.startsWith(".github/") && /System\.AccessToken/i.test(text))
        .map(([path]) => `${path}: hands out the run's token`),
];
