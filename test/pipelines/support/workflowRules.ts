import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { missingReferences, root, yamlOf } from "./files";
import type { Files } from "./files";
import { variableProblems } from "./jobVariables";
import type { Rule } from "./rule";
import { parserErrors } from "./workflowParser";
import { workflowJobs, workflows } from "./workflows";
import type { WorkflowJob } from "./workflows";

const privateRunner = "landing-zone-prod";

/** What each job may do with its token; nothing that is not listed. Reasons: docs/pipelines.md. */
const permissions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "checks.yml test": { contents: "read" },
    "checks.yml judge": { contents: "read" },
    "checks.yml plan": { contents: "read" },
    "pull-request.yml checks": { contents: "read" },
    "pull-request.yml preview": { contents: "read", "id-token": "write", "pull-requests": "write" },
    "deploy.yml checks": { contents: "read" },
    "deploy.yml deploy-dev": { contents: "read", "id-token": "write" },
    "deploy.yml preview-prod": { contents: "read", "id-token": "write" },
    "deploy.yml deploy-prod": { contents: "read", "id-token": "write" },
    "drift.yml drift": { contents: "read", "id-token": "write", issues: "write" },
};

/**
 * The commits that these versions' tags point at, read from each action's repository. A version is raised here and in the
 * workflows.
 */
const pins: Readonly<Record<string, readonly [commit: string, version: string]>> = {
    "actions/checkout": ["3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"],
    "actions/setup-node": ["820762786026740c76f36085b0efc47a31fe5020", "v7.0.0"],
    "actions/upload-artifact": ["bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"],
    "actions/download-artifact": ["3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"],
    "azure/login": ["f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca", "v3.0.1"],
};

const githubFiles = (files: Files) => [...files].filter(([path]) => path.startsWith(".github/"));

const applies = (job: WorkflowJob) =>
    job.commands.some((command) => command.startsWith("scripts/pipelines/up.sh"));
const looksForDrift = (job: WorkflowJob) =>
    job.commands.some((command) => command.startsWith("npm run --silent lz -- drift "));
const reachesAzure = ({ steps }: WorkflowJob) =>
    steps.some(({ uses }) => uses?.startsWith("azure/login@") === true);

/** What starts each workflow, in full. */
const triggers: Readonly<Record<string, unknown>> = {
    "checks.yml": { workflow_call: null },
    "pull-request.yml": { pull_request: { branches: ["main"] } },
    "deploy.yml": { push: { branches: ["main"] }, workflow_dispatch: null },
    // Every night: drift is heard of within a day.
    "drift.yml": { schedule: [{ cron: "17 3 * * *" }], workflow_dispatch: null },
};

/** Which job of its workflow a job waits for. Together with `if`, this says what has to be good before. */
const predecessors: Readonly<Record<string, string>> = {
    "pull-request.yml preview": "checks",
    "deploy.yml deploy-dev": "checks",
    "deploy.yml preview-prod": "deploy-dev",
    "deploy.yml deploy-prod": "preview-prod",
};

/** GitHub's own parser accepts every file. */
export async function parsed(files: Files): Promise<string[]> {
    const found = await Promise.all(githubFiles(files).map(([path, text]) => parserErrors(path, text)));
    return found.flat();
}

/** Actions of others are pinned to the commit of a known version; actions and workflows of the repository exist. */
export const pinned: Rule = (files) =>
    githubFiles(files).flatMap(([path, text]) => {
        const lines = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, use = ""]) => use);
        return [
            ...lines.flatMap((use) => useProblems(use).map((problem) => `${path}: ${problem}`)),
            // The version stands in a comment, so lines are what is read.
            ...(usesIn(yamlOf(files, path)).length === lines.length
                ? []
                : [`${path}: each 'uses' must stand on a line of its own`]),
        ];
    });

