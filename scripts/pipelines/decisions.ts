/** What the token of a workflow run writes as; https://docs.github.com/en/actions/concepts/security/github_token. */
const author = "github-actions[bot]";

/** A comment or an issue that exists, as far as the decisions look at it. */
export interface Post {
    /** What the REST API calls it by: the id of a comment, the number of an issue. */
    key: number;
    author: string;
    body: string;
}

/** What is to be done with the posts that exist. */
export type Decision =
    | { action: "create" }
    | { action: "update"; key: number }
    | { action: "close"; key: number }
    | { action: "nothing" };

/** What the driver's `drift` found: its exit codes 0 and 2. */
export type Drift = "none" | "drift";

/**
 * A post's body: what the driver wrote, and where it comes from.
 *
 * @throws Error when the text does not begin with the marker: the next run would not find the post again.
 */
export function postBody(mark: string, text: string, runUrl: string): string {
    if (!text.startsWith(`${mark}\n`)) {
        throw new Error(
            `The text to post begins with '${text.split("\n", 1)[0]}', and must begin with '${mark}'. Give the file that the driver wrote with --markdown for this command and stack.`,
        );
    }
    return `${text}\n[Run](${runUrl})\n`;
}

/** One comment for each stack of a pull request: the first run writes it, later ones change it. */
export function decideComment(comments: readonly Post[], mark: string, body: string): Decision {
    const own = ownPost(comments, mark);
    if (!own) {
        return { action: "create" };
    }
    return own.body === body ? { action: "nothing" } : { action: "update", key: own.key };
}

/** One open issue for each stack while it drifts. `issues` are the open ones. */
export function decideIssue(issues: readonly Post[], mark: string, drift: Drift): Decision {
    const own = ownPost(issues, mark);
    if (drift === "none") {
        return own ? { action: "close", key: own.key } : { action: "nothing" };
    }
    return own ? { action: "update", key: own.key } : { action: "create" };
}

/**
 * Reads the exit code of the driver's `drift`.
 *
 * @throws Error when it is neither 0 nor 2: whether the stack drifts is unknown then, and its issue must stay as it is.
 */
export function driftOf(exitCode: string): Drift {
    switch (exitCode) {
        case "0":
            return "none";
        case "2":
            return "drift";
        default:
            throw new Error(
                `The driver's drift ended with exit code '${exitCode}'. 0 (none) and 2 (drift) tell of the stack; anything else is a failed run: see its log above.`,
            );
    }
}

/** The post with the marker. Posts of others do not count: anybody could write the marker into one. */
function ownPost(posts: readonly Post[], mark: string): Post | undefined {
    return posts.find((post) => post.author === author && post.body.startsWith(mark));
}
