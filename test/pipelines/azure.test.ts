import * as assert from "node:assert/strict";
import { azurePipeline } from "./support/azurePipeline";
import * as rules from "./support/azureRules";
import { broken, npmScripts, pipelineFiles } from "./support/files";
import type { Change } from "./support/files";
import type { Rule } from "./support/workflowRules";

const files = pipelineFiles();
const main = "azure-pipelines.yml";
const template = (name: string) => `.azure-pipelines/${name}.yml`;

interface Case {
    rule: Rule;
    change: Change;
    expected: string[];
}

/** Each rule with a copy of the files that breaks it. */
const cases: Record<string, Case> = {
    "an npm script that does not exist": {
        rule: rules.referenced(["lz"]),
        change: [template("checks"), "npm run lint", "npm run style"],
        expected: ["checks test: npm script 'style' does not exist"],
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

describe("Azure pipeline", () => {
    for (const [title, { rule, change, expected }] of Object.entries(cases)) {
        it(`holds the rule that refuses ${title}`, () => {
            assert.deepEqual(rule(files), []);
            assert.deepEqual(rule(broken(files, change)), expected);
        });
    }

    for (const [title, change, expected] of [
        ["a key that does not exist", [main, "lockBehavior:", "lock:"], /lock/],
        [
            "an input that a task does not have",
            [template("azure"), "keepAzSessionActive", "keepSession"],
            /keepSession|Invalid input/,
        ],
        [
            "a job without an end",
            [template("drift"), "    timeoutInMinutes: 45\n", ""],
            /timeoutInMinutes|Invalid input/,
        ],
        [
            "a parameter that a template does not declare",
            [template("drift"), "stack: ${{ parameters.stack }}", "stak: ${{ parameters.stack }}"],
            /azure\.yml: parameters unknown: stak; missing: stack/,
        ],
        [
            "a parameter that nobody declares",
            [template("drift"), "${{ parameters.pool }}", "${{ parameters.pol }}"],
            /names the parameter pol/,
        ],
        [
            "a template that does not exist",
            [main, "checks.yml", "check.yml"],
            /There is no \.azure-pipelines\/check\.yml/,
        ],
    ] as const) {
        it(`would not be valid with ${title}`, () => {
            assert.doesNotThrow(() => azurePipeline(files));
            assert.throws(() => azurePipeline(broken(files, change)), expected);
        });
    }

    it("calls the driver by a script that exists", function () {
        if (!npmScripts().has("lz")) {
            this.skip();
        }
        assert.deepEqual(rules.referenced()(files), []);
    });
});
