import * as assert from "node:assert/strict";
import { hintFor } from "../../automation/hints";
import { ConfigurationError } from "../../config/errors";

/** What the CLI 3.259, its providers and the program say, word for word, and where that sends people. */
const said: Readonly<Record<string, readonly [message: string, hint: RegExp]>> = {
    "a stack file that the program refuses": [
        new ConfigurationError([{ path: ["location"], text: "found nothing" }]).message,
        /^correct the stack file Pulumi\.<stack>\.yaml, which npm run lz -- doctor <stack> checks/,
    ],
    "a stack file with many faults": [
        new ConfigurationError([
            { path: ["location"], text: "found nothing" },
            { path: ["tenantId"], text: "found nothing" },
        ]).message,
        /docs\/configuration\.md lists every key$/,
    ],
    "a stack file that is no YAML": [
        "invalid YAML file: yaml: line 2: did not find expected node content",
        /^correct the stack file/,
    ],
    "a resource that an interrupted run has made": [
        "network-key-vault-zone: cannot create already existing resource '/subscriptions/0/resourceGroups/rg'",
        /Import it: docs\/operations\.md, Recover from a failed or interrupted run$/,
    ],
    "a passphrase that is not set": [
        "getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE " +
            "or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
        /^the stack's secrets take a passphrase/,
    ],
    "a backend that nobody is logged in to": [
        "PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
        /^log in to the backend/,
    ],
    "a session of az that is over": [
        'read ".pulumi/meta.yaml": DefaultAzureCredential: failed to acquire a token.',
        /^sign in to Azure: az login$/,
    ],
    "a missing CLI": ["Command failed with ENOENT: pulumi version", /lz -- doctor <stack>/],
};

describe("Hints of the driver", () => {
    for (const [what, [message, hint]] of Object.entries(said)) {
        it(`lead out of ${what}`, () => {
            assert.match(hintFor(message) ?? "none", hint);
        });
    }

    it("say nothing of what they do not know, nor of a file that the CLI names itself", () => {
        assert.equal(hintFor("QuotaExceeded"), undefined);
        assert.equal(
            hintFor("could not unmarshal 'Pulumi.yaml': invalid YAML file: yaml: line 3"),
            undefined,
        );
    });
});
