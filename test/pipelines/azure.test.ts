import { azurePipeline } from "./support/azurePipeline";
import * as rules from "./support/azureRules";
import { pipelineFiles } from "./support/files";
import type { Files } from "./support/files";
import { holdsRules, isRead } from "./support/rule";
import type { ReadingCase, RuleCase } from "./support/rule";

const files = pipelineFiles();
const main = "azure-pipelines.yml";
const template = (name: string) => `.azure-pipelines/${name}.yml`;

/** The jobs that reach Azure. */
const onAzure = [
    "preview preview_dev",
    "preview preview_prod",
    "deploy_dev deploy_dev",
    "preview_prod preview_prod",
    "deploy_prod deploy_prod",
    "drift drift_dev",
    "drift drift_prod",
];

/** Each rule with a copy of the files that breaks it. */
const cases: Record<string, RuleCase> = {
    "an npm script that does not exist": {
        rule: rules.referenced,
        change: [template("checks"), "npm run lint", "npm run style"],
        expected: ["checks test: npm script 'style' does not exist"],
    },
    "a script that is not there": {
        rule: rules.referenced,
        change: [template("setup"), "scripts/pipelines/install-tools.sh", "scripts/pipelines/tools.sh"],
        expected: onAzure.map((job) => `${job}: scripts/pipelines/tools.sh is no file that can be run`),
    },
    "a variable that nobody reads": {
        rule: rules.variables,
        change: [template("azure"), "AZURE_TOKEN_CREDENTIALS:", "AZURE_CREDENTIALS:"],
        // Deployments have two scripts each.
        expected: [...onAzure, ...onAzure.filter((job) => /^deploy_/.test(job))].flatMap((job) => [
            `${job}: nobody reads AZURE_CREDENTIALS`,
            `${job}: AZURE_TOKEN_CREDENTIALS is missing`,
        ]),
    },
    "a night on which nothing was merged": {
        rule: rules.triggers,
        change: [main, "always: true", "always: false"],
        expected: ["is not started by merges, pull requests and every night"],
    },
    "another plan than the approved one": {
        rule: rules.approvedPlan,
        change: [template("deploy-prod"), "artifactName: update-plan-prod", "artifactName: update-plan"],
        expected: ["deploy_prod: must apply the plan that preview_prod kept"],
    },
    "what a person typed in a script": {
        rule: rules.plainScripts,
        change: [
            template("deploy-dev"),
            'scripts/pipelines/up.sh "$STACK" out/update-plan.json',
            "scripts/pipelines/up.sh ${{ parameters.allowDelete }}",
        ],
        expected: ["deploy_dev deploy_dev: a script has something filled in"],
    },
    "the name of a branch in a script": {
        rule: rules.plainScripts,
        change: [template("preview-prod"), "npm run", "echo $(Build.SourceBranchName); npm run"],
        expected: ["preview_prod preview_prod: a script has something filled in"],
    },
    "a script that goes on after an error": {
        rule: rules.plainScripts,
        change: [template("checks"), "          set -euo pipefail\n", ""],
        expected: Array<string>(2).fill("checks plan: a script goes on after an error"),
    },
    "prod without its environment, so without approval": {
        rule: rules.places,
        change: [template("deploy-prod"), "environment: prod", "environment: dev"],
        expected: ["deploy_prod deploy_prod: exactly deployments have an environment, their stack's"],
    },
    "a preview with the deployer's identity": {
        rule: rules.places,
        change: [template("preview"), "-preview", ""],
        expected: [
            "preview preview_dev: must sign in as landing-zone-dev-preview",
            "preview preview_prod: must sign in as landing-zone-prod-preview",
        ],
    },
    "a pull request that reads what is inside the cluster": {
        rule: rules.places,
        change: [template("preview"), "-preview", "-drift"],
        expected: [
            "preview preview_dev: must sign in as landing-zone-dev-preview",
            "preview preview_prod: must sign in as landing-zone-prod-preview",
        ],
    },
    "a look for drift that cannot read what is inside the cluster": {
        rule: rules.places,
        change: [template("drift"), "}}-drift", "}}-preview"],
        expected: [
            "drift drift_dev: must sign in as landing-zone-dev-drift",
            "drift drift_prod: must sign in as landing-zone-prod-drift",
        ],
    },
    "prod from outside its network": {
        rule: rules.places,
        change: [template("deploy-prod"), "name: landing-zone-prod\n", "vmImage: ubuntu-24.04\n"],
        expected: ["deploy_prod deploy_prod: exactly prod runs in landing-zone-prod"],
    },
    "an identity for forks": {
        rule: rules.conditions,
        change: [main, ", ne(variables['System.PullRequest.IsFork'], 'True')", ""],
        expected: ["preview: the condition is not that of the table"],
    },
    "prod before dev": {
        rule: rules.conditions,
        change: [main, "dependsOn: deploy_dev", "dependsOn: checks"],
        expected: ["preview_prod: must follow deploy_dev"],
    },
    "deployments side by side": {
        rule: rules.concurrency,
        change: [main, "lockBehavior: sequential", "lockBehavior: runLatest"],
        expected: [
            "deploy_dev: exactly deployments lock, one after another",
            "deploy_prod: exactly deployments lock, one after another",
        ],
    },
    "the run's token for a step": {
        rule: rules.tidy,
        change: [template("azure"), "STACK: ${{ parameters.stack }}", "TOKEN: $(System.AccessToken)"],
        expected: [".azure-pipelines/azure.yml: hands out the run's token"],
    },
};

/** What the reader of the pipeline says of a broken copy. */
const unreadable: Record<string, ReadingCase> = {
    "a key that does not exist": { change: [main, "lockBehavior:", "lock:"], expected: /lock/ },
    "an input that a task does not have": {
        change: [template("azure"), "keepAzSessionActive", "keepSession"],
        expected: /keepSession|Invalid input/,
    },
    "a job without an end": {
        change: [template("drift"), "    timeoutInMinutes: 45\n", ""],
        expected: /timeoutInMinutes|Invalid input/,
    },
    "a step that goes on after an error": {
        change: [
            template("checks"),
            "        displayName: Tests\n",
            "        displayName: Tests\n        continueOnError: true\n",
        ],
        expected: /continueOnError|Invalid input/,
    },
    "a parameter that a template does not declare": {
        change: [template("drift"), "stack: ${{ parameters.stack }}", "stak: ${{ parameters.stack }}"],
        expected: /azure\.yml: parameters unknown: stak; missing: stack/,
    },
    "a parameter that nobody declares": {
        change: [template("drift"), "${{ parameters.pool }}", "${{ parameters.pol }}"],
        expected: /names the parameter pol/,
    },
    "a template that does not exist": {
        change: [main, "checks.yml", "check.yml"],
        expected: /There is no \.azure-pipelines\/check\.yml/,
    },
};

function readingProblems(pipeline: Files): string[] {
    try {
        azurePipeline(pipeline);
        return [];
    } catch (error) {
        return [String(error)];
    }
}

describe("Azure pipeline", () => {
    holdsRules(files, cases);
    isRead(files, readingProblems, unreadable);
});
