import * as assert from "node:assert/strict";
import { pipelineJobs } from "./support/azurePipeline";
import { broken, pipelineFiles } from "./support/files";
import type { Files } from "./support/files";
import { workflowJobs } from "./support/workflows";

/** What only the workflows run. The reasons: Azure DevOps mails failed runs by itself, and its task renews the az session. */
const onlyOnGithub = ["npm run --silent report", "scripts/pipelines/fetch-tokens.sh"];

/** One job, told in words that both pipelines share. */
interface Told {
    stage: string;
    stack: string;
    isPrivate: boolean;
    commands: string[];
}

function sorted(jobs: Told[]): Told[] {
    return jobs.sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}

function github(files: Files): Told[] {
    return sorted(
        workflowJobs(files)
            // Calls of the checks: these stand here themselves.
            .filter(({ job }) => !job.uses)
            .map(({ file, id, stack, runner, commands }) => ({
                stage: file === "checks.yml" ? "checks" : (id.split(" ")[1] ?? "").replaceAll("-", "_"),
                stack,
                isPrivate: runner.includes("self-hosted"),
                commands: commands
                    .filter((command) => !onlyOnGithub.some((start) => command.startsWith(start)))
                    .map((command) => command.replace("$RUNNER_TEMP", "<temporary>")),
            })),
    );
}

function azure(files: Files): Told[] {
    return sorted(
        pipelineJobs(files).map(({ stage, stack, job, commands }) => ({
            stage,
            stack,
            isPrivate: "name" in job.pool,
            commands: commands.map((command) => command.replace("$AGENT_TEMPDIRECTORY", "<temporary>")),
        })),
    );
}

describe("The two pipelines", () => {
    const files = pipelineFiles();

    it("run the same commands for the same stacks in the same stages", () => {
        assert.deepEqual(azure(files), github(files));
    });

    it("run what the issue of each stage is", () => {
        const installed = ["npm ci", 'scripts/pipelines/install-tools.sh "<temporary>/tools"'];
        const commands: Record<string, string[]> = {};
        for (const job of github(files)) {
            (commands[`${job.stage} ${job.stack}`.trim()] ??= []).push(...job.commands);
        }
        const preview = (stack: string) =>
            `npm run --silent lz -- preview ${stack} --markdown out/preview.md`;
        const compared = (stack: string) => [
            `scripts/pipelines/cost.sh ${stack} out/cost.md`,
            `${preview(stack)} --cost out/cost.md`,
        ];
        const kept = "--save-plan out/update-plan.json";
        const drift = (stack: string) => `npm run --silent lz -- drift ${stack} --markdown out/drift.md`;
        assert.deepEqual(commands, {
            checks: [
                ...["npm ci", "npm run lint", "npm run typecheck", "npm test"],
                ...["npm ci", "scripts/pipelines/judge.sh"],
            ],
            "checks dev": ["npm ci", "npm run --silent lz -- plan dev"],
            "checks prod": ["npm ci", "npm run --silent lz -- plan prod"],
            "preview dev": [...installed, ...compared("dev")],
            "preview prod": [...installed, ...compared("prod")],
            "deploy_dev dev": [
                ...installed,
                "npm run --silent lz -- doctor dev",
                `${preview("dev")} ${kept}`,
                "scripts/pipelines/up.sh dev out/update-plan.json",
            ],
            "preview_prod prod": [...installed, `${preview("prod")} ${kept}`],
            "deploy_prod prod": [
                ...installed,
                "npm run --silent lz -- doctor prod",
                "scripts/pipelines/up.sh prod out/update-plan.json",
            ],
            "drift dev": [...installed, drift("dev")],
            "drift prod": [...installed, drift("prod")],
        });
    });

    it("would not pass for the same with a command, a stack or a pool that only one has", () => {
        for (const change of [
            [".azure-pipelines/preview-prod.yml", " --save-plan out/update-plan.json", ""],
            [".azure-pipelines/checks.yml", "STACK: prod", "STACK: dev"],
            [".github/workflows/drift.yml", "runner: ubuntu-24.04", "runner: [self-hosted]"],
        ] as const) {
            const copy = broken(files, change);
            assert.notDeepEqual(azure(copy), github(copy), change[0]);
        }
    });
});
