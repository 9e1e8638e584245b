/** A token of another issuer that an identity accepts. */
export interface FederatedSubject {
    /** Name of the credential in Azure. */
    key: string;
    issuer: string;
    /** Who the token is for, to the letter. */
    subject: string;
}

/** A repository of GitHub. */
export interface GitHubRepository {
    /** `organization/repository`. */
    repository: string;
    /** Ids in immutable subjects; undefined for repositories whose tokens have names only. */
    ids?: { owner: string; repository: string };
}

// https://docs.github.com/actions/reference/security/oidc
const gitHubIssuer = "https://token.actions.githubusercontent.com";

/**
 * A workflow run of GitHub as it is called in its token, up to the colon before what it runs for. Since 15 July 2026 new
 * and renamed repositories have ids in it, so that nobody who takes over a name takes over its rights:
 * https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/
 */
function repositoryPart({ repository, ids }: GitHubRepository): string {
    const [owner = "", name = ""] = repository.split("/");
    return ids ? `repo:${owner}@${ids.owner}/${name}@${ids.repository}` : `repo:${owner}/${name}`;
}

/** Jobs that name an environment, whatever started them; GitHub asks the environment's reviewers first. */
export function gitHubEnvironment(repository: GitHubRepository, environment: string): FederatedSubject {
    return {
        key: "github-environment",
        issuer: gitHubIssuer,
        subject: `${repositoryPart(repository)}:environment:${environment}`,
    };
}

/** Jobs of pull requests, without an environment. GitHub gives runs of forks no token. */
export function gitHubPullRequest(repository: GitHubRepository): FederatedSubject {
    return {
        key: "github-pull-request",
        issuer: gitHubIssuer,
        subject: `${repositoryPart(repository)}:pull_request`,
    };
}

/** Jobs on a branch, without an environment: previews after a merge, and nightly runs. */
export function gitHubBranch(repository: GitHubRepository, branch: string): FederatedSubject {
    return {
        key: "github-branch",
        issuer: gitHubIssuer,
        subject: `${repositoryPart(repository)}:ref:refs/heads/${branch}`,
    };
}

/**
 * Pipelines that use a service connection of Azure DevOps. The issuer is Entra; the former one, `vstoken.dev.azure.com`, is
 * retired on 1 July 2027: https://learn.microsoft.com/azure/devops/pipelines/release/convert-service-connections
 */
export function serviceConnection(tenantId: string, subject: string): FederatedSubject {
    return {
        key: "azure-devops",
        issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
        subject,
    };
}
