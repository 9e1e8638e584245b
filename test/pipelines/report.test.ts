import * as assert from "node:assert/strict";
import { markdownReport } from "../../automation/render/changesMarkdown";
import { markerOf } from "../../automation/render/marker";
import { decideComment, decideIssue, driftOf, postBody } from "../../scripts/pipelines/decisions";
import type { Post } from "../../scripts/pipelines/decisions";
import { githubPosts } from "../../scripts/pipelines/github";
import { report } from "../../scripts/pipelines/report";

const bot = "github-actions[bot]";
const devPreview = markerOf("preview", "dev");
const devDrift = markerOf("drift", "dev");
const runUrl = "https://github.example/o/r/actions/runs/7";

/** GitHub refuses longer bodies of comments and issues; in characters. */
const longestBody = 65_536;

/** What the driver itself writes: the posts must be found again by its marker. */
const empty = { stack: "dev", changes: [], unchanged: 4 };
const previewText = markdownReport({ ...empty, command: "preview", title: "Preview of dev" });
const driftText = markdownReport({ ...empty, command: "drift", title: "Drift of dev", tense: "found" });

function post(key: number, body: string, author = bot): Post {
    return { key, author, body };
}

describe("Decisions of the reports", () => {
    const others = [
        post(1, `${markerOf("preview", "prod")}\nprod`),
        post(2, `${devDrift}\ndrift`),
        post(3, `${devPreview}\nwritten by a person`, "somebody"),
        post(4, `quotes ${devPreview}`),
    ];

    it("write one comment for each stack and then change it", () => {
        assert.deepEqual(decideComment([], devPreview, "new"), { action: "create" });
        assert.deepEqual(decideComment(others, devPreview, "new"), { action: "create" });
        const own = post(5, `${devPreview}\nold`);
        assert.deepEqual(decideComment([...others, own], devPreview, "new"), { action: "update", key: 5 });
        assert.deepEqual(decideComment([...others, own], devPreview, own.body), { action: "nothing" });
    });

    it("open one issue for each stack, keep it up to date, and close it when the drift is gone", () => {
        const unrelated = [post(1, `${markerOf("drift", "prod")}\n`), post(2, `${devDrift}\n`, "somebody")];
        const own = post(9, `${devDrift}\nold`);
        assert.deepEqual(decideIssue(unrelated, devDrift, "drift"), { action: "create" });
        assert.deepEqual(decideIssue([...unrelated, own], devDrift, "drift"), { action: "update", key: 9 });
        assert.deepEqual(decideIssue([...unrelated, own], devDrift, "none"), { action: "close", key: 9 });
        assert.deepEqual(decideIssue(unrelated, devDrift, "none"), { action: "nothing" });
    });

    it("take no failed run for a stack without drift", () => {
        assert.equal(driftOf("0"), "none");
        assert.equal(driftOf("2"), "drift");
        for (const code of ["1", "130", ""]) {
            assert.throws(() => driftOf(code), {
                message: `The driver's drift ended with exit code '${code}'. 0 (none) and 2 (drift) tell of the stack; anything else is a failed run: see its log above.`,
            });
        }
    });

    it("post what the driver wrote, and where it comes from", () => {
        assert.equal(
            postBody(devPreview, previewText, runUrl),
            `${previewText}\n[Run](https://github.example/o/r/actions/runs/7)\n`,
        );
    });

    it("post nothing that the next run would not find again", () => {
        assert.throws(() => postBody(devDrift, previewText, runUrl), {
            message: `The text to post begins with '${devPreview}', and must begin with '${devDrift}'. Give the file that the driver wrote with --markdown for this command and stack.`,
        });
    });

    it("post no more than GitHub takes", () => {
        const error = "x".repeat(200_000);
        const text = markdownReport({ ...empty, command: "preview", title: "Preview of dev", error });
        assert.ok(postBody(devPreview, text, runUrl).length <= longestBody);
    });
});

interface Call {
    method: string;
    path: string;
    body: unknown;
}

/** A GitHub that lists what it is given, a hundred a page, and notes what is written. */
function fakeGithub(lists: Record<string, object[]>, refuse = false) {
    const written: Call[] = [];
    const fake: typeof fetch = (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const path = url.pathname.replace("/api/v3/repos/o/r", "");
        assert.equal(new Headers(init?.headers).get("authorization"), "Bearer token");
        if (init?.method === "GET") {
            const page = Number(url.searchParams.get("page"));
            assert.equal(url.searchParams.get("per_page"), "100");
            return Promise.resolve(Response.json((lists[path] ?? []).slice((page - 1) * 100, page * 100)));
        }
        const body = JSON.parse(init?.body as string) as unknown;
        written.push({ method: init?.method ?? "", path, body });
        return Promise.resolve(refuse ? new Response("Forbidden", { status: 403 }) : Response.json({}));
    };
    const posts = githubPosts({
        apiUrl: "https://github.example/api/v3",
        repository: "o/r",
        token: "token",
        fetch: fake,
    });
    const files: Record<string, string> = { "out/preview.md": previewText, "out/drift.md": driftText };
    return { written, run: { posts, url: runUrl, pullRequest: 12, read: (file: string) => files[file] } };
}

