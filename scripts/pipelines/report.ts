import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { markerOf } from "../../automation/render/marker";
import type { ReportingCommand } from "../../automation/render/marker";
import { decideComment, decideIssue, driftOf, postBody } from "./decisions";
import { githubPosts } from "./github";
import type { Posts } from "./github";

/** What a report takes from the run it is part of. */
export interface Run {
    posts: Posts;
    /** The run's page. */
    url: string;
    /** Number of the pull request that the run is for. */
    pullRequest?: number;
    /** The text of a file, or undefined where there is none. */
    read(file: string): string | undefined;
}

const usage =
    "Use: report preview <stack> <markdown file> | report drift <stack> <exit code> <markdown file>";

/**
 * Writes the preview of a stack into its comment of the pull request, or its drift into its issue. Returns what was done.
 *
 * @throws Error on wrong arguments, on an exit code that tells nothing of the stack, and where GitHub refuses.
 */
export async function report(args: readonly string[], run: Run): Promise<string> {
    const [command, stack, ...rest] = args;
    if (command === "preview" && stack && rest.length === 1 && rest[0]) {
        return reportPreview(stack, run.read(rest[0]), run);
    }
    if (command === "drift" && stack && rest.length === 2 && rest[0] && rest[1]) {
        return reportDrift(stack, rest[0], run.read(rest[1]), run);
    }
    throw new Error(`'${args.join(" ")}' is not a report. ${usage}`);
}

async function reportPreview(stack: string, preview: string | undefined, run: Run): Promise<string> {
    const { posts, pullRequest } = run;
    if (pullRequest === undefined) {
        throw new Error("The run is not for a pull request, so there is nothing to comment on.");
    }
    const mark = markerOf("preview", stack);
    const body = postBody(mark, preview ?? withoutText("preview", stack), run.url);
    const decision = decideComment(await posts.comments(pullRequest), mark, body);
    if (decision.action === "create") {
        await posts.createComment(pullRequest, body);
    } else if (decision.action === "update") {
        await posts.updateComment(decision.key, body);
    }
    return `comment on the preview of ${stack}: ${decision.action}`;
}

async function reportDrift(
    stack: string,
    exitCode: string,
    findings: string | undefined,
    run: Run,
): Promise<string> {
    const { posts } = run;
    const drift = driftOf(exitCode);
    const mark = markerOf("drift", stack);
    const body = postBody(mark, findings ?? withoutText("drift", stack), run.url);
    const decision = decideIssue(await posts.openIssues(), mark, drift);
    switch (decision.action) {
        case "create":
            await posts.createIssue(`Drift: ${stack} is not as deployed`, body);
            break;
        case "update":
            await posts.updateIssue(decision.key, body);
            break;
        case "close":
            await posts.closeIssue(decision.key, `No drift any more. [Run](${run.url})`);
            break;
        case "nothing":
    }
    return `issue on the drift of ${stack}: ${decision.action}`;
}

/** Stands where the driver ended before it could write anything. */
function withoutText(command: ReportingCommand, stack: string): string {
    return `${markerOf(command, stack)}\n### The ${command} of ${stack} has no text\n\nThe log of the run says why.\n`;
}

/** The run that the process is part of, by the variables of GitHub Actions. */
function currentRun(environment: NodeJS.ProcessEnv): Run {
    const value = (name: string): string => {
        const found = environment[name];
        if (!found) {
            throw new Error(
                `${name} is not set: this command runs in GitHub Actions, with GITHUB_TOKEN in its step's env.`,
            );
        }
        return found;
    };
    const event = z
        .object({ pull_request: z.object({ number: z.number() }).optional() })
        .parse(JSON.parse(readFileSync(value("GITHUB_EVENT_PATH"), "utf8")));
    const repository = value("GITHUB_REPOSITORY");
    return {
        posts: githubPosts({
            apiUrl: value("GITHUB_API_URL"),
            repository,
            token: value("GITHUB_TOKEN"),
            fetch,
        }),
        url: `${value("GITHUB_SERVER_URL")}/${repository}/actions/runs/${value("GITHUB_RUN_ID")}`,
        pullRequest: event.pull_request?.number,
        read: (file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined),
    };
}

async function main(): Promise<void> {
    try {
        console.log(await report(process.argv.slice(2), currentRun(process.env)));
    } catch (error) {
        console.error(error instanceof Error ? error.message : String(error));
        process.exitCode = 1;
    }
}

if (require.main === module) {
    void main();
}
