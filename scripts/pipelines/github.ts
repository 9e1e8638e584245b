import { z } from "zod";
import type { Post } from "./decisions";

/** The posts of one repository that a report reads and writes. */
export interface Posts {
    /** Comments of a pull request, all of them. */
    comments(pullRequest: number): Promise<Post[]>;
    createComment(pullRequest: number, body: string): Promise<void>;
    updateComment(key: number, body: string): Promise<void>;
    /** Open issues, all of them, without pull requests. */
    openIssues(): Promise<Post[]>;
    createIssue(title: string, body: string): Promise<void>;
    updateIssue(key: number, body: string): Promise<void>;
    /** Says why in a comment, then closes. */
    closeIssue(key: number, comment: string): Promise<void>;
}

/** Where GitHub's REST API is and as whom to call it. */
export interface Connection {
    /** Such as https://api.github.com. */
    apiUrl: string;
    /** `owner/name`. */
    repository: string;
    token: string;
    fetch: typeof fetch;
}

const pageSize = 100;

const wireComment = z.object({
    id: z.number(),
    body: z.string().nullish(),
    user: z.object({ login: z.string() }).nullish(),
});
// GitHub lists pull requests among the issues: https://docs.github.com/en/rest/issues/issues#list-repository-issues
const wireIssue = wireComment.extend({ number: z.number(), pull_request: z.unknown().optional() });

/** The posts of the repository, through GitHub's REST API. Every method throws an Error naming the call that GitHub refused. */
export function githubPosts(connection: Connection): Posts {
    const { apiUrl, repository, token } = connection;

    const call = async (method: string, path: string, body?: object): Promise<unknown> => {
        const response = await connection.fetch(`${apiUrl}/repos/${repository}${path}`, {
            method,
            headers: {
                accept: "application/vnd.github+json",
                authorization: `Bearer ${token}`,
                "x-github-api-version": "2022-11-28",
            },
            body: body && JSON.stringify(body),
        });
        if (!response.ok) {
            const answer = (await response.text()).slice(0, 500);
            throw new Error(
                `GitHub answered ${method} ${path} with ${response.status}: ${answer}. Check the job's permissions: pull-requests: write for comments, issues: write for issues.`,
            );
        }
        return response.json();
    };

    const all = async <T>(path: string, row: z.ZodType<T>): Promise<T[]> => {
        const rows: T[] = [];
        for (let page = 1; ; page++) {
            const separator = path.includes("?") ? "&" : "?";
            const answer = await call("GET", `${path}${separator}per_page=${pageSize}&page=${page}`);
            const found = z.array(row).parse(answer);
            rows.push(...found);
            if (found.length < pageSize) {
                return rows;
            }
        }
    };

    return {
        comments: async (pullRequest) =>
            (await all(`/issues/${pullRequest}/comments`, wireComment)).map((row) => post(row.id, row)),
        createComment: async (pullRequest, body) => {
            await call("POST", `/issues/${pullRequest}/comments`, { body });
        },
        updateComment: async (key, body) => {
            await call("PATCH", `/issues/comments/${key}`, { body });
        },
        openIssues: async () =>
            (await all("/issues?state=open", wireIssue))
                .filter((row) => row.pull_request === undefined)
                .map((row) => post(row.number, row)),
        createIssue: async (title, body) => {
            await call("POST", "/issues", { title, body });
        },
        updateIssue: async (key, body) => {
            await call("PATCH", `/issues/${key}`, { body });
        },
        closeIssue: async (key, comment) => {
            await call("POST", `/issues/${key}/comments`, { body: comment });
            await call("PATCH", `/issues/${key}`, { state: "closed", state_reason: "completed" });
        },
    };
}

function post(key: number, row: z.infer<typeof wireComment>): Post {
    return { key, author: row.user?.login ?? "", body: row.body ?? "" };
}
