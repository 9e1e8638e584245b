/**
 * Variables of the jobs that reach Azure, each with who reads it. One that nobody reads looks like a setting and is none:
 * `PULUMI_SECRETS_PROVIDER` and `AZURE_KEYVAULT_AUTH_VIA_CLI`, say, occur nowhere in Pulumi's CLI 3.259.
 */
const readers = {
    STACK: "the scripts of the jobs",
    PULUMI_BACKEND_URL: "Pulumi's CLI: where the state is",
    AZURE_TOKEN_CREDENTIALS: "Pulumi's CLI, for state and secrets key: sign in as `az` is signed in",
    ARM_TENANT_ID: "the Azure providers",
    ARM_SUBSCRIPTION_ID: "the Azure providers",
} as const;

/** The Azure providers ask GitHub for tokens themselves. In Azure DevOps they use the session of `az`, as everything does there. */
const onGithub = {
    ARM_USE_OIDC: "the Azure providers",
    ARM_CLIENT_ID: "the Azure providers",
} as const;

const ofDeployments = {
    ALLOW_FOR: "scripts/pipelines/up.sh",
    ALLOW_REPLACE: "scripts/pipelines/up.sh",
    ALLOW_DELETE: "scripts/pipelines/up.sh",
    MAX_DELETIONS: "scripts/pipelines/up.sh",
} as const;

/** Where a job runs, and whether it changes a stack. */
export interface KindOfJob {
    github: boolean;
    applies: boolean;
}

/** What is wrong with the variables of a job that reaches Azure. */
export function variableProblems(given: readonly string[], { github, applies }: KindOfJob): string[] {
    const wanted = Object.keys({
        ...readers,
        ...(github ? onGithub : {}),
        ...(applies ? ofDeployments : {}),
    });
    return [
        ...given.filter((name) => !wanted.includes(name)).map((name) => `nobody reads ${name}`),
        ...wanted.filter((name) => !given.includes(name)).map((name) => `${name} is missing`),
    ];
}
