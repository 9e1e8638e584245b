import * as assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { shellCommands } from "./support/commandLines";
import { root } from "./support/files";

/** What people must be able to look up, by its heading in docs/operations.md. */
const runbooks = [
    "First deployment",
    "Promote dev to prod",
    "Upgrade Kubernetes",
    "Change a node pool",
    "Rotate keys and secrets",
    "Recover from a failed or interrupted run",
    "Restore from a lost state",
    "A private API server",
    "Handle drift",
    "Take a stack down",
];

/** Sections of the page by their headings. */
function sections(): Map<string, string> {
    const page = readFileSync(join(root, "docs", "operations.md"), "utf8");
    return new Map(
        page
            .split(/^## /m)
            .slice(1)
            .map((section) => [section.slice(0, section.indexOf("\n")), section]),
    );
}

describe("Runbooks", () => {
    const page = sections();

    for (const name of runbooks) {
        it(`name commands, and when to stop: ${name}`, () => {
            const runbook = page.get(name) ?? "";
            assert.ok(shellCommands(runbook).length > 0, "no command");
            assert.match(runbook, /^\*\*Stop\*\*/m);
        });
    }

    it("are where the driver sends people", () => {
        const folder = join(root, "automation");
        const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts"))
            .map((file) => readFileSync(join(folder, file), "utf8"));
        const named = texts.flatMap((text) => [...text.matchAll(/docs\/operations\.md, ([A-Z].*)$/gm)]);
        assert.ok(named.length >= 4, `only ${named.length} found`);
        const headings = [...page.keys()];
        assert.deepEqual(
            named
                .map(([, rest = ""]) => rest)
                .filter((rest) => !headings.some((heading) => rest.startsWith(heading))),
            [],
        );
    });
});