function useProblems(use: string): string[] {
    if (use.startsWith("./")) {
        const target = use.endsWith(".yml") ? use : `${use}/action.yml`;
        return existsSync(join(root, target)) ? [] : [`${use} does not exist`];
    }
    const [, name = "", commit, version] = /^([^@]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(use) ?? [];
    const [known, knownVersion] = pins[name] ?? [];
    return known && commit === known && version === knownVersion
        ? []
        : [`'${use}' is not pinned as <action>@<commit> # <version> of the table`];
}

/** The values of all keys `uses`, wherever they are. */
function usesIn(node: unknown): unknown[] {
    return typeof node !== "object" || node === null
        ? []
        : Object.entries(node as Record<string, unknown>).flatMap(([key, value]) =>
              key === "uses" ? [value] : usesIn(value),
          );
}

/** Every npm script and file that a job runs exists. */
export const referenced: Rule = (files) =>
    workflowJobs(files).flatMap(({ id, commands }) =>
        commands.flatMap((command) => missingReferences(command).map((text) => `${id}: ${text}`)),
    );

/** The token can do nothing but what the table allows for the job. */
export const leastPermissions: Rule = (files) => {
    const top = [...workflows(files)].flatMap(([file, { permissions: given }]) =>
        typeof given === "object" && Object.keys(given).length === 0
            ? []
            : [`${file}: permissions at the top must be {}`],
    );
    const canonical = (given: object | string | undefined) =>
        JSON.stringify(Object.entries(given ?? {}).sort());
    const perJob = workflowJobs(files).flatMap(({ id, job }) =>
        canonical(job.permissions) === canonical(permissions[id])
            ? []
            : [`${id}: permissions are not those of the table`],
    );
    return [...top, ...perJob];
};

/** There are no stored secrets: identities are federated, and GitHub's token is `github.token`. */
export const noSecrets: Rule = (files) =>
    githubFiles(files).flatMap(([path, text]) =>
        /\bsecrets\b/.test(text) ? [`${path}: refers to secrets`] : [],
    );

/** Jobs that reach Azure get exactly the variables that somebody reads; the others get the stack's name at most. */
export const variables: Rule = (files) =>
    workflowJobs(files).flatMap((each) => {
        const given = Object.keys(each.job.env ?? {});
        const problems = reachesAzure(each)
            ? variableProblems(given, { github: true, applies: applies(each) })
            : given.filter((name) => name !== "STACK").map((name) => `nobody reads ${name}`);
        return problems.map((problem) => `${each.id}: ${problem}`);
    });

/** Text from outside never becomes part of a script: scripts have no expressions at all. */
export const noExpressionsInScripts: Rule = (files) =>
    workflowJobs(files).flatMap(({ id, steps }) =>
        steps.flatMap(({ name, run }) =>
            run?.includes("${{") ? [`${id}: step '${name}' has an expression in its script`] : [],
        ),
    );

/** Deployments of a stack wait for one another and are never cancelled; nothing else is in their group. */
export const concurrency: Rule = (files) =>
    workflowJobs(files).flatMap((each) => {
        const { id, stack, job, concurrencyGroup } = each;
        if (!applies(each)) {
            return concurrencyGroup?.startsWith("stack-")
                ? [`${id}: only deployments are in a stack's group`]
                : [];
        }
        const right =
            concurrencyGroup === `stack-${stack}` &&
            job.concurrency?.["cancel-in-progress"] === false &&
            job.concurrency.queue === "max";
        return right ? [] : [`${id}: must be in the group stack-${stack}, queued and never cancelled`];
    });

/** The bootstrap's output with the client id that a job must have. Only the look for drift may read inside the cluster. */
const identitiesFor = (job: WorkflowJob) =>
    applies(job) ? "deployClientIds" : looksForDrift(job) ? "driftClientIds" : "previewClientIds";

/**
 * Deployments run in their stack's environment as its deployer; all else without an environment, with an identity that may only
 * look. Exactly what reaches prod runs inside its network.
 */
export const places: Rule = (files) =>
    workflowJobs(files).flatMap((each) => {
        const { id, stack, runner, environment, clientId } = each;
        const isPrivate = runner.includes("self-hosted");
        if (!reachesAzure(each)) {
            return environment === undefined && !isPrivate
                ? []
                : [`${id}: has no identity, so it needs neither environment nor private runner`];
        }
        const wantedId = `\${{ fromJSON(vars.LANDING_ZONE_${stack.toUpperCase()}).${identitiesFor(each)}.${stack} }}`;
        return [
            ...(environment === (applies(each) ? stack : undefined)
                ? []
                : [`${id}: exactly deployments have an environment, their stack's`]),
            ...(isPrivate === (stack === "prod") && isPrivate === runner.includes(privateRunner)
                ? []
                : [`${id}: exactly prod runs on ${privateRunner}`]),
            ...(clientId === wantedId ? [] : [`${id}: must sign in as ${wantedId}`]),
        ];
    });

/** What a pull request brings runs with an identity only when it comes from a branch of people who may push. */
export const forks: Rule = (files) => {
    const triggers = [...workflows(files)].flatMap(([file, { on }]) =>
        ["pull_request_target", "workflow_run", "issue_comment"]
            .filter((event) => event in on)
            .map((event) => `${file}: ${event} gives rights to what strangers wrote`),
    );
    const conditions = workflowJobs(files)
        .filter((each) => each.file === "pull-request.yml" && reachesAzure(each))
        .filter(
            ({ job }) =>
                !job.if?.includes("github.event.pull_request.head.repo.full_name == github.repository &&") ||
                !job.if.includes("github.event.pull_request.user.login != 'dependabot[bot]'"),
        )
        .map(({ id }) => `${id}: must leave out forks and dependency updates`);
    return [...triggers, ...conditions];
};

/** What starts a workflow is what the table says, and each job waits for what it must. */
export const order: Rule = (files) => {
    const wrongTriggers = [...workflows(files)].flatMap(([file, { on }]) => {
        // What people are asked for at the start changes nothing of when it starts.
        const given = "workflow_dispatch" in on ? { ...on, workflow_dispatch: null } : on;
        return isDeepStrictEqual(given, triggers[file])
            ? []
            : [`${file}: is not started by what the table says`];
    });
    const wrongNeeds = workflowJobs(files)
        .filter(({ id, job }) => job.needs !== predecessors[id])
        .map(({ id }) => `${id}: must wait for ${predecessors[id] ?? "nothing"}`);
    // A condition of their own could let them run although the job before failed.
    const conditions = workflowJobs(files)
        .filter(({ id, job }) => ["deploy.yml preview-prod", "deploy.yml deploy-prod"].includes(id) && job.if)
        .map(({ id }) => `${id}: must have no condition but the job before`);
    return [...wrongTriggers, ...wrongNeeds, ...conditions];
};

/** What is applied to prod is the plan that the job before kept, and nothing that another run or step made. */
export const approvedPlan: Rule = (files) => {
    const stepsOf = (id: string) => workflowJobs(files).find((each) => each.id === id)?.steps ?? [];
    const withOf = (id: string, action: string) =>
        stepsOf(id).find(({ uses }) => uses?.startsWith(`${action}@`))?.with ?? {};
    const kept = withOf("deploy.yml preview-prod", "actions/upload-artifact");
    const fetched = withOf("deploy.yml deploy-prod", "actions/download-artifact");
    return kept["path"] === "out/update-plan.json" &&
        kept["if-no-files-found"] === "error" &&
        isDeepStrictEqual(fetched, { name: kept["name"], path: "out" })
        ? []
        : ["deploy.yml deploy-prod: must apply the plan that preview-prod kept"];
};

/** GitHub's token goes to the reports, and to no other step. */
export const tokens: Rule = (files) =>
    workflowJobs(files).flatMap(({ id, steps }) =>
        steps
            .filter(({ run, env, with: given }) => {
                const isReport = run?.startsWith("npm run --silent report -- ") === true;
                return !isReport && /github\.token|GITHUB_TOKEN/.test(JSON.stringify([run, env, given]));
            })
            .map(({ name }) => `${id}: step '${name}' gets GitHub's token`),
    );

/** Deployments come from main only, whoever starts them. */
export const onlyMain: Rule = (files) =>
    workflowJobs(files)
        .filter(({ id }) => id === "deploy.yml deploy-dev" || id === "drift.yml drift")
        .filter(({ job }) => job.if !== "github.ref == 'refs/heads/main'")
        .map(({ id }) => `${id}: must run for main only`);

/** No job runs for GitHub's six hours, no check-out leaves a token on disk, and nothing goes on after an error. */
export const tidy: Rule = (files) => [
    ...workflowJobs(files).flatMap(({ id, job, steps }) => [
        ...(job.uses || (job["timeout-minutes"] ?? Infinity) <= 180
            ? []
            : [`${id}: no timeout, or more than 180 minutes`]),
        ...steps
            .filter((step) => step.uses?.startsWith("actions/checkout@"))
            .filter((step) => step.with?.["persist-credentials"] !== false)
            .map(() => `${id}: the check-out keeps its credentials`),
    ]),
    ...githubFiles(files)
        .filter(([, text]) => text.includes("continue-on-error"))
        .map(([path]) => `${path}: goes on after an error`),
];
