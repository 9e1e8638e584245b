import * as assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askBackend } from "../../automation/backendLock";
import { holderInMessage, lockFolder } from "../../automation/lockHolders";
import { secretTextsIn } from "../../automation/secretTexts";
import { project, removeProjects } from "./fixtures";

const lock = JSON.stringify({
    ...{ pid: 31430, username: "root", hostname: "vm" },
    timestamp: "2026-11-21T21:53:40.559490645Z",
});
const expected = { description: "root@vm (pid 31430) since 2026-11-21T21:53:40.559490645Z" };
const noAzure = () => Promise.reject(new Error("nobody asks Azure"));

describe("lock holders", () => {
    after(removeProjects);

    it("are in the engine's refusals", () => {
        // As the CLI 3.259 says it.
        const message =
            "the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n" +
            "  file:///s/.pulumi/locks/organization/p/dev/60d0.json?no_tmp_dir=true: created by root@vm (pid 31430) at 2026-11-21T21:53:40Z";
        assert.deepEqual(holderInMessage(message), {
            description: "root@vm (pid 31430) since 2026-11-21T21:53:40Z",
        });
        assert.ok(holderInMessage("error: [409] Conflict: Another update is currently in progress."));
        assert.equal(holderInMessage("QuotaExceeded"), undefined);
    });

    it("are in the lock file of a folder, and its attributes are not taken for one", async () => {
        const root = project();
        const question = { url: `file://${root}`, project: "p", stack: "dev", azure: noAzure };
        assert.equal(await askBackend(question), "nobody");
        const folder = join(root, lockFolder("p", "dev"));
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "a.json.attrs"), "{}");
        assert.equal(await askBackend(question), "nobody");
        writeFileSync(join(folder, "a.json"), lock);
        assert.deepEqual(await askBackend(question), expected);
    });

    it("are in the blob of a container", async () => {
        const asked: string[] = [];
        const azure = (args: readonly string[]) => {
            asked.push(args.join(" "));
            if (args[2] === "list") {
                return Promise.resolve([{ name: "p/.pulumi/locks/organization/lz/dev/a.json" }]);
            }
            writeFileSync(args[args.indexOf("--file") + 1] ?? "", lock);
            return Promise.resolve({});
        };
        const url = "azblob://state/p?storage_account=stlz";
        assert.deepEqual(await askBackend({ url, project: "lz", stack: "dev", azure }), expected);
        assert.match(
            asked[0] ?? "",
            /^storage blob list --prefix p\/\.pulumi\/locks\/organization\/lz\/dev\/ --container-name state --auth-mode login --account-name stlz$/,
        );
    });

    it("are unknown where the backend cannot be asked", async () => {
        const ask = (url: string) => askBackend({ url, project: "p", stack: "dev", azure: noAzure });
        assert.equal(await ask("azblob://state"), "unknown");
        assert.equal(await ask("https://api.pulumi.com"), "unknown");
    });
});

describe("secret texts", () => {
    it("are those inside secret values, the longest first, and no short words", () => {
        const config = {
            "p:url": { value: "slack://token-a", secret: true },
            "p:object": { value: '{"a":{"b":"inner \\"secret\\""},"c":"x"}', secret: true },
            "p:plain": { value: "not-secret-at-all", secret: false },
            "p:short": { value: "true", secret: true },
        };
        const texts = secretTextsIn(config);
        assert.ok(texts.includes("slack://token-a"));
        assert.ok(texts.includes('inner "secret"'));
        assert.ok(texts.includes('inner \\"secret\\"'));
        assert.ok(!texts.includes("not-secret-at-all") && !texts.includes("true") && !texts.includes("x"));
        assert.deepEqual(
            texts.map((text) => text.length),
            texts.map((text) => text.length).sort((one, other) => other - one),
        );
    });
});
