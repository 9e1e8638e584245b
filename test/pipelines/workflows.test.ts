import * as assert from "node:assert/strict";
import { broken, npmScripts, pipelineFiles } from "./support/files";
import * as rules from "./support/workflowRules";
import type { Change } from "./support/files";
import type { Rule } from "./support/workflowRules";

const files = pipelineFiles();
const deploy = ".github/workflows/deploy.yml";
const pullRequest = ".github/workflows/pull-request.yml";
const drift = ".github/workflows/drift.yml";
const checks = ".github/workflows/checks.yml";
const setup = ".github/actions/setup/action.yml";

/** The driver's script belongs to the driver; a test of its own says when it is missing. */
const referenced = rules.referenced(["lz"]);

interface Case {
    rule: Rule;
    change: Change;
    expected: string[];
}

/** Each rule with a copy of the files that breaks it. */
const cases: Record<string, Case> = {
    "an action by tag": {
        rule: rules.pinned,
        change: [
            drift,
            "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
            "actions/checkout@v7",
        ],
        expected: [
            `${drift}: 'actions/checkout@v7' is not pinned as <action>@<commit> # <version> of the table`,
        ],
    },
    "an action at another commit than its comment says": {
        rule: rules.pinned,
        change: [setup, "# v3.0.1", "# v3.0.0"],
        expected: [
            `${setup}: 'azure/login@f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca # v3.0.0' is not pinned as <action>@<commit> # <version> of the table`,
        ],
    },
    "an action of the repository that does not exist": {
        rule: rules.pinned,
        change: [checks, "./.github/actions/setup", "./.github/actions/set-up"],
        expected: Array<string>(2).fill(`${checks}: ./.github/actions/set-up does not exist`),
    },
    "an npm script that does not exist": {
        rule: referenced,
        change: [checks, "npm run typecheck", "npm run types"],
        expected: ["checks.yml test: npm script 'types' does not exist"],
    },
    "a file that does not exist": {
        rule: referenced,
        change: [setup, "scripts/pipelines/fetch-tokens.sh", "scripts/pipelines/tokens.sh"],
        expected: [
            "deploy.yml deploy-dev",
            "deploy.yml preview-prod",
            "deploy.yml deploy-prod",
            "drift.yml drift",
            "drift.yml drift",
            "pull-request.yml preview",
            "pull-request.yml preview",
        ].map((job) => `${job}: scripts/pipelines/tokens.sh is no file that can be run`),
    },
    "rights at the top": {
        rule: rules.leastPermissions,
        change: [deploy, "permissions: {}", "permissions:\n  contents: write"],
        expected: ["deploy.yml: permissions at the top must be {}"],
    },
    "a right too many in a job": {
        rule: rules.leastPermissions,
        change: [drift, "issues: write", "issues: write\n      actions: write"],
        expected: Array<string>(2).fill("drift.yml drift: permissions are not those of the table"),
    },
    "a stored secret": {
        rule: rules.noSecrets,
        change: [deploy, "${{ env.ARM_TENANT_ID }}", "${{ secrets.ARM_TENANT_ID }}"],
        expected: [`${deploy}: refers to secrets`],
    },
    "text of a pull request in a script": {
        rule: rules.noExpressionsInScripts,
        change: [
            pullRequest,
            "cat out/preview.md",
            "echo ${{ github.event.pull_request.title }}; cat out/preview.md",
        ],
        expected: Array<string>(2).fill(
            "pull-request.yml preview: step 'Preview' has an expression in its script",
        ),
    },
    "a deployment that a newer one cancels": {
        rule: rules.concurrency,
        change: [
            deploy,
            "group: stack-prod\n      cancel-in-progress: false",
            "group: stack-prod\n      cancel-in-progress: true",
        ],
        expected: ["deploy.yml deploy-prod: must be in the group stack-prod, queued and never cancelled"],
    },
    "a deployment in the group of another stack": {
        rule: rules.concurrency,
        change: [deploy, "group: stack-dev", "group: stack-prod"],
        expected: ["deploy.yml deploy-dev: must be in the group stack-dev, queued and never cancelled"],
    },
    "a look at a stack that stands in its deployment's way": {
        rule: rules.concurrency,
        change: [drift, "group: drift-", "group: stack-"],
        expected: Array<string>(2).fill("drift.yml drift: only deployments are in a stack's group"),
    },
    "prod without its environment, so without approval": {
        rule: rules.places,
        change: [deploy, "environment: prod\n", "environment: dev\n"],
        expected: ["deploy.yml deploy-prod: exactly deployments have an environment, their stack's"],
    },
    "a preview with the deployer's identity": {
        rule: rules.places,
        change: [drift, "previewClientIds", "deployClientIds"],
        expected: ["DEV", "PROD"].map(
            (name) =>
                `drift.yml drift: must sign in as \${{ fromJSON(vars.LANDING_ZONE_${name}).previewClientIds.${name.toLowerCase()} }}`,
        ),
    },
    "prod from outside its network": {
        rule: rules.places,
        change: [drift, "runner: [self-hosted, linux, x64, landing-zone-prod]", "runner: ubuntu-24.04"],
        expected: ["drift.yml drift: exactly prod runs on landing-zone-prod"],
    },
    "strangers' code on the private runner": {
        rule: rules.places,
        change: [
            checks,
            "runs-on: ubuntu-24.04\n    timeout-minutes: 60",
            "runs-on: [self-hosted, landing-zone-prod]\n    timeout-minutes: 60",
        ],
        expected: ["checks.yml test: has no identity, so it needs neither environment nor private runner"],
    },
    "an identity for forks": {
        rule: rules.forks,
        change: [pullRequest, "github.event.pull_request.head.repo.full_name == github.repository &&", ""],
        expected: Array<string>(2).fill(
            "pull-request.yml preview: must leave out forks and dependency updates",
        ),
    },
    "a trigger that runs with rights on strangers' code": {
        rule: rules.forks,
        change: [pullRequest, "  pull_request:", "  pull_request_target:"],
        expected: ["pull-request.yml: pull_request_target gives rights to what strangers wrote"],
    },
    "a deployment from any branch": {
        rule: rules.onlyMain,
        change: [deploy, "    if: github.ref == 'refs/heads/main'\n", ""],
        expected: ["deploy.yml deploy-dev: must run for main only"],
    },
    "a job without an end": {
        rule: rules.tidy,
        change: [checks, "    timeout-minutes: 15\n", ""],
        expected: Array<string>(2).fill("checks.yml plan: no timeout, or more than 180 minutes"),
    },
    "a check-out that leaves a token behind": {
        rule: rules.tidy,
        change: [drift, "persist-credentials: false", "persist-credentials: true"],
        expected: Array<string>(2).fill("drift.yml drift: the check-out keeps its credentials"),
    },
};