describe("Reports", () => {
    const previewBody = postBody(devPreview, previewText, runUrl);
    const driftBody = postBody(devDrift, driftText, runUrl);
    const user = { login: bot };
    const strangers = Array.from({ length: 100 }, (_, id) => ({ id, number: id, body: null, user: null }));

    it("comment on the pull request", async () => {
        const { written, run } = fakeGithub({});
        assert.equal(
            await report(["preview", "dev", "out/preview.md"], run),
            "comment on the preview of dev: create",
        );
        assert.deepEqual(written, [
            { method: "POST", path: "/issues/12/comments", body: { body: previewBody } },
        ]);
    });

    it("change the comment that is there, on whatever page of the list", async () => {
        const { written, run } = fakeGithub({
            "/issues/12/comments": [...strangers, { id: 501, body: `${devPreview}\nold`, user }],
        });
        await report(["preview", "dev", "out/preview.md"], run);
        assert.deepEqual(written, [
            { method: "PATCH", path: "/issues/comments/501", body: { body: previewBody } },
        ]);
    });

    it("say in the comment that there is no preview", async () => {
        const { written, run } = fakeGithub({
            "/issues/12/comments": [{ id: 501, body: previewBody, user }],
        });
        await report(["preview", "dev", "out/missing.md"], run);
        const text = `${devPreview}\n### The preview of dev has no text\n\nThe log of the run says why.\n`;
        assert.deepEqual(
            written.map(({ body }) => body),
            [{ body: postBody(devPreview, text, runUrl) }],
        );
    });

    it("open an issue on drift, whatever pull requests there are", async () => {
        const { written, run } = fakeGithub({
            "/issues": [{ id: 1, number: 8, body: driftBody, user, pull_request: {} }],
        });
        assert.equal(
            await report(["drift", "dev", "2", "out/drift.md"], run),
            "issue on the drift of dev: create",
        );
        assert.deepEqual(written, [
            {
                method: "POST",
                path: "/issues",
                body: { title: "Drift: dev is not as deployed", body: driftBody },
            },
        ]);
    });

    it("change the open issue by its number, and close it when the drift is gone", async () => {
        const issue = { id: 90_001, number: 8, body: `${devDrift}\nold`, user };
        const drifting = fakeGithub({ "/issues": [...strangers, issue] });
        await report(["drift", "dev", "2", "out/drift.md"], drifting.run);
        assert.deepEqual(drifting.written, [
            { method: "PATCH", path: "/issues/8", body: { body: driftBody } },
        ]);
        const gone = fakeGithub({ "/issues": [issue] });
        await report(["drift", "dev", "0", "out/drift.md"], gone.run);
        assert.deepEqual(gone.written, [
            {
                method: "POST",
                path: "/issues/8/comments",
                body: { body: `No drift any more. [Run](${runUrl})` },
            },
            { method: "PATCH", path: "/issues/8", body: { state: "closed", state_reason: "completed" } },
        ]);
    });

    it("leave the issue alone when the look at the stack failed", async () => {
        const { written, run } = fakeGithub({ "/issues": [{ id: 1, number: 8, body: driftBody, user }] });
        await assert.rejects(report(["drift", "dev", "1", "out/drift.md"], run), /exit code '1'/);
        assert.deepEqual(written, []);
    });

    it("name the call that GitHub refused", async () => {
        const { run } = fakeGithub({}, true);
        await assert.rejects(report(["preview", "dev", "out/preview.md"], run), {
            message:
                "GitHub answered POST /issues/12/comments with 403: Forbidden. Check the job's permissions: pull-requests: write for comments, issues: write for issues.",
        });
    });

    it("refuse wrong arguments, and a comment without a pull request", async () => {
        const { run } = fakeGithub({});
        for (const args of [[], ["preview", "dev"], ["drift", "dev", "2"], ["issue", "dev", "x"]]) {
            await assert.rejects(report(args, run), {
                message: `'${args.join(" ")}' is not a report. Use: report preview <stack> <markdown file> | report drift <stack> <exit code> <markdown file>`,
            });
        }
        await assert.rejects(report(["preview", "dev", "f"], { ...run, pullRequest: undefined }), {
            message: "The run is not for a pull request, so there is nothing to comment on.",
        });
    });
});
