/** What the token of a workflow run writes as; https://docs.github.com/en/actions/concepts/security/github_token. */
const author = "github-actions[bot]";

/** GitHub refuses longer bodies of comments and issues; in characters. */
const longestBody = 65_536;

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

/** An invisible line that tells the post of one stack and purpose from all others. */
export function marker(purpose: "preview" | "drift", stack: string): string {
    return `<!-- landing-zone:${purpose}:${stack} -->`;
}

/** A post's body: the marker, a heading, the text, and where it comes from. Cut where it is too long for GitHub. */
export function postBody(mark: string, heading: string, text: string, runUrl: string): string {
    const head = `${mark}\n## ${heading}\n\n`;
    const foot = `\n\n[Run](${runUrl})\n`;
    const cut = "\n\n(Cut here: the summary of the run has all of it.)";
    const room = longestBody - head.length - foot.length;
    const fitting = text.length <= room ? text : text.slice(0, room - cut.length) + cut;
    return head + fitting + foot;
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