describe("GitHub workflows", () => {
    for (const [title, { rule, change, expected }] of Object.entries(cases)) {
        it(`hold the rule that refuses ${title}`, () => {
            assert.deepEqual(rule(files), []);
            assert.deepEqual(rule(broken(files, change)).sort(), expected.sort());
        });
    }

    it("are accepted by GitHub's own parser", async () => {
        assert.deepEqual(await rules.parsed(files), []);
    });

    for (const [title, change, expected] of [
        [
            "a key that does not exist",
            [drift, "timeout-minutes:", "timeout:"],
            /drift\.yml .*: Unexpected value 'timeout'/,
        ],
        [
            "a context that is not there",
            [drift, "group: drift-${{ matrix.stack }}", "group: ${{ steps.x }}"],
            /drift\.yml .*: Unrecognized named-value: 'steps'/,
        ],
        [
            "a job that needs an unknown one",
            [deploy, "needs: preview-prod", "needs: approve"],
            /deploy\.yml .*depends on unknown job 'approve'/,
        ],
        ["a wrong schedule", [drift, "17 3 * * *", "99 3 * * *"], /drift\.yml .*: Invalid cron/],
        [
            "an action without a shell",
            [setup, "      shell: bash\n", ""],
            /action\.yml .*: Required property is missing: shell/,
        ],
    ] as const) {
        it(`would not be accepted with ${title}`, async () => {
            const problems = await rules.parsed(broken(files, change));
            assert.match(problems[0] ?? "none", expected);
        });
    }

    it("call the driver by a script that exists", function () {
        if (!npmScripts().has("lz")) {
            this.skip();
        }
        assert.deepEqual(rules.referenced()(files), []);
    });
});
