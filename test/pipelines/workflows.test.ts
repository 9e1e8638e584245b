import { pipelineFiles } from "./support/files";
import { holdsRules, isRead } from "./support/rule";
import type { ReadingCase, RuleCase } from "./support/rule";
import * as rules from "./support/workflowRules";

const files = pipelineFiles();
const deploy = ".github/workflows/deploy.yml";
const pullRequest = ".github/workflows/pull-request.yml";
const drift = ".github/workflows/drift.yml";
const checks = ".github/workflows/checks.yml";
const setup = ".github/actions/setup/action.yml";

const mustSignInAs = (job: string, ids: string) =>
    ["DEV", "PROD"].map(
        (name) =>
            `${job}: must sign in as \${{ fromJSON(vars.LANDING_ZONE_${name}).${ids}.${name.toLowerCase()} }}`,
    );

/** Each rule with a copy of the files that breaks it. */
const cases: Record<string, RuleCase> = {
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
        expected: Array<string>(3).fill(`${checks}: ./.github/actions/set-up does not exist`),
    },
    "an action that hides in one line with its step": {
        rule: rules.pinned,
        change: [
            checks,
            "      - name: Lint\n        run: npm run lint",
            "      - { name: Lint, uses: actions/lint@main }",
        ],
        expected: [`${checks}: each 'uses' must stand on a line of its own`],
    },
    "an npm script that does not exist": {
        rule: rules.referenced,
        change: [checks, "npm run typecheck", "npm run types"],
        expected: ["checks.yml test: npm script 'types' does not exist"],
    },
    "a file that does not exist": {
        rule: rules.referenced,
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
    "all rights at the top": {
        rule: rules.leastPermissions,
        change: [pullRequest, "permissions: {}", "permissions: write-all"],
        expected: ["pull-request.yml: permissions at the top must be {}"],
    },
    "all rights in a job": {
        rule: rules.leastPermissions,
        change: [
            deploy,
            "    timeout-minutes: 180\n    permissions:\n      contents: read\n      id-token: write",
            "    timeout-minutes: 180\n    permissions: write-all",
        ],
        expected: ["deploy.yml deploy-prod: permissions are not those of the table"],
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
    "all secrets handed on": {
        rule: rules.noSecrets,
        change: [
            deploy,
            "    uses: ./.github/workflows/checks.yml\n",
            "    uses: ./.github/workflows/checks.yml\n    secrets: inherit\n",
        ],
        expected: [`${deploy}: refers to secrets`],
    },
    "GitHub's token for a step that is no report": {
        rule: rules.tokens,
        change: [
            deploy,
            "      - name: Check the way\n",
            "      - name: Check the way\n        env:\n          TOKEN: ${{ github.token }}\n",
        ],
        expected: ["deploy.yml deploy-prod: step 'Check the way' gets GitHub's token"],
    },
    "a variable that nobody reads": {
        rule: rules.variables,
        change: [drift, "AZURE_TOKEN_CREDENTIALS:", "AZURE_CREDENTIALS:"],
        expected: Array<string[]>(2)
            .fill([
                "drift.yml drift: nobody reads AZURE_CREDENTIALS",
                "drift.yml drift: AZURE_TOKEN_CREDENTIALS is missing",
            ])
            .flat(),
    },
    "an allowance that does not arrive": {
        rule: rules.variables,
        change: [deploy, "      ALLOW_FOR: ${{ inputs.allow-for }}\n", ""],
        expected: ["dev", "prod"].map((stack) => `deploy.yml deploy-${stack}: ALLOW_FOR is missing`),
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
    "a deployment that waits for no other": {
        rule: rules.concurrency,
        change: [
            deploy,
            "    concurrency:\n      group: stack-prod\n      cancel-in-progress: false\n      queue: max\n",
            "",
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
        change: [pullRequest, "previewClientIds", "deployClientIds"],
        expected: mustSignInAs("pull-request.yml preview", "previewClientIds"),
    },
    "a pull request that reads what is inside the cluster": {
        rule: rules.places,
        change: [pullRequest, "previewClientIds", "driftClientIds"],
        expected: mustSignInAs("pull-request.yml preview", "previewClientIds"),
    },
    "a look for drift that cannot read what is inside the cluster": {
        rule: rules.places,
        change: [drift, "driftClientIds", "previewClientIds"],
        expected: mustSignInAs("drift.yml drift", "driftClientIds"),
    },
    "a look for drift on a branch that nobody reviewed": {
        rule: rules.onlyMain,
        change: [drift, "    if: github.ref == 'refs/heads/main'\n", ""],
        expected: Array<string>(2).fill("drift.yml drift: must run for main only"),
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
    "drift that is looked for on demand only": {
        rule: rules.order,
        change: [
            drift,
            '  schedule:\n    # Not on the hour, when GitHub is busiest and drops runs.\n    - cron: "17 3 * * *"\n',
            "",
        ],
        expected: ["drift.yml: is not started by what the table says"],
    },
    "prod without its preview": {
        rule: rules.order,
        change: [deploy, "    needs: preview-prod\n", "    needs: checks\n"],
        expected: ["deploy.yml deploy-prod: must wait for preview-prod"],
    },
    "prod although its preview failed": {
        rule: rules.order,
        change: [
            deploy,
            "    needs: preview-prod\n",
            "    needs: preview-prod\n    if: ${{ !cancelled() }}\n",
        ],
        expected: ["deploy.yml deploy-prod: must have no condition but the job before"],
    },
    "another plan than the approved one": {
        rule: rules.approvedPlan,
        change: [deploy, "          path: out\n", "          path: out\n          run-id: 1\n"],
        expected: ["deploy.yml deploy-prod: must apply the plan that preview-prod kept"],
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
    "a check whose failure nobody minds": {
        rule: rules.tidy,
        change: [
            checks,
            "        run: npm test\n",
            "        run: npm test\n        continue-on-error: true\n",
        ],
        expected: [`${checks}: goes on after an error`],
    },
};

/** What GitHub's own parser says of a broken copy. */
const unreadable: Record<string, ReadingCase> = {
    "a key that does not exist": {
        change: [drift, "timeout-minutes:", "timeout:"],
        expected: /^\.github\/workflows\/drift\.yml .*: Unexpected value 'timeout'/,
    },
    "a context that is not there": {
        change: [drift, "group: drift-${{ matrix.stack }}", "group: ${{ steps.x }}"],
        expected: /drift\.yml .*: Unrecognized named-value: 'steps'/,
    },
    "a job that needs an unknown one": {
        change: [deploy, "needs: preview-prod", "needs: approve"],
        expected: /deploy\.yml .*depends on unknown job 'approve'/,
    },
    "a wrong schedule": {
        change: [drift, "17 3 * * *", "99 3 * * *"],
        expected: /drift\.yml .*: Invalid cron/,
    },
    "an action without a shell": {
        change: [setup, "      shell: bash\n", ""],
        expected: /action\.yml .*: Required property is missing: shell/,
    },
};

describe("GitHub workflows", () => {
    holdsRules(files, cases);
    isRead(files, rules.parsed, unreadable);
});
