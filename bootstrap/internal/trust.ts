import type { BootstrapConfig } from "../config";
import { gitHubBranch, gitHubEnvironment, gitHubPullRequest, serviceConnection } from "./federation";
import type { FederatedSubject } from "./federation";

/** Whose tokens may deploy a stack: jobs of its GitHub environment, and its deploying service connection. */
export function deploySubjects(
    { github, stacks, tenantId }: BootstrapConfig,
    stack: string,
): FederatedSubject[] {
    const { githubEnvironment, azureDevOps } = stacks[stack] ?? {};
    return [
        ...(github ? [gitHubEnvironment(github, githubEnvironment ?? stack)] : []),
        ...(azureDevOps ? [serviceConnection(tenantId, azureDevOps.deploySubject)] : []),
    ];
}

/** Whose tokens may preview a stack: jobs of pull requests and of the main branch, and its previewing service connection. */
export function previewSubjects(
    { github, stacks, tenantId }: BootstrapConfig,
    stack: string,
): FederatedSubject[] {
    const { azureDevOps } = stacks[stack] ?? {};
    return [
        ...(github ? [gitHubPullRequest(github), gitHubBranch(github, github.branch)] : []),
        ...(azureDevOps ? [serviceConnection(tenantId, azureDevOps.previewSubject)] : []),
    ];
}

/**
 * Whose tokens may look for drift of a stack: jobs of the main branch, never of a pull request, and a service connection of
 * its own. Azure DevOps alone can keep other branches from using that one, by a check.
 */
export function driftSubjects(
    { github, stacks, tenantId }: BootstrapConfig,
    stack: string,
): FederatedSubject[] {
    const { azureDevOps } = stacks[stack] ?? {};
    return [
        ...(github ? [gitHubBranch(github, github.branch)] : []),
        ...(azureDevOps ? [serviceConnection(tenantId, azureDevOps.driftSubject)] : []),
    ];
}
